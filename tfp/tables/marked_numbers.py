"""Cells of yearbooks: ``36,63``, ``1.234 (p)``, ``-`` for nothing, ``..`` for what is not known.

Nothing is guessed: the decimal sign is what is certain from the other texts of the sheet, and
a number that could still be two is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from tfp.tables.numerals import DecimalSign, parse_number
from tfp.tables.year_words import status_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tfp.tables.year_words import MarkedStatus

DASHES = frozenset({"-", "–", "—", "−", "\u2012", "\u2015"})
UNKNOWN = frozenset({"", ".", "..", "...", "....", "…", "x", "X", "NA", "N/A", "NaN"})
_MARK = re.compile(r"^(?P<number>.*?[0-9])\s*(?:\((?P<inside>[^()]*)\)|(?P<stars>\*+))$", re.DOTALL)
_FOOTNOTE = re.compile(r"\*+|[0-9]")
_BLANKS = re.compile(r"[\s\u00a0\u2009\u202f]+")
# One group of three digits: 64 thousand, or 64 and a bit.
_ONE_GROUP = re.compile(r"[-+\u2212]?[1-9][0-9]{0,2}([.,])[0-9]{3}")


@dataclass(frozen=True)
class Marked:
    """A cell's text without the mark that hangs at it, and the status that the mark gives."""

    text: str
    status: MarkedStatus | None = None
    footnote: bool = False


def without_mark(text: str) -> Marked | None:
    """Return a cell's text and its mark; None where the mark has no meaning.

    Examples
    --------
    >>> without_mark("1.234 (p)"), without_mark("12,5*"), without_mark("(5)")
    (Marked(text='1.234', status='preliminary', footnote=False), Marked(text='12,5', status=None, footnote=True), Marked(text='(5)', status=None, footnote=False))
    """  # noqa: E501
    plain = text.strip()
    match = _MARK.fullmatch(plain)
    if match is None:
        return Marked(one_blank(plain))
    number = one_blank(match["number"])
    mark = (match["inside"] if match["stars"] is None else match["stars"]).strip()
    if _FOOTNOTE.fullmatch(mark):
        return Marked(number, footnote=True)
    known, status = status_words(mark)
    return Marked(number, status) if known and status is not None else None


def one_blank(text: str) -> str:
    """Return a text with every run of blanks, also non-breaking ones, as one."""
    return _BLANKS.sub(" ", text).strip()


def certain_signs(texts: Iterable[str]) -> dict[DecimalSign, str]:
    """Return the decimal signs that some texts prove, each with the first that does.

    Examples
    --------
    >>> certain_signs(["935", "64.068", "27.065.153", "36,63"])
    {',': '27.065.153'}
    >>> certain_signs(["64.068"]), certain_signs(["0.5", "1,5"])
    ({}, {'.': '0.5', ',': '1,5'})
    """
    found: dict[DecimalSign, str] = {}
    for text in texts:
        if text.isdigit() or _ONE_GROUP.fullmatch(text) or not ("." in text or "," in text):
            continue
        possible = [sign for sign in get_args(DecimalSign) if parse_number(text, sign) is not None]
        if len(possible) == 1:
            found.setdefault(possible[0], text)
    return found


def is_ambiguous(text: str) -> bool:
    """Tell whether a text can be read as two numbers: 64.068."""
    return _ONE_GROUP.fullmatch(text) is not None
