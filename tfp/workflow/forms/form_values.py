"""What stands in a cell of the form, as the value that a plan has there.

Whatever the computer of the office writes: 0,40 and 0.40, 40 %, 31/12/2026. What can be
read in two ways stays as it is, and the reader of plans refuses it.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tfp.tables.numerals import parse_number
from tfp.workflow.forms.template.choices import TRUTHS, code_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tfp.workflow.forms.template.lines import Line

_PER_CENT = re.compile(r"([-+]?\d+(?:[.,]\d+)?)\s*%")
_WRITTEN = re.compile(r"[-+]?\d+[.,]\d+")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")
_LITERAL = ("[", "{", '"', "'")


def plan_value(found: Any, line: Line) -> Any:
    """Return the value of a plan that a cell holds.

    Parameters
    ----------
    found
        A number, text, truth value or date.
    line : Line
        What may stand there.

    Returns
    -------
    object
        Of the kind of the line where that is certain, else what was found.

    Examples
    --------
    >>> from tfp.workflow.forms.template.lines import Line
    >>> plan_value("0,40", Line("x", "fraction")), plan_value("5 %", Line("x", "fraction"))
    (0.4, 0.05)
    >>> plan_value("2011–2015; 2016-2020", Line("x", "texts"))
    ['2011-2015', '2016-2020']
    >>> plan_value("7,5 %", Line("x", "per_cent")), plan_value("7.5", Line("x", "per_cent"))
    (7.5, 7.5)
    >>> plan_value("31/12/2026", Line("x", "date")), plan_value(2010.0, Line("x"))
    (datetime.date(2026, 12, 31), '2010')
    """
    return _TAKERS[line.kind](found, line)


def written_number(words: str) -> float | int | None:
    """Return the number that some words can only mean; None where there is none, or two.

    Examples
    --------
    >>> written_number("0,40"), written_number("40 %"), written_number("1.234,5")
    (0.4, 0.4, 1234.5)
    >>> written_number("1.234") is None, written_number("about 5") is None
    (True, True)
    """
    words = words.replace("\u00a0", " ").strip()
    if match := _PER_CENT.fullmatch(words):
        return float(Decimal(match[1].replace(",", ".")) / 100)
    read = {parse_number(words, sign) for sign in (",", ".")} - {None}
    return read.pop() if len(read) == 1 else None


def _text(found: Any, _: Line) -> Any:
    if isinstance(found, bool) or not isinstance(found, (int, float)):
        return found
    return str(_whole(found, _))


def _number(found: Any, _: Line) -> Any:
    if not isinstance(found, str):
        return found
    number = written_number(found)
    return found if number is None else number


def _per_cent(found: Any, line: Line) -> Any:
    """Return a number in per cent, which a sign beside it does not change."""
    match = _PER_CENT.fullmatch(found.strip()) if isinstance(found, str) else None
    return float(match[1].replace(",", ".")) if match else _number(found, line)


def _whole(found: Any, line: Line) -> Any:
    number = _number(found, line)
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _date(found: Any, _: Line) -> Any:
    if isinstance(found, datetime):
        return found.date()
    match = _DAY.fullmatch(found) if isinstance(found, str) else None
    if match is None:
        return _iso(found)
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return found


def _iso(found: Any) -> Any:
    try:
        return date.fromisoformat(found)
    except (TypeError, ValueError):
        return found


def _truth(found: Any, _: Line) -> Any:
    return TRUTHS.get(code_of("truth", found), found) if isinstance(found, str) else found


def _choice(found: Any, line: Line) -> Any:
    return code_of(line.choices, found) if isinstance(found, str) else _text(found, line)


def _texts(found: Any, line: Line) -> list[Any]:
    if isinstance(written := _literal(found), list):
        return written
    parts = _text(found, line)
    if not isinstance(parts, str):
        return [parts]
    return [_DASHES.sub("-", part) if part[:1].isdigit() else part for part in _split(parts)]


def _years(found: Any, line: Line) -> list[Any]:
    if isinstance(written := _literal(found), list):
        return written
    return [_whole(part, line) for part in (_split(found) if isinstance(found, str) else [found])]


def _choices(found: Any, line: Line) -> list[Any]:
    return [code_of(line.choices, part) for part in _texts(found, line)]


def _figure(found: Any, line: Line) -> Any:
    """Return a number where one is certain; what begins like a value of TOML as that."""
    if isinstance(found, datetime):
        return found.date()
    if not isinstance(found, str):
        return _whole(found, line) if isinstance(found, float) else found
    if (written := _literal(found)) is not None:
        return written
    if _PER_CENT.fullmatch(found) or _WRITTEN.fullmatch(found):
        return _number(found, line)
    return TRUTHS.get(code_of("truth", found), {"true": True, "false": False}.get(found, found))


def _literal(found: Any) -> Any:
    """Return what begins like a list, table or text of TOML as that; None where it is none."""
    if not isinstance(found, str) or not found.startswith(_LITERAL):
        return None
    try:
        return tomllib.loads(f"value = {found}")["value"]
    except tomllib.TOMLDecodeError:
        return None


def _split(words: str) -> list[str]:
    return [part.strip() for part in words.split(";") if part.strip()]


_TAKERS: dict[str, Callable[[Any, Line], Any]] = {
    "text": _text,
    "number": _number,
    "fraction": _number,
    "per_cent": _per_cent,
    "whole": _whole,
    "year": _whole,
    "date": _date,
    "truth": _truth,
    "choice": _choice,
    "texts": _texts,
    "years": _years,
    "choices": _choices,
    "figure": _figure,
}
