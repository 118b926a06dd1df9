r"""The criterion of Olley-Pakes and Levinsohn-Petrin from cross-products alone.

Past productivity is linear in the elasticity, so that the criterion of
:mod:`tfp.numerics.law_regression` and its derivative are functions of the cross-products
of :mod:`tfp.numerics.innovation_products`: after one pass over the rows any number of
elasticities is tried at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.innovation_moments import InnovationRows
from tfp.numerics.innovation_products import innovation_products
from tfp.numerics.records import Record

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.numerics.innovation_products import InnovationProducts
    from tfp.numerics.law_regression import FittedTo, LawRows


@dataclass(frozen=True, eq=False, kw_only=True)
class LawProducts(Record):
    """Cross-products, and what the law is fitted to.

    Attributes
    ----------
    products : InnovationProducts
        With the state as the only input, and net output as the only instrument.
    unit : float
        Standard deviation by which net output is divided in them.
    shift : float
        Mean of net output less that of proxied output: they are centred in the products.
    fitted_to : {"output", "productivity"}
    """

    products: InnovationProducts
    unit: float
    shift: float
    fitted_to: FittedTo

    def criterion(self, elasticities: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the criterion over the sum of weights, and half its derivative.

        Parameters
        ----------
        elasticities
            (g,).

        Returns
        -------
        criterion, derivative : (g,) arrays
        """
        K, w = self.products.products, len(self.products.term)
        law, slopes = self.products.laws(elasticities[:, None])
        net = np.zeros((len(elasticities), len(K)))
        net[:, w + 1] = -elasticities
        known = net.copy()
        net[:, w + 2], known[:, w] = self.unit, 1.0
        net[:, 0] = self.shift  # the first power is the constant
        target = net if self.fitted_to == "output" else known
        carried = K[:, :w] @ law  # (g, w + 3, k)
        own = np.swapaxes(law, 1, 2) @ carried[:, :w]
        across = np.swapaxes(carried, 1, 2)
        fitted = np.linalg.solve(own, across @ target[:, :, None])[:, :, 0]
        explained = np.einsum("gwk,gk->gw", law, fitted)
        residual = net.copy()
        residual[:, :w] -= explained
        moved = np.zeros_like(net)
        moved[:, :w] = self.products.times_past_input(np.einsum("gwk,gk->gw", slopes, fitted))
        moved[:, w + 1] -= 1.0
        spread = residual @ K
        derivative = np.einsum("gn,gn->g", spread, moved)
        if self.fitted_to == "productivity":
            gap = known.copy()
            gap[:, :w] -= explained
            bent = self.products.times_past_input(np.swapaxes(slopes, 1, 2))  # (g, k, w)
            right = across @ moved[:, :, None] - bent @ (gap @ K)[:, :w, None]
            change = np.linalg.solve(own, right)[:, :, 0]
            derivative -= np.einsum("gw,gwk,gk->g", spread[:, :w], law, change)
        return np.einsum("gn,gn->g", spread, residual), derivative


def law_products(rows: LawRows) -> LawProducts:
    """Return the cross-products of rows."""
    gathered = InnovationRows(
        proxied=rows.proxied,
        past_proxied=rows.past_proxied,
        inputs=rows.state[None, :],
        past_inputs=rows.past_state[None, :],
        instruments=rows.net_output[None, :],
        shifters=rows.shifters,
    )
    return LawProducts(
        products=innovation_products(gathered, rows.degree, rows.weights),
        unit=float(rows.net_output.std()),
        shift=float(rows.net_output.mean() - rows.proxied.mean()),
        fitted_to=rows.fitted_to,
    )
