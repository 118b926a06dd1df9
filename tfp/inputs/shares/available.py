"""Every way to labour's share that a panel has the figures for."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from tfp.inputs.shares.labour_share import LabourShare, ProductionTaxes
from tfp.inputs.shares.treatments import TREATMENTS

if TYPE_CHECKING:
    from tfp.inputs.shares.household_survey import HouseholdSurvey
    from tfp.panel.panel import Panel


def available_labour_shares(
    panel: Panel,
    *,
    source: str,
    taxes_to_labour: float | None = None,
    agriculture: str | None = None,
    survey: HouseholdSurvey | None = None,
    hold: int | str | None = None,
) -> tuple[LabourShare, ...]:
    """Return every treatment of mixed income and taxes that a panel has the figures for.

    Parameters
    ----------
    panel : Panel
    source, taxes_to_labour, agriculture, survey, hold
        As in :class:`LabourShare`. Treatments whose option is not given are left out.

    Returns
    -------
    tuple of LabourShare
        By treatment; taxes in, out and, with `taxes_to_labour`, split.
    """
    taxes: tuple[ProductionTaxes, ...] = get_args(ProductionTaxes)
    ways = [
        LabourShare(
            treatment=treatment,
            production_taxes=rule,
            source=source,
            taxes_to_labour=taxes_to_labour if rule == "split" else None,
            agriculture=agriculture if treatment == "agriculture_to_labour" else None,
            survey=survey if treatment == "household_survey" else None,
            hold=hold,
        )
        for treatment in TREATMENTS
        for rule in taxes
        if (treatment != "agriculture_to_labour" or agriculture is not None)
        and (treatment != "household_survey" or survey is not None)
        and (rule != "split" or taxes_to_labour is not None)
    ]
    return tuple(way for way in ways if not way.lacking(panel))
