"""The copy of a report for readers outside the office.

It holds the listed tables, the sentences and charts of which every number stands in one
of them, and nothing else: no ledger, no findings, no data, no options, no hash of the
inputs, by which a guess could be confirmed. Numbers are those printed, not longer ones.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tfp.language.catalogue import text
from tfp.language.numbers import round_half_away, show_number
from tfp.report.disclosure import Printed, Withheld, times_in, withheld_cells, years_of
from tfp.report.document import (
    Blank,
    Document,
    Figure,
    Heading,
    KeyFigures,
    Paragraph,
    Table,
    show_cell,
)
from tfp.report.run_identities import identities_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from tfp.language.catalogue import Language
    from tfp.report.content import RunContent
    from tfp.report.disclosure import Spot
    from tfp.report.document import Block, Cell, Column
    from tfp.report.identities import Identities, Quantity

SIGN = "–"
MARK_LENGTH = 12
_NUMERAL = re.compile(r"\d[\d.,]*\d|\d")
_YEAR_DIGITS = 4
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# The tables that print what a chart draws.
_DRAWN: dict[str, tuple[str, ...]] = {
    "contributions": ("B7",),
    "targets": ("B7", "B8", "B11"),
}
_TELLING_DIGITS = 3


@dataclass(frozen=True, kw_only=True)
class Secret:
    """Numbers that one enterprise dominates.

    Either a `role` of the data, in some `years` or all, of one `entity` or all; or the
    cells of a `table` in the rows and columns that begin with the words given.
    """

    reason: str
    role: str | None = None
    entity: str | None = None
    years: tuple[int, ...] = ()
    table: str | None = None
    row: str | None = None
    column: str | None = None


@dataclass(frozen=True, kw_only=True)
class Outside:
    """What the outside copy holds.

    Attributes
    ----------
    tables : tuple of str
        Numbers of the tables: ``"B1"``, ``"B7"``.
    secrets : tuple of Secret
    known : tuple of str
        Roles of the data that everybody can read elsewhere, in a yearbook.
    protection : float
        See :mod:`tfp.report.disclosure`.
    embargo : date or None
        Until when the copy, marked so, is not to be passed on; None where it may be.
    """

    tables: tuple[str, ...]
    secrets: tuple[Secret, ...] = ()
    known: tuple[str, ...] = ()
    protection: float = 0.1
    embargo: date | None = None


@dataclass(frozen=True)
class PublicCopy:
    """The outside copy, and what it withholds, which only the office may know.

    Attributes
    ----------
    document : Document
    withheld : Withheld
        Of ``tables``, in their order.
    tables : tuple of Table
        As the office's own report prints them.
    missing : tuple of str
        Listed tables that the report does not have.
    unmatched : tuple of Secret
        Secrets that name no number of this run.
    quantities : tuple of Quantity
        What the numbers in ``withheld`` are.
    """

    document: Document
    withheld: Withheld
    tables: tuple[Table, ...]
    missing: tuple[str, ...]
    unmatched: tuple[Secret, ...]
    quantities: tuple[Quantity, ...] = ()


def public_copy(document: Document, content: RunContent, outside: Outside) -> PublicCopy:
    """Return the copy of a report that may be handed out."""
    listed = tuple(table for table in document.tables() if _is_listed(table, outside.tables))
    system = identities_of(content)
    named = {secret: _named_by(secret, system, listed) for secret in outside.secrets}
    withheld = withheld_cells(
        listed,
        system,
        [number for quantities, _ in named.values() for number in quantities],
        [spot for _, spots in named.values() for spot in spots],
        known=[n for n, quantity in enumerate(system.quantities) if quantity.name in outside.known],
        protection=outside.protection,
    )
    shown = _Shown(document, listed, withheld, system)
    blocks = tuple(_sections(shown.blocks()))
    front = [
        Paragraph(text=words, role="warning" if key == "embargo" else "note")
        for key, words in _standing(outside, document.language).items()
    ]
    copied = replace(
        document,
        blocks=(*front, *blocks),
        marks=(_mark(shown.tables, document.language),),
        draft=text("revisions.public.draft", document.language) if document.draft else "",
    )
    numbers = {table.number.rstrip(_LETTERS) for table in listed}
    return PublicCopy(
        document=copied,
        withheld=withheld,
        tables=listed,
        missing=tuple(name for name in outside.tables if not _listed_in(name, numbers, listed)),
        unmatched=tuple(secret for secret, found in named.items() if not any(found)),
        quantities=tuple(system.quantities),
    )


def _is_listed(table: Table, names: Sequence[str]) -> bool:
    """Tell whether a table is listed: B1 stands for its parts B1a and B1b, too."""
    return bool(table.number) and (table.number in names or table.number.rstrip(_LETTERS) in names)


def _listed_in(name: str, numbers: set[str], listed: Sequence[Table]) -> bool:
    return name in numbers or any(table.number == name for table in listed)


def _named_by(
    secret: Secret, system: Identities, tables: Sequence[Table]
) -> tuple[tuple[int, ...], tuple[Spot, ...]]:
    """Return the quantities and the cells that a secret names."""
    if secret.role is not None:
        roles = (secret.role, _twin_of(secret.role))
        return tuple(
            number
            for number, quantity in enumerate(system.quantities)
            if quantity.name in roles
            and secret.entity in (None, quantity.entity)
            and (not secret.years or quantity.time in map(str, secret.years))
        ), ()
    return (), tuple(
        (number, row, column)
        for number, table in enumerate(tables)
        if secret.table is not None and _is_listed(table, (secret.table,))
        for row, cells in enumerate(table.rows)
        if secret.row is None or _begins(_name_of(cells, table), secret.row)
        for column, head in enumerate(table.columns)
        if head.style == "number"
        and (secret.column is None or secret.column in (head.label, f"{head.group}: {head.label}"))
        and (not secret.years or _is_of(secret.years, f"{_name_of(cells, table)} {head.label}"))
    )


def _twin_of(role: str) -> str:
    """Return the role of the same figure at current prices, or at constant ones.

    Prices move little from year to year: who knows one of the two nearly knows the other.
    """
    base, sign, part = role.partition(":")
    stem, by_part, _ = base.partition("_by_part")
    twin = stem.removesuffix("_current") if stem.endswith("_current") else f"{stem}_current"
    return f"{twin}{by_part}{sign}{part}"


def _is_of(years: Sequence[int], words: str) -> bool:
    return bool(set(times_in(words)) & {str(year) for year in years})


def _name_of(cells: Sequence[Cell], table: Table) -> str:
    """Return the words that name a row: its cells before the first number."""
    words = []
    for cell, head in zip(cells, table.columns, strict=True):
        if head.style == "number":
            break
        words.append(str(cell))
    return " ".join(words)


def _begins(name: str, asked: str) -> bool:
    return name.replace("–", "-").casefold().startswith(asked.replace("–", "-").casefold())


class _Shown:
    """The blocks of a report as the outside copy shows them."""

    def __init__(
        self, document: Document, listed: Sequence[Table], withheld: Withheld, system: Identities
    ) -> None:
        self.document = document
        self.language: Language = document.language
        self.listed = listed
        self.withheld = withheld
        self.system = system
        self.printed = Printed(listed, system)
        self.public = {
            number
            for spot, numbers in self.printed.shown.items()
            if spot not in withheld
            for number in numbers
        } - withheld.quantities
        self.hidden_numerals = {
            numeral
            for value in withheld.numbers
            for digits in range(5)
            for numeral in _numerals(show_number(abs(value), digits, self.language))
        }
        self.tables = tuple(self._table(number) for number in range(len(listed)))
        self.numerals = {
            numeral
            for table in self.tables
            for words in _words_of(table, self.language)
            for numeral in _numerals(words)
        }
        self.tables = tuple(map(self._with_notes, self.tables, range(len(listed))))

    def blocks(self) -> Iterable[Block]:
        """Give the blocks that may be shown, headings among them."""
        at = {id(table): number for number, table in enumerate(self.listed)}
        in_headline = False
        for block in self.document.blocks:
            if isinstance(block, Heading):
                in_headline = block.name == "headline"
                yield replace(block, annex=False)
            elif isinstance(block, Table) and id(block) in at:
                yield self.tables[at[id(block)]]
            elif isinstance(block, Figure) and self._may_draw(block):
                yield block
            elif isinstance(block, KeyFigures) and in_headline:
                figures = tuple(f for f in block.figures if self._is_public(f.value, f.label))
                if figures:
                    yield replace(block, figures=figures)
            elif isinstance(block, Paragraph) and in_headline and self._may_say(block.text):
                yield block

    def _table(self, number: int) -> Table:
        table = self.listed[number]
        mark = _free_mark(table)
        rows = tuple(
            tuple(
                Blank(mark, SIGN)
                if (number, row, column) in self.withheld or self._betrays(cell)
                else _as_printed(cell, head)
                for column, (cell, head) in enumerate(zip(cells, table.columns, strict=True))
            )
            for row, cells in enumerate(table.rows)
        )
        hidden = any(isinstance(cell, Blank) and cell.mark == mark for row in rows for cell in row)
        note = ((mark, text("revisions.public.withheld", self.language)),) if hidden else ()
        return replace(table, rows=rows, notes=(*note, *table.notes))

    def _with_notes(self, table: Table, number: int) -> Table:
        """Return a table without the notes that say more than the tables do.

        A note on a year of which something is withheld (that its parts, rounded, do not
        add up) speaks of the withheld number, too.
        """
        spots = (*self.withheld.secrets, *self.withheld.others)
        years = {
            year
            for spot in spots
            if spot[0] == number
            for time in self.printed.times(spot)
            for year in years_of(time)
        }
        kept = tuple(
            (mark, note)
            for mark, note in table.notes
            if mark or (self._may_say(note) and not years & years_of(note))
        )
        return replace(table, notes=kept)

    def _betrays(self, cell: Cell) -> bool:
        """Tell whether a text of a table quotes a hidden number."""
        if not isinstance(cell, str):
            return False
        telling = {
            numeral
            for numeral in _numerals(cell)
            if not numeral.isdigit() and sum(map(str.isdigit, numeral)) >= _TELLING_DIGITS
        }
        return bool(telling & self.hidden_numerals)

    def _may_say(self, words: str) -> bool:
        """Tell whether every number of a sentence stands in a table of the copy."""
        found = {numeral for numeral in _numerals(words) if not _is_year(numeral)}
        return found <= self.numerals and not found & self.hidden_numerals

    def _is_public(self, value: float | None, label: str) -> bool:
        if value is None:
            return False
        found = self.system.found(value, times_in(label))
        return any(number in self.public for number in found)

    def _may_draw(self, figure: Figure) -> bool:
        """Tell whether the tables of the copy print every number that a chart draws."""
        numbers = {table.number.rstrip(_LETTERS): at for at, table in enumerate(self.listed)}
        drawn = _DRAWN.get(figure.name, ())
        whole = not any(
            spot[0] == numbers.get(name)
            for name in drawn
            for spot in (*self.withheld.secrets, *self.withheld.others)
        )
        return bool(drawn) and set(drawn) <= set(numbers) and whole


def _sections(blocks: Iterable[Block]) -> Iterable[Block]:
    """Give the blocks without headings below which nothing is left."""
    waiting: list[Heading] = []
    for block in blocks:
        if isinstance(block, Heading):
            waiting = [each for each in waiting if each.level < block.level]
            waiting.append(block)
            continue
        yield from waiting
        waiting = []
        yield block


def _standing(outside: Outside, language: Language) -> dict[str, str]:
    """Return what stands first: for whom the copy is, and from when."""
    found = {"copy": text("revisions.public.copy", language, tables=list(outside.tables))}
    if outside.embargo is not None:
        until = outside.embargo
        found["embargo"] = text(
            "revisions.public.embargo",
            language,
            day=f"{until.day:02}",
            month=f"{until.month:02}",
            year=until.year,
        )
    return found


def _mark(tables: Sequence[Table], language: Language) -> str:
    """Return a mark of what the copy prints: of nothing that it does not."""
    digest = hashlib.sha256()
    for table in tables:
        for words in _words_of(table, language):
            digest.update(f"{words}\n".encode())
    return text("revisions.public.mark", language, hash=digest.hexdigest()[:MARK_LENGTH])


def _words_of(table: Table, language: Language) -> Iterable[str]:
    """Give all that a table prints."""
    yield table.title
    yield from (column.label for column in table.columns)
    for row in table.rows:
        for cell, head in zip(row, table.columns, strict=True):
            yield show_cell(cell, head, language)


def _as_printed(cell: Cell, head: Column) -> Cell:
    """Return a number as short as it is printed."""
    if isinstance(cell, float) and head.style == "number":
        return float(round_half_away(cell, head.digits))
    return cell


def _free_mark(table: Table) -> str:
    used = {mark for mark, _ in table.notes}
    return next(letter for letter in _LETTERS if letter not in used)


def _numerals(words: str) -> list[str]:
    return _NUMERAL.findall(words)


def _is_year(numeral: str) -> bool:
    return len(numeral) == _YEAR_DIGITS and numeral.isdigit()
