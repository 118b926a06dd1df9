"""What figures say of themselves: units, arithmetic, figures that will be revised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.panel.findings import MOST_PLACES, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.inputs.figures.collection import Figures
    from tfp.inputs.figures.figure import Figure


def units(figures: Figures) -> Iterator[Finding]:
    """Yield variables in units that cannot be compared, and those in several that can."""
    by_variable: dict[str, list[Figure]] = {}
    for figure in figures.figures:
        by_variable.setdefault(figure.variable, []).append(figure)
    for variable, of_variable in by_variable.items():
        names = list(dict.fromkeys(figure.unit for figure in of_variable))
        if len(names) > 1:
            known = len({figure.measure for figure in of_variable}) == 1
            others = [figure for figure in of_variable if figure.unit != names[0]]
            yield _note(
                "figure-units" if known else "figure-units-unknown",
                others,
                severity="note" if known else "warn",
                variable=variable,
                units=names,
            )


def derived(figures: Figures) -> Iterator[Finding]:
    """Yield figures that nobody published: arithmetic on those that somebody did."""
    for area, variable in figures.keys:
        own = [
            figure
            for of_year in figures.series(area, variable).values()
            for figure in of_year
            if figure.derivation
        ]
        if own:
            how = list(dict.fromkeys(figure.derivation for figure in own))
            yield _note("figures-derived", own, severity="note", variable=variable, derivation=how)


def unsettled(figures: Figures) -> Iterator[Finding]:
    """Yield figures that will still be revised."""
    for status in ("estimate", "preliminary"):
        own = [figure for figure in figures.figures if figure.status == status]
        if own:
            yield _note(f"data-{status}", own, severity="note")


def _note(code: str, figures: list[Figure], *, severity: str, **fields: object) -> Finding:
    return Finding(
        code=code,
        severity="warn" if severity == "warn" else "note",
        places=tuple(figure.place for figure in figures[:MOST_PLACES]),
        fields={"count": len(figures), **fields},
        more_places=max(0, len(figures) - MOST_PLACES),
    )
