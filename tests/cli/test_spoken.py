"""Which language the command speaks: asked for, the plan's, the computer's, English."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from tfp.cli import main
from tfp.cli.spoken import _windows_locales, asked_in, set_up
from tfp.language.catalogue import LANGUAGES, subject, text
from tfp.workflow.demonstration import write_demo

if TYPE_CHECKING:
    from pathlib import Path

VARIABLES = ("TFP_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
ERROR = {language: text("command.label.error", language) for language in LANGUAGES}


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (["check", "x", "--language", "vi"], "vi"),
        (["--language=vi", "check", "x"], "vi"),
        (["check", "x", "--language", "EN"], "en"),
        (["check", "x", "--language"], None),
        (["check", "x", "--language", "fr"], None),
        (["check", "vi"], None),
    ],
)
def test_what_is_asked_for_is_known_before_anything_is_understood(words, language) -> None:
    assert asked_in(words) == language


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, None),
        ({"TFP_LANGUAGE": "vi"}, "vi"),
        ({"TFP_LANGUAGE": "EN", "LANG": "vi_VN.UTF-8"}, "en"),
        ({"LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LC_ALL": "C", "LANG": "vi_VN.UTF-8"}, None),
        ({"LC_MESSAGES": "vi_VN", "LANG": "C"}, "vi"),
        ({"LANG": "en_US.UTF-8"}, None),
    ],
)
def test_the_computer_may_be_set_up_in_vietnamese(environment, language) -> None:
    assert set_up(environment) == language


@pytest.mark.parametrize(
    ("shown", "written", "vietnamese"),
    [(0x042A, 0x0409, True), (0x0409, 0x042A, True), (0x0409, 0x0409, False), (1, 2, False)],
)
def test_windows_is_asked_for_its_words_and_its_region(shown, written, vietnamese) -> None:
    kernel = SimpleNamespace(
        GetUserDefaultUILanguage=lambda: shown, GetUserDefaultLCID=lambda: written
    )
    found = _windows_locales(SimpleNamespace(kernel32=kernel))
    assert any(name.startswith("vi") for name in found) == vietnamese


def spoken(*arguments: str) -> set[str]:
    done = CliRunner().invoke(main, list(arguments))
    return {language for language in LANGUAGES if f"{ERROR[language]}: " in done.stderr}


def test_the_order_of_who_chooses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_demo(tmp_path / "demo", "vi")
    (tmp_path / "demo" / "vietnam_2010_2024.csv").unlink()
    folder = str(tmp_path / "demo")
    assert spoken("check", str(tmp_path / "none")) == {"vi", "en"}, "nobody has chosen"
    monkeypatch.setenv("TFP_LANGUAGE", "en")
    assert spoken("check", str(tmp_path / "none")) == {"en"}
    assert spoken("check", folder) == {"vi"}, "the plan before the computer"
    assert spoken("check", folder, "--language", "en") == {"en"}, "the user before the plan"
    assert spoken("--language", "vi", "check", str(tmp_path / "none")) == {"vi"}
    monkeypatch.setenv("TFP_LANGUAGE", "vi")
    assert spoken("chekc") == {"vi"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [None, *main.commands])
def test_help_is_in_the_language_asked_for(name: str | None, language: str) -> None:
    arguments = [*([name] if name else []), "--help", "--language", language]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0
    words = " ".join(done.stdout.split())
    known = subject("help", language)
    about = known[name or "tfp"]["about"]
    assert " ".join(about.split()) in words
    assert known["word"]["usage"] in words
    assert known["option"]["help"] in words
    other = subject("help", "en" if language == "vi" else "vi")
    assert other["word"]["usage"] not in words
    for option in ("Show this", "[OPTIONS]") if language == "vi" else ():
        assert option not in words


def test_a_vietnamese_windows_gets_a_vietnamese_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    assert CliRunner().invoke(main, ["new", str(tmp_path / "a")]).exit_code == 0
    assert (tmp_path / "a" / "ke-hoach.xlsx").is_file()
