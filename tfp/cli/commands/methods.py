"""``tfp methods``: what a plan can name."""

from __future__ import annotations

import click

from tfp.cli.options import begin, language_option
from tfp.cli.worded import Worded
from tfp.language.catalogue import text


@click.command(cls=Worded)
@language_option
@click.pass_context
def methods(ctx: click.Context, language: str | None) -> None:
    """List the methods that a plan can name, with their sources."""
    from tfp.accounts.presets import PRESETS

    del language
    speech = begin(ctx, quiet=False)
    spoken = speech.language
    for key, preset in PRESETS.items():
        speech.say(f"{key}: {preset.part('title', spoken)}", style="bold")
        speech.say(
            preset.part("paragraph", spoken),
            text("command.methods.leaves", spoken, leaves=preset.part("leaves", spoken)),
            text("command.methods.citation", spoken, citation=preset.citation),
            text("command.methods.use", spoken, key=key),
            "",
        )
