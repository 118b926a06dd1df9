"""``tfp demo``: the main job on the real figures of Viet Nam."""

from __future__ import annotations

from pathlib import Path

import click

from tfp.cli.commands.working import run_plan_in
from tfp.cli.options import (
    RESULTS_FOLDER,
    begin,
    json_option,
    language_option,
    out_option,
    quiet_option,
)
from tfp.cli.worded import Worded
from tfp.language.catalogue import text

DEMO_FOLDER = "tfp-demo"


@click.command(cls=Worded)
@out_option
@language_option
@quiet_option
@json_option
@click.pass_context
def demo(
    ctx: click.Context,
    out: Path | None,
    language: str | None,
    quiet: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> None:
    """Run the main job on the real figures of Viet Nam, 2010 to 2024."""
    from tfp.workflow.demonstration import write_demo
    from tfp.workflow.telling import shown_path

    del language
    speech = begin(ctx, quiet=quiet, as_json=as_json)
    folder = Path(DEMO_FOLDER) if out is None else out
    write_demo(folder.absolute(), speech.language)
    run_plan_in(speech, folder, folder / RESULTS_FOLDER)
    speech.say(
        text("command.demo.files", speech.language, folder=str(shown_path(folder))),
        text("command.demo.next", speech.language),
    )
