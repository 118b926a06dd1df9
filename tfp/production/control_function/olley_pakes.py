r"""The estimator of Olley and Pakes: investment reveals productivity, exit is corrected for.

.. math::

    y_{it} &= \beta_l l_{it} + \phi(k_{it}, i_{it}) + \varepsilon_{it} \\
    y_{it} - \hat\beta_l l_{it} &= \beta_k k_{it}
        + g(\hat\phi_{i,t-1} - \beta_k k_{i,t-1}, \hat P_{it}) + \xi_{it} + \varepsilon_{it}
"""

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
class OlleyPakes:
    r"""Elasticities with investment as the proxy.

    Assumptions
    -----------
    Investment rises with productivity, given capital, and depends on nothing else that is
    not observed; rows without investment say nothing of productivity and are left out
    (they are in the ledger). Labour varies for reasons of its own at given capital and
    investment, and is chosen when productivity is known. Capital is decided a period
    before. With `survival`, exit depends on productivity below a limit that capital sets.

    Parameters
    ----------
    state : str, optional
        The input fixed before *t*; capital unless stated.
    flexible : sequence of str
        Inputs whose elasticities come from the first stage.
    degree : int
        Of the first stage's polynomial in state and investment, and of that of survival.
    law_degree : int
        Of the law of motion.
    law_fitted_to : {"output", "productivity"}
        To what the law is fitted in the second stage: nonlinear least squares, or the
        other criterion in use (:mod:`tfp.numerics.law_regression`).
    survival : bool
        Whether the law depends on the probability of surviving from *t* - 1 to *t*.
    year_effects : bool
        Whether each period has its own constant in the first stage.
    covariance : Bootstrap, optional
        Standard errors from replications; without it they are analytic, clustered by firm,
        both first steps included.
    output_concept : {"value_added", "gross_output"}
    output_is : {"quantity", "deflated_revenue"}, optional
        What the panel's output is: productivity is TFPQ or TFPR, and named so in the summary.
    observed_units : {"firm", "aggregate"}
    strict : bool
        Whether a criterion without a minimum is an error rather than an answer.

    References
    ----------
    Olley, G. S. and Pakes, A. (1996). The dynamics of productivity in the
    telecommunications equipment industry. *Econometrica* 64(6), 1263-1297.
    https://doi.org/10.2307/2171831
    """

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

    name = "Olley-Pakes"
    requires = ("output", "investment")
    proxy = "investment"

    def __post_init__(self) -> None:
        check_two_stage_options(self)

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


def check_two_stage_options(method: Any) -> None:
    """Refuse options that Olley-Pakes and Levinsohn-Petrin do not know."""
    check_choice("law_fitted_to", method.law_fitted_to, ("output", "productivity"))
    check_choice("output_concept", method.output_concept, ("value_added", "gross_output"))
    check_output_is(method.output_is)
    for option, value in (("degree", method.degree), ("law_degree", method.law_degree)):
        if value < 1:
            raise MethodError("degree-not-positive", option=option, degree=value)
