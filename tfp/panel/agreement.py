"""Columns that must be of one kind: one vintage, one price base, one boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.errors import MethodError
from tfp.panel.price_bases import price_base_meant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tfp.panel.roles import Column


def check_agreement(columns: Iterable[Column], what: str, code: str) -> None:
    """Refuse columns whose declared vintage, price base or boundary differ."""
    stated = stated_differently(columns, what)
    if stated:
        raise MethodError(code, stated=[f"{role}: {value}" for role, value in stated.items()])


def stated_differently(columns: Iterable[Column], what: str) -> dict[str, str]:
    """Return what each column declares, by role; nothing where all declare the same.

    Price bases are compared by the year that they name: ``so sánh 2010`` is ``2010``.
    """
    stated = {c.role: str(getattr(c, what)) for c in columns if getattr(c, what) is not None}
    meant = price_base_meant if what == "price_base" else str
    return stated if len({meant(value) for value in stated.values()}) > 1 else {}
