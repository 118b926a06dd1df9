"""``tfp new``: an empty plan, to be filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tfp.cli.options import begin, language_option, path_argument, quiet_option
from tfp.cli.worded import Worded
from tfp.language.catalogue import text

if TYPE_CHECKING:
    from pathlib import Path


@click.command(cls=Worded)
@path_argument("folder")
@language_option
@click.option("--toml", is_flag=True)
@click.option("--exercise", is_flag=True)
@quiet_option
@click.pass_context
def new(  # noqa: PLR0917  (click gives each option by its name)
    ctx: click.Context,
    folder: Path,
    language: str | None,
    toml: bool,  # noqa: FBT001
    exercise: bool,  # noqa: FBT001
    quiet: bool,  # noqa: FBT001
) -> None:
    """Write an empty plan into FOLDER, to be filled in with Excel."""
    from tfp.workflow.forms.new_folder import write_new
    from tfp.workflow.telling import shown_path

    del language
    speech = begin(ctx, quiet=quiet)
    spoken = speech.language
    if toml and exercise:
        raise click.UsageError(text("command.new.one_kind", spoken))
    *others, plan = write_new(folder.absolute(), spoken, toml=toml, exercise=exercise)
    shown = shown_path(folder)
    kind, after = ("toml", "next_toml") if toml else ("form", "next")
    if exercise:
        kind, after = "exercise", "next_exercise"
    figures = ", ".join(str(shown / other) for other in others)
    speech.say(
        text(f"command.new.{kind}", spoken, path=str(shown / plan), figures=figures),
        text(f"command.new.{after}", spoken, folder=str(shown)),
    )
