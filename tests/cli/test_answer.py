"""``--json``: one object and nothing else; and what the command leaves in the log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from tfp.cli import main
from tfp.version import VERSION
from tfp.workflow import run as workflow_run
from tfp.workflow import writing
from tfp.workflow.folders.folder_state import sha256_of
from tfp.workflow.log import LOG_NAME
from tfp.workflow.results_file import results_bytes

if TYPE_CHECKING:
    from click.testing import Result

KEYS = {
    "kind", "schema", "tfp", "language", "exit_code", "command", "data", "errors", "findings",
    "remarks", "headline", "figures", "folder", "files",
}  # fmt: skip


PLAN = """\
[plan]
title = "TFP tỉnh Hòa An"
area = "Hòa An"
language = "vi"

[data]
file = "a.csv"
time = "year"
columns = { output = "y", capital = "k", labour = "l" }

[method.shares]
capital = 0.40

[periods]
list = ["2016-2018", "2019-2022"]
"""


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a province's folder; of its results only the figures are written."""

    def files(run: workflow_run.Run) -> tuple[dict[str, bytes], tuple[()]]:
        return {"report.html": b"<p></p>", "results.json": results_bytes(run)}, ()

    monkeypatch.setattr(writing, "run_files", files)
    monkeypatch.chdir(tmp_path)
    folder = Path("demo")
    folder.mkdir()
    (folder / "tfp.toml").write_text(PLAN, encoding="utf-8")
    rows = [f"{2015 + n},{100 * 1.07**n + n % 3},{250 * 1.08**n},{50 + n}" for n in range(8)]
    figures = "\n".join(["year,y,k,l", *rows])
    (folder / "a.csv").write_text(figures, encoding="utf-8")
    return folder


def command(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def answer(*arguments: str) -> dict[str, Any]:
    done = command(*arguments, "--json")
    assert done.stderr == ""
    assert done.stdout.isascii()
    assert done.stdout.count("\n") == 1
    found = json.loads(done.stdout)
    assert set(found) == KEYS
    assert found["exit_code"] == done.exit_code
    assert (found["kind"], found["schema"], found["tfp"]) == ("tfp answer", 1, VERSION)
    return found


def test_a_run_answers_with_its_figures_and_files(demo: Path) -> None:
    found = answer("run", "demo")
    assert (found["exit_code"], found["language"], found["command"]) == (0, "vi", "run")
    assert any(line.startswith("Năm 2022, ") for line in found["headline"])
    shares = {
        (row["period"], row["term"]): row["share"]
        for row in found["figures"]
        if row["average"] == found["figures"][0]["average"]
    }
    written = json.loads((demo / "results" / "results.json").read_text("utf-8"))["periods"]
    for row in written:
        if row["average"] == found["figures"][0]["average"]:
            assert shares[row["period"], row["term"]] == row["share"]
    assert found["folder"] == str(Path("demo/results"))
    assert {"manifest.json", "report.html", "results.json"} <= set(found["files"])
    assert (found["data"]["first"], found["data"]["files"]) == (2015, ["a.csv"])


def test_a_check_answers_with_its_findings_and_writes_nothing(demo: Path) -> None:
    found = answer("check", "demo")
    assert found["exit_code"] == 0
    codes = {each["code"] for each in found["findings"]}
    assert "source-missing" in codes
    assert all(each["remedy"] and each["found"] for each in found["findings"])
    assert (found["files"], found["folder"]) == ([], None)
    assert not (demo / LOG_NAME).exists()


def test_an_error_has_its_places_apart(demo: Path) -> None:
    plan = demo / "tfp.toml"
    plan.write_bytes(plan.read_bytes().replace(b"capital = 0.40", b"capital = 40"))
    found = answer("run", "demo", "--language", "en")
    assert found["language"] == "en"
    (error,) = found["errors"]
    assert (found["exit_code"], error["code"]) == (2, "plan-per-cent")
    assert error["places"] == [{"file": "tfp.toml", "key": "method.shares.capital"}]
    assert "0.4" in error["remedy"]


def test_revisions_answer_with_what_changed(demo: Path) -> None:
    assert command("run", "demo", "--out", "old").exit_code == 0
    plan = demo / "tfp.toml"
    plan.write_bytes(plan.read_bytes().replace(b"capital = 0.40", b"capital = 0.41"))
    assert command("run", "demo", "--out", "new").exit_code == 0
    found = answer("revisions", "old", "new")
    changed = [row for row in found["figures"] if row["name"] == "tfp"]
    assert changed
    assert all(row["difference"] == row["new"] - row["old"] for row in changed)
    assert found["headline"]
    assert answer("revisions", "old", "old")["figures"] == []


def test_a_fault_is_an_answer_too(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(workflow_run, "compute", broken)
    found = answer("run", "demo")
    assert (found["exit_code"], found["errors"][0]["code"]) == (70, "fault")
    (report,) = demo.glob("tfp-fault-*.txt")
    assert report.name in found["errors"][0]["found"]


def test_each_run_is_a_line_of_the_log_and_no_run_folder_differs_for_it(demo: Path) -> None:
    assert command("run", "demo", "--quiet").output == ""
    first = sha256_of(demo / "results" / "manifest.json")
    plan = demo / "tfp.toml"
    sound = plan.read_bytes()
    plan.write_bytes(sound.replace(b"capital = 0.40", b"capital = 40"))
    assert command("run", "demo").exit_code == 2
    plan.write_bytes(sound)
    assert command("run", "demo").exit_code == 0
    assert sha256_of(demo / "results" / "manifest.json") == first
    words = (demo / LOG_NAME).read_text("utf-8-sig")
    _, *lines = [line.split("\t") for line in words.splitlines()]
    assert [line[3] for line in lines] == ["0", "2", "0"]
    assert [line[4] for line in lines] == [first[:12], "-", first[:12]]
    assert [line[5] for line in lines] == ["source-missing", "plan-per-cent", "source-missing"]
    assert str(demo.absolute().parent) not in words


def test_a_log_that_cannot_be_written_is_a_remark(demo: Path) -> None:
    (demo / LOG_NAME).mkdir()
    found = answer("run", "demo")
    assert found["exit_code"] == 0
    assert any(LOG_NAME in remark for remark in found["remarks"])
    done = command("run", "demo", "--quiet")
    assert (done.exit_code, done.stdout) == (0, "")
    assert LOG_NAME in done.stderr
