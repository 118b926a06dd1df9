"""TFP figures that others have published, to stand beside one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.datasets.catalogue import find_dataset

if TYPE_CHECKING:
    from tfp.datasets.source import Dataset


def published_tfp() -> Dataset:
    """Return TFP figures published for Viet Nam and its provinces.

    The figures differ in method, in the vintage of output and in how years are averaged.
    They are there to be quoted with their method, not to be agreed with.

    Returns
    -------
    Dataset
        One row for each area and period as published: growth rates (per cent a year),
        factor shares, the share of TFP in growth (per cent), the method as stated, the
        vintage of output where it is known, and where the figure was read.

    Examples
    --------
    >>> frame = published_tfp().frame
    >>> official = frame[frame["method"] == "GSO"]
    >>> official["tfp_share_of_growth"].tolist()
    [33.58, 44.46, 46.11]
    """
    return find_dataset("published_tfp")
