"""Yearbook figures of three provinces, as printed: several vintages, errors and breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.datasets.catalogue import find_dataset

if TYPE_CHECKING:
    from tfp.datasets.source import Dataset


def yearbook_figures() -> Dataset:
    """Return published figures of Hòa Bình, Hưng Yên and Quảng Trị, one row each.

    GRDP with its parts, growth and indices, investment with its parts, employment: what
    somebody meets who opens yearbooks and year-end reports. Units differ between books,
    vintages contradict one another, one figure is a misprint, and the definition of
    employment changes. Nothing is corrected: the table is there to be checked.

    Returns
    -------
    Dataset
        174 rows: area, variable, year, value, unit, the book (``vintage``), status, how a
        figure was computed where it is not printed (``derivation``), where it was read.

    See Also
    --------
    tfp.Figures : the collection to check them and to choose a vintage.

    Examples
    --------
    >>> frame = yearbook_figures().frame
    >>> one = frame.query("area == 'Hưng Yên' and variable == 'grdp_2010p' and year == 2010")
    >>> dict(zip(one["vintage"], one["value"]))
    {'yearbook 2015': 25675279.0, 'yearbook 2022': 27065153.0}
    """
    return find_dataset("yearbook_figures")
