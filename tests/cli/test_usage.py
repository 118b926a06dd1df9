"""A command line that is not understood: said in our words, with the nearest that is meant."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from tfp.cli import main
from tfp.language.catalogue import LANGUAGES, subject

CASES = [
    (["chekc", "x"], "command-unknown", "check"),
    (["check"], "command-argument-missing", '"D:\\TFP 2025"'),
    (["revisions", "old"], "command-argument-missing", "tfp revisions"),
    (["check", "x", "--langauge", "vi"], "command-option-unknown", "--language"),
    (["--quite", "check", "x"], "command-option-unknown", "--quite"),
    (["run", "x", "--out"], "command-option-without-value", "--out"),
    (["run", "x", "--draft=yes"], "command-option-takes-nothing", "--draft"),
    (["check", "C:\\Users\\Nguyễn", "Văn", "A"], "command-word-left-over",
     '"C:\\Users\\Nguyễn Văn A"'),
    (["check", 'D:\\TFP 2025" --quiet'], "command-quote-in-path", '"D:\\TFP 2025"'),
    (["check", "x", "--language", "vn"], "command-language-unknown", "--language vi"),
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("arguments", "code", "hint"), CASES, ids=[str(c[0]) for c in CASES])
def test_a_slip_is_answered_with_what_to_write(
    arguments: list[str], code: str, hint: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TFP_LANGUAGE", language)
    done = CliRunner().invoke(main, arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert code in done.stderr
    assert hint in done.stderr
    assert subject("errors", language)[code]["expected"].partition("{")[0] in done.stderr
    assert "{" not in done.stderr
    assert "Usage" not in done.stderr, "none of click's own words"


def test_nothing_at_all_is_answered_with_the_help() -> None:
    done = CliRunner().invoke(main, [])
    assert done.exit_code == 2
    assert "tfp demo" in done.stderr


def test_a_program_gets_a_slip_as_json() -> None:
    done = CliRunner().invoke(main, ["chekc", "x", "--json"])
    assert done.stderr == ""
    answer = json.loads(done.stdout)
    assert (answer["exit_code"], answer["errors"][0]["code"]) == (2, "command-unknown")
