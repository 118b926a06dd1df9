"""``tfp run``: a plan becomes a report, a workbook and charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tfp.cli.commands.working import run_plan_in
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

if TYPE_CHECKING:
    from pathlib import Path


@click.command(cls=Worded)
@path_argument("folder", plan=True)
@out_option
@click.option("--draft", is_flag=True)
@language_option
@quiet_option
@json_option
@click.pass_context
def run(  # noqa: PLR0917  (click gives each option by its name)
    ctx: click.Context,
    folder: Path,
    out: Path | None,
    draft: bool,  # noqa: FBT001
    language: str | None,
    quiet: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> None:
    """Compute the plan in FOLDER; write report, workbook and charts."""
    del language
    speech = begin(ctx, quiet=quiet, as_json=as_json)
    run_plan_in(speech, folder, folder / RESULTS_FOLDER if out is None else out, draft=draft)
