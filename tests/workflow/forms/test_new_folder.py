"""An empty plan is written whole or not at all, and never over somebody's work."""

from __future__ import annotations

import io
import tomllib
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from tfp.cli import main
from tfp.errors import OutputError, PlanError
from tfp.language.catalogue import LANGUAGES, text
from tfp.tables.reading import read_table
from tfp.workflow.forms import new_folder
from tfp.workflow.forms.new_folder import new_files, write_new
from tfp.workflow.plans.plan_folder import FORM_NAMES, PLAN_NAMES, find_plan

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    (language, toml): new_files(language, toml=toml) for language in LANGUAGES for toml in (0, 1)
}


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the files once: what is tried here is how they are written."""
    monkeypatch.setattr(new_folder, "new_files", lambda language, toml: FILES[language, toml])


@pytest.mark.parametrize("kind", ["form", "toml"])
@pytest.mark.parametrize("beside", ["nothing", "yearbook"])
@pytest.mark.parametrize("moment", ["before", "torn", "after"])
def test_whatever_fails_there_is_a_whole_plan_or_none(  # noqa: PLR0917
    disks, ready, kind: str, beside: str, moment: str, tmp_path: Path
) -> None:
    toml, standing = kind == "toml", beside == "yearbook"

    def start(name: str) -> Path:
        (tmp_path / name).mkdir()
        folder = tmp_path / name / "hoa-an"
        if standing:
            folder.mkdir()
            (folder / "yearbook.xlsx").write_bytes(b"mine")
        return folder

    wanted = FILES["vi", toml]
    probe = disks()
    write_new(start("probe"), "vi", toml=toml, disk=probe)
    assert {"write", "flush", "rename"} <= set(probe.names)
    for at in range(1, probe.count + 1):
        folder = start(str(at))
        with pytest.raises(disks.Killed):
            write_new(folder, "vi", toml=toml, disk=disks(at, moment))
        found = {p.name: p.read_bytes() for p in folder.iterdir()} if folder.exists() else {}
        if set(found) & set(PLAN_NAMES):
            assert wanted.items() <= found.items(), "a plan without its figures"
        assert {name: data for name, data in found.items() if name in wanted}.items() <= (
            wanted.items()
        )
        assert not standing or found["yearbook.xlsx"] == b"mine"


def test_a_disk_that_fails_leaves_nothing_behind(disks, ready: None, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"mine")
    for at in (1, 2, 3, 4):
        full = OSError(28, "No space left on device", str(tmp_path))
        with pytest.raises(OutputError) as raised:
            write_new(tmp_path, "vi", toml=True, disk=disks(at, "torn", full))
        assert raised.value.code == "results-not-written"
        assert str(tmp_path) not in raised.value.message()
        assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize("name", [*PLAN_NAMES, "so-lieu.xlsx"])
def test_nothing_is_written_over_a_plan_or_figures(ready: None, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"mine")
    with pytest.raises(OutputError) as raised:
        write_new(tmp_path, "vi", toml=True)
    assert raised.value.code == "new-folder-taken"
    assert name in raised.value.message("vi")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [(name, b"mine")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_says_what_to_do_next(language: str, tmp_path: Path) -> None:
    folder = tmp_path / "hoa an"
    done = CliRunner().invoke(main, ["new", str(folder), "--language", language])
    assert done.exit_code == 0, done.stderr
    assert [path.name for path in folder.iterdir()] == [FORM_NAMES[language]]
    assert text("command.new.next", language, folder=str(folder)) in done.stdout.replace("\n", " ")
    again = CliRunner().invoke(main, ["new", str(folder), "--language", language])
    assert again.exit_code == 3
    checked = CliRunner().invoke(main, ["check", str(folder)])
    assert checked.exit_code == 2
    assert "form-incomplete" in checked.stderr
    assert f"{text('template.sheet.data', language)}!" in checked.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_in_toml_asks_for_its_first_line(
    ready: None, language: str, tmp_path: Path
) -> None:
    figures, plan = write_new(tmp_path, language, toml=True)
    tables = tomllib.loads((tmp_path / plan).read_text(encoding="utf-8"))
    assert tables["data"]["file"] == figures
    with pytest.raises(PlanError) as raised:
        find_plan(tmp_path).plan()
    assert raised.value.places[0].file == "tfp.toml"
    sheet = load_workbook(io.BytesIO(FILES[language, 1][figures])).worksheets[0]
    for column, value in enumerate((2020, 1.0, 2.0, 3.0), start=1):
        sheet.cell(tables["data"]["header_row"] + 1, column).value = value
    sheet.parent.save(tmp_path / figures)
    stated = tables["data"]
    table = read_table(tmp_path / figures, sheet=stated["sheet"], header_row=stated["header_row"])
    assert {stated["time"], *stated["columns"].values()} <= set(table.columns)
