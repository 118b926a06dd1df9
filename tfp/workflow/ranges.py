"""Assumptions side by side, and a merged area against its parts: what a plan may ask for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tfp.accounts.merged_areas import merged_tfp
from tfp.accounts.share_range import labour_share_range
from tfp.inputs.capital.initial_band import initial_stock_range
from tfp.workflow.plans.placing import placing
from tfp.workflow.treatments.boundaries import concordance_of
from tfp.workflow.treatments.labour_share import KEY as LABOUR_SHARE
from tfp.workflow.treatments.order import treat
from tfp.workflow.treatments.weights import method_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tfp.accounts.growth import GrowthAccounting
    from tfp.results.growth_accounts import GrowthAccounts
    from tfp.results.result import Result
    from tfp.workflow.treatments.state import Around, Treated


def asked_ranges(
    treated: Treated, method: GrowthAccounting, periods: Sequence[str], around: Around
) -> Iterator[Result]:
    """Give the ranges that ``[report] ranges`` asks for.

    Parameters
    ----------
    treated : Treated
    method : GrowthAccounting
        The method of the plan.
    periods : sequence of str
    around : Around
    """
    plan = around.plan
    shares = plan.treatment.method.shares
    if "initial_stock" in plan.ranges and treated.inventory and treated.bare:
        with placing("capital.initial"):
            yield initial_stock_range(treated.bare, treated.inventory)
    if "labour_share" in plan.ranges and shares is not None and shares.labour_share is not None:
        rule = shares.labour_share.rule(shares.source)
        with placing(LABOUR_SHARE):
            yield labour_share_range(
                treated.panel,
                method,
                periods,
                source=rule.source,
                incomes=treated.incomes,
                hold=rule.hold,
                taxes_to_labour=rule.taxes_to_labour,
                agriculture=rule.agriculture,
                survey=rule.survey,
            )


def reallocation(whole: GrowthAccounts, around: Around) -> Iterator[Result]:
    """Give TFP of merged areas as that of their parts and what moved between them."""
    treatment = around.plan.treatment
    boundaries = treatment.boundaries
    if boundaries is None or not boundaries.reallocation:
        return
    apart = replace(boundaries, merge=False, published=None, reallocation=False)
    with placing("boundaries.reallocation"):
        parts = treat(replace(treatment, boundaries=apart), around)
        accounts = method_of(treatment.method, parts.weights).fit(parts.panel)
        yield merged_tfp(accounts, whole, concordance_of(boundaries, around)[0])
