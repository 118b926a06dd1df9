"""From a plan to results: the same path for the demonstration and for every office.

Two steps, because data with unsettled findings must not become accounts:
:func:`prepare` reads and treats the data and checks them, :func:`compute` does the rest.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, get_args

import numpy as np

from tfp.accounts.periods import period_accounts
from tfp.accounts.targets import compare_with_targets
from tfp.datasets.target import targets as published_targets
from tfp.errors import Place, PlanError, TFPError, nearest
from tfp.panel.checks import sorted_findings
from tfp.panel.keys import bare_spelling
from tfp.report.answers import unanswered
from tfp.report.content import RunContent, Sensitivity, SourceNote
from tfp.results.decomposition import PeriodAverage
from tfp.workflow.approval import approval_of
from tfp.workflow.checking import data_findings, figure_findings
from tfp.workflow.data_reading import PlanData, read_data_file, with_columns
from tfp.workflow.draft import blanked, draft_reasons, without_open_breaks
from tfp.workflow.nation import beside_nation
from tfp.workflow.office import front_of
from tfp.workflow.origins import origins_of
from tfp.workflow.plans.cell_places import error_with_cells, findings_with_cells
from tfp.workflow.plans.placing import placing
from tfp.workflow.plans.plan_file import PLAN_NAME
from tfp.workflow.plans.plan_reading import read_plan
from tfp.workflow.plans.written import naming_cells
from tfp.workflow.ranges import asked_ranges, reallocation
from tfp.workflow.remarks import (
    sensitivity_findings,
    source_findings,
    unit_findings,
    without_sensitivity,
)
from tfp.workflow.reported import reconcile
from tfp.workflow.treatments.order import treat, treat_what_works
from tfp.workflow.treatments.state import Around
from tfp.workflow.treatments.weights import method_of
from tfp.workflow.yearbooks.long_form import figures_of
from tfp.workflow.yearbooks.yearbook_checks import beside_panel, place_of, role_relations

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tfp.datasets.target import Target
    from tfp.panel.findings import Finding, Findings
    from tfp.results.comparison import TargetComparison
    from tfp.results.growth_accounts import GrowthAccounts
    from tfp.results.periods import PeriodAccounts
    from tfp.workflow.data_reading import InputFile
    from tfp.workflow.plans.plan import Plan
    from tfp.workflow.plans.plan import Sensitivity as PlannedSensitivity
    from tfp.workflow.treatments.state import Treated

# Errors of a method that the check finds under another name.
SAME_FAULT = {
    "mixed-vintages": "vintages-mixed",
    "mixed-price-bases": "price-bases-mixed",
    "mixed-boundaries": "boundaries-mixed",
    "mixed-units": "units-mixed",
}
AVERAGES: tuple[PeriodAverage, ...] = get_args(PeriodAverage)


@dataclass(frozen=True, eq=False)
class Prepared:
    """The data of a plan, read, treated and checked.

    Attributes
    ----------
    plan : Plan
    folder : Path
        Where the plan and its files stand.
    data : PlanData
        As read.
    treated : Treated
        After all that the plan declares.
    findings : Findings
        What the check of the treated data found, and what the plan leaves open.
    """

    plan: Plan
    folder: Path
    data: PlanData
    treated: Treated
    findings: Findings

    @property
    def blocking(self) -> Findings:
        """The findings that must be settled, and that no answer of the plan allows."""
        return unanswered(self.findings, self.plan.answers)


@dataclass(frozen=True, eq=False)
class Run:
    """What a plan gives.

    Attributes
    ----------
    plan : Plan
    content : RunContent
        For report and workbook.
    sensitivities : tuple of (str, GrowthAccounts)
        Name of each sensitivity and its accounts.
    files : tuple of InputFile
        Everything that was read.
    """

    plan: Plan
    content: RunContent
    sensitivities: tuple[tuple[str, GrowthAccounts], ...]
    files: tuple[InputFile, ...]

    def periods(self, accounts: GrowthAccounts) -> tuple[PeriodAccounts, ...]:
        """Return the averages of some accounts over the run's periods, in all three ways."""
        spans = self.content.periods[0].period[: self._number_of_periods]
        return tuple(
            period_accounts(accounts, spans, average=average, uncovered="blank")
            for average in AVERAGES
        )

    @property
    def _number_of_periods(self) -> int:
        periods = self.content.periods[0]
        return len(periods.period) // len(self.content.accounts.rows.entities)


