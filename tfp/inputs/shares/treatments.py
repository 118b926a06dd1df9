r"""What of the income of the self-employed is labour's: the treatments in use.

With income :math:`Y`, compensation of employees :math:`W`, mixed income :math:`M`, all who
work :math:`L` and wage workers :math:`E`, before taxes are dealt with:

=========================  ====================================================
``mixed_to_labour``        :math:`(W + M) / Y`, as input-output tables of the
                           statistics office of Viet Nam count it
``mixed_as_rest``          :math:`W / (Y - M)`, Gollin's second adjustment
``average_wage``           :math:`W (L / E) / Y`, Gollin's third, sector by sector
                           where the panel has sectors
``agriculture_to_labour``  :math:`(W + Y_{agriculture}) / Y`, the Penn World Table's
                           fourth adjustment
``household_survey``       labour income that households report, over :math:`Y`
``compensation_only``      :math:`W / Y`: counts all mixed income as capital's
=========================  ====================================================

References
----------
Gollin, D. (2002). Getting income shares right. *Journal of Political Economy* 110(2),
458-474. https://doi.org/10.1086/338747
Feenstra, R. C., Inklaar, R. and Timmer, M. P. (2015). The next generation of the Penn
World Table. *American Economic Review* 105(10). https://doi.org/10.1257/aer.20130954
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

if TYPE_CHECKING:
    from tfp.inputs.shares.household_survey import HouseholdSurvey
    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel

Treatment = Literal[
    "mixed_to_labour",
    "mixed_as_rest",
    "average_wage",
    "agriculture_to_labour",
    "household_survey",
    "compensation_only",
]
TREATMENTS: tuple[Treatment, ...] = get_args(Treatment)


def roles_needed(
    treatment: Treatment,
    panel: Panel,
    *,
    agriculture: str | None,
    survey: HouseholdSurvey | None,
) -> tuple[str, ...]:
    """Return the columns, by their roles, that a treatment reads of this panel."""
    if treatment == "household_survey":
        return ("income", *(survey.roles if survey is not None else ()))
    if treatment == "average_wage" and panel.several("compensation"):
        sectors = panel.several("compensation")
        bases = ("compensation", "employees", "labour_by_group")
        return ("income", *(f"{base}:{sector}" for base in bases for sector in sectors))
    # An input-output table gives labour income as one figure, mixed income inside.
    whole = treatment == "mixed_to_labour" and not panel.has("mixed_income")
    if whole and panel.has("labour_income"):
        return ("income", "labour_income")
    further = {
        "mixed_to_labour": ("mixed_income",),
        "mixed_as_rest": ("mixed_income",),
        "average_wage": ("employees", "labour"),
        "agriculture_to_labour": (f"output_current_by_part:{agriculture}",),
    }
    sectors = panel.several("compensation")
    wages = tuple(f"compensation:{sector}" for sector in sectors) or ("compensation",)
    return ("income", *wages, *further.get(treatment, ()))


def labour_income(
    treatment: Treatment,
    panel: Panel,
    *,
    agriculture: str | None,
    survey: HouseholdSurvey | None,
) -> FloatArray:
    """Return what a treatment counts as labour's income, (n,)."""
    if treatment == "household_survey" and survey is not None:
        return survey.labour_income(panel)
    if treatment == "average_wage":
        return _at_average_wage(panel)
    if treatment == "mixed_to_labour" and not panel.has("mixed_income"):
        return panel.values("labour_income")
    wages = compensation(panel)
    if treatment == "mixed_to_labour":
        return wages + panel.values("mixed_income")
    if treatment == "agriculture_to_labour":
        return wages + panel.values(f"output_current_by_part:{agriculture}")
    return wages


def compensation(panel: Panel) -> FloatArray:
    """Return compensation of employees, summed over sectors where it stands by sector."""
    sectors = panel.several("compensation").values()
    if not sectors:
        return panel.values("compensation")
    total: FloatArray = np.sum([column.values for column in sectors], axis=0)
    return total


def _at_average_wage(panel: Panel) -> FloatArray:
    sectors = panel.several("compensation")
    if not sectors:
        return panel.values("compensation") * (panel.values("labour") / panel.values("employees"))
    total: FloatArray = np.sum(
        [
            wages.values
            * panel.values(f"labour_by_group:{sector}")
            / panel.values(f"employees:{sector}")
            for sector, wages in sectors.items()
        ],
        axis=0,
    )
    return total
