"""Charts as files: the same chart gives the same bytes.

Left alone, matplotlib writes the time into SVG files and draws their identifiers at
random. Letters are written as outlines, so that a page shows them without the font.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from matplotlib import rc_context
from matplotlib.axes import Axes

from tfp.errors import OutputError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ChartFormat = Literal["png", "svg"]
FORMATS: tuple[ChartFormat, ...] = get_args(ChartFormat)
DPI = 200  # printed at A4 width without visible steps, some 150 kB a chart

_METADATA: dict[ChartFormat, dict[str, Any]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
}
_SETTINGS: dict[Any, Any] = {"svg.hashsalt": "tfp", "svg.fonttype": "path"}


def chart_bytes(chart: Figure | Axes, file_format: ChartFormat = "svg", *, dpi: int = DPI) -> bytes:
    """Return a chart as the content of a PNG or SVG file.

    Parameters
    ----------
    chart : Figure or Axes
        What a chart function returned.
    file_format : {"png", "svg"}
    dpi : int
        Dots an inch of a PNG.

    Raises
    ------
    OutputError
        ``chart-format`` if the format is another one.
    """
    if file_format not in FORMATS:
        raise OutputError("chart-format", found=str(file_format), known=list(FORMATS))
    # A panel of a larger figure leads to that figure by its canvas.
    figure = chart.figure if isinstance(chart, Axes) else chart
    content = BytesIO()
    with rc_context(_SETTINGS):
        figure.canvas.print_figure(
            content,
            format=file_format,
            dpi=dpi,
            metadata=_METADATA[file_format],
            facecolor="white",
            bbox_inches=None,
        )
    return content.getvalue()


def save_chart(chart: Figure | Axes, path: str | Path, *, dpi: int = DPI) -> None:
    """Write a chart as a PNG or SVG file, by the extension of `path`.

    Parameters
    ----------
    chart : Figure or Axes
        What a chart function returned.
    path : str or Path
        Ending in ``.png`` or ``.svg``.
    dpi : int
        Dots an inch of a PNG.

    Raises
    ------
    OutputError
        ``chart-format`` if the extension is another one.
    """
    path = Path(path)
    extension: Any = path.suffix.lower().removeprefix(".")
    path.write_bytes(chart_bytes(chart, extension, dpi=dpi))
