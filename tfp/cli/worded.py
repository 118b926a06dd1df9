"""A command whose help and usage stand in the catalogues, in the language spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tfp.cli.speech import Speech
from tfp.errors import CommandError
from tfp.language.catalogue import Language, text, text_or

if TYPE_CHECKING:
    from collections.abc import Iterator


class Worded(click.Command):
    """One command. Words that belong to nothing are refused by it, with the likely reason."""

    # What is left over is refused below, in words of ours.
    allow_extra_args = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments of the command."""
        given = list(args)
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            # The reader of options does not know whose they are.
            error.ctx = error.ctx or ctx
            raise
        if rest:
            raise CommandError(
                "command-word-left-over", words=rest, command=ctx.command_path,
                together=_together(given, rest),
            )  # fmt: skip
        return rest

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what follows the name of the command in the line of its use."""
        return pieces_of(self, ctx)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is called."""
        write_usage(self, ctx, formatter)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        write_paragraphs(text(f"help.{self.name}.about", language_of(ctx)), formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each option does."""
        write_options(self, ctx, formatter)


def language_of(ctx: click.Context) -> Language:
    """Return the language that is spoken."""
    speech = ctx.find_object(Speech)
    return speech.language if speech else "en"


def pieces_of(command: click.Command, ctx: click.Context) -> list[str]:
    """Return options and arguments as the line of use names them."""
    language = language_of(ctx)
    arguments = [each for each in command.params if isinstance(each, click.Argument)]
    named = [text(f"help.argument.{each.name}", language) for each in arguments]
    return [text("help.word.options", language), *named]


def write_usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the line of use."""
    words = " ".join(command.collect_usage_pieces(ctx))
    prefix = text("help.word.usage", language_of(ctx)) + " "
    formatter.write_usage(ctx.command_path, words, prefix)


def write_paragraphs(words: str, formatter: click.HelpFormatter) -> None:
    """Write paragraphs, indented."""
    for paragraph in words.strip().split("\n\n"):
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(paragraph)


def write_options(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    """Write each option with what it does in this command."""
    with formatter.section(text("help.word.Options", language_of(ctx))):
        formatter.write_dl(list(_records(command, ctx)))


def _records(command: click.Command, ctx: click.Context) -> Iterator[tuple[str, str]]:
    language = language_of(ctx)
    for option in command.get_params(ctx):
        if isinstance(option, click.Option):
            *short, name = sorted(option.opts, key=len)
            key = name.removeprefix("--")
            value = "" if option.is_flag else " " + text(f"help.value.{key}", language)
            general = text(f"help.option.{key}", language)
            said = text_or(f"help.{command.name}.{key}", language, general)
            yield ", ".join([*short, name]) + value, said


def _together(given: list[str], rest: list[str]) -> Any:
    """Return the words that were perhaps one path with blanks, as they were written."""
    path = [word for word in given if not word.startswith("-")]
    return " ".join(path) if set(rest) < set(path) else " ".join(rest)
