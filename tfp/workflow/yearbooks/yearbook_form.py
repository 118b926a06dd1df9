"""Sheets in yearbook layout, by what their rows mean: ``[[data.sheet]]``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args

from tfp.panel.roles import ROLES, SEVERAL
from tfp.tables.csv_file import Delimiter
from tfp.tables.numerals import DecimalSign

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tfp.workflow.plans.plan_keys import Keys

PART = "/"  # between a total and one of its parts that are read to be checked only
LAST_ROW = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """``[[data.sheet]]``: a sheet in yearbook layout and what its rows mean.

    Attributes
    ----------
    rows : mapping
        By role the label of its row; by name of the part where a role has several.
    parts : mapping
        By role, labels of the parts that its row must be the sum of: they are checked only.
    further : mapping
        Labels by a name of one's own, for relations of ``[checks]``.
    """

    sheet: str | None = None
    file: str | None = None
    rows: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)
    parts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    further: Mapping[str, str] = field(default_factory=dict)
    unit: str | None = None
    price_base: str | None = None
    vintage: str | None = None
    section: str | None = None
    column: str | None = None
    header_row: int | None = None
    first_row: int | None = None
    last_row: int | None = None
    decimal: DecimalSign | None = None
    delimiter: Delimiter | None = None
    missing: tuple[str, ...] | None = None

    def labels(self) -> dict[str, str]:
        """Return every label that is read, by the name of its variable."""
        named = {name: label for name, label, _ in self.spelled_out()}
        checked = {
            f"{role}{PART}{part}": label
            for role, parts in self.parts.items()
            for part, label in parts.items()
        }
        return {**named, **checked, **self.further}

    def spelled_out(self) -> Iterator[tuple[str, str, str | None]]:
        """Yield every role, ``role:part`` where it has several, its label and the part."""
        for role, label in self.rows.items():
            if isinstance(label, str):
                yield role, label, None
            else:
                yield from ((f"{role}:{part}", each, part) for part, each in label.items())


def read_sheets(keys: Keys) -> tuple[Sheet, ...]:
    """Return every ``[[data.sheet]]``."""
    return tuple(_read_sheet(each) for each in keys.subs("sheet", Sheet))


def _read_sheet(keys: Keys) -> Sheet:
    keys.value("rows")
    rows, parts, further = keys.sub("rows"), keys.sub("parts"), keys.sub("further")
    for part in (rows, parts):
        for role in part.table:
            if role not in ROLES:
                raise part.unknown_role(role, role)

    def row(name: str) -> int | None:
        return keys.optional(name, lambda key: keys.whole(key, 1, LAST_ROW))

    return Sheet(
        sheet=keys.optional("sheet", keys.text),
        file=keys.optional("file", keys.file_name),
        rows={role: _labels(rows, role) for role in rows.table},
        parts={role: parts.sub(role).every(_label) for role in parts.table},
        further=further.every(_label),
        unit=keys.optional("unit", keys.text),
        price_base=keys.optional("price_base", keys.text),
        vintage=keys.optional("vintage", keys.text),
        section=keys.optional("section", keys.text),
        column=keys.optional("column", keys.text),
        header_row=row("header_row"),
        first_row=row("first_row"),
        last_row=row("last_row"),
        decimal=keys.optional("decimal", lambda name: keys.choice(name, get_args(DecimalSign))),
        delimiter=keys.optional("delimiter", lambda name: keys.choice(name, get_args(Delimiter))),
        missing=keys.optional("missing", keys.texts),
    )


def _labels(rows: Keys, role: str) -> str | dict[str, str]:
    if not isinstance(rows.table[role], dict):
        return rows.text(role)
    if role not in SEVERAL:
        raise rows.error("plan-one-column-only", role, key=rows.key(role), several=list(SEVERAL))
    return rows.sub(role).every(_label)


def _label(keys: Keys, name: str) -> str:
    return keys.text(name)


def roles_of(sheets: Iterable[Sheet]) -> dict[str, str | dict[str, str]]:
    """Return the columns of the panel that some sheets make: by role, the variable."""
    columns: dict[str, Any] = {}
    for sheet in sheets:
        for variable, _, part in sheet.spelled_out():
            role = variable.partition(":")[0]
            if part is None:
                columns[role] = variable
            else:
                columns.setdefault(role, {})[part] = variable
    return columns


def check_roles(keys: Keys, sheets: tuple[Sheet, ...], needed: Iterable[str]) -> None:
    """Refuse sheets without a row for the roles that must be there.

    Raises
    ------
    PlanError
        ``plan-row-missing``.
    """
    present = roles_of(sheets)
    missing = [role for role in needed if role not in present]
    if missing:
        raise keys.error("plan-row-missing", "sheet", roles=missing, present=sorted(present))
