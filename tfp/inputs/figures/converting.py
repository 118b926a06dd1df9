"""Figures in another unit, by declared factors only."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from tfp.errors import MethodError
from tfp.inputs.figures.collection import Figures
from tfp.inputs.figures.measures import factor_between
from tfp.panel.ledger import LedgerEntry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.inputs.figures.figure import Figure


def convert(
    figures: Figures, units: Mapping[str, str], factors: Mapping[tuple[str, str], float]
) -> Figures:
    """Return the figures with some variables in another unit, written in the ledger.

    Parameters
    ----------
    figures : Figures
    units : mapping
        By variable, the unit wanted.
    factors : mapping
        By old and new unit, the factor; for units beside money (VND), persons and ratios,
        whose factors are known.

    Raises
    ------
    MethodError
        ``variable-unknown``; ``factor-unknown`` where neither the list of known units nor
        `factors` has one.

    Examples
    --------
    >>> figures = Figures({"a": ["Quảng Trị"], "v": ["employed"], "y": [2021],
    ...                    "x": [321.345], "u": ["thousand"]},
    ...                   area="a", variable="v", time="y", value="x", unit="u")
    >>> in_persons = figures.convert({"employed": "person"}, factors={("thousand", "person"): 1e3})
    >>> in_persons.figures[0].value, in_persons.ledger[0].detail()
    (321345.0, 'thousand to person, times 1,000')
    """
    for variable in units:
        figures.vintages(variable)
    touched: dict[tuple[str, str, str, float], list[tuple[str, int]]] = defaultdict(list)
    converted = []
    for figure in figures.figures:
        target = units.get(figure.variable, figure.unit)
        if target == figure.unit:
            converted.append(figure)
            continue
        factor = _factor(figure, target, factors)
        converted.append(
            replace(
                figure, value=_times(figure.value, factor), step=figure.step * factor, unit=target
            )
        )
        key = (figure.variable, figure.unit, target, factor)
        touched[key].append((figure.area, figure.year))
    entries = tuple(
        LedgerEntry(
            action="converted",
            role=variable,
            rows=tuple(dict.fromkeys(rows)),
            cause="unit",
            figure="factor",
            fields={"unit": unit, "target": target, "factor": factor},
        )
        for (variable, unit, target, factor), rows in touched.items()
    )
    return Figures.of(converted, (*figures.ledger, *entries))


def _factor(figure: Figure, target: str, factors: Mapping[tuple[str, str], float]) -> float:
    factor = factors.get((figure.unit, target), factor_between(figure.unit, target))
    if factor is None:
        raise MethodError(
            "factor-unknown",
            places=[figure.place],
            variable=figure.variable,
            unit=figure.unit,
            target=target,
        )
    return float(factor)


def _times(value: float, factor: float) -> float:
    """Multiply as on paper: 338.339 thousand persons are 338339, not 338338.99999999994."""
    from decimal import Decimal

    return float(Decimal(repr(value)) * Decimal(repr(factor)))
