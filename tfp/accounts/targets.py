"""Growth accounts beside targets for the TFP share of growth.

A target is comparable when it is for the same area and meant for the same method, when
the accounts cover its years, and when a share can be given at all. Targets of official
documents are meant for the formula of the national indicator: simple rates, capital and
labour with stated shares. Whether a target has fallen due is read from the data, never
from a clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.accounts.periods import period_accounts
from tfp.datasets.target import Target
from tfp.errors import MethodError
from tfp.panel.keys import bare_spelling
from tfp.panel.roles import STATUSES
from tfp.results.comparison import Outcome, TargetComparison, TargetOutcome
from tfp.results.shares import REASONS, growth_share

if TYPE_CHECKING:
    from tfp.numerics.arrays import IntArray
    from tfp.results.decomposition import PeriodAverage
    from tfp.results.growth_accounts import GrowthAccounts

NATIONAL = "national"


def compare_with_targets(
    accounts: GrowthAccounts,
    targets: Target | Iterable[Target],
    *,
    entity: str | None = None,
    average: PeriodAverage | None = None,
) -> TargetComparison:
    """Return what became of each target, with the distance in percentage points.

    Parameters
    ----------
    accounts : GrowthAccounts
        Yearly accounts.
    targets : Target or iterable of Target
        For instance :func:`tfp.datasets.targets`; those of other areas come out as not
        comparable.
    entity : str, optional
        Whose accounts are compared; needed where the accounts hold several.
    average : {"increments", "sum_of_rates", "log"}, optional
        How the years of a period target are averaged; the method's own way if None.

    Returns
    -------
    TargetComparison
        Each outcome is ``reached``, ``not_reached``, ``not_yet_due`` or
        ``not_comparable``; a target not yet due shows the share so far.

    Raises
    ------
    MethodError
        ``target-expected``, ``entity-needed``, ``entity-unknown``, ``targets-need-years``.
    """
    chosen = _chosen(targets)
    if accounts.rows.frequency != "year":
        raise MethodError("targets-need-years", frequency=accounts.rows.frequency)
    code = _entity_code(accounts, entity)
    area = accounts.rows.entities[code]
    years = _years_with_growth(accounts, code)
    outcomes = tuple(
        _outcome(_Question(accounts, target, code, area, years, average)) for target in chosen
    )
    return TargetComparison(
        area=area,
        outcomes=outcomes,
        origin=accounts.rows.origin,
        provenance=accounts.provenance,
    )


def _chosen(targets: object) -> tuple[Target, ...]:
    """Return targets as a tuple, a single one as a tuple of one."""
    if isinstance(targets, Iterable) and not isinstance(targets, Mapping):
        return tuple(_target(each) for each in targets)
    return (_target(targets),)


def _target(given: object) -> Target:
    if not isinstance(given, Target):
        raise MethodError("target-expected", kind=type(given).__name__)
    return given


def follows_national_formula(accounts: GrowthAccounts) -> bool:
    """Tell whether the accounts follow the formula of the national indicator.

    Simple rates, and capital and labour as the only inputs with shares stated by the
    user (:math:`G_A = G_Y - b_K G_K - b_L G_L`).
    """
    rule = accounts.provenance.options.get("factor_weights", {}).get("rule")
    return (
        accounts.rates == "simple"
        and accounts.factor_names == ("capital", "labour")
        and rule == "fixed shares"
    )


@dataclass(frozen=True)
class _Question:
    accounts: GrowthAccounts
    target: Target
    code: int
    area: str
    years: tuple[int, ...]
    average: PeriodAverage | None


def _outcome(question: _Question) -> TargetOutcome:
    target, years = question.target, question.years
    reason = _obstacle(question)
    covered = [y for y in years if target.first_year <= y <= target.last_year]
    if covered and covered[-1] - covered[0] + 1 > len(covered):
        covered = []  # years are missing among them: there is no share of such a period
    if reason or not covered:
        # A target of the future is not yet due even where no year of it is known.
        due_later = not reason and (not years or target.last_year > years[-1])
        return TargetOutcome(
            target=target,
            outcome="not_yet_due" if due_later else "not_comparable",
            share=None,
            distance=None,
            covered="",
            reason=reason or ("" if due_later else "years"),
        )
    share, blank, status = _share(question, covered)
    wanted = target.last_year - target.first_year + 1
    outcome: Outcome
    if target.last_year > years[-1]:
        outcome, reason = "not_yet_due", blank
    elif len(covered) < wanted:
        outcome, reason = "not_comparable", "years"
    elif share is None:
        outcome, reason = "not_comparable", blank
    else:
        met = share > target.lower if target.operator == "over" else share >= target.lower
        outcome = "reached" if met else "not_reached"
    return TargetOutcome(
        target=target,
        outcome=outcome,
        share=share,
        distance=None if share is None else share - target.lower,
        covered=f"{covered[0]}-{covered[-1]}" if len(covered) > 1 else str(covered[0]),
        reason=reason,
        status=status,
    )


def _obstacle(question: _Question) -> str:
    target, accounts = question.target, question.accounts
    if bare_spelling(target.area) != bare_spelling(question.area):
        return "area"
    wanted = target.method or NATIONAL
    same = (
        follows_national_formula(accounts)
        if wanted == NATIONAL
        else accounts.provenance.method == wanted
    )
    return "" if same else "method"


def _share(question: _Question, covered: list[int]) -> tuple[float | None, str, str]:
    """Return the TFP share over the years covered, why it is blank, and its status."""
    period = f"{covered[0]}-{covered[-1]}"
    averages = period_accounts(question.accounts, [period], average=question.average)
    reasons = averages.blank_reasons
    share = growth_share(averages.term("tfp"), averages.total, reasons)[question.code]
    status = ""
    if averages.status is not None and averages.status[question.code] >= 0:
        status = STATUSES[averages.status[question.code]]
    reason = REASONS[reasons[question.code]]
    return (None if np.isnan(share) else float(share)), reason, status


def _entity_code(accounts: GrowthAccounts, entity: str | None) -> int:
    entities = accounts.rows.entities
    if entity is None:
        if len(entities) > 1:
            raise MethodError("entity-needed", count=len(entities), known=list(entities[:5]))
        return 0
    if entity not in entities:
        raise MethodError("entity-unknown", entity=entity, known=list(entities[:5]))
    return entities.index(entity)


def _years_with_growth(accounts: GrowthAccounts, code: int) -> tuple[int, ...]:
    rows: IntArray = np.flatnonzero((accounts.rows.codes == code) & ~np.isnan(accounts.term("tfp")))
    return tuple(int(year) for year in accounts.rows.times[rows])
