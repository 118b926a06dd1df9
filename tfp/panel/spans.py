"""Spans of time as people write them: ``"2011-2015"``, ``"2019"``, ``"2019Q1-2020Q4"``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tfp.errors import PanelError, TFPError
from tfp.panel.time import PER_YEAR, parse_label

if TYPE_CHECKING:
    from tfp.panel.time import Frequency

# A month is written with a hyphen itself, so that spans of months take another sign.
_WHOLE_YEARS = re.compile(r"(\d{4})(?:\s*[-–:]\s*(\d{4}))?")
EXAMPLES = {"year": "2021-2025", "quarter": "2021Q1-2025Q4", "month": "2021-01:2025-12"}
DASHES = {"year": ("-", "–", ":"), "quarter": ("-", "–", ":"), "month": ("–", ":")}


def parse_span(written: str | int, frequency: Frequency = "year") -> tuple[int, int]:
    """Return the first and last calendar number of a span.

    Parameters
    ----------
    written
        One period, or two joined by a hyphen, an en dash or a colon; spans of months by
        an en dash or a colon. Whole years stand for all their quarters or months.
    frequency

    Raises
    ------
    PanelError
        ``span-not-understood``.

    Examples
    --------
    >>> parse_span("2019-2020", "quarter") == parse_span("2019Q1-2020Q4", "quarter")
    True
    >>> parse_span("2011-2015"), parse_span(2019), parse_span("2019-01:2019-12", "month")
    ((2011, 2015), (2019, 2019), (24228, 24239))
    """
    text = str(written).strip()
    whole_years = _WHOLE_YEARS.fullmatch(text)
    if whole_years and frequency != "year":
        first, last = (int(year) for year in (whole_years[1], whole_years[2] or whole_years[1]))
        ordinals = [first * PER_YEAR[frequency], (last + 1) * PER_YEAR[frequency] - 1]
    else:
        ordinals = _ends(text, frequency)
    if len(ordinals) > 2 or ordinals[0] > ordinals[-1]:
        raise PanelError("span-not-understood", written=text, example=EXAMPLES[frequency])
    return ordinals[0], ordinals[-1]


def _ends(text: str, frequency: Frequency) -> list[int]:
    parts = [text]
    for dash in DASHES[frequency]:
        if dash in text:
            parts = text.split(dash)
            break
    try:
        return [parse_label(part.strip(), frequency) for part in parts]
    except TFPError as error:
        raise PanelError(
            "span-not-understood", written=text, example=EXAMPLES[frequency]
        ) from error
