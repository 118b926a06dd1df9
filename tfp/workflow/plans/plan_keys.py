"""One table of a plan, taken apart key by key: type, range and spelling are checked here."""

from __future__ import annotations

import math
import re
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from tfp.errors import Place, PlanError, TFPError, nearest
from tfp.panel.roles import ROLES, SEVERAL
from tfp.panel.spans import parse_span
from tfp.workflow.plans.placing import placed
from tfp.workflow.plans.plan_file import PLAN_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

T = TypeVar("T")
PER_CENT = 100
YEAR_RANGE = (1000, 2999)
_WRITTEN_NUMBER = re.compile(r"\s*[-+]?\d+(?P<rest>[.,]\d+)?\s*%?\s*")


class Keys:
    """A table of a plan with the path of its keys.

    Parameters
    ----------
    table
        What stands in the file.
    path
        The table's own key, such as ``"capital.initial"``; empty for the whole file.
    known
        The record that the table becomes, whose fields are the keys; or the keys.

    Raises
    ------
    PlanError
        ``plan-key-unknown``, with the nearest key that exists.
    """

    def __init__(self, table: Mapping[str, Any], path: str, known: type | Iterable[str]) -> None:
        names = [f.name for f in fields(known)] if isinstance(known, type) else list(known)
        self.table = table
        self.path = path
        unknown = [name for name in table if name not in names]
        if unknown:
            raise self.error(
                "plan-key-unknown",
                *unknown,
                key=self.key(unknown[0]),
                known=sorted(names),
                nearest=nearest(unknown[0].casefold(), names),
            )

    def __contains__(self, name: str) -> bool:
        return name in self.table

    def key(self, name: str) -> str:
        """Return the whole path of a key."""
        return f"{self.path}.{name}" if self.path else name

    def error(self, code: str, *names: str, **fields: Any) -> PlanError:
        """Return an error about some keys of this table."""
        places = [Place(file=PLAN_NAME, key=self.key(name)) for name in names]
        return PlanError(code, places=places, **fields)

    def value(self, name: str) -> Any:
        """Return what stands at a key that must be there."""
        if name not in self.table:
            raise self.error("plan-key-missing", name, key=self.key(name))
        return self.table[name]

    def optional(self, name: str, take: Callable[[str], T]) -> T | None:
        """Return what `take` makes of a key, None where the key is absent."""
        return take(name) if name in self.table else None

    def text(self, name: str) -> str:
        """Return a text that is not empty."""
        value = self.value(name)
        if not isinstance(value, str):
            raise self.error("plan-not-text", name, key=self.key(name), found=_shown(value))
        if not value.strip():
            raise self.error("plan-text-empty", name, key=self.key(name))
        return value

    def text_or_empty(self, name: str) -> str:
        """Return a text, the empty one where the key is absent."""
        return self.text(name) if name in self.table else ""

    def number(self, name: str, low: float = -math.inf, high: float = math.inf) -> float:
        """Return a number between `low` and `high`, both included."""
        value = self.value(name)
        if isinstance(value, str):
            raise self._number_in_quotes(name, value)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.error("plan-not-number", name, key=self.key(name), found=_shown(value))
        if not low <= value <= high or not math.isfinite(value):
            raise self.error(
                "plan-out-of-range",
                name,
                key=self.key(name),
                found=str(value),
                low=_bound(low),
                high=_bound(high),
            )
        return float(value)

    def positive(self, name: str) -> float:
        """Return a number above zero."""
        number = self.number(name)
        if number <= 0:
            raise self.error("plan-not-positive", name, key=self.key(name), found=_shown(number))
        return number

    def fraction(self, name: str) -> float:
        """Return a number from 0 to 1; 40 for 0.40 is recognised."""
        if name in self.table:
            number = self.number(name)
            if 1 < number <= PER_CENT:
                raise self._per_cent(name, number)
        return self.number(name, 0.0, 1.0)

    def rate(self, name: str) -> float:
        """Return a rate above -1, such as 0.05 for five per cent; 5 is recognised."""
        number = self.number(name)
        if 1 < number <= PER_CENT:
            raise self._per_cent(name, number)
        return self.number(name, -0.99, 1.0)

    def numbers(self, name: str) -> tuple[float, ...]:
        """Return a list of numbers."""
        part = self._numbered(name)
        return tuple(map(part.number, part.table))

    def whole(self, name: str, low: int, high: int) -> int:
        """Return a whole number between `low` and `high`."""
        value = self.value(name)
        if isinstance(value, str):
            raise self._number_in_quotes(name, value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.error("plan-not-whole", name, key=self.key(name), found=_shown(value))
        self.number(name, low, high)
        return value

    def year(self, name: str) -> int:
        """Return a year."""
        return self.whole(name, *YEAR_RANGE)

    def years(self, name: str) -> tuple[int, ...]:
        """Return a list of years."""
        part = self._numbered(name)
        return tuple(map(part.year, part.table))

    def choice(self, name: str, choices: Sequence[str], default: str | None = None) -> Any:
        """Return one of some words, the default where the key is absent."""
        if name not in self.table and default is not None:
            return default
        value = self.text(name)
        if value not in choices:
            raise self.error(
                "plan-word-unknown",
                name,
                key=self.key(name),
                found=value,
                known=list(choices),
                nearest=nearest(value.casefold(), choices),
            )
        return value

    def choices(self, name: str, known: Sequence[str]) -> tuple[str, ...]:
        """Return a list of words, each of them known."""
        part = self._numbered(name)
        return tuple(part.choice(number, known) for number in part.table)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts."""
        values = self._list(name)
        wrong = [value for value in values if not isinstance(value, str)]
        if wrong:
            raise self.error("plan-not-text", name, key=self.key(name), found=_shown(wrong[0]))
        return tuple(values)

    def truth(self, name: str) -> bool:
        """Return true or false."""
        value = self.value(name)
        if not isinstance(value, bool):
            raise self.error("plan-not-truth", name, key=self.key(name), found=_shown(value))
        return value

    def period(self, name: str) -> str:
        """Return a span of years as it is written, such as ``"2011-2015"``."""
        written = self.text(name)
        self.check_period(name, written)
        return written

    def check_period(self, name: str, written: str) -> None:
        """Refuse what is no span of years."""
        try:
            parse_span(written)
        except TFPError as error:
            raise placed(error, self.key(name)) from error

    def date(self, name: str) -> date:
        """Return a day."""
        value = self.value(name)
        if type(value) is not date:
            raise self.error("plan-not-date", name, key=self.key(name), found=_shown(value))
        return value

    def role(self, name: str) -> str:
        """Return a role that exists, such as ``"labour"`` or ``"capital:machines"``."""
        role = self.text(name)
        base, _, part = role.partition(":")
        if base not in ROLES or (part and base not in SEVERAL):
            raise self.unknown_role(name, role)
        return role

    def roles(self, name: str) -> tuple[str, ...]:
        """Return a list of roles that exist."""
        part = self._numbered(name)
        return tuple(map(part.role, part.table))

    def unknown_role(self, name: str, role: str) -> PlanError:
        """Return the error that a role does not exist."""
        return self.error(
            "plan-role-unknown",
            name,
            role=role,
            known=list(ROLES),
            nearest=nearest(role.casefold(), ROLES),
        )

    def file_name(self, name: str) -> str:
        """Return the name of a file, refusing what a backslash in quotes made of it."""
        file = self.text(name)
        if any(ord(letter) < ord(" ") for letter in file):
            raise self.error("plan-file-name", name, key=self.key(name), found=repr(file)[1:-1])
        return file

    def one_or_several(self, name: str, take: Callable[[Keys, str], T]) -> T | dict[str, T]:
        """Return what `take` makes of a key, or of each key of the table that stands there."""
        return (
            self.sub(name).every(take) if isinstance(self.value(name), dict) else take(self, name)
        )

    def every(self, take: Callable[[Keys, str], T]) -> dict[str, T]:
        """Return what `take` makes of each key of this table."""
        return {name: take(self, name) for name in self.table}

    def by_year(self, name: str, take: Callable[[Keys, str], T]) -> dict[int, T]:
        """Return what `take` makes of each key of a table whose keys are years."""
        part = self.sub(name)
        if not part.table:
            raise self.error("plan-list-empty", name, key=self.key(name))
        for year in part.table:
            if not (year.isdigit() and len(year) == len("2017")):
                raise part.error("plan-not-a-year", year, key=part.key(year), found=year)
        return {int(year): value for year, value in part.every(take).items()}

    def check_belong(
        self,
        method: str,
        required: Sequence[str],
        allowed: Sequence[str],
        *,
        beside: Sequence[str],
    ) -> None:
        """Refuse keys that another word at `method`'s key goes with, and those that lack.

        `beside` are the keys that go with every word.
        """
        for name in self.table:
            if name not in (*required, *allowed, *beside):
                raise self.error(
                    "plan-key-not-of-method",
                    name,
                    key=self.key(name),
                    method=method,
                    known=[*required, *allowed],
                )
        for name in required:
            self.value(name)

    def sub(self, name: str, known: type | Iterable[str] | None = None) -> Keys:
        """Return a table inside this one; an absent one is empty."""
        value = self.table.get(name, {})
        if isinstance(value, list):
            raise self.error("plan-one-table", name, key=self.key(name))
        if not isinstance(value, dict):
            raise self.error("plan-not-table", name, key=self.key(name), found=_shown(value))
        return Keys(value, self.key(name), value if known is None else known)

    def subs(self, name: str, known: type | Iterable[str]) -> list[Keys]:
        """Return the tables of a list of tables, numbered from 1 in their paths."""
        values = self.table.get(name, [])
        if isinstance(values, dict):
            raise self.error("plan-several-tables", name, key=self.key(name))
        if not isinstance(values, list) or any(not isinstance(each, dict) for each in values):
            raise self.error("plan-not-table", name, key=self.key(name), found=_shown(values))
        return [
            Keys(each, f"{self.key(name)}[{number}]", known)
            for number, each in enumerate(values, start=1)
        ]

    def only_one(self, *names: str) -> str:
        """Return which one of some keys is there; exactly one must be."""
        given = [name for name in names if name in self.table]
        if len(given) != 1:
            raise self.error(
                "plan-choose-one",
                *(given or names),
                keys=list(names),
                table=self.path,
                count=len(given),
            )
        return given[0]

    def _per_cent(self, name: str, number: float) -> PlanError:
        found, fraction = f"{number:g}", f"{number / PER_CENT:g}"
        return self.error("plan-per-cent", name, key=self.key(name), found=found, fraction=fraction)

    def _numbered(self, name: str) -> Keys:
        """Return a list as a table whose keys are 1, 2, 3 and so on."""
        numbered = {str(number): value for number, value in enumerate(self._list(name), start=1)}
        return Keys(numbered, self.key(name), numbered)

    def _list(self, name: str) -> list[Any]:
        value = self.value(name)
        if not isinstance(value, list):
            raise self.error("plan-not-list", name, key=self.key(name), found=_shown(value))
        if not value:
            raise self.error("plan-list-empty", name, key=self.key(name))
        return value

    def _number_in_quotes(self, name: str, value: str) -> PlanError:
        match = _WRITTEN_NUMBER.fullmatch(value)
        if match is None:
            return self.error("plan-not-number", name, key=self.key(name), found=_shown(value))
        point = value.strip().rstrip("%").strip().replace(",", ".")
        return self.error(
            "plan-number-in-quotes", name, key=self.key(name), found=value, point=point
        )


def _shown(value: Any) -> str:
    """Return a value as the plan writes it, shortened."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (dict, list)):
        return "{...}" if isinstance(value, dict) else "[...]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _bound(bound: float) -> str:
    return f"{bound:g}" if math.isfinite(bound) else ("-∞" if bound < 0 else "∞")
