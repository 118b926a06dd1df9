r"""The growth of value added against the best practice of the past: Diewert and Fox.

.. math:: \frac{v^t}{v^{t-1}} = \alpha^t \beta^t \gamma^t \varepsilon^t \tau^t

Prices of output, quantities of inputs, mix of inputs, efficiency, technical progress. Where
growth accounting finds TFP falling in a recession, this says that known techniques were
used less well: technology never falls back, efficiency does.

Assumptions
-----------
Constant returns to scale; what was possible once stays possible; the first period of an
entity is efficient. With few years, best practice is what few years have shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.accounts.admission import check_columns, check_entities
from tfp.accounts.growth import LABOUR_MULTIPLIERS
from tfp.numerics.neighbours import larger_of_two
from tfp.numerics.value_added import value_added_terms
from tfp.panel.panel import require_panel
from tfp.results.provenance import Provenance
from tfp.results.value_added import TERMS, ValueAddedAccounts
from tfp.version import VERSION

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column

INCOMES = {
    "capital": "capital_income",
    "labour": "labour_income",
    "further_inputs": "further_incomes",
}


@dataclass(frozen=True, kw_only=True)
class ValueAddedDecomposition:
    """A method that tells prices, inputs, efficiency and technical progress apart.

    Parameters
    ----------
    share_threshold : float
        Growth in points below which no share of growth is given.

    Examples
    --------
    >>> import tfp
    >>> sector = tfp.Panel(
    ...     {"year": [2020, 2021, 2022], "p": [1.0, 1.1, 1.1], "y": [10.0, 12.0, 11.0],
    ...      "workers": [5.0, 5.0, 5.0], "wages": [6.0, 7.0, 8.0]},
    ...     time="year", output="y", output_price="p", labour="workers", labour_income="wages")
    >>> accounts = tfp.ValueAddedDecomposition().fit(sector)
    >>> accounts.factors.loc[2022, ["efficiency_change", "technical_progress"]].round(6).tolist()
    [0.916667, 1.0]
    """

    share_threshold: float = 1.0

    def fit(self, panel: Panel) -> ValueAddedAccounts:
        """Decompose the growth of value added of each entity against its own past.

        Parameters
        ----------
        panel : Panel
            With ``output``, ``output_price`` or ``output_current``, and each input with what
            it earns: ``labour`` and ``labour_income``, ``capital`` and ``capital_income``,
            ``further_inputs`` and ``further_incomes``. Prices of inputs are incomes over
            quantities.

        Returns
        -------
        ValueAddedAccounts

        Raises
        ------
        PanelError
            ``panel-expected``, ``role-missing``, ``no-input``, ``entities-without-values``.
        MethodError
            ``not-positive``, ``unspliced-break``, ``mixed-vintages``,
            ``mixed-price-bases``, ``mixed-boundaries``.
        """
        require_panel(panel)
        output, value = panel.column("output"), _value_column(panel)
        quantities, incomes = _inputs(panel)
        columns = [output, *quantities, *_multipliers(panel), value, *incomes]
        # Output alone is refused there: growth without an input has nothing to explain it.
        check_columns(panel, columns if quantities else [output])
        price = value.values if value.role == "output_price" else value.values / output.values
        inputs = np.column_stack([_in_use(panel, column) for column in quantities])
        input_price = np.column_stack([column.values for column in incomes]) / inputs
        terms, efficiency = _by_entity(panel, price, output.values, input_price, inputs)
        check_entities(panel, columns, (), terms[0])
        return ValueAddedAccounts(
            rows=panel.rows,
            total_name="value_added",
            total=terms[0],
            term_names=TERMS,
            terms=tuple(terms[1:]),
            rates="log",
            share_threshold=self.share_threshold,
            status=None if panel.status is None else larger_of_two(panel.status, panel.rows.breaks),
            provenance=self._provenance(columns),
            efficiency=efficiency,
            panel_ledger=panel.ledger,
        )

    def _provenance(self, columns: list[Column]) -> Provenance:
        known = ("role", "name", "unit", "price_base", "vintage", "boundary")
        return Provenance(
            version=VERSION,
            method="Diewert-Fox",
            options={"share_threshold": self.share_threshold},
            columns=tuple({what: getattr(column, what) for what in known} for column in columns),
        )


def _value_column(panel: Panel) -> Column:
    """Return what gives output its price: the index if there is one, else the value."""
    given = panel.in_role("output_price")
    return given[0] if given else panel.column("output_current")


def _inputs(panel: Panel) -> tuple[list[Column], list[Column]]:
    """Return the quantities of all inputs, and what each earns."""
    quantities = [
        column
        for role in INCOMES
        for column in (*panel.in_role(role), *panel.several(role).values())
    ]
    incomes = []
    for column in quantities:
        role, colon, name = column.role.partition(":")
        incomes.append(panel.column(f"{INCOMES[role]}{colon}{name}"))
    return quantities, incomes


def _multipliers(panel: Panel) -> list[Column]:
    return [column for role in LABOUR_MULTIPLIERS for column in panel.in_role(role)]


def _in_use(panel: Panel, column: Column) -> FloatArray:
    """Return the quantity of an input: of labour, persons times all that multiplies them."""
    quantity = column.values
    if column.role == "labour":
        for multiplier in _multipliers(panel):
            quantity = quantity * multiplier.values
    return quantity


def _by_entity(
    panel: Panel,
    price: FloatArray,
    output: FloatArray,
    input_price: FloatArray,
    inputs: FloatArray,
) -> tuple[FloatArray, FloatArray]:
    """Return value and its terms, (6, n), and efficiency, (n,), each entity by its own past."""
    rows = panel.rows
    terms, efficiency = np.empty((1 + len(TERMS), len(rows))), np.empty(len(rows))
    for start, length in zip(rows.starts.tolist(), rows.lengths.tolist(), strict=True):
        own = slice(start, start + length)
        found = value_added_terms(
            price[own, None], output[own, None], input_price[own], inputs[own]
        )
        terms[:, own], efficiency[own] = found[:-1], found.efficiency
    # Best practice remembers what lies before a gap; growth is not taken across one.
    terms[:, rows.breaks] = np.nan
    return terms, efficiency
