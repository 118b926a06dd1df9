"""What a plan says: the tables of ``tfp.toml`` as records.

The names of the fields are the keys of the file. A plan holds words and numbers only;
:mod:`tfp.workflow.run` turns them into data and methods. The tables that say how data
become accounts stand in :mod:`tfp.workflow.treatments`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from tfp.workflow.checking import Checks
from tfp.workflow.plans.written import Written

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tfp.datasets.target import Target
    from tfp.language.catalogue import Language
    from tfp.panel.roles import Status
    from tfp.report.answers import Answer
    from tfp.results.decomposition import PeriodAverage
    from tfp.tables.csv_file import Delimiter
    from tfp.tables.numerals import DecimalSign
    from tfp.workflow.approval import Approved
    from tfp.workflow.copies import Copies
    from tfp.workflow.nation import Nation
    from tfp.workflow.office import Office
    from tfp.workflow.reported import Reported
    from tfp.workflow.revisions import PreviousRun
    from tfp.workflow.treatments.treatment import Treatment
    from tfp.workflow.yearbooks.yearbook_form import Sheet

Range = Literal["initial_stock", "labour_share"]
Format = Literal["html", "word", "pdf"]


@dataclass(frozen=True, kw_only=True)
class Heading:
    """``[plan]``: what the run is called, for which area, in which language.

    `output_name` is what the report calls output: ``"GDP"``, ``"GRDP"``.
    """

    title: str
    area: str
    language: Language
    date: date | None = None
    output_name: str = ""


@dataclass(frozen=True, kw_only=True)
class Long:
    """``[data.long]``: a file with one row for each published figure.

    Attributes
    ----------
    area, variable, value : str
        Columns that say of what it is a figure.
    unit, book, source, status, derivation : str or None
        Columns of what is known of it; a book is a vintage.
    areas : tuple of str or None
        The areas that are taken.
    books : mapping
        By role the book to take, or several, the preferred one first.
    books_reason : str
        Why one book does not do.
    same_book : mapping
        New name by old one, of books that agree.
    """

    area: str
    variable: str
    value: str
    unit: str | None = None
    book: str | None = None
    source: str | None = None
    status: str | None = None
    derivation: str | None = None
    areas: tuple[str, ...] | None = None
    books: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    books_reason: str = ""
    same_book: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Data:
    """``[data]``: the file of figures and what its columns are.

    With ``[[data.sheet]]``, `sheet` holds the sheets in yearbook layout, `columns` what
    their rows become, and `books` which of several books each role is taken from.
    """

    file: str
    time: str
    columns: Mapping[str, str | Mapping[str, str]]
    sheet: str | tuple[Sheet, ...] | None = None
    header_row: int | None = None
    decimal: DecimalSign | None = None
    delimiter: Delimiter | None = None
    missing: tuple[str, ...] | None = None
    entity: str | None = None
    units: Mapping[str, str] = field(default_factory=dict)
    price_bases: Mapping[str, str] = field(default_factory=dict)
    vintages: Mapping[str, str] = field(default_factory=dict)
    boundaries: Mapping[str, str] = field(default_factory=dict)
    definitions: Mapping[str, str] = field(default_factory=dict)
    status: str | Mapping[str, str] | None = None
    long: Long | None = None
    books: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    books_reason: str = ""
    same_book: Mapping[str, str] = field(default_factory=dict)

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets in yearbook layout; none where the file is a table with named columns."""
        return self.sheet if isinstance(self.sheet, tuple) else ()

    @property
    def of_figures(self) -> bool:
        """Whether the data are published figures, each with the book that prints it."""
        return self.long is not None or bool(self.sheets)

    def with_columns(self, others: Mapping[str, str | Mapping[str, str] | None]) -> Data:
        """Return the same description with other columns of the file in some of the roles.

        None stands for no column: what is said of the role goes with it.
        """
        columns = dict(self.columns)
        described: dict[str, Any] = {
            name: {r: v for r, v in getattr(self, name).items() if others.get(r, "") is not None}
            for name in ("units", "price_bases", "vintages", "boundaries", "definitions")
        }
        for role, named in others.items():
            if named is None:
                del columns[role]
                continue
            before = columns.get(role)
            if before is None or isinstance(before, str) or isinstance(named, str):
                columns[role] = named
            else:
                columns[role] = {**before, **named}
        return replace(self, columns=columns, **described)


