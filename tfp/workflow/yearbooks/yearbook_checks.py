"""What the rows of sheets must agree on, and the cells behind the panel's values."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tfp.inputs.figures.relations import GrowthOf, JumpsIn, PartsOf
from tfp.inputs.figures.suggesting import USUAL
from tfp.panel.findings import Findings
from tfp.workflow.yearbooks.yearbook_form import PART

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tfp.errors import Place
    from tfp.inputs.figures.collection import Figures
    from tfp.inputs.figures.relations import Relation
    from tfp.panel.findings import Finding
    from tfp.workflow.plans.plan import Data, Plan


def role_relations(figures: Figures) -> Iterator[Relation]:
    """Yield what the rows of sheets must agree on by what they mean."""
    names = set(figures.variables)
    if {"output", "output_growth"} <= names:
        yield GrowthOf("output", "output_growth")
    if "labour" in names:
        yield JumpsIn("labour", "labour", *USUAL["labour"])
    parts: dict[str, list[str]] = defaultdict(list)
    for name in figures.variables:
        total, checked, _ = name.partition(PART)
        if checked and total in names:
            parts[total].append(name)
    for total, of_total in parts.items():
        yield PartsOf(total, tuple(of_total))


def beside_panel(findings: Iterable[Finding], plan: Plan, known: Iterable[Finding]) -> Findings:
    """Return the findings of figures that the check of the panel, or the plan, does not settle.

    The panel's own check names breaks of labour more closely, and says once for all columns
    that data are preliminary.
    """
    codes = {finding.code for finding in known}
    treatment = plan.treatment
    settled: set[int | str | None] = {
        *(link.at for link in treatment.splice if link.role == "labour"),
        *(link.at for link in treatment.accept_break if link.role == "labour"),
    }
    named = ("labour-break-suspected", "definition-change")
    settled |= {
        place.time for finding in known if finding.code in named for place in finding.places
    }
    return Findings(
        finding
        for finding in findings
        if not (finding.code.startswith("data-") and finding.code in codes)
        and not (finding.code == "labour-fall" and {p.time for p in finding.places} <= settled)
    )


def place_of(figures: Figures, data: Data) -> dict[tuple[str, int | str], Place]:
    """Return the cell of every value of the panel, by variable and year."""
    found: dict[tuple[str, int | str], Place] = {}
    for area, variable in figures.keys:
        role = variable.partition(":")[0]
        books = data.books.get(variable, data.books.get(role))
        order = (books,) if isinstance(books, str) else books
        for year, of_year in figures.series(area, variable).items():
            by_book = {figure.vintage: figure for figure in of_year}
            taken = order or tuple(by_book)
            chosen = next((by_book[book] for book in taken if book in by_book), None)
            if chosen is not None and chosen.found_at is not None:
                found[variable, year] = chosen.found_at
    return found
