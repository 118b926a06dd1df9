"""``[approved]``: the options that were approved, and whether a plan follows them.

The options of a plan are all that makes results of figures: how the data are treated, which
shares, how capital is accumulated, the periods averaged over, and the targets compared
with. Names of files, sources, reasons, dates, letterhead and words are no options: with
other figures the same options have the same hash.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import MISSING, dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any

from tfp.errors import Place, PlanError
from tfp.report.approval import Approval
from tfp.workflow.plans.plan_file import PLAN_NAME, parse_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from tfp.workflow.plans.plan import Plan
    from tfp.workflow.plans.plan_keys import Keys

# What stands in a table of options and is none: where a figure is read, and why.
WORDS = ("file", "sheet", "source", "rate_source", "reason", "books_reason", "note")
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, kw_only=True)
class Approved:
    """``[approved]``: by which document, when, and which options.

    Attributes
    ----------
    document : str
        Number of the document: ``"Quyết định 15/QĐ-SKHCN"``.
    date : date
    options : str
        Hash of the approved options, as ``tfp check`` prints it.
    plan : str or None
        The approved plan itself, in the folder of this one: then a report names the keys
        in which they differ.
    """

    document: str
    date: date
    options: str
    plan: str | None = None


def read_approved(keys: Keys) -> Approved:
    """Return ``[approved]``.

    Raises
    ------
    PlanError
        ``plan-approved-hash`` where the hash is not one that ``tfp check`` prints.
    """
    options = keys.text("options").strip().lower()
    if not _HASH.fullmatch(options):
        key = keys.key("options")
        raise keys.error("plan-approved-hash", "options", key=key, count=len(options))
    return Approved(
        document=keys.text("document"),
        date=keys.date("date"),
        options=options,
        plan=keys.optional("plan", keys.file_name),
    )


def options_of(plan: Plan) -> dict[str, Any]:
    """Return the options of a plan as plain values; what is left at its default is left out."""
    targets = plan.targets
    return {
        "treatment": _stated(plan.treatment),
        "periods": {} if plan.periods is None else _stated(plan.periods),
        "targets": {
            "use": targets.use,
            "area": targets.area or "",
            "own": [
                {
                    name: getattr(target, name)
                    for name in (
                        "operator",
                        "lower",
                        "upper",
                        "basis",
                        "first_year",
                        "last_year",
                        "due_year",
                        "method",
                    )
                }
                for target in targets.own
            ],
        },
    }


def options_hash(plan: Plan) -> str:
    """Return the sha256 of the options of a plan."""
    words = json.dumps(options_of(plan), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()


def approval_of(plan: Plan, folder: Path, read: Callable[[bytes], Plan]) -> Approval:
    """Return the options of a plan beside those approved.

    Parameters
    ----------
    plan : Plan
    folder : Path
        Where it stands.
    read : callable
        Makes a plan of the bytes of a file.

    Raises
    ------
    PlanError
        ``plan-approved-file`` if the approved plan cannot be read,
        ``plan-approved-differs`` if it has other options than those approved.
    """
    stated, own = plan.approved, options_hash(plan)
    if stated is None:
        return Approval(options=own)
    differing: tuple[str, ...] = ()
    if stated.plan is not None:
        earlier = _approved_plan(stated, folder / stated.plan, read)
        differing = differing_options(earlier, plan)
    return Approval(
        options=own,
        approved_options=stated.options,
        document=stated.document,
        date=stated.date,
        differing=differing,
    )


def differing_options(first: Plan, second: Plan) -> tuple[str, ...]:
    """Return the keys in which the options of two plans differ."""
    before, after = (dict(_leaves(options_of(plan))) for plan in (first, second))
    keys = dict.fromkeys((*before, *after))
    return tuple(
        key.removeprefix("treatment.") for key in keys if before.get(key) != after.get(key)
    )


def _approved_plan(stated: Approved, path: Path, read: Callable[[bytes], Plan]) -> Plan:
    places = [Place(file=PLAN_NAME, key="approved.plan")]
    try:
        data = path.read_bytes()
        parse_plan(data)
    except (OSError, PlanError) as error:
        raise PlanError("plan-approved-file", places=places, file=stated.plan) from error
    earlier = read(data)
    if options_hash(earlier) != stated.options:
        raise PlanError(
            "plan-approved-differs",
            places=places,
            file=stated.plan,
            found=options_hash(earlier),
            stated=stated.options,
        )
    return earlier


def _stated(value: Any) -> Any:
    """Return a record as plain values, without words and without what is at its default.

    A default left out keeps the hash where a later version has more options.
    """
    if is_dataclass(value):
        return {
            item.name: _stated(getattr(value, item.name))
            for item in fields(value)
            if item.name not in WORDS and getattr(value, item.name) != _default(item)
        }
    if isinstance(value, (tuple, list)):
        return [_stated(item) for item in value]
    if hasattr(value, "items"):
        return {str(key): _stated(item) for key, item in sorted(value.items(), key=str)}
    return value.isoformat() if hasattr(value, "isoformat") else value


def _default(item: Any) -> Any:
    if item.default is not MISSING:
        return item.default
    return item.default_factory() if item.default_factory is not MISSING else MISSING


def _leaves(table: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        key = f"{path}.{name}" if path else name
        if isinstance(value, dict):
            yield from _leaves(value, key)
        elif isinstance(value, list) and value and all(isinstance(v, dict) for v in value):
            for number, each in enumerate(value, start=1):
                yield from _leaves(each, f"{key}[{number}]")
        else:
            yield key, value
