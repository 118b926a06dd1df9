"""``tfp check``: what is wrong with a plan and its figures, before anything is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tfp.cli.commands.working import keep_data, plan_in, repaired, stop_for_findings
from tfp.cli.options import (
    RESULTS_FOLDER,
    begin,
    json_option,
    language_option,
    out_option,
    path_argument,
    quiet_option,
)
from tfp.cli.worded import Worded
from tfp.errors import TFPError
from tfp.language.catalogue import text

if TYPE_CHECKING:
    from pathlib import Path

    from tfp.cli.speech import Speech
    from tfp.panel.findings import Finding
    from tfp.workflow.plans.plan import Plan
    from tfp.workflow.run import Prepared


@click.command(cls=Worded)
@path_argument("folder", plan=True)
@out_option
@language_option
@quiet_option
@json_option
@click.pass_context
def check(  # noqa: PLR0917  (click gives each option by its name)
    ctx: click.Context,
    folder: Path,
    out: Path | None,
    language: str | None,
    quiet: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> None:
    """Say what is wrong with the plan and the figures in FOLDER; write nothing."""
    from tfp.report.building import all_findings
    from tfp.workflow.run import compute
    from tfp.workflow.telling import approval_lines, data_line, finding_lines, shown_path

    del language
    speech = begin(ctx, quiet=quiet, as_json=as_json)
    plan, _ = plan_in(speech, folder)
    repaired(speech, folder / RESULTS_FOLDER if out is None else out)
    prepared = _prepared(speech, plan, folder)
    spoken = speech.language
    speech.say(data_line(prepared, spoken))
    blocking = prepared.blocking
    found: tuple[Finding, ...] = prepared.findings
    try:
        if not blocking:
            # The methods remark on the data, too; they cannot where something blocks.
            with speech.working("computing"):
                found = all_findings(compute(prepared).content)
    finally:
        speech.answer.add_findings(found, spoken)
        count = "found" if found else "nothing"
        speech.say(text(f"command.check.{count}", spoken, count=len(found)))
        speech.say(*(["", *finding_lines(found, spoken)] if found else []))
    if blocking:
        stop_for_findings(speech, len(blocking))
    speech.say(*approval_lines(plan, folder, spoken))
    speech.say(text("command.check.ready", spoken, folder=str(shown_path(folder))))


def _prepared(speech: Speech, plan: Plan, folder: Path) -> Prepared:
    """Return the data of a plan; where it cannot be followed, say first what the data show."""
    from tfp.workflow.run import findings_beside, prepare
    from tfp.workflow.telling import finding_lines

    try:
        with speech.working("reading"):
            prepared = prepare(plan, folder)
    except TFPError as error:
        # What the figures themselves show often explains what the plan cannot do with them.
        beside = findings_beside(error, plan, folder)
        speech.answer.add_findings(beside, speech.language)
        speech.say(*finding_lines(beside, speech.language))
        raise
    keep_data(speech, prepared)
    return prepared
