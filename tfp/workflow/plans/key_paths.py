"""Keys of a plan as paths: ``capital.initial.ratio``, ``splice[1].at``, ``data.units."a.b"``."""

from __future__ import annotations

import re
from typing import Any

_STEP = re.compile(r'\.?(?:\[(?P<number>\d+)\]|"(?P<quoted>[^"]+)"|(?P<bare>[^.\[\]"\s]+))')
Step = str | int


def steps_of(path: str) -> tuple[Step, ...] | None:
    """Return the steps of a path, tables of a list by their number from 1; None if it is none.

    Examples
    --------
    >>> steps_of("splice[1].at"), steps_of('data.same_book."yearbook 2021"'), steps_of("a b")
    (('splice', 1, 'at'), ('data', 'same_book', 'yearbook 2021'), None)
    """
    steps: list[Step] = []
    position = 0
    for match in _STEP.finditer(path):
        if match.start() != position:
            return None
        position = match.end()
        number = match["number"]
        steps.append(int(number) if number else match["quoted"] or match["bare"])
    whole = steps and position == len(path) and isinstance(steps[0], str)
    return tuple(steps) if whole else None


def value_at(tables: Any, steps: tuple[Step, ...]) -> Any:
    """Return what stands at a path, None where nothing does."""
    for step in steps:
        number = _number(step)
        if number is not None and isinstance(tables, list):
            tables = tables[number - 1] if 1 <= number <= len(tables) else None
        elif isinstance(tables, dict):
            tables = tables.get(str(step))
        else:
            return None
    return tables


def put_at(tables: dict[str, Any], steps: tuple[Step, ...], value: Any) -> bool:
    """Put a value at a path, with the tables on the way; tell whether there is such a place.

    There is none below a value that is no table, and in a list beyond its end.

    Examples
    --------
    >>> tables = {}
    >>> put_at(tables, ("splice", 1, "at"), 2021), put_at(tables, ("splice", 3), {}), tables
    (True, False, {'splice': [{'at': 2021}]})
    """
    *way, last = steps
    inside: Any = tables
    for step, following in zip(way, steps[1:], strict=True):
        inside = _entered(inside, step, [] if isinstance(following, int) else {})
    if isinstance(inside, dict) and isinstance(last, str):
        inside[last] = value
        return True
    number = _number(last)
    if isinstance(inside, list) and number is not None and 1 <= number <= len(inside) + 1:
        inside[number - 1 : number] = [value]
        return True
    return False


def _number(step: Step) -> int | None:
    """Return the place in a list that a step names, as a number or in digits."""
    if isinstance(step, int):
        return step
    return int(step) if step.isdigit() else None


def _entered(inside: Any, step: Step, fresh: Any) -> Any:
    if isinstance(inside, dict) and isinstance(step, str):
        return inside.setdefault(step, fresh)
    if isinstance(inside, list) and isinstance(step, int) and 1 <= step <= len(inside) + 1:
        if step > len(inside):
            inside.append(fresh)
        return inside[step - 1]
    return None
