"""``tfp`` itself, and its commands in the order of the work."""

from __future__ import annotations

import click

from tfp.cli.commands.check import check
from tfp.cli.commands.demo import demo
from tfp.cli.commands.methods import methods
from tfp.cli.commands.new import new
from tfp.cli.commands.revisions import revisions
from tfp.cli.commands.run import run
from tfp.cli.options import language_option
from tfp.cli.program import Program
from tfp.version import VERSION


@click.group(cls=Program, name="tfp", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="tfp", message="%(prog)s %(version)s")
@language_option
def main(language: str | None) -> None:
    """Compute what capital, labour and TFP contribute to growth."""
    # The language is taken before anything is parsed, so that errors are said in it.
    del language


for each in (demo, new, check, run, revisions, methods):
    main.add_command(each)
