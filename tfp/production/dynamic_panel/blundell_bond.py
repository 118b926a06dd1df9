r"""Blundell and Bond: changes and levels together.

.. math::

    E[\Delta e_{it}\, v_{i,t-s}] = 0 \quad (s \ge 2), \qquad
    E[(\eta_i + e_{it})\, \Delta v_{i,t-1}] = 0
"""

from __future__ import annotations

from dataclasses import dataclass

from tfp.production.dynamic_panel.estimating import DynamicPanel


@dataclass(frozen=True, eq=False, kw_only=True)
class BlundellBond(DynamicPanel):
    """System GMM for a dynamic equation of output.

    Assumptions
    -----------
    Those of :class:`ArellanoBond`, and that changes of output and inputs do not know the
    effect of the entity: whoever starts far from where he is going does not go faster or
    slower for it.

    Parameters
    ----------
    first_weight : {"full", "blocks", "identity"}
        Weight of the first step, which moves the second too: the variance that
        independent, equal errors have in both equations together (plm's default, h(3) of
        xtabond2); the same without what the two share (DPD, h(2)); or none (h(1), that of
        Blundell and Bond 2000).
    output_lags, input_lags, output_instruments, input_timing, period_effects, steps, \
collapse, missing_lags, transformation, covariance, common_factors, output_concept, observed_units
        As in :class:`ArellanoBond`.

    Notes
    -----
    Dummies of periods and the constant are instruments of the equation in levels only, as
    in DPD and plm. Programs that put them into both equations find other numbers.

    The tests of serial correlation hold the error of the coefficients, and with it all
    moments of the system. plm's ``mtest`` leaves those of the levels out: on the firms of
    Arellano and Bond it prints -6.456 and -0.259 where we find -5.584 and -0.225. In 300
    generated samples without serial correlation of the second order the standard deviation
    of our statistic is 1.00, of the other 0.95. For the equation in changes alone both
    programs agree.

    References
    ----------
    Blundell, R. and Bond, S. (1998). Initial conditions and moment restrictions in dynamic
    panel data models. *Journal of Econometrics* 87(1), 115-143.
    https://doi.org/10.1016/S0304-4076(98)00009-8
    Blundell, R. and Bond, S. (2000). GMM estimation with persistent panel data: an
    application to production functions. *Econometric Reviews* 19(3), 321-340.
    https://doi.org/10.1080/07474930008800475

    Examples
    --------
    >>> BlundellBond().name
    'Blundell-Bond system GMM, two steps'
    """

    system = True
