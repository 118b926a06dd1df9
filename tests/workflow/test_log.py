"""The log of a plan's folder: what was run, when, and how it ended; nothing private."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tfp.workflow.folders.folder_state import sha256_of
from tfp.workflow.log import LOG_NAME, LogEntry, append_log

if TYPE_CHECKING:
    from pathlib import Path


def test_lines_are_added_below_the_names_of_the_columns(tmp_path: Path) -> None:
    append_log(tmp_path, LogEntry("run", 2, ("plan-empty",)), "vi")
    append_log(tmp_path, LogEntry("run", 0, (), "0123456789abcdef"), "en")
    data = (tmp_path / LOG_NAME).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 3
    head, first, second = data.decode("utf-8-sig").splitlines()
    assert head.startswith("Ngày giờ\t")
    assert len(head.split("\t")) == len(first.split("\t")) == len(second.split("\t")) == 6
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d\d:\d\d", first.split("\t")[0])
    assert first.split("\t")[2:] == ["run", "2", "-", "plan-empty"]
    assert second.split("\t")[2:] == ["run", "0", "0123456789ab", "-"]


def test_a_line_names_its_results_by_their_manifest(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_bytes(b"{}")
    append_log(tmp_path, LogEntry("run", 0, (), sha256_of(tmp_path / "manifest.json")), "en")
    assert sha256_of(tmp_path / "manifest.json")[:12] in (tmp_path / LOG_NAME).read_text("utf-8")
