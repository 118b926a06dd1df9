"""All checks of a collection of figures, the gravest findings first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.errors import MethodError
from tfp.inputs.figures.comparing import vintage_differences
from tfp.inputs.figures.growth_checks import growth_and_levels, means
from tfp.inputs.figures.jump_checks import jumps
from tfp.inputs.figures.parts_checks import parts_and_totals
from tfp.inputs.figures.price_checks import price_changes, prices
from tfp.inputs.figures.ratio_checks import averages, inclusions, ratios
from tfp.inputs.figures.relations import (
    AverageOf,
    GrowthOf,
    IncludedIn,
    IndexOf,
    JumpsIn,
    MeanOf,
    PartsOf,
    PriceChangeOf,
    PricesOf,
    RatioOf,
)
from tfp.inputs.figures.remarks import derived, units, unsettled
from tfp.panel.checks import ORDER
from tfp.panel.findings import Finding, Findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tfp.inputs.figures.collection import Figures
    from tfp.inputs.figures.relations import Relation


def check_figures(figures: Figures, relations: Iterable[Relation] = ()) -> Findings:
    """Return what does not agree among published figures.

    Parameters
    ----------
    figures : Figures
    relations : iterable of relations
        What must agree; ``suggest_relations`` proposes some by the names of the
        variables. Without any, vintages are compared and remarks collected, nothing more.

    Returns
    -------
    Findings
        Vintages that disagree beyond the rounding of printed digits; levels that contradict
        published growth; parts that do not add, with the misprint that would explain it;
        ratios contradicted; jumps; base years; derived and preliminary figures. Each says
        where, what it would do to TFP and what to do.

    Raises
    ------
    MethodError
        ``not-a-relation``.

    Examples
    --------
    >>> from tfp.inputs.figures.collection import Figures
    >>> from tfp.inputs.figures.relations import JumpsIn
    >>> labour = Figures({"a": ["Hòa Bình"] * 2, "v": ["employed"] * 2, "y": [2018, 2019],
    ...                   "x": [549945, 456454]}, area="a", variable="v", time="y", value="x")
    >>> [f.code for f in labour.check([JumpsIn("employed", "labour", fall=4.0, rise=10.0)])]
    ['labour-fall']
    """
    declared = list(relations)
    for relation in declared:
        if not isinstance(relation, RELATIONS):
            raise MethodError("not-a-relation", kind=type(relation).__name__)
    found = [*vintage_differences(figures), *units(figures)]
    for relation in declared:
        found += _check_relation(figures, relation, declared)
    found += [*derived(figures), *unsettled(figures)]
    return Findings(sorted(found, key=lambda finding: ORDER.index(finding.severity)))


RELATIONS = (
    PartsOf,
    IncludedIn,
    GrowthOf,
    IndexOf,
    AverageOf,
    MeanOf,
    RatioOf,
    PricesOf,
    PriceChangeOf,
    JumpsIn,
)


def _check_relation(
    figures: Figures, relation: Relation, relations: list[Relation]
) -> Iterator[Finding]:
    match relation:
        case PartsOf():
            yield from parts_and_totals(figures, relation, relations)
        case GrowthOf() | IndexOf():
            yield from growth_and_levels(figures, relation)
        case MeanOf():
            yield from means(figures, relation)
        case AverageOf():
            yield from averages(figures, relation)
        case RatioOf():
            yield from ratios(figures, relation)
        case IncludedIn():
            yield from inclusions(figures, relation)
        case PricesOf():
            yield from prices(figures, relation)
        case PriceChangeOf():
            yield from price_changes(figures, relation)
        case JumpsIn():
            yield from jumps(figures, relation)
