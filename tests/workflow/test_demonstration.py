"""The demonstration's folder is written whole or not at all, and never over somebody's work."""

from __future__ import annotations

import errno
import tomllib
from typing import TYPE_CHECKING

import pytest

from tfp.datasets.national import vietnam
from tfp.errors import OutputError
from tfp.workflow.demonstration import demo_files, write_demo
from tfp.workflow.plans.plan_reading import plan_of

if TYPE_CHECKING:
    from pathlib import Path

MOMENTS = ("before", "torn", "after")


def whole(folder: Path) -> str | None:
    """Return in which language the demonstration stands; None if absent; fail if half."""
    if not folder.exists():
        return None
    found = {path.name: path.read_bytes() for path in folder.iterdir()}
    found.pop("tfp.toml.new", None)
    languages = [language for language in ("en", "vi") if found == demo_files(language)]
    assert languages, sorted(found)
    return languages[0]


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("standing", [None, "en"])
def test_whatever_fails_the_folder_is_whole_or_absent(
    disks, moment: str, standing: str | None, tmp_path: Path
) -> None:
    probe = disks()
    if standing:
        write_demo(tmp_path / "probe", standing)
    write_demo(tmp_path / "probe", "vi", probe)
    assert {"write", "flush", "rename"} <= set(probe.names)
    for at in range(1, probe.count + 1):
        folder = tmp_path / str(at) / "demo"
        folder.parent.mkdir()
        if standing:
            write_demo(folder, standing)
        with pytest.raises(disks.Killed):
            write_demo(folder, "vi", disks(at, moment))
        assert whole(folder) in {standing, "vi"}
        write_demo(folder, "vi")
        assert whole(folder) == "vi"
        assert [path.name for path in folder.parent.iterdir()] == ["demo"]
        assert "tfp.toml.new" not in {path.name for path in folder.iterdir()}


def test_a_full_disk_is_said_without_the_user_s_folders(disks, tmp_path: Path) -> None:
    full = OSError(errno.ENOSPC, "No space left on device", str(tmp_path))
    with pytest.raises(OutputError) as raised:
        write_demo(tmp_path / "demo", "en", disks(3, "torn", full))
    assert raised.value.code == "results-not-written"
    assert str(tmp_path) not in raised.value.message()
    assert list(tmp_path.iterdir()) == []


def test_a_plan_that_somebody_changed_is_not_overwritten(tmp_path: Path) -> None:
    write_demo(tmp_path / "demo", "en")
    plan = tmp_path / "demo" / "tfp.toml"
    plan.write_bytes(plan.read_bytes() + b"# mine\n")
    with pytest.raises(OutputError) as raised:
        write_demo(tmp_path / "demo", "vi")
    assert raised.value.code == "demo-folder-taken"
    assert plan.read_bytes().endswith(b"# mine\n")


def test_a_folder_of_somebody_else_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"x")
    with pytest.raises(OutputError) as raised:
        write_demo(tmp_path, "en")
    assert raised.value.code == "demo-folder-taken"
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_results_beside_the_plan_stay_when_the_language_changes(tmp_path: Path) -> None:
    write_demo(tmp_path / "demo", "en")
    (tmp_path / "demo" / "results").mkdir()
    write_demo(tmp_path / "demo", "vi")
    assert (tmp_path / "demo" / "results").is_dir()
    assert (tmp_path / "demo" / "tfp.toml").read_bytes() == demo_files("vi")["tfp.toml"]


def test_its_figures_are_the_bundled_ones(tmp_path: Path) -> None:
    write_demo(tmp_path / "demo", "en")
    first = (tmp_path / "demo" / "vietnam_2010_2024.csv").read_text("utf-8").splitlines()[1]
    assert float(first.split(",")[1]) == vietnam().frame["gdp"].iloc[0]


@pytest.mark.parametrize(
    ("place", "code"), [("no/demo", "out-parent-missing"), ("file", "out-is-file")]
)
def test_a_place_that_cannot_hold_it_is_refused(tmp_path: Path, place: str, code: str) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError) as raised:
        write_demo(tmp_path / place, "en")
    assert raised.value.code == code


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_letterhead_that_is_commented_out_is_one(language: str) -> None:
    plan = demo_files(language)["tfp.toml"].decode()
    assert plan_of(tomllib.loads(plan)).office is None
    before, mark, after = plan.partition("# [office]\n")
    block, blank, rest = after.partition("\n\n")
    lines = [line.removeprefix("#").removeprefix(" ") for line in (mark + block).splitlines()]
    office = plan_of(tomllib.loads(before + "\n".join(lines) + blank + rest)).office
    assert office is not None
    assert office.body
    assert [bool(office.recipients), "head" in str(office.signatures)] == [True, True]
