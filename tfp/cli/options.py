"""Options that several commands have, and what they do to the speech of the command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tfp.cli.speech import Speech
from tfp.cli.spoken import as_language
from tfp.errors import CommandError, nearest
from tfp.language.catalogue import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any]")
RESULTS_FOLDER = "results"


def _checked_language(_: click.Context, __: click.Parameter, word: str | None) -> str | None:
    language = as_language(word)
    if word is not None and language is None:
        raise CommandError(
            "command-language-unknown", value=word, choices=list(LANGUAGES),
            nearest=nearest(word, LANGUAGES),
        )  # fmt: skip
    return language


def _unquoted(ctx: click.Context, _: click.Parameter, path: Path | None) -> Any:
    """Refuse what Windows makes of a folder that ends in a backslash, in quotation marks."""
    if path is not None and '"' in str(path):
        found = str(path).partition('"')[0]
        raise CommandError("command-quote-in-path", found=found, command=ctx.command_path)
    return path


def _folder_of(ctx: click.Context, parameter: click.Parameter, path: Path) -> Path:
    """Take the plan for its folder."""
    from tfp.workflow.plans.plan_folder import PLAN_NAMES

    _unquoted(ctx, parameter, path)
    return path.parent if path.name in PLAN_NAMES else path


def path_argument(name: str, *, plan: bool = False) -> Callable[[F], F]:
    """Return an argument that is a folder; of a plan, the plan itself may stand for it."""
    callback = _folder_of if plan else _unquoted
    return click.argument(name, type=click.Path(path_type=Path), callback=callback)


language_option = click.option("--language", callback=_checked_language)
quiet_option = click.option("--quiet", is_flag=True)
json_option = click.option("--json", "as_json", is_flag=True)
out_option = click.option("--out", type=click.Path(path_type=Path), callback=_unquoted)


def begin(ctx: click.Context, *, quiet: bool, as_json: bool = False) -> Speech:
    """Return the speech of a command that begins."""
    speech = ctx.ensure_object(Speech)
    speech.quiet, speech.json = quiet, as_json
    speech.answer.command = ctx.info_name or ""
    return speech
