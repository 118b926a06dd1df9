"""Two runs side by side: ``tfp revisions``, and ``[revisions]`` in a plan.

A run is read from its folder, from its ``results.json``, or from a saved result (``.tfp``);
every schema that was ever written stays readable. Figures are paired by what they are, of
which area and time; beside them stands what else differs in the two manifests.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tfp.errors import Place, StorageError
from tfp.report.result_tables import weakest
from tfp.report.revision_tables import Cause, Revision, Revisions
from tfp.results.growth_accounts import GrowthAccounts
from tfp.results.periods import PeriodAccounts
from tfp.results.storage import load_result
from tfp.workflow.folders.folder_state import MANIFEST, RESULTS
from tfp.workflow.results_file import (
    KIND,
    SCHEMA,
    accounts_rows,
    level_rows,
    plain,
    results_bytes,
    rows_of_periods,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from tfp.workflow.plans.plan_keys import Keys
    from tfp.workflow.run import Run

# Table, name, measure, area, time, average, assumption.
_Key = tuple[Any, str, str, str, str, str, str]
_SAVED = ".tfp"
_SHOWN_HASH = 12
_UNSURE = {"preliminary": 1, "estimate": 2}
_DAMAGE = (OSError, ValueError, KeyError, TypeError, AttributeError)
# Keys of a plan by what a difference in them is; the rest is named as the plan.
_KINDS = {
    "vintage": ("vintages", "books", "same_book"),
    "boundary": ("boundaries", "boundary"),
    "method": ("treatment", "method"),
}
# Keys that say how a run is shown, not how figures come about.
_SHOWN_ONLY = ("heading", "charts", "copies", "revisions", "office", "formats", "reported")


@dataclass(frozen=True, kw_only=True)
class PreviousRun:
    """``[revisions]``: the results of an earlier run, seen from the folder of the plan."""

    previous: str


@dataclass(frozen=True)
class _Results:
    """One side: the tables of ``results.json``, and the manifest if there is one."""

    name: str
    tables: Mapping[str, Any]
    manifest: Mapping[str, Any] | None

    @property
    def title(self) -> str:
        """What the run is called."""
        title = str((self.manifest or {}).get("title") or self.name)
        return f"{title} ({self.date})" if self.date else title

    @property
    def date(self) -> str:
        """The day of the plan, as it sorts; empty where none is stated."""
        heading = (self.manifest or {}).get("plan", {}).get("normalised", {}).get("heading", {})
        return str(heading.get("date") or "")


def read_previous_run(keys: Keys) -> PreviousRun:
    """Return what the table ``[revisions]`` says."""
    return PreviousRun(previous=keys.text("previous"))


def compare_runs(old: Path, new: Path) -> Revisions:
    """Return two runs side by side.

    Parameters
    ----------
    old, new : Path
        Folders of results, files ``results.json``, or results that were saved.

    Raises
    ------
    StorageError
        ``revisions-not-found``, ``revisions-damaged``, ``schema-too-new``, and as
        :func:`tfp.results.storage.load_result`.
    """
    return _beside(_read(old), _read(new))


def revisions_since(previous: PreviousRun, run: Run, folder: Path) -> Revisions:
    """Return a run beside the earlier one that its plan names."""
    from tfp.workflow.manifest import manifest_bytes

    results = results_bytes(run)
    manifest = json.loads(manifest_bytes(run, {RESULTS: results}, b""))
    now = _Results(run.content.title, json.loads(results), manifest)
    return _beside(_read(folder / previous.previous), now)


def language_of_run(path: Path) -> Any:
    """Return the language of the newer run, None where it does not say."""
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        return manifest["language"]
    except _DAMAGE:
        return None


def _read(path: Path) -> _Results:
    if path.suffix == _SAVED:
        return _Results(path.stem, _tables_of(load_result(path), path), None)
    file = path / RESULTS if path.is_dir() else path
    if not file.is_file():
        raise StorageError("revisions-not-found", places=[Place(file=path.name)], path=str(path))
    try:
        tables = json.loads(file.read_text(encoding="utf-8"))
        if tables["kind"] != KIND:
            raise _damaged(file, str(tables["kind"]))
        schema = int(tables["schema"])
    except _DAMAGE as error:
        if isinstance(error, StorageError):
            raise
        raise _damaged(file, type(error).__name__) from error
    if schema > SCHEMA:
        where = [Place(file=file.name)]
        raise StorageError("schema-too-new", places=where, found=schema, known=SCHEMA)
    folder = file.parent
    name = folder.parent.name if folder.name == "results" else folder.name
    return _Results(name, tables, _manifest(folder / MANIFEST, file))


def _tables_of(result: Any, path: Path) -> Mapping[str, Any]:
    """Return a saved result as the tables of a file of results."""
    if isinstance(result, GrowthAccounts):
        tables = {"accounts": accounts_rows(result), "levels": level_rows(result)}
        area = ", ".join(result.rows.entities)
    elif isinstance(result, PeriodAccounts):
        tables = {"periods": rows_of_periods(result)}
        area = ", ".join(dict.fromkeys(result.entity))
    else:
        raise _damaged(path, result.kind)
    options = result.provenance.options
    found: Mapping[str, Any] = plain({**tables, "area": area, "method": {"options": options}})
    return found


def _manifest(path: Path, results: Path) -> Mapping[str, Any] | None:
    """Return the manifest beside some results; None if it is not theirs."""
    try:
        manifest: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        stated = manifest["files"][RESULTS]["sha256"]
    except _DAMAGE:
        return None
    return manifest if stated == hashlib.sha256(results.read_bytes()).hexdigest() else None


def _damaged(file: Path, reason: str) -> StorageError:
    return StorageError("revisions-damaged", places=[Place(file=file.name)], reason=reason)


def _beside(old: _Results, new: _Results) -> Revisions:
    then, now = dict(_figures(old.tables)), dict(_figures(new.tables))
    rows = []
    for key in _in_order(now, then):
        kind, name, measure, entity, time, average, assumption = key
        (before, status_then), (after, status_now) = (
            side.get(key, (None, "")) for side in (then, now)
        )
        if before is None and after is None:
            continue
        rows.append(
            Revision(
                kind=kind,
                name=name,
                measure=measure,
                entity=entity,
                time=time,
                average=average,
                assumption=assumption,
                old=before,
                new=after,
                old_status=status_then,
                new_status=status_now,
            )
        )
    return Revisions(
        area=str(new.tables.get("area", "")),
        old_title=old.title,
        new_title=new.title,
        rows=tuple(rows),
        causes=tuple(_causes(old, new)),
        average=_average(new),
        complete=old.manifest is not None and new.manifest is not None,
        swapped=_is_later(old, new, rows),
    )


def _is_later(old: _Results, new: _Results, rows: Iterable[Revision]) -> bool:
    """Tell whether the run that is given as the earlier one seems to be the later.

    By the dates of the two plans; where one has none, by the status of figures, which
    only grows surer.
    """
    if old.date and new.date and old.date != new.date:
        return old.date > new.date
    steps = [
        _UNSURE.get(row.new_status, 0) - _UNSURE.get(row.old_status, 0)
        for row in rows
        if row.old is not None and row.new is not None
    ]
    return max(steps, default=0) > 0 and min(steps, default=0) >= 0


def _in_order(now: Iterable[_Key], then: Iterable[_Key]) -> list[_Key]:
    """Return all figures as the newer run has them, the years of one figure together."""
    place: dict[tuple[str, ...], int] = {}
    every = dict.fromkeys([*now, *then])
    for kind, name, measure, _, _, average, assumption in every:
        place.setdefault((kind, name, measure, average, assumption), len(place))

    number = {key: at for at, key in enumerate(every)}

    def order(key: _Key) -> tuple[int, str, str, int]:
        kind, name, measure, entity, time, average, assumption = key
        year = time if time.isdigit() else ""
        return place[kind, name, measure, average, assumption], entity, year, number[key]

    return sorted(every, key=order)


def _figures(tables: Mapping[str, Any]) -> Iterator[tuple[_Key, tuple[float | None, str]]]:
    """Give every figure of a file of results: what it is, its value and its status."""
    status = {}
    for row in tables.get("accounts", ()):
        where = (row["entity"], str(row["time"]))
        status[where] = row["status"] or ""
        for measure in ("points", "share"):
            key = ("yearly", row["term"], measure, *where, "", "")
            yield key, (row[measure], status[where])
    for row in tables.get("levels", ()):
        where = (row["entity"], str(row["time"]))
        yield (
            ("levels", row["name"], "value", *where, "", ""),
            (row["value"], status.get(where, "")),
        )
    for kind in ("periods", "sensitivities"):
        for row in tables.get(kind, ()):
            for measure in ("points", "share"):
                if kind == "sensitivities" and (row["term"], measure) != ("tfp", "share"):
                    continue
                where = (row["entity"], row["period"])
                key = (kind, row["term"], measure, *where, row["average"], row.get("name", ""))
                yield key, (row[measure], _weakest_in(row["period"], row["entity"], status))
    yield from _targets(tables.get("targets", ()))
    yield from _stocks(tables.get("capital") or {})


def _targets(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[_Key, tuple[Any, str]]]:
    """Give the share beside each target; of one document, those of the same years by number."""
    seen: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        time = str(row["due"])
        if row["basis"] == "period_average":
            time = f"{row['first']}-{row['last']}"
        where = (row["document"], row["area"], time)
        seen[where] += 1
        number = str(seen[where]) if seen[where] > 1 else ""
        key: _Key = ("targets", row["document"], "share", row["area"], time, "", number)
        yield key, (row["share"], row["outcome"])


def _weakest_in(period: str, entity: str, status: Mapping[tuple[str, str], str]) -> str:
    """Return the weakest status of the years of a period."""
    first, _, last = period.partition("-")
    if not (first.isdigit() and (last or first).isdigit()):
        return ""
    years = map(str, range(int(first), int(last or first) + 1))
    return weakest([status.get((entity, year), "") for year in years])


def _stocks(capital: Mapping[str, Any]) -> Iterator[tuple[_Key, tuple[float | None, str]]]:
    measures = ("start_of_year", "end_of_year", "surviving_share")
    for row in capital.get("stocks", ()):
        # The keys stand first: the year, before it the area where there are several.
        keys = [str(value) for value in list(row.values())[: list(row).index(measures[0])]]
        entity, time = ("", *keys)[-2:]
        for name in measures:
            if name in row:
                yield ("capital", name, "value", entity, time, "", ""), (row[name], "")


def _average(results: _Results) -> str:
    """Return the way of averaging that a run reports first."""
    plan = (results.manifest or {}).get("plan", {}).get("normalised", {})
    stated = (plan.get("periods") or {}).get("average")
    options = results.tables.get("method", {}).get("options", {})
    return str(stated or options.get("period_average") or "sum_of_rates")


def _causes(old: _Results, new: _Results) -> Iterator[Cause]:
    """Give what differs between two runs beside their figures."""
    one, other = old.manifest or {}, new.manifest or {}
    yield from _files(one.get("inputs", ()), other.get("inputs", ()))
    plans = [dict(_leaves(side.get("plan", {}).get("normalised", {}))) for side in (one, other)]
    if not all(plans):
        options = [side.tables.get("method", {}).get("options", {}) for side in (old, new)]
        plans = [dict(_leaves(each, "method")) for each in options]
    yield from _keys(*plans)
    versions = [
        {"tfp": side.get("tfp"), "Python": side.get("python"), **side.get("packages", {})}
        for side in (one, other)
    ]
    for name in versions[0] if one and other else ():
        before, after = (str(side.get(name) or "") for side in versions)
        if before != after:
            yield Cause(kind="version", name=name, old=before, new=after)


def _keys(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Cause]:
    """Give the keys of two plans that differ; of sensitivities what the plan has not, too."""
    of_plan: set[tuple[str, str, str]] = set()
    for key in dict.fromkeys([*then, *now]):
        before, after = (str(plan.get(key, "")) for plan in (then, now))
        if before == after or key.partition(".")[0] in _SHOWN_ONLY:
            continue
        name = key.removeprefix("treatment.")
        end = key.partition(".treatment.")[2]
        if key.startswith("sensitivities[") and (end, before, after) in of_plan:
            continue
        of_plan.add((name, before, after))
        yield Cause(kind=_kind(key), name=name, old=before, new=after)


def _files(one: Any, other: Any) -> Iterator[Cause]:
    """Give the data files that differ: by name, or of another name in the same place."""
    then, now = ({file["file"]: file["sha256"] for file in side} for side in (one, other))
    for name in dict.fromkeys([*then, *now]):
        before, after = then.get(name, ""), now.get(name, "")
        if before != after:
            yield Cause(kind="data", name=name, old=before[:_SHOWN_HASH], new=after[:_SHOWN_HASH])


def _kind(key: str) -> Any:
    steps = [step.partition("[")[0] for step in key.split(".")]
    for kind, names in _KINDS.items():
        if any(step in names for step in steps):
            return kind
    return "plan"


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Give the keys of a normalised plan, with what stands there."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        for number, each in enumerate(value, start=1):
            yield from _leaves(each, f"{path}[{number}]")
    elif value not in (None, "", [], {}):
        yield path, value