@naming_cells
def prepare(plan: Plan, folder: Path) -> Prepared:
    """Return the data of a plan, treated as it says, and what the check found in them."""
    data = read_data_file(plan, folder)
    cells = _cells(plan, data)
    try:
        treated = treat(plan.treatment, Around(plan, data, folder))
    except TFPError as error:
        raise error_with_cells(error, cells) from error
    checked = [*findings_with_cells(data_findings(treated.panel, plan.checks), cells)]
    remarks = (
        *data.findings,
        *source_findings(plan),
        *unit_findings(plan, treated.panel),
        *plan.written.remarks,
    )
    found = (*checked, *_of_figures(plan, data, checked), *remarks)
    return Prepared(plan, folder, data, treated, plan.written.told(sorted_findings(found)))


def findings_beside(error: TFPError, plan: Plan, folder: Path) -> Findings:
    """Return what else the check finds in data that the plan cannot treat as it says.

    What the plan settles, and what `error` says already, is not found again.
    """
    with plan.written.telling():
        data = read_data_file(plan, folder)
    panel = treat_what_works(plan.treatment, Around(plan, data, folder))
    checked = [*findings_with_cells(data_findings(panel, plan.checks), _cells(plan, data))]
    found = sorted_findings([*checked, *_of_figures(plan, data, checked), *data.findings])
    return plan.written.told(finding for finding in found if not _says(error, finding))


def _of_figures(plan: Plan, data: PlanData, known: list[Finding]) -> Iterator[Finding]:
    """Give what does not agree among published figures, whichever of them are used."""
    if data.figures is not None:
        relations = role_relations(data.figures)
        found = figure_findings(data.figures, plan.checks, relations)
        yield from beside_panel(found, plan, known)
    elif plan.data.long is not None:
        figures = figures_of(data.table, plan.data, plan.data.long, "data")
        yield from figure_findings(figures, plan.checks)


def _cells(plan: Plan, data: PlanData) -> Mapping[tuple[str, int | str], Place]:
    """Return the cell of each value of the panel, where the data are sheets of yearbooks."""
    return {} if data.figures is None else place_of(data.figures, plan.data)


def _says(error: TFPError, finding: Finding) -> bool:
    """Tell whether an error is about the same fault as a finding."""
    if finding.severity == "note":
        return False
    said = {_spot(place) for place in error.places}
    found = {_spot(place) for place in finding.places}
    return SAME_FAULT.get(error.code) == finding.code or (bool(found) and found <= said)


def _spot(place: Place) -> tuple[object, ...]:
    return place.entity, place.time, place.column


def run_plan(plan: Plan, folder: Path) -> Run:
    """Return the results of a plan.

    Raises
    ------
    PlanError
        ``data-blocked`` if findings in the data must be settled first.
    TFPError
        Whatever the data or the methods refuse, with the key of the plan.
    """
    prepared = prepare(plan, folder)
    _check_settled(prepared.blocking)
    return compute(prepared)


