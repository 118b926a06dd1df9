"""The command: ``tfp demo | new | run | check | methods``.

Exit codes: 0 done; 1 findings that must be settled first; 2 a plan or data that are not
understood; 3 results that cannot be written; 70 a fault of the program, with a file for
its developers; 130 stopped by Ctrl-C. Messages are in the language of the plan.
"""

from __future__ import annotations

import errno
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tfp.errors import OutputError, TFPError
from tfp.language.catalogue import LANGUAGES, Language, text
from tfp.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from tfp.panel.findings import Finding
    from tfp.workflow.plan import Plan
    from tfp.workflow.run import Run
    from tfp.workflow.telling import Listing

BLOCKED, NOT_UNDERSTOOD, NOT_WRITTEN, OUR_FAULT, STOPPED = 1, 2, 3, 70, 130
DEMO_FOLDER = "tfp-demo"
RESULTS_FOLDER = "results"
WIDTH_OF_A_PIPE = 110

_language = click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", help="Of report and messages."
)
_quiet = click.option("--quiet", is_flag=True, help="Say nothing unless something is wrong.")
_out = click.option("--out", type=click.Path(path_type=Path), help="Folder for the results.")


def _folder_of(_: click.Context, __: click.Parameter, path: Path) -> Path:
    """Take the plan for its folder."""
    from tfp.workflow.plan_folder import PLAN_NAMES

    return path.parent if path.name in PLAN_NAMES else path


_folder = click.argument("folder", type=click.Path(path_type=Path), callback=_folder_of)


class Speech:
    """What is said to the user, in one language, with colours on a terminal only."""

    def __init__(self, language: Language | None = None, *, quiet: bool = False) -> None:
        self.chosen = language
        self.quiet = quiet

    @property
    def language(self) -> Language:
        """The language spoken; English until a plan or the user has chosen."""
        return self.chosen or "en"

    def say(self, *lines: str, style: str | None = None) -> None:
        """Say some lines, unless asked to be quiet."""
        if not self.quiet:
            _print(_console(), lines, style)

    def warn(self, *lines: str, style: str | None = None) -> None:
        """Say some lines beside the results, quiet or not."""
        _print(_console(stderr=True), lines, style)

    def fail(self, error: TFPError) -> None:
        """Say what went wrong, where, and what to do; in all languages if none is chosen."""
        from tfp.workflow.reasons import with_reason_in

        for language in (self.chosen,) if self.chosen else LANGUAGES:
            said = with_reason_in(error, language).message(language, in_plan=True)
            found, *rest = said.splitlines()
            label = text("command.label.error", language)
            self.warn(f"{label}: {found.removeprefix(f'[{error.code}] ')}", style="bold red")
            self.warn(*rest, text("command.label.code", language, code=error.code))

    def show(self, listing: Listing) -> None:
        """Show a small table."""
        if self.quiet or not listing.rows:
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
        _console().print(table)
        self.say(*([listing.note] if listing.note else []), "")

    def working(self, step: str) -> Any:
        """Show on a terminal what is being done, while it is."""
        console = _console(stderr=True)
        console.quiet = self.quiet or not console.is_terminal
        return console.status(text(f"command.progress.{step}", self.language))


