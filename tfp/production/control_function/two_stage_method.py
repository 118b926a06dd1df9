"""What Olley-Pakes and Levinsohn-Petrin share: their options, and the way to an estimate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from tfp.errors import MethodError, check_choice
from tfp.production.control_function.output_measure import check_output_is
from tfp.production.control_function.second_stage import two_stage_estimate

if TYPE_CHECKING:
    from tfp.numerics.law_regression import FittedTo
    from tfp.panel.panel import Panel
    from tfp.production.bootstrap import Bootstrap
    from tfp.production.control_function.output_measure import OutputMeasure
    from tfp.results.estimate import ProductionEstimate
    from tfp.results.weights import OutputConcept


@dataclass(frozen=True, eq=False, kw_only=True)
class TwoStageMethod:
    """Options of a method with a proxy and one state; the methods say what they mean."""

    state: str | None = None
    flexible: tuple[str, ...] = ("labour",)
    degree: int = 3
    law_degree: int = 3
    law_fitted_to: FittedTo = "output"
    survival: bool = False
    year_effects: bool = False
    covariance: Bootstrap | None = None
    output_concept: OutputConcept = "value_added"
    output_is: OutputMeasure | None = None
    observed_units: Literal["firm", "aggregate"] = "firm"
    strict: bool = False

    def __post_init__(self) -> None:
        check_choice("law_fitted_to", self.law_fitted_to, ("output", "productivity"))
        check_choice("output_concept", self.output_concept, ("value_added", "gross_output"))
        check_output_is(self.output_is)
        for option, value in (("degree", self.degree), ("law_degree", self.law_degree)):
            if value < 1:
                raise MethodError("degree-not-positive", option=option, degree=value)

    def fit(self, panel: Panel, *, rng: Any = None) -> ProductionEstimate:
        """Return the estimate on `panel`.

        Raises
        ------
        MethodError
            ``input-unknown``, ``one-state``, ``one-entity``, ``no-difference``,
            ``collinear-inputs``, ``too-few-rows``, ``no-exit``; with `strict`
            ``no-minimum``.
        """
        return two_stage_estimate(self, panel, rng=rng)
