"""Values of a plan that are of another kind than their key, and can only mean one thing.

The reader of plans is the judge: where it expects a number and finds ``"0,40"``, that
text is read as the number it writes, and the reader begins again. So each key is
understood by its own rule, and nothing is guessed that is not asked for.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from tfp.errors import Place, PlanError
from tfp.panel.findings import Finding
from tfp.workflow.forms.form_values import written_number
from tfp.workflow.plans.key_paths import put_at, steps_of, value_at
from tfp.workflow.plans.plan_file import PLAN_NAME
from tfp.workflow.plans.written import Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tfp.workflow.plans.plan import Plan
    from tfp.workflow.plans.plan_mending import Mend

# What a backslash and a letter became in quotation marks; no name of a file holds these.
_SWALLOWED = {"\t": "\\t", "\n": "\\n", "\r": "\\r", "\b": "\\b", "\f": "\\f", "\x1b": "\\e"}
# Texts that are a year most of the time.
_YEARS_AS_NAMES = ("price_base", "vintage", "period")


def understood(
    tables: Mapping[str, Any],
    mends: Iterable[Mend],
    take: Callable[[Mapping[str, Any], Written], Plan],
) -> Plan:
    """Return the plan of tables, values put right that can only mean one thing.

    Parameters
    ----------
    tables : mapping
        As the reader of TOML gives them.
    mends : iterable of Mend
        The lines that had to be mended to read them.
    take : callable
        Makes a plan of tables.

    Raises
    ------
    PlanError
        Of `take`, where a value is not understood.
    """
    stated = deepcopy(dict(tables))
    remarks = [
        _remark("plan-line-understood", mend.written, mend.read, line=mend.line) for mend in mends
    ]
    while True:
        try:
            return take(stated, Written(remarks=tuple(remarks)))
        except PlanError as error:
            meant = _meant(error, stated)
            if meant is None:
                raise
            key, before, after = meant
            remarks.append(_remark("plan-value-understood", before, after, key=key))


def _meant(error: PlanError, tables: dict[str, Any]) -> tuple[str, str, str] | None:
    """Put right the value that an error is about; return its key, and what it was and became."""
    key = error.places[0].key if error.places else None
    steps = steps_of(key) if key else None
    if key is None or steps is None:
        return None
    value = value_at(tables, steps)
    after = _other_kind(error.code, value, key)
    if after is None or after == value or not put_at(tables, steps, after):
        return None
    return key, f'"{value}"' if isinstance(value, str) else str(value), str(after)


def _other_kind(code: str, value: Any, key: str) -> Any:
    if code == "plan-number-in-quotes" and isinstance(value, str):
        return written_number(value)
    if code == "plan-file-name" and isinstance(value, str):
        return "".join(_SWALLOWED.get(letter, letter) for letter in value)
    named = any(f".{name}" in key for name in _YEARS_AS_NAMES)
    if code == "plan-not-text" and named and type(value) is int:
        return str(value)
    return None


def _remark(code: str, written: str, read: str, **where: Any) -> Finding:
    return Finding(
        code=code,
        severity="note",
        places=(Place(file=PLAN_NAME, key=where.get("key")),),
        fields={"written": written, "read": read, **where},
    )
