"""The catalogues: what tfp says, by key, in each language.

One TOML file per subject and language stands beside this module
(``en/errors.toml``, ``vi/errors.toml``, ...); both languages have the same keys,
which a test checks. Sentences name their fields, ``"{count} rows"``; a float is
shown by :func:`tfp.language.numbers.show_number`, its decimals after the colon, or the
decimals that it has: ``"{value:stated}"``.
"""

from __future__ import annotations

import tomllib
from functools import cache
from numbers import Integral, Real
from pathlib import Path
from string import Formatter
from typing import Any, Literal, get_args

from tfp.language.numbers import show_as_stated, show_number

Language = Literal["en", "vi"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
_FOLDER = Path(__file__).parent


class UnknownLanguageError(ValueError):
    """A language that no catalogue is written in; said in all that there are."""

    def __init__(self, language: object) -> None:
        known = ", ".join(f'"{name}"' for name in LANGUAGES)
        super().__init__(
            f"There is no language {language!r}. Write one of {known}.\n"
            f"Không có ngôn ngữ {language!r}. Hãy dùng một trong {known}."
        )
        self.language = language

    def __reduce__(self) -> tuple[type[UnknownLanguageError], tuple[object]]:
        return type(self), (self.language,)


@cache
def subject(name: str, language: Language) -> dict[str, Any]:
    """Return one catalogue file as nested dictionaries."""
    return tomllib.loads((_FOLDER / language / f"{name}.toml").read_text(encoding="utf-8"))


def text(key: str, language: Language = "en", /, **fields: Any) -> str:
    """Return the sentence of `key`, filled with `fields`.

    Parameters
    ----------
    key
        ``"<file>.<table>.<name>"``, for example ``"terms.factor.capital"``.
    language
        ``"en"`` or ``"vi"``.
    **fields
        The sentence's fields.

    Raises
    ------
    UnknownLanguageError
        If `language` is none of ``LANGUAGES``; a ValueError like every error of the package.
    KeyError
        If the catalogue has no such key, or the sentence a field that is not given.

    Examples
    --------
    >>> text("terms.factor.labour"), text("terms.factor.labour", "vi")
    ('Labour', 'Lao động')
    """
    if language not in LANGUAGES:
        raise UnknownLanguageError(language)
    name, *path = key.split(".")
    entry: Any = subject(name, language)
    for step in path:
        entry = entry[step]
    return _Sentence(language).vformat(entry, (), fields)


def text_or(key: str, language: Language, default: str) -> str:
    """Return the sentence of `key`, or `default` where the catalogue has none.

    For names that users may invent, such as those of further inputs.
    """
    try:
        return text(key, language)
    except KeyError:
        return default


class _Sentence(Formatter):
    """A formatter that shows numbers as the language writes them."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        """Show floats by our number function, sequences joined by commas, pairs by name.

        In a table of figures by name, several of one name are what it was and became.
        """
        # Whole numbers are years and counts; NumPy's, too, are of the abstract kinds.
        if isinstance(value, Real) and not isinstance(value, Integral):
            if format_spec == "stated":
                return show_as_stated(float(value), self.language)
            sign = format_spec.startswith("+")
            digits = int(format_spec.lstrip("+") or 2)
            return show_number(float(value), digits, self.language, sign=sign, missing="–")
        if isinstance(value, (list, tuple)):
            return ", ".join(self.format_field(item, format_spec) for item in value)
        if hasattr(value, "items"):
            return "; ".join(
                f"{name}: {self._became(figure, format_spec)}" for name, figure in value.items()
            )
        return str(value)

    def _became(self, figures: Any, format_spec: str) -> str:
        several = figures if isinstance(figures, (list, tuple)) else (figures,)
        return " → ".join(
            "–" if figure is None else self.format_field(figure, format_spec) for figure in several
        )
