"""Steps that several commands take."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from tfp.cli.exit_codes import BLOCKED
from tfp.language.catalogue import text

if TYPE_CHECKING:
    from pathlib import Path

    from tfp.cli.speech import Speech
    from tfp.workflow.plans.plan import Plan
    from tfp.workflow.run import Prepared, Run


def run_plan_in(speech: Speech, folder: Path, out: Path, *, draft: bool = False) -> None:
    """Read, check, compute, write, and say what came out.

    A draft is written although findings must be settled; the exit code says that they must.
    """
    from tfp.workflow.folders.folder import RunFolder
    from tfp.workflow.folders.folder_state import MANIFEST, sha256_of
    from tfp.workflow.run import compute, prepare
    from tfp.workflow.telling import document_lines, file_lines, finding_lines, repair_lines
    from tfp.workflow.writing import write_run

    plan, written = plan_in(speech, folder)
    repaired(speech, out)
    place = RunFolder(out.absolute())
    place.check()
    with speech.working("reading"):
        prepared = prepare(plan, folder)
    keep_data(speech, prepared)
    blocking = prepared.blocking
    if blocking:
        speech.warn(*finding_lines(blocking, speech.language))
        if not draft:
            speech.answer.add_findings(prepared.findings, speech.language)
            stop_for_findings(speech, len(blocking))
    with speech.working("computing"):
        done = compute(prepared, draft=draft)
    with speech.working("writing"):
        moved = write_run(done, written, place)
    speech.manifest = sha256_of(out / MANIFEST)
    speech.remark(*repair_lines(moved.repairs, out, speech.language))
    _tell(speech, done, out)
    speech.say(*file_lines(out, speech.language), text("command.done.open", speech.language))
    speech.remark(*document_lines(moved.remarks, speech.language))
    if blocking:
        words = text("tables.draft.command", speech.language, count=len(blocking))
        speech.warn(words, style="bold red")
        click.get_current_context().exit(BLOCKED)


def plan_in(speech: Speech, folder: Path) -> tuple[Plan, bytes]:
    """Return the plan and its bytes; from here on the plan's language is spoken."""
    from tfp.workflow.plans.plan_folder import find_plan

    written = find_plan(folder)
    speech.follow(written.language)
    speech.log_folder = folder.absolute() if speech.answer.command != "check" else None
    return written.plan(), written.data


def repaired(speech: Speech, out: Path) -> None:
    """Finish or clear away what an earlier command had left."""
    from tfp.workflow.folders.folder import RunFolder
    from tfp.workflow.telling import repair_lines

    done = RunFolder(out.absolute()).repair()
    speech.remark(*repair_lines(done, out, speech.language))


def keep_data(speech: Speech, prepared: Prepared) -> None:
    """Keep what was read, for programs."""
    rows = prepared.data.panel.rows
    times = [rows.time_label(row) for row in (int(rows.times.argmin()), int(rows.times.argmax()))]
    speech.answer.data = {
        "files": [file.name for file in (*prepared.data.files, *prepared.treated.files)],
        "rows": prepared.data.file.rows,
        "areas": len(rows.entities),
        "first": times[0],
        "last": times[1],
    }


def stop_for_findings(speech: Speech, count: int) -> None:
    """Stop: so many findings must be settled first."""
    speech.warn(text("command.check.blocked", speech.language, count=count), style="bold red")
    click.get_current_context().exit(BLOCKED)


def _tell(speech: Speech, done: Run, out: Path) -> None:
    """Say the main results, and keep them for programs."""
    from tfp.report.building import all_findings
    from tfp.workflow.folders.folder_state import files_in
    from tfp.workflow.results_file import rows_of_periods
    from tfp.workflow.telling import headline_lines, remark_lines, share_listing, shown_path

    told = replace(done, content=replace(done.content, language=speech.language))
    answer = speech.answer
    answer.headline = headline_lines(told)
    answer.figures = rows_of_periods(done.content.periods[0])
    answer.add_findings(all_findings(done.content), speech.language)
    answer.folder, answer.files = str(shown_path(out)), list(files_in(out))
    speech.say(done.content.title, style="bold")
    speech.say("", *answer.headline)
    speech.show(share_listing(told))
    speech.say(*remark_lines(told))
