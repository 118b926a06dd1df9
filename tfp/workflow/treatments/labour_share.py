"""Labour's share from the accounts of income: ``[method.shares.labour_share]``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, get_args

from tfp.inputs.boundaries.assigning import assign_areas
from tfp.inputs.shares.household_survey import HouseholdSurvey
from tfp.inputs.shares.labour_share import LabourShare, ProductionTaxes
from tfp.inputs.shares.treatments import TREATMENTS
from tfp.inputs.shares.treatments import Treatment as MixedIncome
from tfp.workflow.data_reading import read_further
from tfp.workflow.plans.placing import placing
from tfp.workflow.plans.plan import Data
from tfp.workflow.plans.plan_data import read_data
from tfp.workflow.plans.plan_keys import Keys
from tfp.workflow.treatments.boundaries import concordance_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tfp.panel.panel import Panel
    from tfp.workflow.treatments.state import Around, Treated

KEY = "method.shares.labour_share"
# Keys by treatment of mixed income; those that must be there.
NEEDED: dict[str, tuple[str, ...]] = {
    "agriculture_to_labour": ("agriculture",),
    "household_survey": ("survey",),
}
_BESIDE = ("treatment", "production_taxes", "taxes_to_labour", "hold", "data", "vintage")


@dataclass(frozen=True, kw_only=True)
class Survey:
    """``survey``: how the columns of a household survey are read."""

    wages: str
    self_employment: Mapping[str, float]
    unit_factor: float


@dataclass(frozen=True, kw_only=True)
class LabourIncome:
    """``[method.shares.labour_share]``: what of income is labour's.

    Attributes
    ----------
    treatment : str
        What becomes of the income of the self-employed.
    production_taxes : {"in", "out", "split"}
    taxes_to_labour : float or None
    agriculture : str or None
    survey : Survey or None
    hold : int, "mean" or None
        The year whose share holds for all years.
    data : Data or None
        A further file with the incomes, such as an input-output table of some years.
    vintage : str or None
        The boundary that the areas of that file follow, where the plan has boundaries.
    """

    treatment: MixedIncome
    production_taxes: ProductionTaxes
    taxes_to_labour: float | None = None
    agriculture: str | None = None
    survey: Survey | None = None
    hold: int | Literal["mean"] | None = None
    data: Data | None = None
    vintage: str | None = None

    def rule(self, source: str) -> LabourShare:
        """Return the rule of the library."""
        survey = None
        if self.survey is not None:
            survey = HouseholdSurvey(
                wages=self.survey.wages,
                self_employment=self.survey.self_employment,
                unit_factor=self.survey.unit_factor,
            )
        return LabourShare(
            treatment=self.treatment,
            production_taxes=self.production_taxes,
            source=source,
            taxes_to_labour=self.taxes_to_labour,
            agriculture=self.agriculture,
            survey=survey,
            hold=self.hold,
        )


def read_labour_income(keys: Keys) -> LabourIncome:
    """Return ``[method.shares.labour_share]``."""
    treatment = keys.choice("treatment", TREATMENTS)
    keys.check_belong(treatment, NEEDED.get(treatment, ()), (), beside=_BESIDE)
    taxes = keys.choice("production_taxes", get_args(ProductionTaxes))
    if taxes == "split":
        keys.value("taxes_to_labour")
    elif "taxes_to_labour" in keys:
        key = keys.key("taxes_to_labour")
        other = 'production_taxes = "split"'
        raise keys.error("plan-key-needs", "taxes_to_labour", key=key, other=other)
    return LabourIncome(
        treatment=treatment,
        production_taxes=taxes,
        taxes_to_labour=keys.optional("taxes_to_labour", keys.fraction),
        agriculture=keys.optional("agriculture", keys.text),
        survey=keys.optional("survey", lambda name: _survey(keys.sub(name, Survey))),
        hold=keys.optional("hold", lambda name: _hold(keys, name)),
        data=keys.optional("data", lambda name: read_data(keys.sub(name, Data))),
        vintage=keys.optional("vintage", keys.text),
    )


def with_labour_share(
    treated: Treated,
    stated: LabourIncome,
    source: str,
    unspliced: Callable[[], Panel] | None,
    around: Around,
) -> Treated:
    """Return the data with labour's and capital's share of income.

    Parameters
    ----------
    treated, stated, around
    source : str
        Where the incomes come from.
    unspliced : callable or None
        Returns the same data without splices, if there are any: the average wage is of
        wage workers and all who work as they were counted together.
    """
    incomes: Panel | None = None
    if stated.data is not None:
        read = read_further(around.plan, around.folder, stated.data, f"{KEY}.data")
        treated, incomes = treated.with_file(read.file), read.panel
        if stated.vintage is not None:
            boundaries = around.plan.treatment.boundaries
            known = None if boundaries is None else concordance_of(boundaries, around)[0]
            with placing(f"{KEY}.vintage"):
                incomes = assign_areas(incomes, stated.vintage, concordance=known)
    elif unspliced is not None and stated.treatment == "average_wage":
        incomes = unspliced()
    with placing(KEY):
        panel = stated.rule(source).add_to(treated.panel, incomes=incomes)
    return replace(treated, panel=panel, incomes=incomes)


def _survey(keys: Keys) -> Survey:
    return Survey(
        wages=keys.text("wages"),
        self_employment=keys.sub("self_employment").every(Keys.fraction),
        unit_factor=keys.positive("unit_factor"),
    )


def _hold(keys: Keys, name: str) -> int | Literal["mean"]:
    if isinstance(keys.value(name), str):
        word: Literal["mean"] = keys.choice(name, ("mean",))
        return word
    return keys.year(name)
