"""One vintage for each variable, by an explicit word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tfp.errors import MethodError, Place, nearest
from tfp.inputs.figures.collection import Figures
from tfp.panel.ledger import LedgerEntry

if TYPE_CHECKING:
    from tfp.inputs.figures.figure import Figure


@dataclass(frozen=True)
class MixedVintages:
    """Figures from several books in one column, by an explicit word.

    Each year is taken from the first of the books that prints it. In a panel the books
    are the definitions of the column: a growth rate from one to the next is not taken
    before the change is spliced or accepted.

    Parameters
    ----------
    vintages : tuple of str
        The books, the preferred one first.
    reason : str
        Why one book does not do; it goes into the ledger.

    Raises
    ------
    MethodError
        ``reason-missing``.

    Examples
    --------
    >>> MixedVintages(("yearbook 2020", "Dec 2021 estimate"), reason="no book has all").vintages
    ('yearbook 2020', 'Dec 2021 estimate')
    """

    vintages: tuple[str, ...]
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise MethodError("reason-missing")
        object.__setattr__(self, "vintages", tuple(self.vintages))


AreaRule = str | MixedVintages
VintageRule = AreaRule | Mapping[str, AreaRule]


def choose(figures: Figures, vintages: Mapping[str, VintageRule]) -> Figures:
    """Return the figures with one vintage for each variable that is named.

    Parameters
    ----------
    figures : Figures
    vintages : mapping
        By variable the book to take: a name, ``MixedVintages``, or either by area.

    Returns
    -------
    Figures
        Other variables are left as they are.

    Raises
    ------
    MethodError
        ``variable-unknown``; ``vintage-absent`` where an area has figures of the variable,
        but none of that book; ``vintages-to-choose`` where an area is left out of a choice
        by area although it has several.

    Examples
    --------
    >>> figures = Figures({"a": ["Hưng Yên"] * 2, "v": ["grdp"] * 2, "y": [2010] * 2,
    ...                    "x": [25675279, 27065153], "b": ["yearbook 2015", "yearbook 2022"]},
    ...                   area="a", variable="v", time="y", value="x", vintage="b")
    >>> figures.choose({"grdp": "yearbook 2022"}).figures[0].value
    27065153.0
    """
    kept = [figure for figure in figures.figures if figure.variable not in vintages]
    entries: list[LedgerEntry] = []
    for variable, rule in vintages.items():
        figures.vintages(variable)
        for area in figures.areas:
            of_area = figures.vintages(variable, area)
            if not of_area:
                continue
            taken = _rule_of(rule, variable, area, of_area)
            chosen = _take(figures, variable, area, taken)
            kept.extend(chosen)
            if len(of_area) > 1 or isinstance(taken, MixedVintages):
                entries.append(_entry(variable, chosen, taken))
    position = {figure.key: number for number, figure in enumerate(figures.figures)}
    return Figures.of(
        sorted(kept, key=lambda figure: position[figure.key]), (*figures.ledger, *entries)
    )


def _rule_of(
    rule: VintageRule, variable: str, area: str, of_area: Mapping[str, tuple[int, ...]]
) -> AreaRule:
    taken = rule.get(area) if isinstance(rule, Mapping) else rule
    if taken is None:
        if len(of_area) > 1:
            raise vintages_to_choose(variable, area, of_area)
        return next(iter(of_area))
    for vintage in taken.vintages if isinstance(taken, MixedVintages) else (taken,):
        if vintage not in of_area:
            raise MethodError(
                "vintage-absent",
                places=[Place(entity=area or None, column=variable)],
                variable=variable,
                vintage=vintage,
                vintages=shown_vintages(of_area),
                nearest=nearest(vintage, of_area),
            )
    return taken


def vintages_to_choose(
    variable: str, area: str, vintages: Mapping[str, tuple[int, ...]]
) -> MethodError:
    """Return the error that several books print a variable and none was chosen."""
    return MethodError(
        "vintages-to-choose",
        places=[Place(entity=area or None, column=variable)],
        variable=variable,
        count=len(vintages),
        vintages=shown_vintages(vintages),
    )


def shown_vintages(vintages: Mapping[str, tuple[int, ...]]) -> list[str]:
    """Return the books with the years that they cover, for a message."""
    spans = {name: f"{min(years)}–{max(years)}" for name, years in vintages.items()}
    return [
        f"{name or '–'} ({span if len(vintages[name]) > 1 else vintages[name][0]})"
        for name, span in spans.items()
    ]


def _take(figures: Figures, variable: str, area: str, rule: AreaRule) -> list[Figure]:
    order = rule.vintages if isinstance(rule, MixedVintages) else (rule,)
    taken = []
    for of_year in figures.series(area, variable).values():
        by_vintage = {figure.vintage: figure for figure in of_year}
        first = next((by_vintage[name] for name in order if name in by_vintage), None)
        if first is not None:
            taken.append(first)
    return taken


def _entry(variable: str, chosen: list[Figure], rule: AreaRule) -> LedgerEntry:
    mixed = isinstance(rule, MixedVintages)
    return LedgerEntry(
        action="chosen",
        role=variable,
        rows=tuple((figure.area, figure.year) for figure in chosen),
        reason=rule.reason if isinstance(rule, MixedVintages) else "",
        cause="" if mixed else "vintages",
        figure="vintages" if mixed else "vintage",
        fields={
            "vintage": list(dict.fromkeys(figure.vintage for figure in chosen)),
        },
        source="; ".join(dict.fromkeys(figure.source for figure in chosen if figure.source)),
    )
