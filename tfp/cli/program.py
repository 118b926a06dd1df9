"""The group of all commands: it turns whatever happens into words and an exit code."""

from __future__ import annotations

import errno
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tfp.cli.exit_codes import NOT_UNDERSTOOD, NOT_WRITTEN, OUR_FAULT, STOPPED
from tfp.cli.speech import Speech
from tfp.cli.spoken import asked_in, set_up
from tfp.cli.streams import prepare_streams, say_no_more
from tfp.cli.usage import usage_error
from tfp.cli.worded import language_of, pieces_of, write_options, write_paragraphs, write_usage
from tfp.errors import CommandError, OutputError, TFPError, nearest
from tfp.language.catalogue import text

if TYPE_CHECKING:
    from collections.abc import Callable


class Program(click.Group):
    """A group of commands of which no traceback ever reaches the user."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Read the arguments before the command; the language is known from here on."""
        prepare_streams()
        asked = asked_in(args)
        speech = Speech(asked or set_up(), asked=asked is not None)
        speech.json = "--json" in args
        extra.setdefault("obj", speech)
        made: list[click.Context] = []

        def parse() -> None:
            made.append(super(Program, self).make_context(info_name, args, parent, **extra))

        code = _code_of(parse, speech)
        if not made:
            speech.close(code)
            raise click.exceptions.Exit(code)
        return made[0]

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        # What it says of its cache is no concern of an office.
        logging.getLogger("matplotlib").setLevel(logging.ERROR)
        speech = ctx.ensure_object(Speech)
        code = _code_of(lambda: super(Program, self).invoke(ctx), speech)
        speech.close(code)
        ctx.exit(code)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command of a name; of another name the nearest is said."""
        name, *_ = args
        if self.get_command(ctx, name) is None:
            known = self.list_commands(ctx)
            near = nearest(name, known)
            raise CommandError("command-unknown", command=name, choices=known, nearest=near)
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's shape)
        """Return the commands in the order of the work."""
        return list(self.commands)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what follows ``tfp`` in the line of its use."""
        return [*pieces_of(self, ctx), text("help.word.command", language_of(ctx))]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the program is called."""
        write_usage(self, ctx, formatter)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the program does."""
        write_paragraphs(text("help.tfp.about", language_of(ctx)), formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write options and commands."""
        language = language_of(ctx)
        with formatter.section(text("help.word.Commands", language)):
            names = self.list_commands(ctx)
            formatter.write_dl([(name, text(f"help.{name}.short", language)) for name in names])
        write_options(self, ctx, formatter)
        write_paragraphs(text("help.tfp.end", language), formatter)


def _code_of(work: Callable[[], Any], speech: Speech) -> int:
    """Return the exit code of some work, after saying what stopped it."""
    code = 0
    try:
        work()
    except click.exceptions.Exit as ended:
        code = ended.exit_code
    except click.exceptions.NoArgsIsHelpError as shown:
        shown.show()
        code = NOT_UNDERSTOOD
    except (click.UsageError, TFPError) as error:
        code = _failed(error, speech)
    except KeyboardInterrupt:
        speech.remark(text("command.stopped.message", speech.language))
        code = STOPPED
    except Exception as error:  # noqa: BLE001 - the last resort: whatever fault of ours
        code = _of_a_fault(error, speech)
    return code


def _failed(problem: click.UsageError | TFPError, speech: Speech) -> int:
    error = usage_error(problem) if isinstance(problem, click.UsageError) else problem
    speech.fail(error)
    return NOT_WRITTEN if isinstance(error, OutputError) else NOT_UNDERSTOOD


def _of_a_fault(error: Exception, speech: Speech) -> int:
    if isinstance(error, OSError) and error.errno == errno.EPIPE:
        say_no_more()
        return 0
    from tfp.workflow.faults import report_fault

    # Beside the plan, where its user looks; the current folder of a shortcut is anywhere.
    folders = [*([speech.log_folder] if speech.log_folder else []), Path.cwd()]
    lines = report_fault(error, folders, speech.language)
    speech.answer.errors.append({"code": "fault", "found": " ".join(lines), "places": []})
    speech.warn(*lines, style="red")
    return OUR_FAULT
