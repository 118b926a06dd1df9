"""Files in long form, one row for each published figure: ``[data.long]``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfp.inputs.figures.choosing import MixedVintages
from tfp.inputs.figures.collection import Figures
from tfp.workflow.plans.placing import placing
from tfp.workflow.plans.plan import Long

if TYPE_CHECKING:
    from tfp.panel.panel import Panel
    from tfp.tables.table import Table
    from tfp.workflow.plans.plan import Data
    from tfp.workflow.plans.plan_keys import Keys


def read_long(keys: Keys) -> Long:
    """Return ``[data.long]``."""
    return Long(
        area=keys.text("area"),
        variable=keys.text("variable"),
        value=keys.text("value"),
        unit=keys.optional("unit", keys.text),
        book=keys.optional("book", keys.text),
        source=keys.optional("source", keys.text),
        status=keys.optional("status", keys.text),
        derivation=keys.optional("derivation", keys.text),
        areas=keys.optional("areas", keys.texts),
        **read_books(keys),
    )


def read_books(keys: Keys) -> dict[str, Any]:
    """Return which books are taken: ``books``, ``books_reason`` and ``same_book``."""
    books = keys.sub("books")
    chosen = {role: _books(books, role) for role in books.table}
    if any(isinstance(book, tuple) for book in chosen.values()):
        keys.value("books_reason")
    same = keys.sub("same_book")
    return {
        "books": chosen,
        "books_reason": keys.text_or_empty("books_reason"),
        "same_book": {name: same.text(name) for name in same.table},
    }


def figures_of(table: Table, data: Data, long: Long, key: str) -> Figures:
    """Return all figures of a file, each with the book that prints it."""
    with placing(f"{key}.long"):
        figures = Figures(
            table,
            area=long.area,
            variable=long.variable,
            time=data.time,
            value=long.value,
            unit=long.unit,
            vintage=long.book,
            source=long.source,
            status=long.status,
            derivation=long.derivation,
        )
        if long.areas is not None:
            figures = figures.select(areas=long.areas)
        return figures.rename_vintages(long.same_book)


def panel_of_figures(figures: Figures, data: Data, long: Long, key: str) -> Panel:
    """Return a panel with one book in each column."""
    books: dict[str, Any] = {
        role: MixedVintages(book, reason=long.books_reason) if isinstance(book, tuple) else book
        for role, book in long.books.items()
    }
    roles: dict[str, Any] = dict(data.columns)
    with placing(f"{key}.long.books"):
        return figures.panel(
            vintages=books or None,
            units=data.units,
            price_bases=data.price_bases,
            boundaries=data.boundaries,
            **roles,
        )


def _books(keys: Keys, role: str) -> str | tuple[str, ...]:
    return keys.texts(role) if isinstance(keys.value(role), list) else keys.text(role)
