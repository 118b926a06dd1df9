"""Consoles, pipes and files of any code page: no letter stops the command."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest

from tfp.cli.streams import readable
from tfp.language.catalogue import LANGUAGES, subject

if TYPE_CHECKING:
    from pathlib import Path

COMMAND = [sys.executable, "-m", "tfp.cli", "--language", "vi", "check"]
PAGES = ["cp1252", "cp1258", "cp437", "ascii"]


def started(folder: Path, page: str | None, **streams: object) -> subprocess.CompletedProcess:
    environment = {**os.environ, "PYTHONUTF8": "0"}
    environment.pop("PYTHONIOENCODING", None)
    if page:
        environment["PYTHONIOENCODING"] = page
    return subprocess.run(
        [*COMMAND, str(folder / "không có")], env=environment, check=False, **streams
    )


@pytest.mark.parametrize("page", PAGES)
def test_a_console_of_any_code_page_is_answered_readably(page: str, tmp_path: Path) -> None:
    done = started(tmp_path, page, capture_output=True)
    assert done.returncode == 2
    words = unicodedata.normalize("NFC", done.stderr.decode(page))
    assert "Error" not in words
    assert "?" not in words.splitlines()[0]
    plain = "".join(c for c in unicodedata.normalize("NFD", words) if not unicodedata.combining(c))
    assert "Loi: Khong co thu muc" in plain.replace("đ", "d")
    if page == "cp1258":
        assert "Lỗi: Không có thư mục" in words, "every mark is there"


def test_a_file_is_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "said.txt"
    with path.open("wb") as stream:
        started(tmp_path, None, stdout=subprocess.DEVNULL, stderr=stream)
    assert "Lỗi: Không có thư mục" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_no_word_of_the_command_is_lost_on_a_code_page(page: str) -> None:
    for language in LANGUAGES:
        for name in ("command", "help", "errors", "findings", "revisions"):
            for letter in set(str(subject(name, language))):
                said = readable(letter, page)
                said.encode(page)
                assert said != "?" or letter == "?", (name, letter)


@pytest.mark.parametrize(
    ("letter", "page", "shown"),
    [
        ("ế", "cp1258", "ê\u0301"),
        ("ế", "cp1252", "ê"),
        ("ế", "ascii", "e"),
        ("ự", "cp1258", "ư\u0323"),
        ("ự", "cp437", "u"),
        ("đ", "cp1252", "d"),
        ("→", "ascii", "->"),
        ("漢", "cp1252", "?"),
    ],
)
def test_a_letter_keeps_as_many_marks_as_it_can(letter: str, page: str, shown: str) -> None:
    assert readable(letter, page) == shown
