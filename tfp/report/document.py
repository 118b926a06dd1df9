"""A document without a format: what is said and in which order, not how it looks.

Cells hold numbers at full precision; their column says how many digits are shown and
in which unit. HTML, and later Word, turn the same blocks into pages.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from tfp.language.numbers import show_number

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from tfp.language.catalogue import Language
    from tfp.panel.findings import Severity
    from tfp.report.front_matter import FrontMatter

NumberStyle = Literal["number", "year", "text"]
ParagraphRole = Literal["body", "lead", "note", "warning"]


@dataclass(frozen=True)
class Blank:
    """A number that is withheld; its mark leads to the note of the table that says why.

    What is printed in its place is an ``x`` for a share that has no meaning, another
    `sign` for what is not disclosed.
    """

    mark: str
    sign: str = "x"


Cell = float | int | str | Blank | None


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    label : str
        Its head.
    unit : str
        Unit of its numbers, printed below the head.
    style : {"number", "year", "text"}
        A year has no thousands separator.
    digits : int
        Decimals shown.
    group : str
        Head that this column shares with its neighbours of the same group.
    """

    label: str
    unit: str = ""
    style: NumberStyle = "number"
    digits: int = 2
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table that can stand alone: number, title, units, notes, source and status.

    Attributes
    ----------
    name : str
        Short name, the same in all languages: ``"yearly"``.
    title : str
    columns : tuple of Column
    rows : tuple of tuple
        One cell for each column. The first column names the row.
    notes : tuple of (mark, sentence)
        Notes below the table; an empty mark for those of the whole table.
    source : str
        Where the figures come from.
    status : str
        Weakest status behind the figures, in words.
    number : str
        Its number among the tables that readers expect: ``"B7"``; empty for others.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[tuple[str, str], ...] = ()
    source: str = ""
    status: str = ""
    number: str = ""

    @property
    def groups(self) -> tuple[tuple[str, int], ...]:
        """Heads over several columns, and over how many; empty heads included."""
        found: list[tuple[str, int]] = []
        for column in self.columns:
            if found and column.group and found[-1][0] == column.group:
                found[-1] = (column.group, found[-1][1] + 1)
            else:
                found.append((column.group, 1))
        return tuple(found) if any(column.group for column in self.columns) else ()


@dataclass(frozen=True, kw_only=True)
class Heading:
    """The head of a section; level 1 is the section, 2 a part of it.

    With `annex` the technical annex begins here.
    """

    text: str
    level: int = 1
    name: str = ""
    annex: bool = False


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph; ``"lead"`` is the headline, ``"warning"`` must not be overlooked."""

    text: str
    role: ParagraphRole = "body"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A chart.

    Attributes
    ----------
    name : str
        Short name, the same in all languages.
    draw : callable
        Returns a new matplotlib Figure or Axes; called when a format needs the picture.
    alternative : str
        What the chart shows, for those who cannot see it.
    caption : str
    source : str
        Where the figures come from.
    """

    name: str
    draw: Callable[[], Any]
    alternative: str
    caption: str
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class FindingText:
    """One finding in words."""

    severity: Severity
    label: str
    found: str
    where: str
    effect: str
    remedy: str


@dataclass(frozen=True, kw_only=True)
class FindingsBlock:
    """What the check of the data found."""

    findings: tuple[FindingText, ...]


@dataclass(frozen=True, kw_only=True)
class Formula:
    """A formula: presentation MathML for pages, plain text for everything else."""

    mathml: str
    text: str


@dataclass(frozen=True, kw_only=True)
class KeyFigure:
    """One number of the headline; the value may be withheld."""

    label: str
    value: float | None
    unit: str
    digits: int = 2
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class KeyFigures:
    """The numbers of the headline."""

    figures: tuple[KeyFigure, ...]


Block = Heading | Paragraph | Table | Figure | FindingsBlock | Formula | KeyFigures


@dataclass(frozen=True, kw_only=True)
class Document:
    """A report: title, language and blocks in reading order.

    Attributes
    ----------
    title, subtitle : str
    language : {"en", "vi"}
    area : str
    blocks : tuple of Block
    marks : tuple of str
        What belongs on every page: hash of the run and of the data.
    draft : str
        That this is a draft, and why; empty for a final document.
    banner : str
        What stands above the title of a document that is not the approved one.
    front : FrontMatter or None
        Letterhead, recipients, signatures.
    dated : date or None
        Date of the report, from the plan.
    """

    title: str
    subtitle: str
    language: Language
    area: str
    blocks: tuple[Block, ...]
    marks: tuple[str, ...] = ()
    draft: str = ""
    banner: str = ""
    front: FrontMatter | None = None
    dated: date | None = None

    def tables(self) -> tuple[Table, ...]:
        """Return the tables in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    def table(self, name: str) -> Table:
        """Return the table of that name.

        Raises
        ------
        KeyError
            If the document has none.
        """
        for table in self.tables():
            if table.name == name:
                return table
        raise KeyError(name)


def drawn_once(document: Document) -> Document:
    """Return the document with charts that are drawn once, however many formats need them."""
    blocks = (
        replace(block, draw=cache(block.draw)) if isinstance(block, Figure) else block
        for block in document.blocks
    )
    return replace(document, blocks=tuple(blocks))


def show_cell(cell: Cell, column: Column, language: Language) -> str:
    """Return a cell as a reader of `language` sees it; a withheld number as ``x``.

    Examples
    --------
    >>> show_cell(35.0249, Column(label="TFP", digits=1), "vi")
    '35,0'
    >>> show_cell(Blank("a"), Column(label="TFP"), "vi")
    'x'
    """
    if cell is None:
        return "…"
    if isinstance(cell, Blank):
        return cell.sign
    if isinstance(cell, str):
        return cell
    if column.style == "year":
        return str(int(cell))
    return show_number(float(cell), column.digits, language, missing="…")
