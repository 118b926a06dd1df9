"""What is said to the user, in one language: words, small tables, progress."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from tfp.cli.answer import Answer
from tfp.cli.streams import console_on
from tfp.language.catalogue import LANGUAGES, Language, text
from tfp.workflow.log import LogEntry, append_log
from tfp.workflow.reasons import reason_in, with_reason_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rich.console import Console

    from tfp.errors import TFPError
    from tfp.workflow.telling import Listing


class Speech:
    """What is said while a command works, with colours on a terminal only.

    Parameters
    ----------
    language : {"en", "vi"}, optional
        None until somebody has chosen.
    asked : bool
        Whether the user chose it: then the plan does not choose another.
    """

    def __init__(self, language: Language | None = None, *, asked: bool = False) -> None:
        self.chosen = language
        self.asked = asked
        self.quiet = False
        self.json = False
        self.answer = Answer()
        self.log_folder: Path | None = None
        self.manifest = ""

    @property
    def language(self) -> Language:
        """The language spoken; English until something has chosen."""
        return self.chosen or "en"

    def follow(self, language: Language | None) -> None:
        """Speak the language of a plan or run, unless the user has asked for one."""
        if not self.asked:
            self.chosen = language or self.chosen

    def say(self, *lines: str, style: str | None = None) -> None:
        """Say some lines, unless asked to be quiet."""
        if not self.quiet and not self.json:
            _print(console_on(sys.stdout), lines, style)

    def warn(self, *lines: str, style: str | None = None) -> None:
        """Say some lines beside the results, quiet or not."""
        if not self.json:
            _print(console_on(sys.stderr), lines, style)

    def remark(self, *lines: str) -> None:
        """Say and keep what did not go as it should, although the work is done."""
        self.answer.remarks += lines
        self.warn(*lines)

    def fail(self, error: TFPError) -> None:
        """Say what went wrong, where, and what to do; in all languages if none is chosen."""
        self.answer.add_error(error, self.language)
        for language in (self.chosen,) if self.chosen else LANGUAGES:
            said = with_reason_in(error, language).message(language, in_plan=True)
            found, *rest = said.splitlines()
            label = text("command.label.error", language)
            self.warn(f"{label}: {found.removeprefix(f'[{error.code}] ')}", style="bold red")
            self.warn(*rest, text("command.label.code", language, code=error.code))

    def show(self, listing: Listing) -> None:
        """Show a small table."""
        if self.quiet or self.json or not listing.rows:
            return
        from rich.table import Table

        table = Table(box=None, pad_edge=False)
        table.add_column("", no_wrap=False)
        for head in listing.heads:
            table.add_column(head, justify="right", no_wrap=True)
        main, *others = listing.rows
        table.add_row(*main, style="bold")
        if others:
            table.add_row(text("command.label.changed", self.language), style="dim")
        for row in others:
            table.add_row(f"  {row[0]}", *row[1:])
        self.say("", listing.title)
        console_on(sys.stdout).print(table)
        self.say(*([listing.note] if listing.note else []), "")

    def working(self, step: str) -> Any:
        """Show on a terminal what is being done, while it is."""
        console = console_on(sys.stderr)
        if self.quiet or self.json or not console.is_terminal:
            return nullcontext()
        # A spinner of letters that every code page has.
        return console.status(text(f"command.progress.{step}", self.language), spinner="line")

    def close(self, exit_code: int) -> None:
        """Write the log of the plan, and the answer for programs."""
        if self.log_folder is not None:
            try:
                codes = tuple(self.answer.codes)
                entry = LogEntry(self.answer.command, exit_code, codes, self.manifest)
                append_log(self.log_folder, entry, self.language)
            except OSError as error:
                reason = reason_in(error.strerror or str(error), self.language)
                self.remark(text("command.log.not_written", self.language, reason=reason))
        if self.json and (self.answer.command or self.answer.errors):
            console_on(sys.stdout).out(self.answer.as_json(exit_code, self.language))


def _print(console: Console, lines: Iterable[str], style: str | None) -> None:
    for line in lines:
        # Lines are not broken where a program or a file reads them.
        console.print(line, style=style, soft_wrap=not console.is_terminal)
