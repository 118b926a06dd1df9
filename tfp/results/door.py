"""The way from a result up to what shows it: charts, documents, periods, files.

A result may not import the layers above it. It asks here, at the moment of use, and
this module is the only one besides the package's root that imports by name.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

# Name of the chart on the accessor: module of tfp.plots and function.
CHARTS = {
    "contributions": ("contributions", "plot_contributions"),
    "share_of_growth": ("targets", "plot_share_of_growth"),
    "tfp_index": ("level", "plot_tfp_index"),
    "factor_growth": ("factors", "plot_factor_growth"),
    "waterfall": ("waterfall", "plot_waterfall"),
    "small_multiples": ("multiples", "plot_small_multiples"),
    "ranked": ("ranking", "plot_ranked"),
    "variants": ("variants", "plot_variants"),
    "estimates": ("estimates", "plot_estimates"),
}


def resolve(module: str, name: str) -> Callable[..., Any]:
    """Return a function of a module of this package, imported now."""
    function: Callable[..., Any] = getattr(import_module(f"tfp.{module}"), name)
    return function


def native_frame(frame: pd.DataFrame, library: str) -> Any:
    """Return a flat pandas frame as a frame of `library`, missing values as its nulls.

    Column by column, so that polars needs no pyarrow.
    """
    if library not in ("polars", "pyarrow"):
        return frame
    columns = {}
    for name in frame.columns:
        column = frame[name]
        plain, absent = column.astype(object), column.isna()
        columns[str(name)] = plain.where(~absent, None).tolist()
    foreign = resolve_foreign(library)
    return foreign.DataFrame(columns) if library == "polars" else foreign.table(columns)


def resolve_foreign(library: str) -> Any:
    """Return a library that the user's own data came in."""
    return import_module(library)


class PlotAccessor:
    """The charts of one result; calling it draws the main one.

    Every chart takes ``ax=`` (or none, and makes a figure) and ``language=``, and
    returns the Axes; charts of several panels return the Figure.
    """

    def __init__(self, result: Any) -> None:
        self._result = result

    def __call__(self, **options: Any) -> Any:
        """Draw the main chart: contributions to growth."""
        return self.contributions(**options)

    def __dir__(self) -> list[str]:
        return sorted(CHARTS)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name not in CHARTS:
            message = f"no chart {name!r}; there are {', '.join(sorted(CHARTS))}"
            raise AttributeError(message)
        module, function = CHARTS[name]
        draw = resolve(f"plots.{module}", function)

        def chart(**options: Any) -> Any:
            return draw(self._result, **options)

        return chart
