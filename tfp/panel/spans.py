"""Spans of time as people write them: ``"2011-2015"``, ``"2019"``, ``"2019Q1-2020Q4"``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.errors import PanelError, TFPError
from tfp.panel.time import parse_label

if TYPE_CHECKING:
    from tfp.panel.time import Frequency

# A month is written with a hyphen itself, so that spans of months take another sign.
DASHES = {"year": ("-", "–", ":"), "quarter": ("-", "–", ":"), "month": ("–", ":")}


def parse_span(written: str | int, frequency: Frequency = "year") -> tuple[int, int]:
    """Return the first and last calendar number of a span.

    Parameters
    ----------
    written
        One period, or two joined by a hyphen, an en dash or a colon; spans of months by
        an en dash or a colon.
    frequency

    Raises
    ------
    PanelError
        ``span-not-understood``.

    Examples
    --------
    >>> parse_span("2011-2015"), parse_span(2019), parse_span("2019-01:2019-12", "month")
    ((2011, 2015), (2019, 2019), (24228, 24239))
    """
    text = str(written).strip()
    parts = [text]
    for dash in DASHES[frequency]:
        if dash in text:
            parts = text.split(dash)
            break
    try:
        ordinals = [parse_label(part.strip(), frequency) for part in parts]
    except TFPError as error:
        raise PanelError("span-not-understood", written=text, frequency=frequency) from error
    if len(ordinals) > 2 or ordinals[0] > ordinals[-1]:
        raise PanelError("span-not-understood", written=text, frequency=frequency)
    return ordinals[0], ordinals[-1]
