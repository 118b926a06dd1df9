"""Assumptions about the initial stock side by side: which they are, and what each moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.inputs.capital.initial_band import InitialStockRange
from tfp.language.catalogue import text
from tfp.numerics.growth import growth_rates, mean_weights
from tfp.report.data_tables import key_columns, present, same_rows
from tfp.report.document import Column, Table
from tfp.report.method import initial_stock_in_words
from tfp.report.tidy_table import tidy_table
from tfp.report.words import show_ratio

if TYPE_CHECKING:
    from tfp.language.catalogue import Language
    from tfp.numerics.arrays import FloatArray
    from tfp.report.content import RunContent
    from tfp.results.growth_accounts import GrowthAccounts
    from tfp.results.result import Result

OWN = "stated"
GROWTH_DIGITS, SHARE_DIGITS = 2, 1
PER_CENT = 100.0


def range_tables(content: RunContent) -> tuple[Table, ...]:
    """Return the tables of all assumptions that a run sets side by side."""
    return tuple(range_table(each, content.accounts, content.language) for each in content.ranges)


def range_table(result: Result, accounts: GrowthAccounts, language: Language) -> Table:
    """Return the table of one range; of initial stocks, with the effect on TFP growth.

    Parameters
    ----------
    result : Result
    accounts : GrowthAccounts
        The main accounts: their weight of capital says how far TFP growth moves.
    language : {"en", "vi"}
    """
    title = text(f"report.summary.{result.kind}", language)
    if not isinstance(result, InitialStockRange):
        return tidy_table(result, title, language)
    rates = accounts.rates
    growth = np.array([growth_rates(k, result.rows.breaks, rates) for k in result.capital])
    groups: dict[str, FloatArray] = {"growth": PER_CENT * growth}
    weight = _weight_of_capital(result, accounts)
    if weight is not None:
        groups["tfp"] = -PER_CENT * weight * (growth - growth[0])
    groups["surviving"] = PER_CENT * np.array(result.surviving_share)
    heads, keys = key_columns(result.rows, language)
    figures = [
        (_head(group, bound, language), values)
        for group, several in groups.items()
        for bound, values in _bounds(several)
        # The plan's own assumption moves nothing from itself.
        if (group, bound) != ("tfp", OWN)
    ]
    named = "; ".join(assumption_in_words(result, name, language) for name in result.names)
    return Table(
        name=result.kind,
        title=title,
        columns=(*heads, *(head for head, _ in figures)),
        rows=tuple(
            (*keys[row], *(present(values[row]) for _, values in figures))
            for row in range(len(result.rows))
        ),
        notes=(
            ("", text("report.range.assumptions", language, named=named)),
            *((("", text("report.range.tfp_note", language)),) if weight is not None else ()),
        ),
    )


def assumption_in_words(result: InitialStockRange, name: str, language: Language) -> str:
    """Return what one assumption of a range is; a name that the user gave stands as it is."""
    declared: dict[str, Any] = result.declared[name]
    initial = dict(declared.get("initial_stock") or {})
    if name == OWN:
        rule = initial_stock_in_words(initial, language) if initial else ""
        return (
            f"{text('report.range.own', language)} ({rule})"
            if rule
            else text("report.range.own", language)
        )
    if name.startswith("initial stock x "):
        return text("report.range.scaled", language, scale=show_ratio(initial["scale"], language))
    if name.startswith("ratio "):
        rate = show_ratio(PER_CENT * float(declared["depreciation"]["rate"]), language)
        ratio = show_ratio(float(initial["ratio"]), language)
        return text("report.range.ratio", language, ratio=ratio, rate=rate)
    return name


def _bounds(several: FloatArray) -> list[tuple[str, FloatArray]]:
    return [("low", several.min(axis=0)), (OWN, several[0]), ("high", several.max(axis=0))]


def _head(group: str, bound: str, language: Language) -> Column:
    return Column(
        label=text(f"report.range.{'own' if bound == OWN else bound}", language),
        group=text(f"report.range.{group}", language),
        digits=SHARE_DIGITS if group == "surviving" else GROWTH_DIGITS,
    )


def _weight_of_capital(result: InitialStockRange, accounts: GrowthAccounts) -> FloatArray | None:
    """Return the weight that growth of capital has; None where TFP is no such difference."""
    plain = accounts.index_form == "additive" and same_rows(result.rows, accounts.rows)
    if not plain or "capital" not in accounts.factor_names:
        return None
    weight = accounts.weight_arrays[accounts.factor_names.index("capital")]
    return mean_weights(weight, accounts.rows.breaks, accounts.share_timing)
