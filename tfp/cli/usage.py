"""What click finds wrong with a command line, as an error of ours."""

from __future__ import annotations

import click

from tfp.errors import CommandError, nearest


def usage_error(error: click.UsageError) -> CommandError:
    """Return the error of the tree for one that click has raised."""
    ctx = error.ctx
    path = ctx.command_path if ctx is not None else "tfp"
    if isinstance(error, click.MissingParameter):
        return CommandError("command-argument-missing", command=path)
    if isinstance(error, click.NoSuchOption):
        known = _options(ctx)
        return CommandError(
            "command-option-unknown", option=error.option_name, command=path,
            choices=known, nearest=nearest(error.option_name, known),
        )  # fmt: skip
    if isinstance(error, click.BadOptionUsage):
        flag = ctx is not None and any(
            isinstance(param, click.Option) and param.is_flag and error.option_name in param.opts
            for param in ctx.command.params
        )
        return CommandError(
            "command-option-takes-nothing" if flag else "command-option-without-value",
            option=error.option_name, command=path,
        )  # fmt: skip
    return CommandError("command-not-understood", reason=error.format_message(), command=path)


def _options(ctx: click.Context | None) -> list[str]:
    """Return the long names of the options that a command has."""
    if ctx is None:
        return []
    options = [each for each in ctx.command.get_params(ctx) if isinstance(each, click.Option)]
    return sorted(name for option in options for name in option.opts if name.startswith("--"))
