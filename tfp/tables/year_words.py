"""Years as headers write them, with what is said of their status.

``2021``, ``Sơ bộ 2021 - Prel. 2021``, ``2021 (p)``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tfp.tables.line_labels import folded

if TYPE_CHECKING:
    from tfp.tables.grid import Found

MarkedStatus = Literal["final", "revised", "preliminary", "estimate"]
# From the surest to the one that is still to be revised most.
ORDER: tuple[MarkedStatus, ...] = ("final", "revised", "preliminary", "estimate")
FIRST_YEAR, LAST_YEAR = 1900, 2100
_YEAR = re.compile(r"(?<![0-9.,])(?:19|20)[0-9]{2}(?![0-9]|[.,][0-9])")
_FOOTNOTES = re.compile(r"\((?:\*+|[0-9])\)|\*+")
# The longer ones first: "ước tính" holds "ước".
_WORDS: tuple[tuple[str, MarkedStatus | None], ...] = (
    ("uoc thuc hien", "estimate"),
    ("uoc th", "estimate"),
    ("uoc tinh", "estimate"),
    ("estimated", "estimate"),
    ("estimates", "estimate"),
    ("estimate", "estimate"),
    ("est", "estimate"),
    ("uoc", "estimate"),
    ("uth", "estimate"),
    ("ut", "estimate"),
    ("e", "estimate"),
    ("so lieu so bo", "preliminary"),
    ("so bo", "preliminary"),
    ("preliminary", "preliminary"),
    ("prel", "preliminary"),
    ("sb", "preliminary"),
    ("p", "preliminary"),
    ("da dieu chinh", "revised"),
    ("dieu chinh", "revised"),
    ("revised", "revised"),
    ("rev", "revised"),
    ("r", "revised"),
    ("so lieu chinh thuc", "final"),
    ("chinh thuc", "final"),
    ("official", "final"),
    ("final", "final"),
    ("thuc hien", None),
    ("th", None),
    ("nam", None),
    ("year", None),
)


@dataclass(frozen=True)
class YearMark:
    """A year in a header, and the status that its words give it; None where they say nothing."""

    year: int
    status: MarkedStatus | None


def year_mark(cell: Found) -> YearMark | None:
    """Return the year that a header's cell names; None where it is something else.

    Examples
    --------
    >>> year_mark("Sơ bộ 2021 - Prel. 2021"), year_mark(2019.0)
    (YearMark(year=2021, status='preliminary'), YearMark(year=2019, status=None))
    >>> year_mark("Giá so sánh 2010"), year_mark("2011-2015"), year_mark("6 tháng 2024")
    (None, None, None)
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float)):
        whole = float(cell).is_integer() and FIRST_YEAR <= cell <= LAST_YEAR
        return YearMark(int(cell), None) if whole else None
    if not isinstance(cell, str):
        return None
    years = set(_YEAR.findall(cell))
    if len(years) != 1:
        return None
    known, status = status_words(_YEAR.sub(" ", cell))
    return YearMark(int(years.pop()), status) if known else None


def status_words(text: str) -> tuple[bool, MarkedStatus | None]:
    """Return whether a text holds words of status and nothing else, and the status.

    Examples
    --------
    >>> status_words("Sơ bộ - Prel."), status_words("Kế hoạch"), status_words("")
    ((True, 'preliminary'), (False, None), (True, None))
    """
    rest = " ".join(re.findall(r"[a-z]+|[0-9]+", folded(_FOOTNOTES.sub(" ", text))))
    found: MarkedStatus | None = None
    for words, status in _WORDS:
        shorter = re.sub(rf"\b{words}\b", " ", rest)
        if shorter != rest and status is not None:
            found = weaker(found, status)
        rest = shorter
    return not rest.strip(), found


def weaker(first: MarkedStatus | None, second: MarkedStatus | None) -> MarkedStatus | None:
    """Return the less settled one of two statuses; None says nothing."""
    if first is None or second is None:
        return first or second
    return max(first, second, key=ORDER.index)