class Program(click.Group):
    """A group of commands that turns every error into words and an exit code."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read the arguments; help may be more than the reader of a pipe waits for."""
        try:
            return super().make_context(*args, **kwargs)
        except BrokenPipeError:
            _say_no_more()
            raise click.exceptions.Exit from None

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; no traceback ever reaches its user."""
        for stream in (sys.stdout, sys.stderr):
            # Whatever the code page of the console: UTF-8, and no letter that stops it.
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="replace")
        # What it says of its cache is no concern of an office.
        logging.getLogger("matplotlib").setLevel(logging.ERROR)
        speech = ctx.ensure_object(Speech)
        try:
            return super().invoke(ctx)
        except TFPError as error:
            speech.fail(error)
            ctx.exit(NOT_WRITTEN if isinstance(error, OutputError) else NOT_UNDERSTOOD)
        except KeyboardInterrupt:
            speech.warn(text("command.stopped.message", speech.language))
            ctx.exit(STOPPED)
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except Exception as error:  # noqa: BLE001 - the last resort: whatever fault of ours
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                _say_no_more()
                ctx.exit()
            from tfp.workflow.faults import report_fault

            speech.warn(*report_fault(error, Path.cwd(), speech.language), style="red")
            ctx.exit(OUR_FAULT)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="tfp", message="%(prog)s %(version)s")
def main() -> None:
    """Compute what capital, labour and TFP contribute to growth.

    Start with: tfp demo     Bắt đầu với: tfp demo --language vi
    """


@main.command()
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path(DEMO_FOLDER), show_default=True,
    help="Folder for plan, figures and results.",
)  # fmt: skip
@_language
@_quiet
@click.pass_context
def demo(ctx: click.Context, out: Path, language: Language, quiet: bool) -> None:  # noqa: FBT001
    """Run the main job on the real figures of Viet Nam, 2010 to 2024."""
    from tfp.workflow.demonstration import write_demo
    from tfp.workflow.telling import shown_path

    speech = _speak(ctx, language, quiet=quiet)
    write_demo(out.absolute(), language)
    _run(speech, out, out / RESULTS_FOLDER)
    speech.say(
        text("command.demo.files", language, folder=str(shown_path(out))),
        text("command.demo.next", language),
    )


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@_language
@click.option("--toml", is_flag=True, help="A tfp.toml and a table of figures, not one Excel form.")
@_quiet
@click.pass_context
def new(ctx: click.Context, folder: Path, language: Language, toml: bool, quiet: bool) -> None:  # noqa: FBT001
    """Write an empty plan into FOLDER, to be filled in with Excel.

    Viết mẫu kế hoạch bằng Excel: tfp new THƯ-MỤC --language vi
    """
    from tfp.workflow.new_folder import write_new
    from tfp.workflow.telling import shown_path

    speech = _speak(ctx, language, quiet=quiet)
    *others, plan = write_new(folder.absolute(), language, toml=toml)
    shown = shown_path(folder)
    kind, after = ("toml", "next_toml") if toml else ("form", "next")
    figures = str(shown / others[0]) if others else ""
    speech.say(
        text(f"command.new.{kind}", language, path=str(shown / plan), figures=figures),
        text(f"command.new.{after}", language, folder=str(shown)),
    )


@main.command()
@_folder
@_out
@click.option("--draft", is_flag=True, help="Print a draft although findings are unsettled.")
@_quiet
@click.pass_context
def run(
    ctx: click.Context,
    folder: Path,
    out: Path | None,
    draft: bool,  # noqa: FBT001
    quiet: bool,  # noqa: FBT001
) -> None:
    """Compute the plan in FOLDER; write report, workbook and charts.

    The results stand in FOLDER/results, or where --out says.
    """
    speech = _speak(ctx, quiet=quiet)
    _run(speech, folder, out if out is not None else folder / RESULTS_FOLDER, draft=draft)


@main.command()
@_folder
@_out
@_quiet
@click.pass_context
def check(ctx: click.Context, folder: Path, out: Path | None, quiet: bool) -> None:  # noqa: FBT001
    """Say what is wrong with the plan and the figures in FOLDER; compute nothing for print."""
    from tfp.report.building import all_findings
    from tfp.workflow.run import compute, findings_beside, prepare
    from tfp.workflow.telling import approval_lines, data_line, finding_lines, shown_path

    speech = _speak(ctx, quiet=quiet)
    plan, _ = _read_plan(speech, folder)
    language = speech.language
    _repaired(speech, out if out is not None else folder / RESULTS_FOLDER)
    try:
        prepared = prepare(plan, folder)
    except TFPError as error:
        # What the figures themselves show often explains what the plan cannot do with them.
        speech.say(*finding_lines(findings_beside(error, plan, folder), language))
        raise
    speech.say(data_line(prepared))
    blocking = prepared.blocking
    found: tuple[Finding, ...] = prepared.findings
    try:
        # The methods remark on the data, too; they cannot where something blocks.
        found = found if blocking else all_findings(compute(prepared).content)
    finally:
        count = "found" if found else "nothing"
        speech.say(text(f"command.check.{count}", language, count=len(found)))
        speech.say(*(["", *finding_lines(found, language)] if found else []))
    if blocking:
        _stop_for_findings(ctx, speech, len(blocking))
    speech.say(*approval_lines(plan, folder))
    speech.say(text("command.check.ready", language, folder=str(shown_path(folder))))


@main.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@_out
@click.option(
    "--language", type=click.Choice(LANGUAGES), help="Of documents and messages; else NEW's own."
)
@_quiet
@click.pass_context
def revisions(  # noqa: PLR0917  (click gives each option by its name)
    ctx: click.Context,
    old: Path,
    new: Path,
    out: Path | None,
    language: Language | None,
    quiet: bool,  # noqa: FBT001
) -> None:
    """Say what changed from the results OLD to the results NEW: every figure then and now.

    Each is a folder of results, its results.json, or a saved result. With --out the whole
    comparison is written there, as page, workbook and Word document.
    """
    from tfp.report.console import table_lines
    from tfp.report.revision_tables import causes_table, revision_table, summary
    from tfp.workflow.folder import RunFolder
    from tfp.workflow.revision_files import write_revisions
    from tfp.workflow.revisions import compare_runs, language_of_run
    from tfp.workflow.telling import repair_lines, shown_path

    speech = _speak(ctx, language or language_of_run(new), quiet=quiet)
    if out is not None:
        _repaired(speech, out)
        RunFolder(out.absolute()).check()
    found = compare_runs(old, new)
    speech.say(*summary(found, speech.language), "")
    speech.say(*table_lines(revision_table(found, speech.language), speech.language, keys=2), "")
    if found.causes:
        speech.say(*table_lines(causes_table(found, speech.language), speech.language), "")
    if out is not None:
        moved = write_revisions(found, speech.language, RunFolder(out.absolute()))
        speech.warn(*repair_lines(moved, out, speech.language))
        speech.say(text("revisions.done.written", speech.language, path=str(shown_path(out))))


@main.command()
@_language
def methods(language: Language) -> None:
    """List the methods that a plan can name, with their sources."""
    from tfp.accounts.presets import PRESETS

    speech = Speech(language)
    for key, preset in PRESETS.items():
        speech.say(f"{key}: {preset.part('title', language)}", style="bold")
        speech.say(
            preset.part("paragraph", language),
            text("command.methods.leaves", language, leaves=preset.part("leaves", language)),
            text("command.methods.citation", language, citation=preset.citation),
            text("command.methods.use", language, key=key),
            "",
        )


def _run(speech: Speech, folder: Path, out: Path, *, draft: bool = False) -> None:
    """Read, check, compute, write, and say what came out.

    A draft is written although findings must be settled; the exit code says that they must.
    """
    from tfp.workflow.folder import RunFolder
    from tfp.workflow.run import compute, prepare
    from tfp.workflow.telling import document_lines, file_lines, finding_lines, repair_lines
    from tfp.workflow.writing import write_run

    plan, written = _read_plan(speech, folder)
    _repaired(speech, out)
    place = RunFolder(out.absolute())
    place.check()
    with speech.working("reading"):
        prepared = prepare(plan, folder)
    blocking = prepared.blocking
    if blocking:
        speech.warn(*finding_lines(blocking, speech.language))
        if not draft:
            _stop_for_findings(click.get_current_context(), speech, len(blocking))
    with speech.working("computing"):
        done = compute(prepared, draft=draft)
    with speech.working("writing"):
        moved = write_run(done, written, place)
    speech.warn(*repair_lines(moved.repairs, out, speech.language))
    _tell(speech, done)
    speech.say(*file_lines(out, speech.language), text("command.done.open", speech.language))
    speech.warn(*document_lines(moved.remarks, speech.language))
    if blocking:
        count = len(blocking)
        words = text("tables.draft.command", speech.language, count=count)
        speech.warn(words, style="bold red")
        click.get_current_context().exit(BLOCKED)


def _tell(speech: Speech, done: Run) -> None:
    from tfp.workflow.telling import headline_lines, remark_lines, share_listing

    speech.say(done.content.title, style="bold")
    speech.say("", *headline_lines(done))
    speech.show(share_listing(done))
    speech.say(*remark_lines(done))


def _read_plan(speech: Speech, folder: Path) -> tuple[Plan, bytes]:
    """Return the plan and its bytes; from here on the plan's language is spoken."""
    from tfp.workflow.plan_folder import find_plan

    written = find_plan(folder)
    speech.chosen = written.language
    return written.plan(), written.data


