"""Viet Nam's national accounts and employment, in two vintages that are never chained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.datasets.catalogue import find_dataset

if TYPE_CHECKING:
    from tfp.datasets.source import Dataset


def vietnam() -> Dataset:
    """Return Viet Nam 2010-2024, the re-evaluated vintage of the national accounts.

    GDP by sector with product taxes, capital formation and fixed capital formation
    (billion VND, at constant 2010 and at current prices), persons employed (thousand)
    and the average monthly earnings of wage workers. Sectors and product taxes add to
    GDP within one billion VND. ``value_added_basic_prices`` (constant 2010 prices) is our
    arithmetic: GDP less product taxes.

    Returns
    -------
    Dataset
        15 rows. ``employed`` has no figure for 2017 (``employed_quarterly_mean`` does),
        and counts by another definition from 2021 on (``labour_definition``).

    See Also
    --------
    vietnam_old_vintage : the figures before the re-evaluation of 2019.

    Examples
    --------
    >>> frame = vietnam().frame
    >>> growth = 100 * frame["gdp"].pct_change()
    >>> round(float(growth.iloc[-1]), 2)
    7.09
    """
    return find_dataset("vietnam")


def vietnam_old_vintage() -> Dataset:
    """Return Viet Nam 2005-2016, the vintage before the re-evaluation of 2019.

    GDP by sector, capital formation and fixed capital formation (billion VND at
    constant 2010 prices) and persons employed by status (thousand). Official shares of
    TFP published until 2019 rest on this vintage.

    Returns
    -------
    Dataset
        12 rows. Sectors include product taxes until 2009; there is no employment figure
        for 2006; 2016 is preliminary.

    See Also
    --------
    vietnam : the re-evaluated vintage, 2010-2024.

    Examples
    --------
    >>> frame = vietnam_old_vintage().frame.set_index("year")
    >>> float(frame.loc[2010, "gdp"])
    2157828.0
    """
    return find_dataset("vietnam_old_vintage")


def vietnam_household_income() -> Dataset:
    """Return monthly household income per head by source, Viet Nam 2010, 2012, 2014, 2016.

    Raw material for a labour share from a household survey: wages, and what the
    self-employed earn in and outside agriculture, in thousand VND at current prices.

    Returns
    -------
    Dataset
        4 rows; means of the 63 provinces weighted by population, our arithmetic.

    See Also
    --------
    tfp.HouseholdSurvey : turns them into labour income of a year.

    Examples
    --------
    >>> vietnam_household_income().frame["year"].tolist()
    [2010, 2012, 2014, 2016]
    """
    return find_dataset("vietnam_household_income")
