"""Run folders: whatever fails, results are absent or whole, and nothing whole is lost."""

from __future__ import annotations

import errno
import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from tfp.errors import OutputError
from tfp.workflow.folders.folder import Repair, RunFolder
from tfp.workflow.folders.folder_state import MANIFEST, MANIFEST_KIND, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOMENTS = ("before", "torn", "after")


def run_of(word: str) -> tuple[dict[str, bytes], bytes, str]:
    files = {
        "report.html": f"<p>{word}</p>".encode(),
        "charts/a.svg": f"<svg>{word}</svg>".encode(),
        "charts/b.svg": f"<svg>{word} b</svg>".encode(),
    }
    entries = {name: {"sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()}
    manifest = json.dumps({"kind": MANIFEST_KIND, "files": entries}).encode()
    return files, manifest, hashlib.sha256(manifest).hexdigest()


def word_in(folder: Path) -> str | None:
    """Return which run stands in a folder, None if there is none; fail on a half one."""
    if not folder.exists():
        return None
    assert state_of(folder) == "intact", f"{folder.name} is {state_of(folder)}"
    return (folder / "report.html").read_text().removeprefix("<p>").removesuffix("</p>")


def beside(out: Path) -> set[str]:
    return {path.name for path in out.parent.iterdir()}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "results"


def operations(disks, out: Path, earlier: tuple[str, ...]) -> int:
    """Return how many operations writing a run takes after some earlier ones."""
    disk = disks()
    for word in earlier:
        RunFolder(out).put(*run_of(word))
    RunFolder(out, disk).put(*run_of("new"))
    return disk.count


def faults_of(
    disks, earlier: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    probe = tmp_path_factory.mktemp("probe") / "results"
    yield from range(1, operations(disks, probe, earlier) + 1)


@pytest.mark.parametrize("earlier", [(), ("a",), ("a", "b")], ids=["first", "second", "third"])
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_run_that_is_killed_leaves_no_half_folder(
    disks, earlier: tuple[str, ...], moment: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    tried = set()
    for at in faults_of(disks, earlier, tmp_path_factory):
        out = tmp_path_factory.mktemp("run") / "results"
        for word in earlier:
            RunFolder(out).put(*run_of(word))
        disk = disks(at, moment)
        with pytest.raises(disks.Killed):
            RunFolder(out, disk).put(*run_of("new"))
        tried.add(disk.names[-1])
        last = earlier[-1] if earlier else None
        assert word_in(out) in {last, "new", None}
        # Between the two renames the folder is absent; the results before it are not lost.
        if word_in(out) is None and last:
            assert word_in(out.with_name("results.previous")) == last

        RunFolder(out).repair()
        assert word_in(out) in {last, "new"}
        assert beside(out) <= {"results", "results.previous"}
        # And the run can be repeated, as its user will do.
        RunFolder(out).put(*run_of("new"))
        assert word_in(out) == "new"
        assert beside(out) <= {"results", "results.previous"}
    expected = {"make_folder", "write", "flush", "rename"}
    assert tried == expected | ({"remove_file", "remove_folder"} if len(earlier) > 1 else set())


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_repair_that_is_killed_is_repaired(
    disks, moment: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for at in faults_of(disks, ("a", "b"), tmp_path_factory):
        again = 1
        while True:
            out = tmp_path_factory.mktemp("repair") / "results"
            for word in ("a", "b"):
                RunFolder(out).put(*run_of(word))
            with pytest.raises(disks.Killed):
                RunFolder(out, disks(at, moment)).put(*run_of("new"))
            disk = disks(again, "before")
            try:
                RunFolder(out, disk).repair()
            except disks.Killed:
                assert word_in(out) in {"b", "new", None}
                RunFolder(out).repair()
                assert word_in(out) in {"b", "new"}
                assert beside(out) <= {"results", "results.previous"}
                again += 1
            else:
                break


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_full_disk_leaves_the_earlier_results_and_is_said(
    disks, moment: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for at in faults_of(disks, ("a", "b"), tmp_path_factory):
        out = tmp_path_factory.mktemp("full") / "results"
        for word in ("a", "b"):
            RunFolder(out).put(*run_of(word))
        full = OSError(errno.ENOSPC, "No space left on device", str(out))
        with pytest.raises(OutputError) as raised:
            RunFolder(out, disks(at, moment, full)).put(*run_of("new"))
        assert raised.value.code == "results-not-written"
        assert str(out.parent) not in raised.value.message("vi")
        assert word_in(out) in {"b", "new"}
        RunFolder(out).repair()
        assert word_in(out) in {"b", "new"}


def test_results_come_whole_and_the_ones_before_them_stay_aside(out: Path) -> None:
    for word in ("a", "b", "c"):
        RunFolder(out).put(*run_of(word))
    assert word_in(out) == "c"
    assert word_in(out.with_name("results.previous")) == "b"
    assert beside(out) == {"results", "results.previous"}


def test_results_open_elsewhere_wait_and_the_file_is_named(
    disks, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    RunFolder(out).put(*run_of("a"))
    held = disks()
    # As Windows does while a spreadsheet program holds a file of the folder.
    held.at = len(operations_before_rename(disks, out.parent / "probe"))
    held.error = PermissionError(errno.EACCES, "Access is denied")
    monkeypatch.setattr(held, "is_held", lambda path: path.name == "report.html")
    with pytest.raises(OutputError) as raised:
        RunFolder(out, held).put(*run_of("b"))
    assert raised.value.code == "results-open"
    assert raised.value.fields["file"] == "report.html"
    waiting = out.with_name(raised.value.fields["waiting"])
    assert word_in(out) == "a"
    assert word_in(waiting) == "b"

    assert RunFolder(out).repair() == (Repair("completed", "results"),)
    assert word_in(out) == "b"
    assert word_in(out.with_name("results.previous")) == "a"


def operations_before_rename(disks, out: Path) -> list[str]:
    """Return the operations of a second run up to and with its first rename."""
    RunFolder(out).put(*run_of("a"))
    disk = disks()
    RunFolder(out, disk).put(*run_of("b"))
    return disk.names[: disk.names.index("rename") + 1]


def test_the_mark_of_an_office_program_names_the_open_file(disks, out: Path) -> None:
    RunFolder(out).put(*run_of("a"))
    (out / "~$workbook.xlsx").write_bytes(b"")
    held = disks(
        len(operations_before_rename(disks, out.parent / "probe")), "before", PermissionError()
    )
    with pytest.raises(OutputError) as raised:
        RunFolder(out, held).put(*run_of("b"))
    assert raised.value.fields["file"] == "workbook.xlsx"


def test_what_somebody_changed_in_earlier_results_is_kept(out: Path) -> None:
    RunFolder(out).put(*run_of("a"))
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    RunFolder(out).put(*run_of("b"))
    RunFolder(out).put(*run_of("c"))
    assert (out.with_name("results.previous-1") / "notes.txt").read_text() == "mine"
    assert word_in(out.with_name("results.previous")) == "b"


def test_a_folder_of_somebody_else_is_not_touched(out: Path) -> None:
    out.mkdir()
    (out / "thesis.docx").write_bytes(b"x")
    with pytest.raises(OutputError) as raised:
        RunFolder(out).put(*run_of("a"))
    assert raised.value.code == "out-not-a-run-folder"
    assert RunFolder(out).repair() == ()
    assert (out / "thesis.docx").read_bytes() == b"x"
    assert beside(out) == {"results"}


def test_a_folder_of_somebody_else_called_previous_is_kept(out: Path) -> None:
    other = out.with_name("results.previous")
    other.mkdir()
    (other / "thesis.docx").write_bytes(b"x")
    for word in ("a", "b"):
        RunFolder(out).put(*run_of(word))
    RunFolder(out).repair()
    assert (out.with_name("results.previous-1") / "thesis.docx").read_bytes() == b"x"


def test_results_that_were_deleted_are_restored_from_the_previous_ones(out: Path) -> None:
    for word in ("a", "b"):
        RunFolder(out).put(*run_of(word))
    out.rename(out.with_name("elsewhere"))
    assert RunFolder(out).repair() == (Repair("restored", "results"),)
    assert word_in(out) == "a"


def test_an_empty_folder_is_taken(out: Path) -> None:
    out.mkdir()
    RunFolder(out).put(*run_of("a"))
    assert word_in(out) == "a"


@pytest.mark.parametrize(
    ("place", "code"), [("missing/results", "out-parent-missing"), ("file", "out-is-file")]
)
def test_a_place_that_cannot_hold_results_is_refused(tmp_path: Path, place: str, code: str) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError) as raised:
        RunFolder(tmp_path / place).put(*run_of("a"))
    assert raised.value.code == code


def test_of_two_results_that_wait_the_newer_is_put_in_place(out: Path) -> None:
    for word in ("a", "b"):
        files, manifest, identity = run_of(word)
        stage = out.with_name(f"results.new-{identity[:12]}")
        RunFolder(stage).put(files, manifest, identity)
    RunFolder(out).repair()
    assert word_in(out) == "b"
    assert beside(out) == {"results"}


def test_an_edited_file_makes_a_folder_changed(out: Path) -> None:
    RunFolder(out).put(*run_of("a"))
    assert state_of(out) == "intact"
    (out / "report.html").write_text("other", encoding="utf-8")
    assert state_of(out) == "changed"
    (out / MANIFEST).write_text("[1]", encoding="utf-8")
    assert state_of(out) == "foreign"
