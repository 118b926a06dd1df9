"""Labour income from a household living standards survey, where there is no other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tfp.errors import MethodError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel

MONTHS = 12


@dataclass(frozen=True, eq=False, kw_only=True)
class HouseholdSurvey:
    r"""Monthly income per head by source, as labour income of a year.

    .. math:: 12\, N \Bigl(w + \sum_g \lambda_g s_g\Bigr) u

    with inhabitants :math:`N`, wages :math:`w` and income from self-employment
    :math:`s_g` per head and month, and the unit factor :math:`u`.

    Parameters
    ----------
    wages : str
        Which column of ``labour_income_by_group`` holds wages.
    self_employment : mapping of str to float
        Which columns hold income from self-employment, and what part of each pays work:
        between 0 and 1. The rest pays the land, tools and premises of the household.
    unit_factor : float
        What turns income per head times inhabitants into the unit of ``income``: 0.001
        for thousand VND, thousand inhabitants and billion VND.

    Assumptions
    -----------
    Households tell surveys all they earn. They do not: shares so obtained are too low.

    Raises
    ------
    MethodError
        ``survey-part-outside`` if a part is outside [0, 1], ``survey-factor`` if the
        factor is not positive.
    """

    wages: str
    self_employment: Mapping[str, float]
    unit_factor: float

    def __post_init__(self) -> None:
        for group, part in self.self_employment.items():
            if not 0.0 <= part <= 1.0:
                raise MethodError("survey-part-outside", group=group, part=float(part))
        if not self.unit_factor > 0.0:
            raise MethodError("survey-factor", factor=float(self.unit_factor))

    @property
    def roles(self) -> tuple[str, ...]:
        """The columns that a panel must have."""
        groups = (self.wages, *self.self_employment)
        return (*(f"labour_income_by_group:{group}" for group in groups), "population")

    def labour_income(self, panel: Panel) -> FloatArray:
        """Return labour income of the year, (n,), in the unit of ``income``."""
        per_head = panel.values(f"labour_income_by_group:{self.wages}")
        for group, part in self.self_employment.items():
            per_head = per_head + part * panel.values(f"labour_income_by_group:{group}")
        return per_head * panel.values("population") * (MONTHS * self.unit_factor)

    def options(self) -> dict[str, object]:
        """Return the options as plain values."""
        return {
            "wages": self.wages,
            "self_employment": dict(self.self_employment),
            "unit_factor": self.unit_factor,
        }
