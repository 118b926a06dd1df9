"""How every chart looks: one colour for each factor, readable in grey and by everyone.

TFP is the one warm colour. The others are told apart by lightness first, so that a
copy in black and white loses nothing; hues are safe for colour-blind readers. Hatching
is left for what the reader must be warned of: preliminary data, terms that are no factor.
"""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

FONT: Final = "DejaVu Sans"  # comes with matplotlib and has every Vietnamese letter
TITLE, SUBTITLE, LABEL, SMALL = 10.5, 8.5, 8.0, 7.0  # points
INK, QUIET, FAINT, PAPER = "#222222", "#555555", "#D9D9D9", "#FFFFFF"

WIDTH: Final = 16.0 / 2.54  # inches: the text of an A4 page
MARGIN: Final = 0.08  # inches

ACCENT: Final = "#D55E00"
ACCENT_PALE: Final = "#F3B58A"
ACCENT_DEEP: Final = "#7A3300"
TARGET: Final = "#5B2A86"
COLOURS: Final = {
    "output": INK,
    "labour_productivity": INK,
    "capital": "#00528C",
    "labour": "#8CC4E8",
    "hours_per_worker": "#BC9A3C",
    "human_capital": "#1F6B57",
    "labour_composition": "#E8C4D8",
    "returns_to_scale": "#9A9A9A",
    "tfp": ACCENT,
    "tfp_over_labour_share": ACCENT,
}
# Several capital assets stay blue; inputs of the user's own naming take what is left.
ASSET_COLOURS: Final = ("#00528C", "#7795B5", "#003050", "#4679A8")
FURTHER_COLOURS: Final = ("#4F4F1C", "#E6C84B", "#5E3F86", "#C9C9A8", "#3A3A3A")

PROVISIONAL_HATCH: Final = "////"
NO_FACTOR_HATCH: Final = "...."
ACCENTED: Final = ("tfp", "tfp_over_labour_share")
NO_FACTORS: Final = ("returns_to_scale", "reallocation", "statistical_discrepancy")
PROVISIONAL: Final = ("preliminary", "estimate")

# Entities on one chart: the accent first, then by falling contrast.
COMPARED: Final = (
    ACCENT,
    "#00528C",
    "#3F9A7E",
    "#8C6BB1",
    "#222222",
    "#B8860B",
    "#5E8DB8",
    "#A0506E",
)
MOST_LIGHT_LETTER: Final = 0.5  # of lightness

LINES: Final = ("-", (0, (5, 1.5)), (0, (1.2, 1.2)), (0, (6, 1.5, 1.2, 1.5)), (0, (3, 3)))
MARKERS: Final = ("o", "s", "^", "v", "P", "X", "<", ">")


def term_colours(names: Sequence[str]) -> dict[str, str]:
    """Return the colour of each term: always the same for a known factor.

    Examples
    --------
    >>> term_colours(["capital", "labour", "tfp"])
    {'capital': '#00528C', 'labour': '#8CC4E8', 'tfp': '#D55E00'}
    """
    assets, further = cycle(ASSET_COLOURS), cycle(FURTHER_COLOURS)
    colours = {}
    for name in names:
        if name in COLOURS:
            colours[name] = COLOURS[name]
        else:
            colours[name] = next(assets if name.startswith("capital_") else further)
    return colours


def legible(colour: str) -> str:
    """Return a colour dark enough for lines and letters on white.

    Pale fills are mixed with black until their grey is half way down.
    """
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    darker = min(1.0, MOST_LIGHT_LETTER / lightness(colour))
    return "#" + "".join(f"{round(part * darker):02X}" for part in parts)


def lightness(colour: str) -> float:
    """Return the grey that a colour is printed as: 0 black, 1 white.

    Examples
    --------
    >>> round(lightness("#FFFFFF"), 9), lightness("#000000")
    (1.0, 0.0)
    """
    red, green, blue = (int(colour[i : i + 2], 16) / 255.0 for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue
