"""What the sheet of declarations asks for, line by line: keys of a plan, nothing else.

The words of each line stand in the catalogue ``template.toml`` under its key, so that a
key added here and there is a line of the form in both languages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tfp.language.catalogue import subject

if TYPE_CHECKING:
    from tfp.language.catalogue import Language

Kind = Literal[
    "text", "number", "fraction", "per_cent", "whole", "year", "date", "truth", "choice",
    "texts", "years", "choices", "figure",
]  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One thing that a plan can say.

    Attributes
    ----------
    key : str
        Its key in a plan; in a table of several lines, below that table.
    kind : str
        What may stand there. ``fraction`` is 0.40 or 40 %, ``per_cent`` 40 or 40 %, and
        ``figure`` a number, or whatever else a cell holds.
    choices : str
        For ``choice`` and ``choices``, the list that is offered.
    needed : bool
        Whether a plan without it cannot be run.
    standing : str
        What an empty form already says.
    """

    key: str
    kind: Kind = "text"
    choices: str = ""
    needed: bool = False
    standing: str = ""


@dataclass(frozen=True)
class Part:
    """Lines under one heading."""

    name: str
    lines: tuple[Line, ...]


PARTS: tuple[Part, ...] = (
    Part(
        "report",
        (
            Line("plan.title", needed=True),
            Line("plan.area", needed=True),
            Line("plan.output_name", standing="GRDP"),
            Line("plan.language", "choice", "language", needed=True),
            Line("plan.date", "date"),
        ),
    ),
    Part(
        "weights",
        (
            Line("method.preset", "choice", "preset", standing="national"),
            Line("method.shares.capital", "fraction", needed=True),
            Line("method.shares.source"),
            Line("method.shares.rule", "choice", "share_rule"),
            Line("method.shares.base", "year"),
            Line("method.share_threshold", "per_cent"),
        ),
    ),
    Part(
        "capital",
        (
            Line("capital.depreciation", "fraction", needed=True),
            Line("capital.timing", "choice", "timing", standing="end"),
            Line("capital.investment_timing", "choice", "investment_timing"),
            Line("capital.initial.method", "choice", "initial_method", needed=True),
            Line("capital.initial.year", "year"),
            Line("capital.initial.ratio", "number"),
            Line("capital.initial.value", "number"),
            Line("capital.initial.rate", "fraction"),
            Line("capital.initial.years"),
            Line("capital.initial.growth_of", "choice", "growth_of"),
            Line("capital.initial.growth", "fraction"),
            Line("capital.initial.years_before", "whole"),
            Line("capital.initial.source"),
        ),
    ),
    Part(
        "results",
        (
            Line("periods.list", "texts"),
            Line("periods.average", "choice", "period_average"),
            Line("targets.use", "choice", "targets", standing="none"),
            Line("targets.area"),
        ),
    ),
    Part(
        "inputs",
        (
            Line("output.from_growth.level_year", "year"),
            Line("output.from_growth.level", "number"),
            Line("output.from_growth.published_as", "choice", "published_as"),
            Line("output.from_growth.source"),
            Line("output.from_growth.reason"),
            Line("investment.ratio", "fraction"),
            Line("investment.source"),
            Line("investment.reason"),
        ),
    ),
    Part(
        "office",
        (
            Line("office.superior"),
            Line("office.body"),
            Line("office.number"),
            Line("office.place"),
            Line("office.date", "date"),
            Line("office.recipients", "texts"),
            Line("office.signatures.prepared.title"),
            Line("office.signatures.prepared.name"),
            Line("office.signatures.checked.title"),
            Line("office.signatures.checked.name"),
            Line("office.signatures.head.title"),
            Line("office.signatures.head.name"),
        ),
    ),
    Part(
        "approved",
        (
            Line("approved.document"),
            Line("approved.date", "date"),
            Line("approved.options"),
            Line("approved.plan"),
        ),
    ),
    Part(
        "output",
        (
            Line("report.formats", "choices", "format"),
            Line("report.charts", "choices", "chart"),
            Line("report.ranges", "choices", "range"),
            Line("report.accept_status", "choices", "unsettled"),
            Line("revisions.previous"),
        ),
    ),
    Part(
        "copies",
        (
            Line("copies.outside", "texts"),
            Line("copies.embargo", "date"),
            Line("copies.before_embargo", "choice", "before_embargo"),
            Line("copies.known", "choices", "role"),
            Line("copies.protection", "fraction"),
        ),
    ),
    Part(
        "file",
        (
            Line("data.file"),
            Line("data.sheet"),
            Line("data.header_row", "whole"),
            Line("data.time"),
            Line("data.columns.output"),
            Line("data.columns.investment"),
            Line("data.columns.labour"),
            Line("data.definitions.labour"),
            Line("data.status"),
            Line("data.decimal"),
        ),
    ),
)
LINES: dict[str, Line] = {line.key: line for part in PARTS for line in part.lines}


@dataclass(frozen=True)
class Block:
    """A table of several lines: each is one ``[[name]]`` of a plan, its columns are keys.

    Attributes
    ----------
    name : str
    fields : tuple of Line
    size : int
        How many lines the empty form has.
    """

    name: str
    fields: tuple[Line, ...]
    size: int = 4


_ROLE = Line("role", "choice", "role")
BLOCKS: tuple[Block, ...] = (
    Block(
        "source",
        (
            Line("title"),
            Line("publisher"),
            Line("vintage"),
            Line("reference"),
            Line("roles", "choices", "role"),
            Line("notes", "texts"),
            Line("licence"),
            Line("file"),
        ),
        size=5,
    ),
    Block(
        "splice",
        (
            _ROLE,
            Line("at", "year"),
            Line("previous", "number"),
            Line("growth", "fraction"),
            Line("factor", "number"),
            Line("name"),
            Line("source"),
            Line("entity"),
        ),
        size=3,
    ),
    Block("accept_break", (_ROLE, Line("at", "year"), Line("reason"), Line("entity")), size=3),
    Block(
        "estimate",
        (
            _ROLE,
            Line("year", "year"),
            Line("value", "number"),
            Line("growth", "per_cent"),
            Line("index", "number"),
            Line("source"),
            Line("reason"),
            Line("entity"),
        ),
    ),
    Block(
        "fill",
        (
            _ROLE,
            Line("year", "year"),
            Line("value", "number"),
            Line("reason"),
            Line("source"),
            Line("status", "choice", "status"),
            Line("entity"),
            Line("from_column"),
        ),
    ),
    Block(
        "interpolate",
        (
            _ROLE,
            Line("years", "years"),
            Line("method", "choice", "interpolation"),
            Line("reason"),
            Line("entity"),
        ),
        size=3,
    ),
    Block(
        "correct",
        (
            _ROLE,
            Line("year", "year"),
            Line("printed", "number"),
            Line("value", "number"),
            Line("reason"),
            Line("source"),
            Line("entity"),
        ),
    ),
    Block(
        "deflate",
        (
            _ROLE,
            Line("base", "year"),
            Line("index", "choice", "price_index"),
            Line("source"),
            Line("by", "choice", "role"),
            Line("reason"),
        ),
        size=3,
    ),
    Block(
        "target",
        (
            Line("document"),
            Line("operator", "choice", "operator"),
            Line("lower", "per_cent"),
            Line("upper", "per_cent"),
            Line("basis", "choice", "basis"),
            Line("first_year", "year"),
            Line("last_year", "year"),
            Line("due_year", "year"),
            Line("source"),
        ),
    ),
    Block(
        "reported",
        (
            Line("quantity", "choice", "quantity"),
            Line("period"),
            Line("value", "per_cent"),
            Line("document"),
            Line("date", "date"),
            Line("status", "choice", "status"),
            Line("vintage"),
            Line("options"),
            Line("entity"),
        ),
    ),
    Block(
        "nation",
        (
            Line("quantity", "choice", "quantity"),
            Line("period"),
            Line("value", "per_cent"),
            Line("source"),
        ),
    ),
    Block(
        "copies.hidden",
        (
            Line("reason"),
            _ROLE,
            Line("entity"),
            Line("years", "years"),
            Line("table"),
            Line("row"),
            Line("column"),
        ),
    ),
    Block(
        "data.sheet",
        (
            Line("file"),
            Line("sheet"),
            _ROLE,
            Line("part"),
            Line("label"),
            Line("unit"),
            Line("price_base"),
            Line("vintage"),
            Line("section"),
        ),
        size=8,
    ),
    Block(
        "answer",
        (
            Line("code"),
            Line("reason"),
            Line("source"),
            _ROLE,
            Line("years", "years"),
            Line("entity"),
        ),
    ),
    Block(
        "sensitivity",
        (Line("name"), Line("key"), Line("value", "figure"), Line("source")),
        size=10,
    ),
    Block("further", (Line("key"), Line("value", "figure")), size=12),
)
# Tables of the form whose lines are not, one by one, tables of a plan.
OF_THE_FORM = ("data.sheet", "sensitivity", "further")


@dataclass(frozen=True)
class DataColumn:
    """A column of the sheet of figures: the key of ``[data]`` that names it, and what it holds."""

    key: str
    group: str
    figures: bool = True
    choices: str = ""
    needed: bool = False


PRODUCERS = ("agriculture", "industry", "services", "product_taxes")
COLUMNS: tuple[DataColumn, ...] = (
    DataColumn("data.time", "main", figures=False, needed=True),
    DataColumn("data.columns.output", "main", needed=True),
    DataColumn("data.columns.investment", "main", needed=True),
    DataColumn("data.columns.labour", "main", needed=True),
    DataColumn("data.definitions.labour", "main", figures=False),
    DataColumn("data.status", "main", figures=False, choices="status"),
    DataColumn("data.columns.output_growth", "prices"),
    DataColumn("data.columns.output_current", "prices"),
    DataColumn("data.columns.investment_current", "prices"),
    DataColumn("data.columns.investment_price", "prices"),
    DataColumn("data.columns.capital", "prices"),
    *(
        DataColumn(f"data.columns.{role}.{part}", group)
        for role, group in (
            ("output_by_part", "parts"),
            ("output_current_by_part", "current_parts"),
        )
        for part in PRODUCERS
    ),
)
# What is said of a column above it: tables of [data].
DESCRIPTIONS = ("units", "price_bases", "vintages")


def label_of(key: str, language: Language) -> str:
    """Return what a line, a column, or a field of a table is called.

    Examples
    --------
    >>> label_of("capital.depreciation", "vi"), label_of("splice.at", "en")
    ('Tỷ lệ khấu hao', 'First year of the new definition')
    """
    return str(subject("template", language)["line"][key]["label"])


def note_of(key: str, language: Language) -> str:
    """Return the explanation of a line, empty where it has none."""
    return str(subject("template", language)["line"][key].get("note", ""))
