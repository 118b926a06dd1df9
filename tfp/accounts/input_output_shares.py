r"""Shares from dated input-output tables, as fixed shares by period of validity.

An office takes the split of value added from an input-output table and keeps it until the
next one. The table here has one row for each of those tables: for which years it holds,
the share, and where it is published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tfp.accounts.fixed_shares import FixedShares
from tfp.errors import MethodError, check_choice
from tfp.panel.frames import open_frame

if TYPE_CHECKING:
    from tfp.panel.frames import FrameReader

Input = Literal["capital", "labour"]


def input_output_shares(
    table: Any,
    *,
    share: str,
    of: Input,
    first: str = "first_year",
    last: str = "last_year",
    source: str = "source",
    area: str | None = None,
    areas: str | None = None,
) -> FixedShares:
    """Return fixed shares by period of validity, from a table of dated shares.

    Parameters
    ----------
    table
        A frame, or a mapping of names to columns, with one row for each period.
    share : str
        Column of the share, a fraction.
    of : {"capital", "labour"}
        Whose share it is.
    first, last : str
        Columns of the first and the last year in which it holds.
    source : str
        Column that says where each comes from; no row without it.
    area : str, optional
        Whose shares are taken, where the table has several areas.
    areas : str, optional
        Column of the area. A table that has one gives nothing without `area`: a share
        estimated for one area is never taken for another by silence.

    Returns
    -------
    FixedShares

    Raises
    ------
    PanelError
        ``unknown-column`` and those of cells that are no numbers.
    MethodError
        ``share-table-area``, ``share-table-incomplete``, and those of
        :class:`FixedShares`; ``shares-overlap`` when the accounts are made.

    Examples
    --------
    >>> shares = input_output_shares(
    ...     {"first_year": [2011, 2016], "last_year": [2015, 2020], "labour": [0.60, 0.58],
    ...      "source": ["table of 2012", "table of 2016"]},
    ...     share="labour", of="labour",
    ... )
    >>> shares.by_period
    {'2011-2015': {'labour': 0.6}, '2016-2020': {'labour': 0.58}}
    >>> shares.source
    'table of 2012; table of 2016'
    """
    check_choice("of", of, ("capital", "labour"))
    reader = open_frame(table)
    rows = _rows_of(reader, area, areas)
    codes, words = reader.texts(source)
    firsts, lasts, values = (reader.numbers(name)[rows] for name in (first, last, share))
    if bool((np.isnan(firsts) | np.isnan(lasts) | np.isnan(values) | (codes[rows] < 0)).any()):
        raise MethodError("share-table-incomplete", columns=[first, last, share, source])
    periods = [f"{int(a)}-{int(b)}" for a, b in zip(firsts, lasts, strict=True)]
    twice = sorted({period for period in periods if periods.count(period) > 1})
    if twice:
        raise MethodError("shares-overlap", period=twice[0])
    return FixedShares(
        by_period={
            period: {of: float(value)} for period, value in zip(periods, values, strict=True)
        },
        source="; ".join(dict.fromkeys(words[code] for code in codes[rows])),
    )


def _rows_of(reader: FrameReader, area: str | None, areas: str | None) -> Any:
    if areas is None:
        if area is not None:
            raise MethodError("share-table-area", area=area, known=[])
        return np.arange(reader.n_rows)
    codes, names = reader.texts(areas)
    if area not in names:
        raise MethodError("share-table-area", area=str(area), known=list(names))
    return np.flatnonzero(codes == names.index(area))
