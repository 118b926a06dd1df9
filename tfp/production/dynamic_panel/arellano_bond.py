r"""Arellano and Bond: the equation in changes, instrumented by earlier levels.

.. math::

    \Delta y_{it} = \sum_s \rho_s \Delta y_{i,t-s} + \sum_j \sum_s \beta_{js}
    \Delta x_{ji,t-s} + \Delta\lambda_t + \Delta e_{it}, \qquad
    E[\Delta e_{it}\, y_{i,t-s}] = 0 \quad (s \ge 2)
"""

from __future__ import annotations

from dataclasses import dataclass

from tfp.production.dynamic_panel.estimating import DynamicPanel


@dataclass(frozen=True, eq=False, kw_only=True)
class ArellanoBond(DynamicPanel):
    """Difference GMM for a dynamic equation of output.

    Assumptions
    -----------
    Shocks are not correlated over time once the lags of output are in the equation: the
    test of second order, in the result, must not reject. Levels of the past must say
    something about changes of today; with persistent output and inputs, as those of firms
    are, they hardly do, and elasticities of capital near zero are the usual outcome:
    :class:`BlundellBond` was made for that case.

    Parameters
    ----------
    output_lags : int
        Lags of output in the equation.
    input_lags : int or mapping of str to int
        Lags of each input beside its current value.
    output_instruments : InstrumentLags
        Which lags of output are instruments.
    input_timing : {"endogenous", "predetermined", "exogenous"}, InstrumentLags or mapping
        What each input knows: the shock of its period (lags from 2 are instruments), that
        of the period before (from 1), or none at all (it instruments itself); or the lags
        themselves. Controls instrument themselves.
    period_effects : bool
        Whether each period has its own constant.
    steps : {2, 1}
        With the second the weight comes of the residuals of the first.
    collapse : bool
        One moment for each lag instead of one for each lag and period.
    missing_lags : {"mean", "zero"}
        What stands in a moment for a lag that an entity does not have: the mean of the
        variable, so that it counts for nothing, or zero, as in plm, xtabond2 and DPD. With
        zero the estimate depends on the units of unbalanced panels, and of any panel that
        has more instruments than entities.
    transformation : {"differences", "forward_deviations"}
        The second keeps rows that a gap would cost.
    first_weight : {"full", "identity"}
        Weight of the first step: the variance that independent, equal errors have after
        the transformation (with differences 2 on the diagonal and -1 beside it), or none.
    covariance : {"windmeijer", "robust", "conventional"}
        Of two steps: with or without Windmeijer's correction, without which standard
        errors are far too small; of one step: robust, or that of equal errors.
    common_factors : bool
        Whether the coefficients are those of a production function whose productivity has
        one lag (by minimum distance, with a test), or free. The elasticities of a free
        equation are those of the same period; ``long_run_...`` in the diagnostics is what
        a lasting change comes to.
    output_concept : {"value_added", "gross_output"}
    observed_units : {"firm", "aggregate"}

    Notes
    -----
    Sargan's test is that of the first step, valid with equal errors; Hansen's is that of
    the second step, valid with any, and weak with many instruments. Both are given for one
    step and for two.

    References
    ----------
    Arellano, M. and Bond, S. (1991). Some tests of specification for panel data: Monte
    Carlo evidence and an application to employment equations. *Review of Economic Studies*
    58(2), 277-297. https://doi.org/10.2307/2297968
    Roodman, D. (2009). How to do xtabond2. *Stata Journal* 9(1), 86-136.
    https://doi.org/10.1177/1536867X0900900106

    Examples
    --------
    >>> ArellanoBond(steps=1).name
    'Arellano-Bond difference GMM, one step'
    """