def _repaired(speech: Speech, out: Path) -> None:
    from tfp.workflow.folder import RunFolder
    from tfp.workflow.telling import repair_lines

    done = RunFolder(out.absolute()).repair()
    speech.warn(*repair_lines(done, out, speech.language))


def _stop_for_findings(ctx: click.Context, speech: Speech, count: int) -> None:
    speech.warn(text("command.check.blocked", speech.language, count=count), style="bold red")
    ctx.exit(BLOCKED)


def _speak(ctx: click.Context, language: Language | None = None, *, quiet: bool) -> Speech:
    speech = ctx.ensure_object(Speech)
    speech.chosen, speech.quiet = language, quiet
    return speech


def _console(*, stderr: bool = False) -> Console:
    from rich.console import Console

    class PatientConsole(Console):
        """A console whose reader may leave before the end; the work goes on."""

        def on_broken_pipe(self) -> None:
            _say_no_more()

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else WIDTH_OF_A_PIPE
    return PatientConsole(file=stream, width=width, highlight=False, markup=False, emoji=False)


def _say_no_more() -> None:
    """Drop what is still to be said: the reader of a pipe has had enough."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(nowhere, stream.fileno())


def _print(console: Console, lines: Iterable[str], style: str | None) -> None:
    for line in lines:
        # Lines are not broken where a program or a file reads them.
        console.print(line, style=style, soft_wrap=not console.is_terminal)


if __name__ == "__main__":
    main(prog_name="tfp")
