r"""TFP of a merged area from the accounts of its parts, and what merging adds.

With parts' weights :math:`v_i = Y_{i,t-1} / Y_{t-1}`, factor weights :math:`s_{ij}` and
:math:`s_j`, and growth :math:`g_{ij}` and :math:`G_j` of input :math:`j` in part
:math:`i` and in the whole,

.. math::

    g_A = \sum_i v_i\, g_{A,i}
        + \sum_j \underbrace{\sum_i v_i s_{ij} (g_{ij} - G_j)}_{\text{reallocation of } j}
        + \underbrace{\sum_j \Bigl(\sum_i v_i s_{ij} - s_j\Bigr) G_j}_{\text{share inconsistency}}
        + d

where :math:`d = G_Y - \sum_i v_i g_{Y,i}` is nothing but rounding for output that is the
sum of the parts', and a statistical discrepancy for a published one. The contribution of an
input to the growth of the whole is that of the parts *less* its reallocation and its share
inconsistency: what capital gains by moving to where it earns more is productivity of the
whole, though no part became more productive.

References
----------
Massell, B. F. (1961). A disaggregated view of technical change. *Journal of Political
Economy* 69(6), 547-557. https://doi.org/10.1086/258585
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError, check_choice
from tfp.inputs.boundaries.parts import parts_of
from tfp.inputs.boundaries.viet_nam import viet_nam_concordance
from tfp.numerics.growth import growth_rates, mean_weights
from tfp.results.decomposition import Decomposition

if TYPE_CHECKING:
    from tfp.inputs.boundaries.concordance import Concordance
    from tfp.inputs.boundaries.parts import Parts
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.results.growth_accounts import GrowthAccounts


def merged_tfp(
    parts: GrowthAccounts,
    whole: GrowthAccounts,
    concordance: Concordance | None = None,
    *,
    of: str = "tfp",
) -> Decomposition:
    """Return TFP growth of merged areas as that of their parts and what moved between them.

    Parameters
    ----------
    parts, whole : GrowthAccounts
        Accounts of the former areas and of the merged ones, by one method at simple rates
        and constant returns.
    concordance : Concordance, optional
        By default the 63 provinces and 34 units of Viet Nam.
    of : str
        ``"tfp"``, or the name of an input whose contribution is wanted instead.

    Returns
    -------
    Decomposition
        Of ``"tfp"``: terms ``tfp_of_parts``, ``<input>_reallocation`` for each input,
        ``share_inconsistency`` and ``statistical_discrepancy``. Of an input: terms
        ``<input>_of_parts``, ``<input>_reallocation`` and ``share_inconsistency``, the
        last two with the opposite sign. NaN where a part has no account.

    Raises
    ------
    MethodError
        ``accounts-differ`` where inputs, rates or timing of shares differ,
        ``merged-needs-simple-rates``, ``form-needs-constant-returns``.
    PanelError
        ``area-unknown``.

    Examples
    --------
    >>> import tfp
    >>> panel = tfp.Panel({"p": ["Hưng Yên"] * 2 + ["Thái Bình"] * 2, "year": [2020, 2021] * 2,
    ...                    "y": [60.0, 65.0, 50.0, 52.0], "k": [150.0, 170.0, 100.0, 102.0],
    ...                    "l": [700.0, 705.0, 1000.0, 990.0]},
    ...                   entity="p", time="year", output="y", capital="k", labour="l")
    >>> old = tfp.assign_areas(panel, "63 provinces")
    >>> split = tfp.merged_tfp(tfp.growth_accounts(old, capital_share=0.4),
    ...                        tfp.growth_accounts(tfp.merge_areas(old), capital_share=0.4))
    >>> split.contributions.round(3).T.to_dict()[("Hưng Yên", 2021)]
    {'tfp': 3.02, 'tfp_of_parts': 3.13, 'capital_reallocation': -0.247,
     'labour_reallocation': 0.138, 'share_inconsistency': 0.0, 'statistical_discrepancy': 0.0}
    """
    _check(parts, whole)
    check_choice("of", of, ("tfp", *whole.factor_names))
    known = viet_nam_concordance() if concordance is None else concordance
    moved = _movements(parts, whole, parts_of(parts.rows, known), known)
    if of == "tfp":
        terms = {
            "tfp_of_parts": moved.mean(parts.term("tfp")),
            **{f"{name}_reallocation": moved.reallocation(name) for name in whole.factor_names},
            "share_inconsistency": np.sum(
                [moved.inconsistency(name) for name in whole.factor_names], axis=0
            ),
            "statistical_discrepancy": whole.total - moved.mean(parts.total),
        }
    else:
        terms = {
            f"{of}_of_parts": moved.mean(parts.term(of)),
            f"{of}_reallocation": -moved.reallocation(of),
            "share_inconsistency": -moved.inconsistency(of),
        }
    return Decomposition(
        rows=whole.rows,
        total_name=of,
        total=whole.term(of),
        term_names=tuple(terms),
        terms=tuple(terms.values()),
        rates="simple",
        share_threshold=whole.share_threshold,
        status=whole.status,
        provenance=whole.provenance,
    )


@dataclass(frozen=True, eq=False)
class _Movements:
    """Growth and weights of the parts' inputs and of the whole's, and who is whose part."""

    parts: GrowthAccounts
    whole: GrowthAccounts
    grouping: Parts
    place: IntArray

    def mean(self, values: FloatArray) -> FloatArray:
        """Return the mean over parts by last period's output, in the rows of the whole."""
        grouping = self.grouping
        before = np.where(grouping.previous < 0, np.nan, self.parts.output[grouping.previous])
        means = grouping.sums(before * values) / grouping.sums(before)
        return np.where(self.place < 0, np.nan, means[self.place])

    def reallocation(self, name: str) -> FloatArray:
        """Return what an input adds by growing where it weighs more than on average."""
        accounts = self.parts
        own = growth_rates(_level(accounts, name), accounts.rows.breaks, "simple")
        weight = _weight(accounts, name)
        common = self._of_whole(self._growth(name))
        return self.mean(weight * (own - common))

    def inconsistency(self, name: str) -> FloatArray:
        """Return what the whole's weight of an input differs from the mean of the parts'."""
        mean = self.mean(_weight(self.parts, name))
        return (mean - _weight(self.whole, name)) * self._growth(name)

    def _growth(self, name: str) -> FloatArray:
        return growth_rates(_level(self.whole, name), self.whole.rows.breaks, "simple")

    def _of_whole(self, values: FloatArray) -> FloatArray:
        """Return a figure of the whole for each row of its parts."""
        spread = np.full(len(self.grouping.rows), np.nan)
        there = self.place >= 0
        spread[self.place[there]] = values[there]
        return spread[self.grouping.target]


