"""``[copies]``: the copy of the report for readers outside the office.

The outside copy stands in the folder ``public`` of the run's results, so that handing it
out is copying one folder. It comes with the results, whole or not at all.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any, Literal, get_args

from tfp.errors import Place, PlanError, nearest
from tfp.panel.findings import Finding
from tfp.report.public_copy import Outside, PublicCopy, Secret, public_copy
from tfp.report.tables.expected import EXPECTED
from tfp.report.tables_book import tables_bytes
from tfp.report.words import day_in_words
from tfp.version import VERSION
from tfp.workflow.folders.folder_state import MANIFEST
from tfp.workflow.plans.plan_file import PLAN_NAME
from tfp.workflow.results_file import json_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from tfp.report.content import RunContent
    from tfp.report.document import Document
    from tfp.workflow.plans.plan_keys import Keys

    Writer = Callable[[Document], bytes]

FOLDER = "public"
TABLES = "tables.xlsx"
KIND = "tfp public copy"
SCHEMA = 1
BeforeEmbargo = Literal["mark", "refuse"]
DEFAULT_PROTECTION = 0.1
_BETWEEN = re.compile(r"[\s,;]+")


@dataclass(frozen=True, kw_only=True)
class Hidden:
    """``[[copies.hidden]]``: numbers that one enterprise dominates.

    Either `role` with `entity` and `years`, or `table` with `row` and `column`.
    """

    reason: str
    role: str | None = None
    entity: str | None = None
    years: tuple[int, ...] | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None


@dataclass(frozen=True, kw_only=True)
class Copies:
    """``[copies]``: which tables the outside copy holds, from when, and what it hides."""

    outside: tuple[str, ...]
    embargo: date | None = None
    before_embargo: BeforeEmbargo = "mark"
    known: tuple[str, ...] = ()
    protection: float = DEFAULT_PROTECTION
    hidden: tuple[Hidden, ...] = ()

    def under_embargo(self, when: date | None) -> bool:
        """Tell whether a report of this date comes before the embargo ends.

        A report without a date does: nothing is taken from the clock.
        """
        return self.embargo is not None and (when is None or when < self.embargo)

    def refused(self, when: date | None) -> bool:
        """Tell whether a report of this date has no outside copy yet."""
        return self.before_embargo == "refuse" and self.under_embargo(when)


def read_copies(keys: Keys) -> Copies:
    """Return what the table ``[copies]`` says."""
    outside = tuple(each for said in keys.texts("outside") for each in _numbers(said))
    for number in outside:
        # B1a is a part of B1.
        if number.rstrip(ascii_lowercase) not in EXPECTED:
            known, near = list(EXPECTED), nearest(number, EXPECTED)
            key = keys.key("outside")
            raise keys.error(
                "plan-word-unknown", "outside", key=key, found=number, known=known, nearest=near
            )
    if len(set(outside)) < len(outside):
        raise keys.error("plan-listed-twice", "outside", key=keys.key("outside"))
    if "before_embargo" in keys and "embargo" not in keys:
        key = keys.key("before_embargo")
        raise keys.error("plan-key-needs", "before_embargo", key=key, other=keys.key("embargo"))
    protection = keys.fraction("protection") if "protection" in keys else DEFAULT_PROTECTION
    return Copies(
        outside=outside,
        embargo=keys.optional("embargo", keys.date),
        before_embargo=keys.choice("before_embargo", get_args(BeforeEmbargo), "mark"),
        known=keys.roles("known") if "known" in keys else (),
        protection=protection,
        hidden=tuple(_hidden(part) for part in keys.subs("hidden", Hidden)),
    )


def _numbers(said: str) -> list[str]:
    """Return the tables that one entry lists: people also write ``B1, b8``."""
    return [each[:1].upper() + each[1:].lower() for each in _BETWEEN.split(said.strip()) if each]


def _hidden(keys: Keys) -> Hidden:
    named = keys.only_one("role", "table")
    for name, other in (("entity", "role"), ("row", "table"), ("column", "table")):
        if name in keys and named != other:
            raise keys.error("plan-key-needs", name, key=keys.key(name), other=keys.key(other))
    return Hidden(
        reason=keys.text("reason"),
        role=keys.optional("role", keys.role),
        entity=keys.optional("entity", keys.text),
        years=keys.optional("years", keys.years),
        table=keys.optional("table", keys.text),
        row=keys.optional("row", keys.text),
        column=keys.optional("column", keys.text),
    )


def outside_copy(copies: Copies, document: Document, content: RunContent) -> PublicCopy | None:
    """Return the copy for readers outside the office; None where the embargo refuses it.

    Raises
    ------
    PlanError
        ``copies-nothing-hidden`` for a ``[[copies.hidden]]`` that names no number of this
        run: a copy that shows what was to be hidden is worse than none.
        ``copies-not-protected`` if what is known elsewhere gives it away.
    """
    if copies.refused(content.prepared_on):
        return None
    secrets = tuple(Secret(**{**vars(each), "years": each.years or ()}) for each in copies.hidden)
    early = copies.under_embargo(content.prepared_on)
    outside = Outside(
        tables=copies.outside,
        secrets=secrets,
        known=copies.known,
        protection=copies.protection,
        embargo=copies.embargo if early else None,
    )
    made = public_copy(document, content, outside)
    for number, secret in enumerate(secrets, start=1):
        if secret in made.unmatched:
            key = f"copies.hidden[{number}]"
            where = [Place(file=PLAN_NAME, key=key)]
            raise PlanError("copies-nothing-hidden", places=where, key=key)
    for number in made.withheld.exposed[:1]:
        quantity = made.quantities[number]
        where = [Place(file=PLAN_NAME, key="copies")]
        raise PlanError(
            "copies-not-protected",
            places=where,
            name=quantity.name,
            entity=quantity.entity,
            time=quantity.time,
        )
    return made


def copy_files(
    copies: Copies | None, document: Document, content: RunContent, writers: Mapping[str, Writer]
) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """Return the files of the folder ``public`` by their names, and what the copy lacks.

    Parameters
    ----------
    copies
        None where the plan asks for none.
    document, content
        The report of the office itself, and what it was made of.
    writers
        What makes the bytes of each document, by its file name.
    """
    if copies is None:
        return {}, ()
    made = outside_copy(copies, document, content)
    if made is None:
        until = {"date": day_in_words(copies.embargo, content.language)}
        return {}, (Finding(code="copies-embargoed", severity="note", fields=until),)
    files = {name: write(made.document) for name, write in writers.items()}
    if made.tables:
        files[TABLES] = tables_bytes(made.document)
    manifest: dict[str, Any] = {
        "kind": KIND,
        "schema": SCHEMA,
        "tfp": VERSION,
        "title": made.document.title,
        "language": made.document.language,
        "tables": [table.number for table in made.tables],
        "files": {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
            for name, data in sorted(files.items())
        },
    }
    files[MANIFEST] = json_bytes(manifest)
    lacking = {"tables": list(made.missing)}
    remarks = (Finding(code="copies-tables-missing", severity="warn", fields=lacking),)
    return {f"{FOLDER}/{name}": data for name, data in files.items()}, (
        remarks if made.missing else ()
    )
