"""What a plan leaves to be remarked on, beside what the check of its data finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.panel.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tfp.errors import TFPError
    from tfp.language.catalogue import Language
    from tfp.panel.panel import Panel
    from tfp.workflow.plans.plan import Plan


def source_findings(plan: Plan) -> tuple[Finding, ...]:
    """Return a remark if the plan does not say where its figures or assumptions come from.

    That is the shares and the initial stock where the plan gives them, and the data.
    """
    shares, capital = plan.treatment.method.shares, plan.treatment.capital
    missing = [] if plan.sources else ["[[source]]"]
    if shares is not None and not shares.source and shares.are_given:
        missing.append("method.shares.source")
    for key, inventory in (capital.inventories if capital else {}).items():
        initial = inventory.initial
        if initial is not None and initial.states_a_figure and not initial.source:
            missing.append(f"{key}.initial.source")
    if not missing:
        return ()
    missing = [plan.written.called(key) for key in missing]
    where = (plan.written.place(),)
    return (
        Finding(code="source-missing", severity="warn", places=where, fields={"keys": missing}),
    )


def unit_findings(plan: Plan, panel: Panel) -> tuple[Finding, ...]:
    """Return a remark if output or labour has no unit: tables print both, and their ratio."""
    missing = [
        role for role in ("output", "labour") if panel.has(role) and not panel.column(role).unit
    ]
    if not missing:
        return ()
    return (
        Finding(
            code="units-missing",
            severity="note",
            places=tuple(plan.written.place(f"data.units.{role}") for role in missing),
            fields={"terms": missing},
        ),
    )


def sensitivity_findings(
    name: str, findings: Iterable[Finding], known: Iterable[Finding], language: Language
) -> tuple[Finding, ...]:
    """Return the warnings of one sensitivity, under its name, that the plan itself has not."""
    others = list(known)
    return tuple(
        Finding(
            code="of-sensitivity",
            severity="warn",
            places=finding.places,
            more_places=finding.more_places,
            fields={
                "name": name,
                "code": finding.code,
                "found": finding.part("found", language),
                "effect": finding.part("effect", language),
                "remedy": finding.advice(language),
            },
        )
        for finding in findings
        if finding.severity == "warn" and finding not in others
    )


def without_sensitivity(name: str, error: TFPError, language: Language) -> Finding:
    """Return the remark that a draft goes without a sensitivity, and why."""
    return Finding(
        code="sensitivity-left-out",
        severity="warn",
        places=error.places,
        fields={
            "name": name,
            "found": error.part("found", language),
            "remedy": error.remedy(language, in_plan=True),
        },
    )
