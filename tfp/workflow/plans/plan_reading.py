"""From the tables of a plan's file to a :class:`~tfp.workflow.plans.plan.Plan`."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, get_args

from tfp.datasets.target import Basis, Operator, Target
from tfp.errors import TFPError
from tfp.language.catalogue import LANGUAGES, Language, subject
from tfp.report.answers import Answer
from tfp.results.decomposition import PeriodAverage
from tfp.workflow.approval import Approved, read_approved
from tfp.workflow.charts import ONE_AREA, SEVERAL_AREAS
from tfp.workflow.checking import Checks, read_checks
from tfp.workflow.copies import Copies, read_copies
from tfp.workflow.draft import UNSETTLED
from tfp.workflow.nation import Nation, read_nation
from tfp.workflow.office import Office, read_office
from tfp.workflow.plans.placing import placed
from tfp.workflow.plans.plan import (
    Data,
    Format,
    Heading,
    Periods,
    Plan,
    Range,
    Sensitivity,
    Source,
    Targets,
)
from tfp.workflow.plans.plan_data import read_data, read_other_columns, read_sources
from tfp.workflow.plans.plan_file import parse_mended, parse_plan
from tfp.workflow.plans.plan_keys import Keys
from tfp.workflow.plans.plan_meaning import understood
from tfp.workflow.plans.written import Written
from tfp.workflow.reported import Reported, read_reported
from tfp.workflow.revisions import PreviousRun, read_previous_run
from tfp.workflow.treatments.treatment import (
    TREATMENT_KEYS,
    Treatment,
    overlaid,
    read_treatment,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tfp.panel.roles import Status

NAMED_CODES = 5
PLAN_CHARTS = (*ONE_AREA, *SEVERAL_AREAS)
_LANGUAGE = re.compile(rb"""\blanguage\s*=\s*["'](\w+)["']""")

PLAN_KEYS = (
    "plan",
    "data",
    "source",
    *TREATMENT_KEYS,
    "checks",
    "answer",
    "periods",
    "targets",
    "target",
    "sensitivity",
    "report",
    "office",
    "copies",
    "revisions",
    "approved",
    "reported",
    "nation",
)


def read_plan(data: bytes) -> Plan:
    """Return the plan that the bytes of ``tfp.toml`` write.

    Raises
    ------
    PlanError
        For whatever is not understood, with the path of the key; see the list of errors.

    Examples
    --------
    >>> plan = read_plan(b'''
    ... [plan]
    ... title = "A province"
    ... area = "Hung Yen"
    ... language = "en"
    ... [data]
    ... file = "figures.csv"
    ... time = "year"
    ... columns = { output = "grdp", capital = "stock", labour = "employed" }
    ... [method.shares]
    ... capital = 0.40
    ... ''')
    >>> plan.data.columns["output"], plan.treatment.method.shares.capital
    ('grdp', 0.4)
    """
    return understood(*parse_mended(data), plan_of)


def plan_of(tables: Mapping[str, Any], written: Written | None = None) -> Plan:
    """Return the plan of tables that are read already, `written` where it says."""
    keys = Keys(tables, "", PLAN_KEYS)
    for name in ("plan", "data"):
        keys.value(name)
    treatment = read_treatment(keys)
    needed = {"output"} - treatment.made
    data = read_data(keys.sub("data", Data), needed)
    for number, fill in enumerate(treatment.fill, start=1):
        if data.of_figures and fill.from_column is not None:
            key = f"fill[{number}].from_column"
            raise keys.error("plan-key-not-with", key, key=key, other="data.long")
    checks = keys.sub("checks", Checks)
    for name in ("relation", "suggested"):
        if name in checks and not data.of_figures:
            raise checks.error("plan-key-needs", name, key=checks.key(name), other="data.long")
    report = keys.sub("report", ("accept_status", "charts", "formats", "ranges"))
    _check_capital(keys, data, treatment)
    return Plan(
        heading=_heading(keys.sub("plan", Heading)),
        data=data,
        sources=read_sources(keys.subs("source", Source), data.columns),
        treatment=treatment,
        checks=read_checks(checks),
        answers=tuple(map(_answer, keys.subs("answer", Answer))),
        periods=_periods(keys.sub("periods", Periods)) if "periods" in keys else None,
        targets=_targets(keys),
        sensitivities=_sensitivities(keys, data),
        ranges=_ranges(report, treatment),
        copies=read_copies(keys.sub("copies", Copies)) if "copies" in keys else None,
        revisions=read_previous_run(keys.sub("revisions", PreviousRun))
        if "revisions" in keys
        else None,
        charts=report.optional("charts", lambda name: report.choices(name, PLAN_CHARTS)),
        formats=_formats(report),
        written=written or Written(),
        office=read_office(keys.sub("office", Office)) if "office" in keys else None,
        approved=read_approved(keys.sub("approved", Approved)) if "approved" in keys else None,
        reported=tuple(map(read_reported, keys.subs("reported", Reported))),
        nation=tuple(map(read_nation, keys.subs("nation", Nation))),
        accept_status=_accepted(report),
    )


def _accepted(report: Keys) -> tuple[Status, ...]:
    """Return the statuses on which the office signs."""
    given: Any = report.choices("accept_status", UNSETTLED) if "accept_status" in report else ()
    return tuple(dict.fromkeys(given))


def language_of(data: bytes) -> Language | None:
    """Return the language that a plan asks for, None where it cannot be told.

    For the errors of a plan that is not understood otherwise.
    """
    try:
        asked = parse_plan(data)["plan"]["language"]
    except (ValueError, KeyError, TypeError):
        match = _LANGUAGE.search(data)
        asked = match[1].decode() if match else None
    return asked if asked in LANGUAGES else None


def _check_capital(keys: Keys, data: Data, treatment: Treatment) -> None:
    """Refuse capital from nowhere, and capital from two places."""
    has_stock = "capital" in data.columns
    has_investment = "investment" in (*data.columns, *treatment.made)
    accumulates = treatment.capital is not None and treatment.capital.accumulates
    if accumulates and has_stock:
        raise keys.error("plan-capital-twice", "data.columns.capital", "capital")
    if accumulates and not has_investment:
        raise keys.error("plan-investment-missing", "data.columns.investment")
    if treatment.capital is None and has_investment and not has_stock:
        raise keys.error("plan-capital-missing", "capital")


def _heading(keys: Keys) -> Heading:
    return Heading(
        title=keys.text("title"),
        area=keys.text("area"),
        language=keys.choice("language", LANGUAGES),
        date=keys.optional("date", keys.date),
        output_name=keys.text_or_empty("output_name"),
    )


def _answer(keys: Keys) -> Answer:
    codes = [name for name, words in subject("findings", "en").items() if "remedy" in words]
    code = keys.text("code")
    # A hundred codes help nobody to find the one that was meant.
    alike = get_close_matches(code, codes, n=NAMED_CODES, cutoff=0.0)
    return Answer(
        code=code if code in codes else keys.choice("code", alike),
        reason=keys.text("reason"),
        source=keys.text_or_empty("source"),
        role=keys.optional("role", keys.role),
        entity=keys.optional("entity", keys.text),
        years=keys.optional("years", keys.years),
    )


def _ranges(keys: Keys, treatment: Treatment) -> tuple[Range, ...]:
    """Return which assumptions are put side by side; each needs the table that it varies."""
    asked: Any = keys.choices("ranges", get_args(Range)) if "ranges" in keys else ()
    capital, shares = treatment.capital, treatment.method.shares
    needs = {
        "initial_stock": (capital is not None and capital.initial is not None, "capital.initial"),
        "labour_share": (
            shares is not None and shares.labour_share is not None,
            "method.shares.labour_share",
        ),
    }
    for name in asked:
        there, other = needs[name]
        if not there:
            raise keys.error("plan-key-needs", "ranges", key=keys.key("ranges"), other=other)
    return tuple(dict.fromkeys(asked))


def _formats(report: Keys) -> tuple[Format, ...] | None:
    asked: Any = report.optional("formats", lambda name: report.choices(name, get_args(Format)))
    return None if asked is None else tuple(dict.fromkeys(asked))


def _periods(keys: Keys) -> Periods:
    written = keys.texts("list")
    for period in written:
        keys.check_period("list", period)
    if len(set(written)) < len(written):
        raise keys.error("plan-listed-twice", "list", key=keys.key("list"))
    average = keys.optional("average", lambda name: keys.choice(name, get_args(PeriodAverage)))
    return Periods(list=written, average=average)


def _targets(keys: Keys) -> Targets:
    part = keys.sub("targets", ("use", "area", "entity"))
    return Targets(
        use=part.choice("use", ("published", "none"), "none"),
        area=part.optional("area", part.text),
        entity=part.optional("entity", part.text),
        own=tuple(_target(each) for each in keys.subs("target", Target)),
    )


def _target(keys: Keys) -> Target:
    required = [f.name for f in fields(Target) if f.default is MISSING]
    for name in required:
        if name not in ("document_vi", "source"):
            keys.value(name)
    stated: dict[str, Any] = {
        name: keys.text(name)
        for name in ("area", "document", "document_vi", "source", "superseded_by", "method", "note")
        if name in keys
    }
    stated |= {name: keys.year(name) for name in ("first_year", "last_year", "due_year")}
    stated |= {name: keys.number(name, 0.0, 100.0) for name in ("lower", "upper") if name in keys}
    if "approximate" in keys:
        stated["approximate"] = keys.truth("approximate")
    if "status" in keys:
        stated["status"] = keys.text("status")
    stated.setdefault("document_vi", stated["document"])
    stated.setdefault("source", "")
    try:
        return Target(
            operator=keys.choice("operator", get_args(Operator)),
            basis=keys.choice("basis", get_args(Basis)),
            **stated,
        )
    except TFPError as error:
        raise placed(error, keys.path) from error


def _sensitivities(keys: Keys, data: Data) -> tuple[Sensitivity, ...]:
    changes = ("columns", *TREATMENT_KEYS)
    found: dict[str, Sensitivity] = {}
    for part in keys.subs("sensitivity", ("name", "name_vi", *changes)):
        name = part.text("name")
        if name in found:
            raise part.error("plan-name-twice", "name", key=part.key("name"), name=name)
        columns = read_other_columns(part, data)
        same_data = data.with_columns(columns or {}) == data
        if same_data and not any(table in part for table in TREATMENT_KEYS):
            raise part.error("plan-sensitivity-same", "name", name=name, known=list(changes))
        tables = overlaid(keys.table, part.table)
        treatment = read_treatment(Keys(tables, part.path, TREATMENT_KEYS))
        name_vi = part.optional("name_vi", part.text) or name
        given = dict(_leaves({key: part.table[key] for key in part.table if key in changes}))
        said = {key: value for key, value in given.items() if _is_source(key)}
        before = dict(_leaves(keys.table))
        found[name] = Sensitivity(
            name=name,
            name_vi=name_vi,
            treatment=treatment,
            columns=columns,
            changes={
                key: value
                for key, value in given.items()
                if key not in said and (key not in before or before[key] != value)
            },
            sources=tuple(dict.fromkeys(map(str, said.values()))),
        )
    return tuple(found.values())


def _leaves(table: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Give the keys of a table and of those inside it, with what stands there."""
    for name, value in table.items():
        key = f"{path}.{name}" if path else name
        if isinstance(value, dict):
            yield from _leaves(value, key)
        elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
            for number, each in enumerate(value, start=1):
                yield from _leaves(each, f"{key}[{number}]")
        else:
            yield key, value


def _is_source(key: str) -> bool:
    """Tell whether a key says where something comes from, or why."""
    return key.rpartition(".")[2] in ("source", "reason", "rate_source")
