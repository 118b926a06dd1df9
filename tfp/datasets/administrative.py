"""The provinces of Viet Nam before and after 1 July 2025."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.datasets.catalogue import find_dataset

if TYPE_CHECKING:
    from tfp.datasets.source import Dataset


def provinces() -> Dataset:
    """Return the 63 provinces before 1 July 2025, with the unit each belongs to since.

    A code means nothing without its vintage, which is why each code column bears a year:
    15 was Yên Bái in the list of 2004 and is Lào Cai in that of 2025.

    Returns
    -------
    Dataset
        63 rows, one for each former province: code, names and region, then code and names
        of the unit since 1 July 2025 (34 of them) and how many provinces make it up.

    Examples
    --------
    >>> frame = provinces().frame
    >>> len(frame), frame["unit_code_2025"].nunique()
    (63, 34)
    >>> frame.loc[frame["unit_name_vi"] == "Hưng Yên", "name_vi"].tolist()
    ['Hưng Yên', 'Thái Bình']
    """
    return find_dataset("provinces")
