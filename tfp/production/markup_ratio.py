r"""Markups after De Loecker and Warzynski, where they can be had, and wedges elsewhere.

.. math::

    \mu_{it} = \frac{\theta^v_{it}}{\alpha^v_{it}}, \qquad
    \alpha^v_{it} = \frac{P^v_{it} V_{it}}{P_{it} Q_{it}\, e^{-\hat\varepsilon_{it}}}

for an input *v* that the firm chooses freely each period, at a price it takes as given. The
numerator must be the elasticity of a *quantity*: with deflated revenue it is a revenue
elasticity, which profit maximisation makes equal to the share whatever the markup is. The
ratio then carries no information on markups (Bond, Hashemi, Kaplan and Zoch).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from tfp.errors import MethodError, check_choice
from tfp.panel.findings import Finding
from tfp.panel.panel import require_panel
from tfp.production.control_function.gandhi_navarro_rivers import GandhiNavarroRivers
from tfp.results.markup_ratios import MarkupRatios
from tfp.results.provenance import Provenance
from tfp.version import VERSION

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel
    from tfp.results.estimate import ProductionEstimate

OutputMeasure = Literal["quantity", "deflated_revenue"]


def markups(
    estimate: ProductionEstimate,
    panel: Panel,
    input_name: str,
    *,
    output_is: OutputMeasure,
    input_wedge: bool = False,
) -> MarkupRatios:
    """Return the ratio of an input's output elasticity to its share of revenue.

    Assumptions
    -----------
    The input is adjusted freely within the period and bought at a given price: materials
    rather than capital, labour only where hiring and firing cost nothing.

    Parameters
    ----------
    estimate : ProductionEstimate
        Of a method that tells the transitory shock from productivity.
    panel : Panel
        The one it was made on, with the cost of the input (``labour_income`` or
        ``further_incomes``) and output at current prices (``output_current``).
    input_name : str
        The input, by its name in the estimate.
    output_is : {"quantity", "deflated_revenue"}
        What the output column holds. Revenue over a price index of the industry is
        deflated revenue; there is no default, as nothing in the data tells.
    input_wedge : bool
        Insist on the ratio with deflated revenue; it is then called an input wedge.

    Returns
    -------
    MarkupRatios

    Raises
    ------
    PanelError
        ``role-missing``.
    MethodError
        ``markup-from-revenue`` with deflated revenue; ``markup-assumed`` for an estimate
        that assumes it to be one; ``markup-input`` for an input that is not in the estimate
        or not flexible; ``shock-unknown``; ``estimate-of-other-rows``; ``not-positive``.

    References
    ----------
    De Loecker, J. and Warzynski, F. (2012). Markups and firm-level export status. *American
    Economic Review* 102(6), 2437-2471. https://doi.org/10.1257/aer.102.6.2437
    Bond, S., Hashemi, A., Kaplan, G. and Zoch, P. (2021). Some unpleasant markup arithmetic:
    production function elasticities and their estimation from production data. *Journal of
    Monetary Economics* 121, 1-14. https://doi.org/10.1016/j.jmoneco.2021.05.004
    """
    require_panel(panel)
    check_choice("output_is", output_is, ("quantity", "deflated_revenue"))
    if output_is == "deflated_revenue" and not input_wedge:
        raise MethodError("markup-from-revenue")
    shock = _shock(estimate, panel, input_name)
    place = estimate.factor_names.index(input_name)
    mean = float((estimate.elasticity_map @ estimate.estimates)[place])
    elasticity = (
        estimate.row_elasticities[place]
        if estimate.row_elasticities
        else np.where(np.isnan(shock), np.nan, mean)
    )
    share = _share(panel, input_name) / np.exp(-shock)
    ratio = elasticity / share
    variance = float(estimate.elasticity_covariance[place, place])
    quantity = output_is == "quantity"
    return MarkupRatios(
        rows=panel.rows,
        input_name=input_name,
        meaning="markup" if quantity else "input_wedge",
        elasticity=elasticity,
        cost_share=share,
        ratio=ratio,
        relative_error=float(np.sqrt(variance)) / abs(mean),
        provenance=Provenance(
            version=VERSION,
            method="De Loecker-Warzynski",
            options={
                "estimate": estimate.provenance.method,
                "input": input_name,
                "output_is": output_is,
            },
        ),
        warnings=tuple(_findings(ratio, input_name, quantity=quantity)),
    )


def _shock(estimate: ProductionEstimate, panel: Panel, input_name: str) -> FloatArray:
    """Return the transitory shock of an estimate that can answer the question."""
    if estimate.provenance.method == GandhiNavarroRivers.name:
        raise MethodError("markup-assumed", method=estimate.provenance.method)
    free = [name for name in estimate.factor_names if not name.startswith("capital")]
    if input_name not in free:
        raise MethodError("markup-input", name=input_name, known=free)
    if estimate.log_productivity is None:
        raise MethodError("shock-unknown", method=estimate.provenance.method)
    same = (
        estimate.rows.entities == panel.rows.entities
        and np.array_equal(estimate.rows.codes, panel.rows.codes)
        and np.array_equal(estimate.rows.times, panel.rows.times)
    )
    if not same:
        raise MethodError("estimate-of-other-rows")
    shock: FloatArray = estimate.log_tfp - estimate.log_productivity
    return shock


def _share(panel: Panel, input_name: str) -> FloatArray:
    """Return the cost of an input over revenue as it was, row by row."""
    role = "labour_income" if input_name == "labour" else f"further_incomes:{input_name}"
    columns = (panel.column(role), panel.column("output_current"))
    for column in columns:
        bad = np.flatnonzero(column.values <= 0.0)
        if len(bad):
            raise MethodError(
                "not-positive",
                places=panel.rows.places(bad[:6].tolist(), column.name),
                role=column.role,
                count=len(bad),
                value=float(column.values[bad[0]]),
            )
    share: FloatArray = columns[0].values / columns[1].values
    return share


def _findings(ratio: FloatArray, input_name: str, *, quantity: bool) -> list[Finding]:
    known = ratio[~np.isnan(ratio)]
    found = []
    if not quantity:
        fields: dict[str, object] = {"name": input_name}
        found.append(Finding(code="input-wedge", severity="warn", fields=fields))
    below = 100.0 * float(np.mean(known < 1.0)) if len(known) else 0.0
    if quantity and below > 0.0:
        fields = {"share": below}
        found.append(Finding(code="markup-below-one", severity="note", fields=fields))
    return found