def _movements(
    parts: GrowthAccounts, whole: GrowthAccounts, grouping: Parts, concordance: Concordance
) -> _Movements:
    names = tuple(concordance.new.find(label).name for label in whole.rows.entities)
    rows = {key: row for row, key in enumerate(grouping.rows.keys(range(len(grouping.rows))))}
    labels = whole.rows.time_labels(np.arange(len(whole.rows))).tolist()
    place = [
        rows.get((names[code], time), -1)
        for code, time in zip(whole.rows.codes.tolist(), labels, strict=True)
    ]
    return _Movements(parts, whole, grouping, np.array(place, dtype=np.intp))


def _level(accounts: GrowthAccounts, name: str) -> FloatArray:
    return accounts.inputs[accounts.factor_names.index(name)]


def _weight(accounts: GrowthAccounts, name: str) -> FloatArray:
    weight = accounts.weight_arrays[accounts.factor_names.index(name)]
    return mean_weights(weight, accounts.rows.breaks, accounts.share_timing)


def _check(parts: GrowthAccounts, whole: GrowthAccounts) -> None:
    for accounts in (parts, whole):
        if accounts.rates != "simple":
            raise MethodError("merged-needs-simple-rates", rates=accounts.rates)
        if accounts.elasticity_sum != 1.0:
            raise MethodError("form-needs-constant-returns", total=accounts.elasticity_sum)
    stated = [
        f"{', '.join(accounts.factor_names)} ({accounts.share_timing})"
        for accounts in (parts, whole)
    ]
    if stated[0] != stated[1]:
        raise MethodError("accounts-differ", parts=stated[0], whole=stated[1])
