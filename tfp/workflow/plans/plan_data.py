"""The tables of a plan that say what the data are: ``[data]`` and ``[[source]]``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from tfp.errors import nearest
from tfp.panel.roles import ROLES, SEVERAL
from tfp.tables.csv_file import Delimiter
from tfp.tables.numerals import DecimalSign
from tfp.workflow.plans.plan import Data, Long, Source
from tfp.workflow.plans.plan_keys import Keys
from tfp.workflow.yearbooks.long_form import read_books, read_long
from tfp.workflow.yearbooks.yearbook_form import check_roles, read_sheets, roles_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def read_data(keys: Keys, needed: Iterable[str] = ()) -> Data:
    """Return ``[data]``, or a further file that is described alike.

    Parameters
    ----------
    keys : Keys
    needed : iterable of str
        Roles that must have a column.

    Raises
    ------
    PlanError
        ``plan-file-name`` for a name that no file can have (a tab that was meant as a
        backslash and a t), ``plan-role-unknown``, ``plan-one-column-only``,
        ``plan-role-without-column`` and those of :class:`~tfp.workflow.plans.plan_keys.Keys`.
    """
    if isinstance(keys.table.get("sheet"), list):
        return _read_sheets(keys, needed)
    for name in ("books", "books_reason", "same_book"):
        if name in keys:
            raise keys.error("plan-key-needs", name, key=keys.key(name), other="[[data.sheet]]")
    columns = _columns(keys, needed)
    described: dict[str, Any] = {
        name: _by_role(keys, name, columns)
        for name in ("units", "price_bases", "vintages", "boundaries", "definitions")
    }
    long = read_long(keys.sub("long", Long)) if "long" in keys else None
    if long is not None:
        # A long file says these of each figure.
        for name in ("entity", "vintages", "definitions", "status"):
            if name in keys:
                raise keys.error("plan-key-not-with", name, key=keys.key(name), other="long")
    return Data(
        long=long,
        file=keys.file_name("file"),
        time=keys.text("time"),
        columns=columns,
        sheet=keys.optional("sheet", keys.text),
        header_row=keys.optional("header_row", lambda name: keys.whole(name, 1, 1_000_000)),
        decimal=keys.optional("decimal", lambda name: keys.choice(name, get_args(DecimalSign))),
        delimiter=keys.optional("delimiter", lambda name: keys.choice(name, get_args(Delimiter))),
        missing=keys.optional("missing", keys.texts),
        entity=keys.optional("entity", keys.text),
        status=_status(keys, columns),
        **described,
    )


def _read_sheets(keys: Keys, needed: Iterable[str]) -> Data:
    """Return ``[data]`` whose sheets are in yearbook layout."""
    for name in ("columns", "time", "entity", "status", "long", "vintages", "definitions"):
        if name in keys:
            raise keys.error("plan-key-not-with", name, key=keys.key(name), other="[[data.sheet]]")
    if "header_row" in keys:
        raise keys.error(
            "plan-key-not-with", "header_row", key=keys.key("header_row"), other="[[data.sheet]]"
        )
    sheets = read_sheets(keys)
    check_roles(keys, sheets, needed)
    if "file" not in keys and any(sheet.file is None for sheet in sheets):
        raise keys.error("plan-key-missing", "file", key=keys.key("file"))
    columns = roles_of(sheets)
    return Data(
        file=keys.file_name("file") if "file" in keys else str(sheets[0].file),
        time="year",
        columns=columns,
        sheet=sheets,
        decimal=keys.optional("decimal", lambda name: keys.choice(name, get_args(DecimalSign))),
        delimiter=keys.optional("delimiter", lambda name: keys.choice(name, get_args(Delimiter))),
        missing=keys.optional("missing", keys.texts),
        units=_by_role(keys, "units", columns),
        price_bases=_by_role(keys, "price_bases", columns),
        boundaries=_by_role(keys, "boundaries", columns),
        **read_books(keys),
    )


def read_sources(parts: list[Keys], columns: Mapping[str, object]) -> tuple[Source, ...]:
    """Return every ``[[source]]``."""
    return tuple(_source(keys, columns) for keys in parts)


def _source(keys: Keys, columns: Mapping[str, object]) -> Source:
    return Source(
        title=keys.text("title"),
        publisher=keys.text_or_empty("publisher"),
        vintage=keys.text_or_empty("vintage"),
        licence=keys.text_or_empty("licence"),
        reference=keys.text_or_empty("reference"),
        roles=tuple(
            dict.fromkeys(
                each
                for role in keys.optional("roles", keys.texts) or ()
                for each in _sourced(keys, role, columns)
            )
        ),
        file=keys.optional("file", keys.file_name),
        notes=keys.optional("notes", keys.texts) or (),
    )


def _sourced(keys: Keys, role: str, columns: Mapping[str, object]) -> tuple[str, ...]:
    """Return a role that a source is of; of what is deflated, the figures printed there too."""
    current = f"{role}_current"
    if role not in columns and current in columns:
        return role, current
    return (_present(keys, "roles", role, columns),)


def read_other_columns(keys: Keys, data: Data) -> dict[str, str | dict[str, str] | None] | None:
    """Return ``columns`` of a sensitivity: other columns for roles that the plan has.

    ``false`` stands for no column, where what the plan has does not describe the other
    column: None in what is returned.

    Raises
    ------
    PlanError
        ``plan-role-without-column`` for a role, or one of several columns of a role, that
        the plan does not have; otherwise as :func:`read_data`.
    """
    if "columns" not in keys:
        return None
    part = keys.sub("columns")
    without = [role for role, value in part.table.items() if value is False]
    others = _roles(
        Keys({r: v for r, v in part.table.items() if v is not False}, part.path, list(part.table))
    )
    present = _spelled_out(data.columns)
    for role in without:
        if role not in data.columns:
            raise _without_column(part, role, role, present)
    for role, named in others.items():
        for each in _spelled_out({role: named}):
            if each not in present:
                raise _without_column(part, role, each, present)
    return {**others, **dict.fromkeys(without)}


def _columns(keys: Keys, needed: Iterable[str]) -> dict[str, str | dict[str, str]]:
    if "columns" not in keys:
        raise keys.error("plan-key-missing", "columns", key=keys.key("columns"))
    part = keys.sub("columns")
    columns = _roles(part)
    for role in needed:
        if role not in columns:
            raise part.error("plan-key-missing", role, key=part.key(role))
    return columns


def _roles(part: Keys) -> dict[str, str | dict[str, str]]:
    """Return the columns that a table gives to roles, whichever roles these are."""
    columns: dict[str, str | dict[str, str]] = {}
    for role, value in part.table.items():
        if role not in ROLES:
            raise part.unknown_role(role, role)
        if not isinstance(value, dict):
            columns[role] = part.text(role)
        elif role in SEVERAL:
            inner = part.sub(role)
            columns[role] = {asset: inner.text(asset) for asset in inner.table}
        else:
            raise part.error(
                "plan-one-column-only", role, key=part.key(role), several=list(SEVERAL)
            )
    return columns


def _spelled_out(columns: Mapping[str, str | Mapping[str, str]]) -> list[str]:
    """Return the roles as a panel calls them: ``"capital:machines"`` where there are several."""
    return [
        role if asset is None else f"{role}:{asset}"
        for role, named in columns.items()
        for asset in ((None,) if isinstance(named, str) else named)
    ]


def _by_role(keys: Keys, name: str, columns: Mapping[str, object]) -> dict[str, str]:
    part = keys.sub(name)
    return {_present(part, role, role, columns): part.text(role) for role in part.table}


def _status(keys: Keys, columns: Mapping[str, object]) -> str | dict[str, str] | None:
    if isinstance(keys.table.get("status"), dict):
        return _by_role(keys, "status", columns)
    return keys.optional("status", keys.text)


def _present(keys: Keys, name: str, role: str, columns: Mapping[str, object]) -> str:
    if role.partition(":")[0] not in columns:
        raise _without_column(keys, name, role, columns)
    return role


def _without_column(keys: Keys, name: str, role: str, present: Iterable[str]) -> Exception:
    known = sorted(present)
    return keys.error(
        "plan-role-without-column",
        name,
        role=role,
        present=known,
        nearest=nearest(role, known),
    )