@naming_cells
def compute(prepared: Prepared, *, draft: bool = False) -> Run:
    """Return the results of data that are ready.

    With `draft` also of data that are not, as far as they can be computed: what is
    unsettled is named at the top of the report, and what rests on it is left blank.
    """
    plan, treated = prepared.plan, prepared.treated
    around = Around(plan, prepared.data, prepared.folder)
    method = method_of(plan.treatment.method, treated.weights)
    panel, open_rows = without_open_breaks(treated.panel) if draft else (treated.panel, ())
    with placing("method"):
        accounts = blanked(method.fit(panel), open_rows)
    spans = plan.periods.list if plan.periods else (_whole_span(accounts),)
    chosen = (plan.periods.average if plan.periods else None) or accounts.period_average
    averages = (chosen, *(average for average in AVERAGES if average != chosen))
    with placing("periods.list"):
        periods = tuple(
            # A draft may lack years: their periods are blank.
            period_accounts(accounts, spans, average=each, uncovered="blank" if draft else "refuse")
            for each in averages
        )
    known = (*prepared.findings, *_remarks(accounts, treated))
    others, remarks = _all_sensitivities(prepared, known, draft=draft)
    files = (*prepared.data.files, *treated.files)
    content = RunContent(
        title=plan.heading.title,
        area=plan.heading.area,
        language=plan.heading.language,
        output_name=plan.heading.output_name,
        accounts=accounts,
        periods=periods,
        comparison=_comparison(plan, accounts, chosen),
        findings=(*prepared.findings, *remarks),
        answers=plan.answers,
        sensitivities=tuple(
            Sensitivity(
                name=name,
                periods=period_accounts(other, spans, average=chosen, uncovered="blank"),
                changes=dict(said.changes),
                sources=said.sources,
            )
            for said, name, other in others
        ),
        panel=treated.panel,
        raw_panel=prepared.data.panel,
        capital=treated.capital,
        further_results=treated.results,
        ranges=(
            *asked_ranges(treated, method, spans, around),
            *reallocation(accounts, around),
        ),
        sources=_sources(plan, files),
        prepared_on=plan.heading.date,
        plan_hash=plan_hash(plan),
        origins=origins_of(plan.data, prepared.data),
    )
    signed = _with_standing(content, prepared, chosen)
    done = Run(plan, signed, tuple((name, other) for _, name, other in others), files)
    return done if plan.revisions is None else _beside_earlier(done, prepared.folder)


def _with_standing(content: RunContent, prepared: Prepared, average: PeriodAverage) -> RunContent:
    """Return what a run has to say with what it stands on: approval, earlier figures, draft."""
    plan, accounts = prepared.plan, content.accounts
    approval = approval_of(plan, prepared.folder, read_plan)
    front = front_of(plan.office, plan.heading.language)
    return replace(
        content,
        front=front,
        approval=approval,
        reconciled=reconcile(plan, accounts, average, approval.options),
        nation=beside_nation(plan, accounts, average),
        draft_reasons=draft_reasons(
            accounts, prepared.blocking, front, plan.accept_status, plan.heading.language
        ),
    )


def _all_sensitivities(
    prepared: Prepared, known: tuple[Finding, ...], *, draft: bool
) -> tuple[list[tuple[PlannedSensitivity, str, GrowthAccounts]], list[Finding]]:
    """Return the accounts of every sensitivity under its name, and what was found there alone.

    A draft goes without those that cannot be computed, and names them.
    """
    language = prepared.plan.heading.language
    made: list[tuple[PlannedSensitivity, str, GrowthAccounts]] = []
    remarks: list[Finding] = []
    for number, sensitivity in enumerate(prepared.plan.sensitivities):
        try:
            accounts, found = _other_accounts(prepared, number)
        except TFPError as error:
            if not draft:
                raise
            remarks.append(without_sensitivity(sensitivity.title(language), error, language))
            continue
        name = sensitivity.title(language)
        made.append((sensitivity, name, accounts))
        remarks += sensitivity_findings(name, found, known, language)
    return made, remarks


def _beside_earlier(run: Run, folder: Path) -> Run:
    """Return a run with what changed since the earlier one that its plan names."""
    from tfp.workflow.revisions import revisions_since

    previous = run.plan.revisions
    if previous is None:
        return run
    found = revisions_since(previous, run, folder)
    return replace(run, content=replace(run.content, revisions=found))


