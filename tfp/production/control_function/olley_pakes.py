r"""The estimator of Olley and Pakes: investment reveals productivity, exit is corrected for.

.. math::

    y_{it} &= \beta_l l_{it} + \phi(k_{it}, i_{it}) + \varepsilon_{it} \\
    y_{it} - \hat\beta_l l_{it} &= \beta_k k_{it}
        + g(\hat\phi_{i,t-1} - \beta_k k_{i,t-1}, \hat P_{it}) + \xi_{it} + \varepsilon_{it}
"""

from __future__ import annotations

from dataclasses import dataclass

from tfp.production.control_function.two_stage_method import TwoStageMethod


@dataclass(frozen=True, eq=False, kw_only=True)
class OlleyPakes(TwoStageMethod):
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

    name = "Olley-Pakes"
    requires = ("output", "investment")
    proxy = "investment"
