"""Which language the command speaks.

``--language`` first, else that of the plan, else what ``TFP_LANGUAGE`` names, else Vietnamese
where the computer is set up in it. Where nothing has chosen, the command speaks English, and
says what went wrong in both languages.
"""

from __future__ import annotations

import ctypes
import locale
import os
from typing import TYPE_CHECKING, Any

from tfp.language.catalogue import LANGUAGES, Language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OPTION = "--language"
VARIABLE = "TFP_LANGUAGE"
_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")


def as_language(word: str | None) -> Language | None:
    """Return a language by its code; None for any other word."""
    code = (word or "").strip().casefold()
    return next((language for language in LANGUAGES if language == code), None)


def asked_in(arguments: Sequence[str]) -> Language | None:
    """Return what ``--language`` asks for, before the arguments are understood."""
    for number, word in enumerate(arguments):
        name, _, value = word.partition("=")
        if name == OPTION:
            following = arguments[number + 1] if number + 1 < len(arguments) else ""
            return as_language(value or following)
    return None


def set_up(environment: Mapping[str, str] | None = None) -> Language | None:
    """Return the language of this computer: ``TFP_LANGUAGE``, or Vietnamese where it is set up."""
    known = os.environ if environment is None else environment
    if VARIABLE in known:
        return as_language(known[VARIABLE])
    said = next((known[name] for name in _LOCALES if known.get(name)), "")
    names = (said, *_windows_locales())
    return "vi" if any(name.casefold().startswith("vi") for name in names) else None


def _windows_locales(windll: Any = None) -> tuple[str, ...]:
    """Return what Windows shows its own words in, and how it writes dates and numbers."""
    library = windll or getattr(ctypes, "windll", None)
    if library is None:
        return ()
    kernel = library.kernel32
    numbers = (kernel.GetUserDefaultUILanguage(), kernel.GetUserDefaultLCID())
    return tuple(locale.windows_locale.get(number, "") for number in numbers)