def plan_hash(plan: Plan) -> str:
    """Return the sha256 of what a plan says, however it is written."""
    words = json.dumps(plan.normalised(), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()


def _whole_span(accounts: GrowthAccounts) -> str:
    """Return the span of the years that have accounts, where the plan names no periods."""
    rows = accounts.rows
    grown = rows.growth_rows
    known = grown[~np.isnan(accounts.term("tfp")[grown])]
    labels = [rows.time_label(row) for row in (known if len(known) else grown).tolist()]
    return f"{min(labels)}-{max(labels)}" if labels else str(rows.time_label(0))


def _remarks(accounts: GrowthAccounts, treated: Treated) -> tuple[Finding, ...]:
    """Return what the methods remark on their results."""
    behind = [*([treated.capital] if treated.capital else []), *treated.results]
    found = [each for result in behind for each in getattr(result, "warnings", ())]
    return (*accounts.warnings, *found)


def _other_accounts(prepared: Prepared, number: int) -> tuple[GrowthAccounts, tuple[Finding, ...]]:
    """Return the accounts of one sensitivity, and all that was found on the way.

    The same path as that of the plan, with its own columns and tables.
    """
    plan, data, key = prepared.plan, prepared.data, f"sensitivity[{number + 1}]"
    sensitivity = plan.sensitivities[number]
    with placing(key):
        if sensitivity.columns:
            data = with_columns(plan, data, sensitivity.columns, key, prepared.folder)
        treated = treat(sensitivity.treatment, Around(plan, data, prepared.folder))
        found = data_findings(treated.panel, plan.checks)
        _check_settled(unanswered(found, plan.answers))
        method = method_of(sensitivity.treatment.method, treated.weights)
        accounts = method.fit(treated.panel)
    return accounts, (*found, *_remarks(accounts, treated))


def _check_settled(blocking: Findings) -> None:
    if blocking:
        places = [place for finding in blocking for place in finding.places]
        codes = [finding.code for finding in blocking]
        raise PlanError("data-blocked", places=places, count=len(blocking), codes=codes)


def _comparison(
    plan: Plan, accounts: GrowthAccounts, average: PeriodAverage
) -> TargetComparison | None:
    chosen = plan.targets.own
    if plan.targets.use == "published":
        chosen = (*_published(plan), *chosen)
    if not chosen:
        return None
    with placing("targets"):
        return compare_with_targets(accounts, chosen, entity=plan.targets.entity, average=average)


def _published(plan: Plan) -> tuple[Target, ...]:
    """Return the bundled targets for the plan's area, under the name that the plan uses."""
    stated = plan.targets
    here = stated.entity or plan.heading.area
    wanted = stated.area or here
    found = [t for t in published_targets() if bare_spelling(t.area) == bare_spelling(wanted)]
    if not found and stated.area:
        known = sorted({target.area for target in published_targets()})
        where = [Place(file=PLAN_NAME, key="targets.area")]
        near = nearest(wanted, known)
        raise PlanError("plan-targets-area", places=where, area=wanted, known=known, nearest=near)
    if not found:
        where = [Place(file=PLAN_NAME, key="targets.use")]
        raise PlanError("plan-targets-none", places=where, area=wanted)
    return tuple(replace(target, area=here) for target in found)


def _sources(plan: Plan, files: tuple[InputFile, ...]) -> tuple[SourceNote, ...]:
    digests = {file.name: file.sha256 for file in files}
    return tuple(
        SourceNote(
            title=source.title,
            publisher=source.publisher,
            vintage=source.vintage,
            licence=source.licence,
            reference=source.reference,
            roles=source.roles,
            sha256=digests.get(source.file or plan.data.file, ""),
            notes=source.notes,
        )
        for source in plan.sources
    )
