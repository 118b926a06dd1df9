r"""The estimator of Levinsohn and Petrin: an intermediate input reveals productivity.

.. math::

    y_{it} &= \beta_l l_{it} + \phi(k_{it}, m_{it}) + \varepsilon_{it} \\
    y_{it} - \hat\beta_l l_{it} &= \beta_k k_{it}
        + g(\hat\phi_{i,t-1} - \beta_k k_{i,t-1}) + \xi_{it} + \varepsilon_{it}
"""

from __future__ import annotations

from dataclasses import dataclass

from tfp.production.control_function.two_stage_method import TwoStageMethod


@dataclass(frozen=True, eq=False, kw_only=True)
class LevinsohnPetrin(TwoStageMethod):
    r"""Elasticities with an intermediate input as the proxy.

    Assumptions
    -----------
    The intermediate input rises with productivity, given capital, and depends on nothing
    else that is not observed. Labour must vary for reasons that leave the intermediate
    input untouched: if it is chosen from productivity and capital as the proxy is, the
    first stage holds no information on its elasticity, which then is near zero
    (Ackerberg, Caves and Frazer 2015); use their estimator.

    Parameters
    ----------
    proxy : str
        The name of a further input.
    state : str, optional
        The input fixed before *t*; capital unless stated.
    flexible : sequence of str
        Inputs whose elasticities come from the first stage.
    degree : int
        Of the first stage's polynomial in state and proxy, and of that of survival.
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
    Levinsohn, J. and Petrin, A. (2003). Estimating production functions using inputs to
    control for unobservables. *Review of Economic Studies* 70(2), 317-341.
    https://doi.org/10.1111/1467-937X.00246
    """

    proxy: str = "materials"

    name = "Levinsohn-Petrin"
    requires = ("output",)
