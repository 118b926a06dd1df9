"""What is still to be filled in: a list of cells, before anything is said of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfp.accounts.presets import PRESETS
from tfp.errors import Place, PlanError
from tfp.language.catalogue import text
from tfp.workflow.forms.template.lines import LINES, label_of
from tfp.workflow.plans.key_paths import steps_of, value_at
from tfp.workflow.treatments.initial_stock import INITIAL_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.workflow.forms.form import Form

_STATED_RULES = (None, "fixed", "labour_equivalents")


def check_filled(form: Form) -> None:
    """Refuse a form in which something is missing that every plan needs.

    Raises
    ------
    PlanError
        ``form-incomplete``, with every cell that is to be filled in; ``form-line-missing``
        where somebody has deleted the line of what is needed.
    """
    empty = [key for key in dict.fromkeys(_needed(form.tables)) if not _stands(form.tables, key)]
    cells = [form.cells.get(f"sheet:{key}") or form.cells.get(key) for key in empty]
    found = [cell for cell in cells if cell is not None]
    gone = [key for key, cell in zip(empty, cells, strict=True) if cell is None and key in LINES]
    if gone:
        labels = [label_of(key, form.language) for key in gone]
        sheet = text("template.sheet.declaration", form.language)
        where = [Place(file=form.file, sheet=sheet)]
        raise PlanError("form-line-missing", places=where, labels=labels, keys=gone)
    if found:
        raise PlanError(
            "form-incomplete",
            places=[Place(file=form.file)],
            count=len(found),
            cells="".join(f"\n  - {cell.name}" for cell in found),
        )


def _needed(tables: dict[str, Any]) -> Iterator[str]:
    """Give the keys that a plan like this one cannot do without."""
    yield from ("plan.title", "plan.area", "plan.language")
    shares = value_at(tables, ("method", "shares")) or {}
    named = PRESETS.get(str(value_at(tables, ("method", "preset")) or ""))
    leaves_them = named is None or bool(named.needs)
    if leaves_them and shares.get("rule") in _STATED_RULES and "by_period" not in shares:
        yield "method.shares.capital"
    yield from _figures(tables)
    yield from _capital(tables)


def _figures(tables: dict[str, Any]) -> Iterator[str]:
    made = {str(each.get("role")) for each in tables.get("deflate", ())}
    if isinstance(value_at(tables, ("data", "sheet")), list):
        return
    yield "data.time"
    if "output" not in tables and "output" not in made:
        yield "data.columns.output"
    if not _stands(tables, "data.columns.capital") and "investment" not in made:
        yield "data.columns.investment"
    if not _stands(tables, "data.columns.labour_by_group"):
        yield "data.columns.labour"


def _capital(tables: dict[str, Any]) -> Iterator[str]:
    stated = tables.get("capital", {})
    if {"assets", "efficiency", "services"} & set(stated) or capital_is_known(tables):
        return
    if not _stands(tables, "data.columns.depreciation_rate"):
        yield "capital.depreciation"
    yield "capital.initial.method"
    required, _ = INITIAL_KEYS.get(str(stated.get("initial", {}).get("method", "")), ((), ()))
    yield from (f"capital.initial.{name}" for name in required)


def capital_is_known(tables: dict[str, Any]) -> bool:
    """Tell whether the figures hold capital itself, so that none is accumulated."""
    sheets = value_at(tables, ("data", "sheet"))
    rows = [each.get("rows", {}) for each in sheets] if isinstance(sheets, list) else []
    return _stands(tables, "data.columns.capital") or any("capital" in each for each in rows)


def _stands(tables: dict[str, Any], key: str) -> bool:
    return value_at(tables, steps_of(key) or ()) is not None