@dataclass(frozen=True, kw_only=True)
class Source:
    """``[[source]]``: where figures come from."""

    title: str
    publisher: str = ""
    vintage: str = ""
    licence: str = ""
    reference: str = ""
    roles: tuple[str, ...] = ()
    file: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Periods:
    """``[periods]``: the periods that are averaged over, and how."""

    list: tuple[str, ...]
    average: PeriodAverage | None = None


@dataclass(frozen=True, kw_only=True)
class Targets:
    """``[targets]`` and ``[[target]]``: what the accounts are compared with."""

    use: Literal["published", "none"] = "none"
    area: str | None = None
    entity: str | None = None
    own: tuple[Target, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sensitivity:
    """``[[sensitivity]]``: the same plan with some columns or tables replaced.

    `changes` are the keys that it gives and what stands there, `sources` where that comes
    from and why, as far as it says so.
    """

    name: str
    name_vi: str
    treatment: Treatment
    columns: Mapping[str, str | Mapping[str, str] | None] | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    sources: tuple[str, ...] = ()

    def title(self, language: Language) -> str:
        """Return its name in a language, as far as the plan gives one."""
        return self.name_vi if language == "vi" else self.name


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A whole plan.

    Attributes
    ----------
    heading, data, sources, treatment, checks, answers, periods, targets, sensitivities
        Its tables.
    charts : tuple of str or None
        ``[report] charts``: the charts that are drawn; all that apply if None.
    ranges : tuple of str
        ``[report] ranges``: which assumptions are put side by side.
    formats : tuple of str or None
        ``[report] formats``: as what the report is written, beside the workbook; page and
        Word if None.
    copies : Copies or None
        The copy for readers outside the office.
    revisions : PreviousRun or None
        The earlier run that this one is set beside.
    office : Office or None
        Letterhead, recipients and signatures.
    approved : Approved or None
        The options that were approved.
    reported : tuple of Reported
        Figures already reported.
    nation : tuple of Nation
        Figures of the nation.
    accept_status : tuple of Status
        ``[report] accept_status``: on which data the office signs; a report on others is a
        draft.
    written : Written
        Where all this is written; no part of what the plan says.
    """

    heading: Heading
    data: Data
    treatment: Treatment
    sources: tuple[Source, ...] = ()
    checks: Checks = field(default_factory=Checks)
    answers: tuple[Answer, ...] = ()
    periods: Periods | None = None
    targets: Targets = field(default_factory=Targets)
    sensitivities: tuple[Sensitivity, ...] = ()
    charts: tuple[str, ...] | None = None
    ranges: tuple[Range, ...] = ()
    copies: Copies | None = None
    revisions: PreviousRun | None = None
    formats: tuple[Format, ...] | None = None
    office: Office | None = None
    approved: Approved | None = None
    reported: tuple[Reported, ...] = ()
    nation: tuple[Nation, ...] = ()
    accept_status: tuple[Status, ...] = ()

    written: Written = field(
        default_factory=Written, compare=False, repr=False, metadata={"said": False}
    )

    def normalised(self) -> dict[str, Any]:
        """Return the plan as plain values, defaults written out, what is absent left out.

        Two files that say the same (in another order, with other remarks) give the same.
        """
        plain: dict[str, Any] = _plain(self)
        return plain


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        said = (item.name for item in fields(value) if item.metadata.get("said", True))
        named = {name: getattr(value, name) for name in said}
        return _plain(named)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "items"):
        return {str(key): _plain(item) for key, item in value.items() if item is not None}
    return value.isoformat() if hasattr(value, "isoformat") else value
