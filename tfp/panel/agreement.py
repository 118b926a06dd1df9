"""Columns that must be of one kind: one vintage, one price base, one boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.errors import MethodError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tfp.panel.roles import Column


def check_agreement(columns: Iterable[Column], what: str, code: str) -> None:
    """Refuse columns whose declared vintage, price base or boundary differ."""
    stated = {c.role: getattr(c, what) for c in columns if getattr(c, what) is not None}
    if len(set(stated.values())) > 1:
        raise MethodError(code, stated=[f"{role}: {value}" for role, value in stated.items()])
