"""The command as its user meets it: words, files, exit codes, and never a traceback."""

from __future__ import annotations

import errno
import json
import logging
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from tfp.cli import main
from tfp.cli.streams import console_on
from tfp.language.catalogue import LANGUAGES, text
from tfp.version import VERSION
from tfp.workflow import run as workflow_run
from tfp.workflow import writing
from tfp.workflow.demonstration import write_demo
from tfp.workflow.folders.disk import Disk
from tfp.workflow.folders.folder import RunFolder
from tfp.workflow.folders.folder_state import state_of
from tfp.workflow.reasons import REASONS, reason_in
from tfp.workflow.results_file import results_bytes

if TYPE_CHECKING:
    from click.testing import Result

COLOUR = re.compile(r"\x1b\[")
SPLICE = re.compile(r"\[\[splice\]\].*?\n\n", re.DOTALL)


def command(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write the results only: what is tried here is not how documents look."""

    def files(run: workflow_run.Run) -> tuple[dict[str, bytes], tuple[()]]:
        return {"report.html": b"<p></p>", "results.json": results_bytes(run)}, ()

    monkeypatch.setattr(writing, "run_files", files)


def unsettled(folder: Path) -> None:
    """Write the demonstration without its splice."""
    write_demo(folder, "en")
    plan = folder / "tfp.toml"
    words = plan.read_text(encoding="utf-8")
    plan.write_text(SPLICE.sub("", words, count=1), encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "spliced", "unspliced", "growth"),
    [
        ("en", "43.03", "58.41", "In 2024, GDP grew by 7.09%"),
        ("vi", "43,03", "58,41", "Năm 2024, GDP tăng 7,09%"),
    ],
)
@pytest.mark.usefixtures("light")
def test_demo_needs_no_arguments_and_says_the_main_results(
    here: Path, language: str, spliced: str, unspliced: str, growth: str
) -> None:
    done = command("demo", "--language", language)
    assert done.exit_code == 0
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    planned = next(line for line in lines if line.startswith(text("command.label.main", language)))
    passed_over = next(line for line in lines if unspliced in line)
    assert spliced in planned
    assert lines.index(passed_over) == lines.index(planned) + 2, "side by side"
    assert growth in done.stdout
    report = Path("tfp-demo", "results", "report.html")
    assert str(report) in done.stdout
    assert (here / report).is_file()
    assert state_of(here / "tfp-demo" / "results") == "intact"


@pytest.mark.usefixtures("here", "light")
def test_run_on_the_demonstration_s_folder_gives_the_same() -> None:
    assert command("demo").exit_code == 0
    first = Path("tfp-demo/results/manifest.json").read_bytes()
    assert command("run", "tfp-demo", "--out", "again").exit_code == 0
    assert Path("again/manifest.json").read_bytes() == first


def test_the_whole_command_in_a_process_of_its_own(tmp_path: Path) -> None:
    # Its output is piped, and the console has the code page of a Vietnamese Windows.
    environment = {**os.environ, "PYTHONIOENCODING": "cp1258", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "tfp.cli", "demo", "--language", "vi"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    words = unicodedata.normalize("NFC", done.stdout.decode("cp1258"))
    assert "Tỷ trọng đóng góp của TFP" in words
    assert not COLOUR.search(words)
    out = tmp_path / "tfp-demo" / "results"
    assert state_of(out) == "intact"
    rows = json.loads((out / "results.json").read_text("utf-8"))["periods"]
    found = {(r["average"], r["period"]): r["share"] for r in rows if r["term"] == "tfp"}
    assert round(found["sum_of_rates", "2021-2024"], 4) == 42.8525
    assert (out / "report.html").read_text("utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.usefixtures("here", "light")
def test_what_is_piped_has_no_colours_and_no_broken_lines() -> None:
    done = command("demo")
    assert not COLOUR.search(done.stdout)
    assert any(len(line) > 100 for line in done.stdout.splitlines())


@pytest.mark.usefixtures("here", "light")
def test_quiet_says_nothing_when_nothing_is_wrong() -> None:
    for arguments in (("demo",), ("check", "tfp-demo"), ("run", "tfp-demo")):
        done = command(*arguments, "--quiet")
        assert (done.exit_code, done.output) == (0, "")


@pytest.mark.usefixtures("here")
def test_check_says_what_it_found_and_writes_nothing() -> None:
    write_demo(Path("demo").absolute(), "en")
    before = sorted(path.name for path in Path("demo").iterdir())
    done = command("check", "demo")
    assert done.exit_code == 0
    assert "2 rows rest on preliminary data" in done.stdout
    assert "tfp run demo" in done.stdout
    assert sorted(path.name for path in Path("demo").iterdir()) == before


@pytest.mark.parametrize("name", ["check", "run"])
def test_a_break_that_is_not_settled_stops_with_code_1(here: Path, name: str) -> None:
    unsettled(here / "demo")
    done = command(name, "demo")
    assert done.exit_code == 1
    assert "ICLS-13" in done.output
    assert "[[splice]]" in done.output, "what to write in the plan is said"
    assert not (here / "demo" / "results").exists()


def test_beside_an_error_stands_what_is_left_to_settle_and_no_fault_twice(here: Path) -> None:
    write_demo(here / "demo", "en")
    data = here / "demo" / "vietnam_2010_2024.csv"
    words = data.read_text("utf-8")
    data.write_text(words.replace(",1311594.5,", ",,", 1), encoding="utf-8")
    done = command("check", "demo")
    assert done.exit_code == 2
    assert "investment-missing" in done.stderr
    assert "2016, column gfcf" in done.stderr
    assert "[[interpolate]]" in done.stderr, "what to write in the plan is said"
    assert "gfcf" not in done.stdout, "the error says it already"
    assert "ICLS" not in done.stdout, "the plan settles it"
    assert "preliminary" in done.stdout


def test_a_treatment_that_fails_leaves_its_own_findings(here: Path) -> None:
    write_demo(here / "demo", "en")
    plan = here / "demo" / "tfp.toml"
    plan.write_bytes(plan.read_bytes().replace(b"\nat = 2021", b"\nat = 2031", 1))
    done = command("check", "demo")
    assert done.exit_code == 2
    assert "year-missing" in done.stderr
    assert "ICLS-13" in done.stdout, "the break is still to be settled"
    assert "2017" not in done.stdout, "the fill before it worked"


@pytest.mark.usefixtures("here")
def test_before_a_plan_is_known_both_languages_are_spoken() -> None:
    done = command("run", "nowhere")
    assert done.exit_code == 2
    for language in LANGUAGES:
        assert text("errors.plan-folder-not-found.found", language, folder="nowhere") in done.stderr


@pytest.mark.parametrize(
    ("file", "code", "hint"),
    [(None, "plan-not-found", ""), ("tfp.toml.txt", "plan-not-found", "tfp.toml.txt")],
)
def test_a_folder_without_a_plan_is_answered_with_the_nearest_name(
    here: Path, file: str | None, code: str, hint: str
) -> None:
    if file:
        (here / file).write_text("x", encoding="utf-8")
    done = command("run", ".")
    assert done.exit_code == 2
    assert code in done.stderr
    assert hint in done.stderr
    assert "–" not in done.stderr, "nothing is said where no name is near"


def test_a_plan_that_may_not_be_read_is_said(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(_: Path) -> bytes:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    (here / "tfp.toml").write_bytes(b"[plan]")
    monkeypatch.setattr(Path, "read_bytes", held)
    done = command("check", ".")
    assert done.exit_code == 2
    assert "plan-unreadable" in done.stderr


@pytest.mark.parametrize(
    ("out", "code"),
    [
        ("full", "out-not-a-run-folder"),
        ("full/thesis.docx", "out-is-file"),
        ("missing/results", "out-parent-missing"),
    ],
)
def test_a_place_that_is_not_ours_is_refused_with_code_3(here: Path, out: str, code: str) -> None:
    write_demo(here / "demo", "vi")
    (here / "full").mkdir()
    (here / "full" / "thesis.docx").write_bytes(b"x")
    done = command("run", "demo", "--out", out)
    assert done.exit_code == 3
    assert code in done.stderr
    assert text("command.label.error", "vi") in done.stderr
    assert [path.name for path in (here / "full").iterdir()] == ["thesis.docx"]


@pytest.mark.usefixtures("light")
def test_demo_never_overwrites_a_plan_that_somebody_changed(here: Path) -> None:
    unsettled(here / "tfp-demo")
    done = command("demo")
    assert done.exit_code == 3
    assert "demo-folder-taken" in done.stderr
    assert "--out" in done.stderr


@pytest.mark.usefixtures("light")
def test_results_open_elsewhere_wait_and_the_next_command_puts_them_in_place(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command("demo").exit_code == 0
    plan = here / "tfp-demo" / "tfp.toml"
    plan.write_bytes(plan.read_bytes().replace(b"capital = 0.40", b"capital = 0.41"))

    def refused(self: Disk, old: Path, new: Path) -> None:
        if old.name == "results":
            raise PermissionError(errno.EACCES, "Access is denied", str(old))
        old.replace(new)

    with monkeypatch.context() as windows:
        windows.setattr(Disk, "rename", refused)
        windows.setattr(Disk, "is_held", lambda _, path: path.name == "report.html")
        done = command("run", "tfp-demo")
    assert done.exit_code == 3
    assert "report.html" in done.stderr
    assert "results.new-" in done.stderr
    waiting = next(here.glob("tfp-demo/results.new-*"))
    assert state_of(waiting) == "intact"

    done = command("check", "tfp-demo")
    assert done.exit_code == 0
    words = text("command.repaired.completed", folder=str(Path("tfp-demo/results")))
    assert words in done.stderr
    shares = json.loads((here / "tfp-demo/results/manifest.json").read_text("utf-8"))
    assert shares["plan"]["normalised"]["treatment"]["method"]["shares"]["capital"] == 0.41


def test_a_fault_of_ours_is_a_file_and_code_70(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_demo(here / "Nguyễn Văn A", "vi")

    def broken(prepared: workflow_run.Prepared, **_: object) -> None:
        message = f"{prepared.folder}: 2739843.2"
        raise ZeroDivisionError(message)

    monkeypatch.setattr(workflow_run, "compute", broken)
    done = command("run", "Nguyễn Văn A")
    assert done.exit_code == 70
    assert "Traceback" not in done.output
    assert text("command.fault.message", "vi") in done.stderr
    (report,) = here.glob("Nguyễn Văn A/tfp-fault-*.txt")
    assert report.name in done.stderr
    words = report.read_text("utf-8")
    assert "ZeroDivisionError" in words
    assert "in broken" in words
    assert "cli/program.py" in words
    for private in ("Nguyễn", str(here), "2739843.2"):
        assert private not in words


def test_a_fault_where_nothing_can_be_written_is_said_all_the_same(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_demo(here / "demo", "en")

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(workflow_run, "compute", broken)
    monkeypatch.setattr(Path, "write_text", full)
    done = command("run", "demo")
    assert done.exit_code == 70
    assert "no space left on the disk" in done.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_methods_lists_every_preset_with_its_source(language: str) -> None:
    from tfp.accounts.presets import PRESETS

    done = command("methods", "--language", language)
    assert done.exit_code == 0
    for key, preset in PRESETS.items():
        assert f"{key}: {preset.part('title', language)}" in done.stdout
        assert preset.citation in done.stdout


def test_version_and_help() -> None:
    assert command("--version").stdout == f"tfp {VERSION}\n"
    words = command("--help").stdout
    for name in ("demo", "run", "check", "methods"):
        assert name in words


@pytest.mark.usefixtures("light")
def test_every_command_repairs_first(here: Path) -> None:
    assert command("demo").exit_code == 0
    half = here / "tfp-demo" / "results.new-0123456789ab"
    half.mkdir()
    (half / "report.html").write_bytes(b"<p>")
    for arguments in (("check", "tfp-demo"), ("run", "tfp-demo"), ("demo",)):
        half.mkdir(exist_ok=True)
        done = command(*arguments)
        assert done.exit_code == 0
        assert not half.exists()
        assert half.name in done.stderr


def test_results_of_the_command_can_be_told_from_any_other_folder(here: Path) -> None:
    (here / "results").mkdir()
    (here / "results" / "manifest.json").write_text('{"kind": "npm"}', encoding="utf-8")
    assert state_of(here / "results") == "foreign"
    assert RunFolder(here / "results").repair() == ()


def test_a_terminal_gets_colours_and_its_own_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm")
    assert console_on(sys.stdout).width == 60
    assert console_on(sys.stdout).is_terminal


@pytest.mark.usefixtures("light")
def test_run_says_the_first_five_warnings_and_counts_the_others(here: Path) -> None:
    write_demo(here / "demo", "en")
    plan = here / "demo" / "tfp.toml"
    for number in range(4):
        plan.write_bytes(
            plan.read_bytes()
            + f"""
[[sensitivity]]
name = "passed over {number}"
splice = []
accept_break = [{{ role = "labour", at = 2021, reason = "to compare {number}" }}]
""".encode()
        )
    done = command("run", "demo")
    assert done.exit_code == 0
    assert text("command.run.warnings", "en") in done.stdout
    listed = [line for line in done.stdout.splitlines() if line.startswith("  - ")]
    assert len(listed) == 5
    assert "(Viet Nam, 2021" in listed[0]
    assert text("command.run.more", "en", count=1) in done.stdout
    assert text("command.check.remarks", "en", count=9) in done.stdout


@pytest.mark.usefixtures("here", "light")
def test_a_run_without_warnings_has_no_list_of_them() -> None:
    assert command("demo").exit_code == 0
    plan = Path("tfp-demo/tfp.toml")
    plan.write_bytes(plan.read_bytes().partition(b"[[sensitivity]]")[0])
    done = command("run", "tfp-demo")
    assert text("command.run.warnings", "en") not in done.stdout
    assert text("command.check.remarks", "en", count=3) in done.stdout


@pytest.mark.usefixtures("light")
def test_the_plan_may_be_named_in_place_of_its_folder(here: Path) -> None:
    write_demo(here / "demo", "en")
    assert command("check", "demo/tfp.toml").exit_code == 0
    assert command("run", "demo/tfp.toml").exit_code == 0
    assert state_of(here / "demo" / "results") == "intact"


def test_ctrl_c_is_one_line_and_code_130(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_demo(here / "demo", "vi")

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(workflow_run, "compute", stopped)
    done = command("run", "demo")
    assert done.exit_code == 130
    assert done.output == text("command.stopped.message", "vi") + "\n"


@pytest.mark.parametrize("arguments", [["methods"], ["--help"], ["methods", "--help"]])
def test_a_reader_of_a_pipe_may_leave_early(arguments: list[str]) -> None:
    reading, writing_end = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "tfp.cli", *arguments],
        stdout=writing_end,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing_end)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.usefixtures("here", "light")
def test_a_reader_who_leaves_does_not_stop_the_run() -> None:
    write_demo(Path("demo").absolute(), "en")
    reading, writing_end = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "tfp.cli", "run", "demo"],
        stdout=writing_end,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing_end)
    assert (done.returncode, done.stderr) == (0, b"")
    assert state_of(Path("demo/results")) == "intact"


def test_the_log_of_matplotlib_is_not_shown() -> None:
    assert command("methods").exit_code == 0
    assert not logging.getLogger("matplotlib").isEnabledFor(logging.WARNING)


@pytest.mark.usefixtures("light")
def test_a_reason_of_the_system_is_in_the_language_of_the_plan(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_demo(here / "demo", "vi")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Disk, "write", full)
    done = command("run", "demo")
    assert done.exit_code == 3
    assert "đĩa đã hết chỗ trống" in done.stderr
    assert "No space" not in done.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words(language: str) -> None:
    for name in REASONS:
        number = getattr(errno, name)
        shown = reason_in(os.strerror(number), language)
        assert shown == text(f"command.reason.{name}", language)
    assert reason_in("The moon is full", language) == "The moon is full"


def test_names_that_are_too_long_are_answered_as_such(here: Path) -> None:
    write_demo(here / "demo", "vi")
    long = "d" * 300
    done = command("run", "demo", "--out", long)
    assert done.exit_code == 3
    assert "out-name-too-long" in done.stderr
    done = command("run", long)
    assert done.exit_code == 2
    assert "plan-folder-not-found" in done.stderr
    plan = here / "demo" / "tfp.toml"
    plan.write_bytes(plan.read_bytes().replace(b'file = "vietnam_2010', f'file = "{long}'.encode()))
    done = command("run", "demo")
    assert done.exit_code == 2
    assert "file-name-too-long" in done.stderr
    assert text("errors.file-name-too-long.remedy", "vi") in done.stderr


@pytest.mark.usefixtures("light")
def test_results_that_were_changed_are_kept_and_it_is_said_where(here: Path) -> None:
    assert command("demo").exit_code == 0
    report = here / "tfp-demo" / "results" / "report.html"
    report.write_bytes(b"<p>edited</p>")
    done = command("run", "tfp-demo")
    assert done.exit_code == 0
    kept = Path("tfp-demo/results.previous")
    assert done.stderr.splitlines() == [text("command.repaired.moved", "en", folder=str(kept))]
    assert (kept / "report.html").read_bytes() == b"<p>edited</p>"
    done = command("run", "tfp-demo")
    assert f"{kept}-1" in done.stderr
    assert Path(f"{kept}-1", "report.html").read_bytes() == b"<p>edited</p>"
    assert command("run", "tfp-demo").stderr == ""


@pytest.mark.usefixtures("light")
def test_results_without_their_manifest_are_named_as_such(here: Path) -> None:
    assert command("demo").exit_code == 0
    (here / "tfp-demo" / "results" / "manifest.json").unlink()
    done = command("run", "tfp-demo")
    assert done.exit_code == 3
    assert "out-without-manifest" in done.stderr
    assert (here / "tfp-demo" / "results" / "report.html").is_file()


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("vintages", "mixed-vintages"),
        ("price_bases", "mixed-price-bases"),
        ("units", "mixed-units"),
    ],
)
def test_what_does_not_match_is_said_once(here: Path, table: str, code: str) -> None:
    write_demo(here / "demo", "en")
    plan = here / "demo" / "tfp.toml"
    words = plan.read_text("utf-8")
    start = words.index("output =", words.index(f"[data.{table}]"))
    line = words[start : words.index("\n", start)]
    plan.write_text(words.replace(line, 'output = "another"', 1), encoding="utf-8")
    # Where the first stock is a ratio to output of the same data.
    words = plan.read_text("utf-8")
    before, _, after = words.partition("[capital.initial]")
    _, _, after = after.partition("[method]")
    initial = '[capital.initial]\nmethod = "capital_output_ratio"\nyear = 2010\nratio = 2.5\n'
    plan.write_text(f"{before}{initial}\n[method]{after}", encoding="utf-8")
    done = command("check", "demo")
    assert done.exit_code == 2
    assert code in done.stderr
    assert "another" in done.stderr
    assert "another" not in done.stdout
