r"""Research and development as an asset of its own, counted once.

Under the System of National Accounts of 2008 spending on research and development is gross
fixed capital formation: a knowledge stock beside a stock of *all* fixed capital would count
it twice, so it is taken out of investment first,

.. math:: I_t^{other} = I_t - R_t .

Under the SNA of 1993 it is intermediate consumption of business and final consumption of
government: investment stays, but output, income and capital income lack what business
spent on research for itself, and rise by it when the asset is added:

.. math:: Y_t' = Y_t + \beta R_t, \qquad \Pi_t' = \Pi_t + \beta R_t^{current}

with the share :math:`\beta` of business. (What government spends is in output already, as
final consumption at cost; the return to its stock that SNA 2008 adds, its consumption of
fixed capital, is left out here.)

The stock of knowledge is then an ordinary perpetual inventory of the asset's investment,
with a stated depreciation.

References
----------
United Nations et al. (2009). *System of National Accounts 2008*, paragraphs 10.103 to 10.105.
OECD (2010). *Handbook on Deriving Capital Measures of Intellectual Property Products*.
https://doi.org/10.1787/9789264079205-en
Schankerman, M. (1981). The effects of double-counting and expensing on the measured returns
to R&D. *Review of Economics and Statistics* 63(3), 454-458. https://doi.org/10.2307/1924371
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from tfp.errors import MethodError, check_choice
from tfp.panel.agreement import check_agreement
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import Panel, require_panel
from tfp.panel.units import units_differ

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.panel.roles import Column

Accounts = Literal["SNA 1993", "SNA 2008"]
# What business research adds to when output lacks it: constant prices, current prices.
RAISED = {
    "investment": ("output",),
    "investment_current": ("output_current", "income", "capital_income"),
}


def separate_research(
    panel: Panel,
    *,
    accounts: Accounts,
    source: str,
    research: str = "research",
    whole: str = "total",
    rest: str = "other",
    business_share: float | None = None,
) -> Panel:
    """Return the panel with research as an asset beside all other fixed capital.

    Parameters
    ----------
    panel : Panel
        With ``investment`` or ``investment_current``, or both, by asset: `whole`, gross
        fixed capital formation as published, and `research`, spending on research and
        development (at constant prices: deflated).
    accounts : {"SNA 2008", "SNA 1993"}
        The system that investment and output follow: whether research is in them already.
    source : str
        Where that, and the figures, can be read.
    research, whole, rest : str
        Names of the assets; `whole` less research (SNA 2008) or as it is (SNA 1993) is
        called `rest` in what is returned.
    business_share : float, optional
        Share of research that business does; required under SNA 1993, where output rises
        by it.

    Returns
    -------
    Panel
        With ``investment`` of `rest` and of `research`; under SNA 1993 also ``output``,
        ``output_current``, ``income`` and ``capital_income`` raised, where it has them.

    Raises
    ------
    MethodError
        ``option-unknown``, ``research-source-missing``, ``research-columns-missing``,
        ``research-counted-twice`` where it was separated before or capital was
        accumulated from the whole, ``research-exceeds-investment``,
        ``business-share-missing``, ``research-at-other-prices`` where output or income at
        some prices would have to rise and research is not given at these,
        ``business-share-out-of-range``, ``mixed-units``, ``mixed-price-bases``,
        ``mixed-vintages``, ``mixed-boundaries``.

    Examples
    --------
    >>> import tfp
    >>> panel = tfp.Panel({"year": [2020, 2021], "gfcf": [300.0, 310.0], "rd": [12.0, 13.0]},
    ...                   time="year", investment={"total": "gfcf", "research": "rd"})
    >>> separated = tfp.separate_research(panel, accounts="SNA 2008", source="yearbook")
    >>> separated.values("investment:other").tolist()
    [288.0, 297.0]
    """
    require_panel(panel)
    check_choice("accounts", accounts, get_args(Accounts))
    if not source.strip():
        raise MethodError("research-source-missing")
    _check_business_share(accounts, business_share)
    _check_counted_once(panel)
    roles = [
        role
        for role in ("investment", "investment_current")
        if {f"{role}:{whole}", f"{role}:{research}"} <= set(panel.columns)
    ]
    if not roles:
        raise MethodError(
            "research-columns-missing",
            whole=whole,
            research=research,
            present=sorted(panel.columns),
        )
    if accounts == "SNA 1993":
        _check_prices_of_output(panel, roles)
    for role in roles:
        own, spent = panel.column(f"{role}:{whole}"), panel.column(f"{role}:{research}")
        _check_one_kind(own, spent)
        if accounts == "SNA 2008":
            panel = _take_out(panel, own, spent, f"{role}:{rest}", source)
        else:
            entry = _entry(panel, own.values, f"{role}:{rest}", "research_outside", source)
            panel = _renamed(panel, own, f"{role}:{rest}", own.values, entry)
            panel = _raise_output(panel, role, spent, float(business_share or 0.0), source)
    return panel


def _take_out(panel: Panel, whole: Column, spent: Column, role: str, source: str) -> Panel:
    rest = whole.values - spent.values
    wrong = np.flatnonzero(rest < 0.0)
    if len(wrong):
        raise MethodError(
            "research-exceeds-investment",
            places=panel.rows.places(wrong[:6], spent.name),
            research=float(spent.values[wrong[0]]),
            whole=float(whole.values[wrong[0]]),
        )
    return _renamed(panel, whole, role, rest, _entry(panel, rest, role, "research_removed", source))


def _renamed(
    panel: Panel, column: Column, role: str, values: FloatArray, entry: LedgerEntry
) -> Panel:
    kept = {r: c for r, c in panel.columns.items() if r != column.role}
    renamed = replace(column, role=role, values=values)
    return Panel.of(panel.rows, kept, panel.ledger).with_column(renamed, entry)


def _raise_output(panel: Panel, role: str, spent: Column, share: float, source: str) -> Panel:
    """Add what business spent to output and income, wherever the panel has them."""
    for name in RAISED[role]:
        if name not in panel.columns:
            continue
        column = panel.column(name)
        _check_one_kind(column, spent)
        values = column.values + share * spent.values
        entry = _entry(panel, values, name, "research_added", source, share=100.0 * share)
        panel = panel.with_values(name, values, entry)
    return panel


def _check_one_kind(first: Column, second: Column) -> None:
    for what, code in (
        ("price_base", "mixed-price-bases"),
        ("vintage", "mixed-vintages"),
        ("boundary", "mixed-boundaries"),
    ):
        check_agreement((first, second), what, code)
    if units_differ(first, second):
        raise MethodError("mixed-units", stated=[f"{c.role}: {c.unit}" for c in (first, second)])


def _check_business_share(accounts: Accounts, share: float | None) -> None:
    if accounts == "SNA 2008":
        return
    if share is None:
        raise MethodError("business-share-missing")
    if not 0.0 <= share <= 1.0:
        raise MethodError("business-share-out-of-range", share=float(share))


def _check_prices_of_output(panel: Panel, roles: list[str]) -> None:
    """Refuse output that must rise, at prices at which research is not given."""
    left = [
        name
        for role, raised in RAISED.items()
        if role not in roles
        for name in raised
        if name in panel.columns
    ]
    if left:
        raise MethodError("research-at-other-prices", roles=left, given=roles)


def _check_counted_once(panel: Panel) -> None:
    """Refuse what was separated before, and stocks that hold research already."""
    separated = any(entry.cause.startswith("research_") for entry in panel.ledger)
    if separated or panel.has("capital"):
        stocks = [c.name for r, c in panel.columns.items() if r.partition(":")[0] == "capital"]
        raise MethodError("research-counted-twice", columns=stocks)


def _entry(
    panel: Panel, values: FloatArray, role: str, cause: str, source: str, **fields: float
) -> LedgerEntry:
    touched = np.flatnonzero(~np.isnan(values))
    return LedgerEntry(
        action="derived",
        role=role,
        rows=panel.rows.keys(touched),
        cause=cause,
        fields=dict(fields),
        source=source,
    )
