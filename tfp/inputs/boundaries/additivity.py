r"""Which columns add up over areas, and by which weights the others are averaged.

Persons, hours and money of one price base add up. Shares, rates, prices and averages per
worker do not: the figure of the whole is a mean, exact for one weight only:

.. math:: s = \frac{\sum_i y_i s_i}{\sum_i y_i}, \quad
    g_t = \frac{\sum_i Y_{i,t-1}\, g_{i,t}}{\sum_i Y_{i,t-1}}, \quad
    p = \frac{\sum_i V_i}{\sum_i V_i / p_i}

for a share of income :math:`y`, growth of output :math:`Y` and a price of value
:math:`V`. The user names the weight; nothing is averaged silently. A price whose current
and constant values are both in the panel is their ratio.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from tfp.errors import MethodError, check_choice
from tfp.inputs.boundaries.merged_prices import check_common_base, common_scale, values_behind
from tfp.panel.keys import bare_spelling
from tfp.panel.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column

Rule = Literal["sum", "mean", "mean_of_previous", "harmonic_mean", "ratio"]

# Named one by one: a role that is in no list here is refused, never added by default.
ADDITIVE = frozenset({
    "output", "capital", "labour", "further_inputs", "investment", "capital_income",
    "labour_income", "further_incomes", "income", "output_current", "output_by_part",
    "output_current_by_part", "investment_current", "product_taxes", "production_taxes",
    "compensation", "mixed_income", "employees", "population", "labour_by_group",
    "labour_income_by_group",
})  # fmt: skip
# What has a mean, and the weights for which that mean is the figure of the whole.
WEIGHTS: dict[str, tuple[str, ...]] = {
    "hours_per_worker": ("labour",),
    "human_capital": ("labour",),
    "schooling": ("labour",),
    "trained_share": ("labour",),
    "depreciation_rate": ("capital",),
    "capital_share": ("income", "output_current"),
    "labour_share": ("income", "output_current"),
    "output_growth": ("output",),
    "output_price": ("output_current", "output"),
    "investment_price": ("investment_current", "investment"),
}
# Labour composition is in neither: an index of each area's own base, which no weight
# makes one of the whole.
# The weight is that of the period before: what wears out, and what grows, was there then.
OF_PREVIOUS = ("depreciation_rate", "output_growth")
_INDEX = re.compile(r"index|chiso|=\s*100|percent|%|phantram")
_CHAINED = re.compile(r"chain|previous|lienhoan|namtruoc")


class Merger(NamedTuple):
    """How a column is merged: by which rule, and which columns hold weights or values."""

    rule: Rule
    weight: Column | None = None
    over: Column | None = None  # what a ratio divides the weight by
    scale: float | None = None  # of that ratio; None where the parts have no common one


def merger_of(panel: Panel, column: Column, weights: Mapping[str, str]) -> Merger:
    """Return how a column of a panel is merged.

    Raises
    ------
    MethodError
        ``mean-without-weight`` for a mean whose weight is not named, ``option-unknown``
        for a weight that does not give the figure of the whole, ``index-not-additive``,
        ``price-bases-unclear`` for price indices that are averaged.
    """
    base, _, name = column.role.partition(":")
    if base not in WEIGHTS and (base not in ADDITIVE or _is_index(column)):
        raise MethodError(
            "index-not-additive",
            role=column.role,
            column=column.name,
            stated=[stated for stated in (column.unit, column.price_base) if stated],
        )
    if base not in WEIGHTS:
        return Merger("sum")
    behind = values_behind(panel, column) if ROLES[base] == "price" else None
    if behind is not None:
        return Merger("ratio", *behind, common_scale(panel, column, *behind))
    weight = weights.get(column.role, weights.get(base))
    if weight is None:
        raise MethodError(
            "mean-without-weight", role=column.role, column=column.name, weight=WEIGHTS[base][0]
        )
    check_choice(f"weights[{base!r}]", weight.partition(":")[0], WEIGHTS[base])
    own = f"{weight}:{name}"
    chosen = panel.column(own if own in panel.columns else weight)
    if base in OF_PREVIOUS:
        return Merger("mean_of_previous", chosen)
    if ROLES[base] == "price":
        check_common_base(panel, column)
    by_value = ROLES[base] == "price" and chosen.role.partition(":")[0].endswith("_current")
    return Merger("harmonic_mean" if by_value else "mean", chosen)


def check_weights(panel: Panel, weights: Mapping[str, str]) -> None:
    """Refuse weights for roles that the panel does not have or that need none."""
    present = {role.partition(":")[0] for role in panel.columns} | set(panel.columns)
    for role in weights:
        check_choice("weights", role, sorted(name for name in present if _has_mean(name)))


def _has_mean(role: str) -> bool:
    return role.partition(":")[0] in WEIGHTS


def _is_index(column: Column) -> bool:
    """Tell whether a quantity is an index number, or of prices that change every year."""
    unit, prices = (bare_spelling(str(text or "")) for text in (column.unit, column.price_base))
    return bool(_INDEX.search(unit) or _CHAINED.search(prices))
