"""Formulas written as text, taken apart for formats that set letters below the line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_BELOW = re.compile(r"_(?:\{([^}]*)\}|(\w(?:,\w)?))")


def pieces(formula: str) -> Iterator[tuple[str, bool]]:
    """Give the parts of a formula, each with whether it stands below the line.

    Examples
    --------
    >>> list(pieces("g_A,t · Y_{t−1}"))
    [('g', False), ('A,t', True), (' · Y', False), ('t−1', True)]
    """
    at = 0
    for found in _BELOW.finditer(formula):
        if found.start() > at:
            yield formula[at : found.start()], False
        yield found[1] or found[2], True
        at = found.end()
    if at < len(formula):
        yield formula[at:], False
