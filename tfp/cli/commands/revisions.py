"""``tfp revisions``: what changed from one run to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tfp.cli.commands.working import repaired
from tfp.cli.options import (
    begin,
    json_option,
    language_option,
    out_option,
    path_argument,
    quiet_option,
)
from tfp.cli.worded import Worded
from tfp.language.catalogue import text

if TYPE_CHECKING:
    from pathlib import Path

    from tfp.cli.speech import Speech
    from tfp.report.revision_tables import Revisions


@click.command(cls=Worded)
@path_argument("old")
@path_argument("new")
@out_option
@language_option
@quiet_option
@json_option
@click.pass_context
def revisions(  # noqa: PLR0917  (click gives each option by its name)
    ctx: click.Context,
    old: Path,
    new: Path,
    out: Path | None,
    language: str | None,
    quiet: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> None:
    """Say what changed from the results OLD to the results NEW: every figure then and now."""
    from tfp.report.console import table_lines
    from tfp.report.revision_tables import causes_table, revision_table, summary
    from tfp.workflow.folders.folder import RunFolder
    from tfp.workflow.revisions import compare_runs, language_of_run

    del language
    speech = begin(ctx, quiet=quiet, as_json=as_json)
    speech.follow(language_of_run(new))
    if out is not None:
        repaired(speech, out)
        RunFolder(out.absolute()).check()
    with speech.working("comparing"):
        found = compare_runs(old, new)
    spoken = speech.language
    speech.answer.headline = list(summary(found, spoken))
    speech.answer.figures = [
        {**vars(row), "difference": row.difference} for row in found.rows if not row.unchanged
    ]
    speech.say(*speech.answer.headline, "")
    chosen = revision_table(found, spoken)
    speech.say(*table_lines(chosen, spoken, keys=2), *(note for _, note in chosen.notes), "")
    if found.causes:
        speech.say(*table_lines(causes_table(found, spoken), spoken), "")
    if out is not None:
        _write(speech, found, out)


def _write(speech: Speech, found: Revisions, out: Path) -> None:
    from tfp.workflow.folders.folder import RunFolder
    from tfp.workflow.folders.folder_state import files_in
    from tfp.workflow.revision_files import write_revisions
    from tfp.workflow.telling import repair_lines, shown_path

    with speech.working("writing"):
        moved = write_revisions(found, speech.language, RunFolder(out.absolute()))
    speech.remark(*repair_lines(moved, out, speech.language))
    speech.answer.folder, speech.answer.files = str(shown_path(out)), list(files_in(out))
    speech.say(text("revisions.done.written", speech.language, path=str(shown_path(out))))
