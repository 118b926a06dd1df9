r"""Growth accounting: output growth as contributions of inputs and TFP.

.. math:: g_Y = \sum_i \bar w_i\, g_{X_i} + g_A

where growth rates are relative changes (``rates="simple"``) or changes of logarithms
(``rates="log"``), and the weight :math:`\bar w_i` is the mean of this and the previous
period's, this period's, or the previous one's (``share_timing``). TFP growth
:math:`g_A` is what is left: exact by construction, and therefore proof of nothing.
It holds technical progress, management, institutions, utilisation and every error of
measurement.

Assumptions
-----------
Weights are output elasticities: competitive factor markets and constant returns for
income shares; for elasticities, whatever identified them. Inputs are services that
move with the measured stocks and persons.

References
----------
Solow, R. M. (1957). Technical change and the aggregate production function. *Review
of Economics and Statistics* 39(3), 312-320. https://doi.org/10.2307/1926047
OECD (2001). *Measuring Productivity*. https://doi.org/10.1787/9789264194519-en
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tfp.accounts.admission import check_columns, check_entities, check_options
from tfp.accounts.terms import terms_with_returns
from tfp.numerics.growth import growth_terms
from tfp.numerics.neighbours import larger_of_two
from tfp.panel.panel import require_panel
from tfp.results.growth_accounts import GrowthAccounts
from tfp.results.provenance import Provenance
from tfp.version import VERSION

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.panel.findings import Finding
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column
    from tfp.results.decomposition import IndexForm, PeriodAverage, Rates, ShareTiming
    from tfp.results.weights import FactorWeights, OutputConcept, Weighting

# Quantities per unit of labour: each is a term of its own, with labour's weight.
LABOUR_MULTIPLIERS = ("hours_per_worker", "human_capital", "labour_composition")


@dataclass(frozen=True)
class Factor:
    """One input of the account: name of its term, its column, whose weight it takes."""

    name: str
    column: Column
    weight: str


@dataclass(frozen=True, eq=False, kw_only=True)
class GrowthAccounting:
    """A method of growth accounting: options only; :meth:`fit` gives the accounts.

    Parameters
    ----------
    factor_weights : FactorWeights
        ``FixedShares``, ``IncomeShares``, ``CostShares``, ``OutputElasticities``, ...
        There is no default share.
    share_timing : {"average", "current", "previous"}
        Which period's weights a growth takes.
    rates : {"simple", "log"}
        Relative changes, or changes of logarithms.
    period_average : {"increments", "sum_of_rates", "log"}
        How the accounts average over periods unless told otherwise.
    index_form : {"additive", "quotient"}
        Whether TFP growth is the residual, or the growth of output index over input
        index; contributions are the same.
    output_concept : {"value_added", "gross_output"}
        What the output column is; elasticities of the other concept are refused.
    share_threshold : float
        Growth in points below which no share of growth is given.
    name : str
        Name of the method, for provenance and reports.

    Examples
    --------
    >>> import tfp
    >>> panel = tfp.Panel({"year": [2020, 2021], "gdp": [100.0, 105.0], "k": [250.0, 265.0],
    ...                    "workers": [50.0, 50.5]},
    ...                   time="year", output="gdp", capital="k", labour="workers")
    >>> method = tfp.GrowthAccounting(factor_weights=tfp.FixedShares(capital=0.40))
    >>> method.fit(panel).contributions.round(6)
          output  capital  labour  tfp
    year
    2021     5.0      2.4     0.6  2.0
    """

    factor_weights: FactorWeights
    share_timing: ShareTiming = "average"
    rates: Rates = "simple"
    period_average: PeriodAverage = "sum_of_rates"
    index_form: IndexForm = "additive"
    output_concept: OutputConcept = "value_added"
    share_threshold: float = 1.0
    name: str = "growth accounting"

    def __post_init__(self) -> None:
        check_options(self)

    def fit(self, panel: Panel, *, rng: Any = None) -> GrowthAccounts:
        """Return the growth accounts of `panel`.

        Parameters
        ----------
        panel : Panel
            Needs the role ``output``, at least one of capital, labour and further
            inputs, and what the factor weights ask for.
        rng
            Not used; every method takes it.

        Returns
        -------
        GrowthAccounts

        Raises
        ------
        PanelError
            ``panel-expected``, ``role-missing``, ``column-empty``,
            ``entities-without-values`` where an entity has nothing in a column that its
            account needs.
        MethodError
            ``not-positive`` where growth of a level at or below zero is asked for,
            ``unspliced-break`` where a series changes its definition,
            ``mixed-vintages``, ``mixed-price-bases``, ``mixed-boundaries``, and those
            of the factor weights.
        """
        del rng
        require_panel(panel)
        output = panel.column("output")
        factors, remarks = self._admitted(_factors(panel), tuple(panel.several("further_inputs")))
        columns = [output, *(factor.column for factor in factors)]
        check_columns(panel, columns)
        groups = tuple(dict.fromkeys(factor.weight for factor in factors))
        weighting = self.factor_weights.weigh(panel, groups, self.output_concept)
        weights = _weights_of_factors(factors, groups, weighting)
        terms = growth_terms(
            output.values,
            [factor.column.values for factor in factors],
            weights,
            panel.rows.breaks,
            rates=self.rates,
            share_timing=self.share_timing,
        )
        check_entities(panel, columns, weights, terms.residual)
        names, values = terms_with_returns(
            tuple(factor.name for factor in factors),
            terms.contributions,
            terms.residual,
            weighting.elasticity_sum,
        )
        return GrowthAccounts(
            rows=panel.rows,
            total_name="output",
            total=terms.output_growth,
            term_names=names,
            terms=values,
            rates=self.rates,
            share_threshold=self.share_threshold,
            output=output.values,
            factor_names=tuple(factor.name for factor in factors),
            inputs=tuple(factor.column.values for factor in factors),
            weights=weights,
            share_timing=self.share_timing,
            period_average=self.period_average,
            index_form=self.index_form,
            elasticity_sum=weighting.elasticity_sum,
            pure_profit_share=weighting.pure_profit_share,
            status=None if panel.status is None else larger_of_two(panel.status, panel.rows.breaks),
            panel_ledger=panel.ledger,
            panel=panel,
            warnings=(*weighting.warnings, *remarks),
            provenance=self._provenance(columns),
        )

    def _admitted(
        self, factors: list[Factor], further: tuple[str, ...]
    ) -> tuple[list[Factor], tuple[Finding, ...]]:
        """Return the factors of the account, and why further inputs are none of them."""
        rule: Any = self.factor_weights
        if not hasattr(rule, "left_out"):
            return factors, ()
        names, remarks = rule.left_out(further, self.output_concept)
        return [factor for factor in factors if factor.weight not in names], remarks

    def _provenance(self, columns: list[Column]) -> Provenance:
        return Provenance(
            version=VERSION,
            method=self.name,
            options={
                "factor_weights": {
                    "rule": self.factor_weights.name,
                    **self.factor_weights.options(),
                },
                "share_timing": self.share_timing,
                "rates": self.rates,
                "period_average": self.period_average,
                "index_form": self.index_form,
                "output_concept": self.output_concept,
                "share_threshold": self.share_threshold,
            },
            columns=tuple(
                {
                    "role": column.role,
                    "name": column.name,
                    "unit": column.unit,
                    "price_base": column.price_base,
                    "vintage": column.vintage,
                    "boundary": column.boundary,
                }
                for column in columns
            ),
        )


def growth_accounts(panel: Panel, *, capital_share: float) -> GrowthAccounts:
    """Return growth accounts with one fixed capital share: the short way.

    The long form, in which everything can be changed, is
    ``GrowthAccounting(factor_weights=FixedShares(capital=capital_share)).fit(panel)``.

    Parameters
    ----------
    panel : Panel
        With the roles output, capital and labour.
    capital_share : float
        Capital's share of income; required, there is no default.
    """
    from tfp.accounts.fixed_shares import FixedShares

    return GrowthAccounting(factor_weights=FixedShares(capital=capital_share)).fit(panel)


def _factors(panel: Panel) -> list[Factor]:
    """Return the inputs that the panel has, in the order of the terms."""
    factors = [
        Factor(f"capital_{asset}", column, f"capital:{asset}")
        for asset, column in panel.several("capital").items()
    ]
    if "capital" in panel.columns:
        factors.append(Factor("capital", panel.column("capital"), "capital"))
    if "labour" in panel.columns:
        factors.append(Factor("labour", panel.column("labour"), "labour"))
        factors += [
            Factor(role, panel.column(role), "labour")
            for role in LABOUR_MULTIPLIERS
            if role in panel.columns
        ]
    further = panel.several("further_inputs").items()
    return factors + [Factor(name, column, name) for name, column in further]


def _weights_of_factors(
    factors: list[Factor], groups: tuple[str, ...], weighting: Weighting
) -> tuple[FloatArray | float | None, ...]:
    """Hand each factor the weight of its group.

    The kernel leaves to one input what the others leave to one, counting every input. As
    soon as a group has several factors (persons, hours and human capital all carry
    labour's weight), the rest is therefore spelled out here, counting every group once.
    """
    by_group = dict(zip(groups, weighting.weights, strict=True))
    if len(factors) > len(groups):
        rest = 1.0 - sum(weight for weight in by_group.values() if weight is not None)
        by_group = {g: rest if weight is None else weight for g, weight in by_group.items()}
    return tuple(by_group[factor.weight] for factor in factors)
