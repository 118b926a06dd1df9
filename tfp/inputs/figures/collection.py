"""Figures: what books print, in long form, several vintages of one figure side by side.

A panel holds one value in each cell. Before somebody chooses that value, all that was
published stands here: nothing is averaged, nothing overwritten.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tfp.errors import MethodError, PanelError, check_choice, nearest
from tfp.numerics.records import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    import pandas as pd

    from tfp.inputs.figures.choosing import VintageRule
    from tfp.inputs.figures.figure import Figure
    from tfp.inputs.figures.relations import Relation
    from tfp.panel.findings import Findings
    from tfp.panel.ledger import LedgerEntry
    from tfp.panel.panel import Panel

FIELDS = ("area", "variable", "year", "value", "unit", "vintage", "source", "status", "derivation")
Series = MappingProxyType[int, tuple["Figure", ...]]


@dataclass(frozen=True, eq=False, init=False)
class Figures(Record):
    """Published figures in long form: area, variable, year, value and where it is printed.

    One row is one figure of one book. The same figure may stand in several books, and
    they may disagree; ``check`` says where, ``panel`` takes one book for each
    column. The collection never changes: methods return new ones and write what they did
    into its ledger.

    Parameters
    ----------
    frame
        A pandas, polars or pyarrow frame, a mapping of names to arrays, or a table of
        ``tfp.read_table``. A row without a value is no figure and is left out.
    area, variable, time, value : str
        Columns that say of what it is a figure: province, variable, year, number.
    unit, vintage, source : str, optional
        Columns of the unit, of the book that prints the figure and of where it was read.
    status : str, optional
        Column of each figure's status in the words of yearbooks (Prel., sơ bộ, ...);
        blank where the book marks nothing.
    derivation : str, optional
        Column that says how a figure was computed where it is not published itself but
        arithmetic on published ones; blank otherwise.

    Raises
    ------
    PanelError
        ``figure-twice`` where one book has two values of one figure; ``status-unknown``;
        and those of columns that do not exist or are not numbers.

    See Also
    --------
    suggest_relations : Relations to check, from the names of the variables.

    Examples
    --------
    >>> figures = Figures(
    ...     {"area": ["Hòa Bình"] * 2, "what": ["grdp_2010p"] * 2, "year": [2019, 2021],
    ...      "value": [29956.2, 30132.47], "book": ["yearbook 2019", "yearbook 2021"]},
    ...     area="area", variable="what", time="year", value="value", vintage="book")
    >>> figures
    Figures: 2 figures of 1 variable, 1 area, 2 vintages, 2019 to 2021
    """

    figures: tuple[Figure, ...]
    ledger: tuple[LedgerEntry, ...]

    def __init__(
        self,
        frame: Any,
        *,
        area: str,
        variable: str,
        time: str,
        value: str,
        unit: str | None = None,
        vintage: str | None = None,
        source: str | None = None,
        status: str | None = None,
        derivation: str | None = None,
    ) -> None:
        from tfp.inputs.figures.reading import read_figures

        columns = {
            "area": area,
            "variable": variable,
            "unit": unit,
            "vintage": vintage,
            "source": source,
            "derivation": derivation,
        }
        found = read_figures(frame, columns, time=time, value=value, status=status)
        self._set(found, ())

    def _set(self, figures: Iterable[Figure], ledger: tuple[LedgerEntry, ...]) -> None:
        object.__setattr__(self, "figures", _once_each(figures))
        object.__setattr__(self, "ledger", ledger)

    @classmethod
    def of(cls, figures: Iterable[Figure], ledger: tuple[LedgerEntry, ...] = ()) -> Figures:
        """Return a collection of figures that are records already."""
        collection = object.__new__(cls)
        collection._set(figures, ledger)
        return collection

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return Figures.of, (self.figures, self.ledger)

    def __len__(self) -> int:
        return len(self.figures)

    def __repr__(self) -> str:
        years = {figure.year for figure in self.figures}
        counts = {
            "figure": len(self),
            "variable": len(self.variables),
            "area": len(self.areas),
            "vintage": len({figure.vintage for figure in self.figures}),
        }
        shown = [f"{n} {name}{'' if n == 1 else 's'}" for name, n in counts.items()]
        span = f", {min(years)} to {max(years)}" if years else ""
        return f"Figures: {shown[0]} of {', '.join(shown[1:])}{span}"

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """The areas, in the order in which they first appear."""
        return tuple(dict.fromkeys(figure.area for figure in self.figures))

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """The variables, in the order in which they first appear."""
        return tuple(dict.fromkeys(figure.variable for figure in self.figures))

    @cached_property
    def _series(self) -> dict[tuple[str, str], Series]:
        found: dict[tuple[str, str], dict[int, list[Figure]]] = {}
        for figure in self.figures:
            years = found.setdefault((figure.area, figure.variable), {})
            years.setdefault(figure.year, []).append(figure)
        return {
            key: MappingProxyType({year: tuple(years[year]) for year in sorted(years)})
            for key, years in found.items()
        }

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """Area and variable of every series, in the order in which they first appear."""
        return tuple(self._series)

    def series(self, area: str, variable: str) -> Series:
        """Return all figures of a variable of an area, by year; empty where there is none.

        Parameters
        ----------
        area, variable : str
        """
        return self._series.get((area, variable), MappingProxyType({}))

    def vintages(self, variable: str, area: str | None = None) -> dict[str, tuple[int, ...]]:
        """Return which books print a variable, each with the years.

        Parameters
        ----------
        variable : str
        area : str, optional
            In this area alone; in all if None.

        Raises
        ------
        MethodError
            ``variable-unknown``.
        """
        self._check_variable(variable)
        found: dict[str, set[int]] = {}
        for one in self.areas if area is None else (area,):
            for year, of_year in self.series(one, variable).items():
                for figure in of_year:
                    found.setdefault(figure.vintage, set()).add(year)
        return {vintage: tuple(sorted(years)) for vintage, years in found.items()}

    @property
    def frame(self) -> pd.DataFrame:
        """The figures as a new pandas frame, one row each."""
        import pandas as pd

        return pd.DataFrame(
            [[getattr(figure, name) for name in FIELDS] for figure in self.figures],
            columns=list(FIELDS),
        )

    def side_by_side(self, variable: str, area: str | None = None) -> pd.DataFrame:
        """Return a variable as a frame: year (and area) down, vintages across.

        Parameters
        ----------
        variable : str
        area : str, optional
            The area; all of them, as a first level of the index, if None.

        Raises
        ------
        MethodError
            ``variable-unknown``.
        """
        import pandas as pd

        self._check_variable(variable)
        cells = {
            (one, year): {figure.vintage: figure.value for figure in of_year}
            for one in (self.areas if area is None else (area,))
            for year, of_year in self.series(one, variable).items()
        }
        index = pd.MultiIndex.from_tuples(list(cells), names=["area", "year"])
        wide = pd.DataFrame(
            list(cells.values()), index=index, columns=list(self.vintages(variable, area))
        ).rename_axis(columns="vintage")
        return wide if area is None else wide.droplevel("area")

    def select(
        self,
        *,
        areas: Collection[str] | None = None,
        variables: Collection[str] | None = None,
        vintages: Collection[str] | None = None,
        years: Collection[int] | None = None,
    ) -> Figures:
        """Return the figures of some areas, variables, vintages and years.

        Parameters
        ----------
        areas, variables, vintages : collection of str, optional
            What to keep; everything if None.
        years : collection of int, optional
            Such as ``range(2010, 2016)``.

        Raises
        ------
        MethodError
            ``option-unknown`` for an area, a variable or a vintage that no figure has, with
            the nearest one.
        """
        wanted = {"area": areas, "variable": variables, "vintage": vintages, "year": years}
        for name in ("area", "variable", "vintage"):
            there = sorted({str(getattr(figure, name)) for figure in self.figures})
            for one in wanted[name] or ():
                check_choice(name, one, there)
        kept = [
            figure
            for figure in self.figures
            if all(
                chosen is None or getattr(figure, name) in chosen for name, chosen in wanted.items()
            )
        ]
        return Figures.of(kept, self.ledger)

    def join(self, *others: Figures) -> Figures:
        """Return these figures and those of other collections.

        Raises
        ------
        PanelError
            ``figure-twice`` where two collections have different values of one figure.
        """
        every = (self, *others)
        return Figures.of(
            [figure for one in every for figure in one.figures],
            tuple(entry for one in every for entry in one.ledger),
        )

    def rename_vintages(self, names: Mapping[str, str]) -> Figures:
        """Return the figures with other names of vintages.

        Two notes on one book become one book; two books that agree wherever they overlap
        become one vintage, which methods ask of output, capital and investment.

        Parameters
        ----------
        names : mapping
            New name by old one.

        Raises
        ------
        MethodError
            ``vintage-unknown`` for a name that no figure has.
        PanelError
            ``figure-twice`` where two books that disagree would become one.
        """
        known = {figure.vintage for figure in self.figures}
        for name in names:
            if name not in known:
                raise MethodError(
                    "vintage-unknown",
                    vintage=name,
                    known=sorted(known),
                    nearest=nearest(name, known),
                )
        renamed = [
            replace(figure, vintage=names.get(figure.vintage, figure.vintage))
            for figure in self.figures
        ]
        return Figures.of(renamed, self.ledger)

    def convert(
        self,
        units: Mapping[str, str],
        *,
        factors: Mapping[tuple[str, str], float] | None = None,
    ) -> Figures:
        """Return the figures with some variables in another unit, and ledger entries.

        Parameters
        ----------
        units : mapping
            By variable, the unit wanted.
        factors : mapping, optional
            By old and new unit, the factor, for units other than those of money (VND),
            persons and ratios, whose factors are known.

        Raises
        ------
        MethodError
            ``variable-unknown``, ``factor-unknown``.
        """
        from tfp.inputs.figures.converting import convert

        return convert(self, units, factors or {})

    def correct(
        self,
        variable: str,
        year: int,
        *,
        printed: float,
        corrected: float,
        reason: str,
        source: str,
        area: str | None = None,
        vintage: str | None = None,
    ) -> Figures:
        """Return the figures with one that is misprinted corrected, and a ledger entry.

        Parameters
        ----------
        variable : str
        year : int
        printed, corrected : float
            What stands there, and what should, in the unit of the figure.
        reason, source : str
            Why it is a misprint, and by which source; both go into the ledger.
        area, vintage : str, optional
            Needed where several areas or books have the figure.

        Raises
        ------
        MethodError
            ``figure-differs`` where another value stands there; ``figure-missing``,
            ``figures-several``, ``correction-unfounded``, ``variable-unknown``,
            ``fill-not-a-number``.
        """
        from tfp.inputs.figures.correcting import Correction, correct

        return correct(
            self, Correction(variable, year, printed, corrected, reason, source, area, vintage)
        )

    def check(self, relations: Iterable[Relation] = ()) -> Findings:
        """Return what does not agree, the gravest first.

        Parameters
        ----------
        relations : iterable of relations
            What must agree, such as ``PartsOf`` and ``GrowthOf``; ``suggest_relations``
            proposes some. Without any, vintages of the same figure are compared.

        Returns
        -------
        Findings
            Each says where, what it would do to TFP and what to do.

        Raises
        ------
        MethodError
            ``not-a-relation``.
        """
        from tfp.inputs.figures.checking import check_figures

        return check_figures(self, relations)

    def choose(self, vintages: Mapping[str, VintageRule]) -> Figures:
        """Return the figures with one vintage for each variable that is named.

        Parameters
        ----------
        vintages : mapping
            By variable the book to take: its name, ``MixedVintages``, or either by area.

        Raises
        ------
        MethodError
            ``variable-unknown``, ``vintage-absent``, ``vintages-to-choose``.
        """
        from tfp.inputs.figures.choosing import choose

        return choose(self, vintages)

    def panel(
        self,
        *,
        vintages: str | Mapping[str, VintageRule] | None = None,
        units: Mapping[str, str] | None = None,
        price_bases: Mapping[str, str] | None = None,
        boundaries: Mapping[str, str] | None = None,
        years: Collection[int] | None = None,
        **roles: str | Mapping[str, str],
    ) -> Panel:
        """Return a panel with one vintage in each column.

        Vintage, unit and status of every column come along; what is derived is an
        estimate. The ledger names the source of every column, and holds the corrections
        and conversions that were made before.

        Parameters
        ----------
        vintages : str or mapping, optional
            By role the book to take, where several print the variable: its name,
            ``MixedVintages``, or either by area. One name serves all roles.
        units : mapping, optional
            By role, the unit wanted.
        price_bases, boundaries : mapping, optional
            By role, what the figures do not say themselves.
        years : collection of int, optional
            The years to take; all if None.
        **roles
            By role the variable, ``output="grdp_2010p"``, or variables by name,
            ``investment={"machines": ...}``; the roles are those of a panel.

        Raises
        ------
        MethodError
            ``vintages-to-choose``, ``vintage-absent``, ``variable-unknown``,
            ``units-to-choose`` where one column would hold several units.
        """
        from tfp.inputs.figures.paneling import PanelWish, build_panel

        wish = PanelWish(roles, vintages, units or {}, price_bases or {}, boundaries or {}, years)
        return build_panel(self, wish)

    def _check_variable(self, variable: str) -> None:
        if variable not in self.variables:
            raise MethodError(
                "variable-unknown",
                variable=variable,
                known=list(self.variables),
                nearest=nearest(variable, self.variables),
            )


def _once_each(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Drop a figure that comes twice from one book; refuse two values of it."""
    found: dict[tuple[str, str, int, str], Figure] = {}
    for figure in figures:
        first = found.setdefault(figure.key, figure)
        if first is figure:
            continue
        # A thousand persons times 1,000 may differ in the last bit of a double.
        same = abs(first.amount - figure.amount) <= 1e-12 * abs(first.amount)
        if first.measure != figure.measure or not same:
            raise PanelError(
                "figure-twice",
                places=[first.place, figure.place],
                variable=figure.variable,
                vintage=figure.vintage,
                values=[first.value, figure.value],
                units=[first.unit, figure.unit],
            )
    return tuple(found.values())
