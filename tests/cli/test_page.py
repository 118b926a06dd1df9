"""The pages of the command name every command, option, exit code and part of an answer."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from tfp import cli
from tfp.cli import main
from tfp.cli.answer import Answer

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ["command.md", "command_vi.md"]
CODES = (0, cli.BLOCKED, cli.NOT_UNDERSTOOD, cli.NOT_WRITTEN, cli.OUR_FAULT, cli.STOPPED)


@pytest.mark.parametrize("page", PAGES)
def test_the_page_is_whole(page: str) -> None:
    words = (DOCS / page).read_text(encoding="utf-8")
    for name, command in main.commands.items():
        assert f"`tfp {name}" in words
        for option in command.params:
            if isinstance(option, click.Option):
                assert all(name in words for name in option.opts)
    rows = {int(code) for code in re.findall(r"^\| (\d+) \|", words, re.MULTILINE)}
    assert rows == set(CODES)
    for part in (*vars(Answer()), "kind", "schema", "exit_code", "language"):
        assert f"`{part}`" in words


@pytest.mark.parametrize("page", PAGES)
def test_the_count_of_kinds_is_that_of_the_table(page: str) -> None:
    table = Path(__file__).parents[1] / "workflow" / "test_bad_files.py"
    (count,) = re.findall(r"== len\(BAD\) == (\d+)", table.read_text(encoding="utf-8"))
    assert f"{count} " in (DOCS / page).read_text(encoding="utf-8")
