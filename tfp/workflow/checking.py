"""What is looked at before growth accounts are computed: ``[checks]``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tfp.inputs.checks.checking import check_inputs
from tfp.inputs.figures.suggesting import suggest_relations
from tfp.workflow.plans.placing import placing
from tfp.workflow.relations import DeclaredRelation, read_relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tfp.inputs.figures.collection import Figures
    from tfp.inputs.figures.relations import Relation
    from tfp.panel.findings import Finding, Findings
    from tfp.panel.panel import Panel
    from tfp.workflow.plans.plan_keys import Keys


@dataclass(frozen=True, kw_only=True)
class Checks:
    """``[checks]``: how closely figures are held against each other.

    Attributes
    ----------
    growth_tolerance : float or None
        Points by which the level of output may contradict its published growth; half of
        the last printed digit if None.
    relation : tuple of DeclaredRelation
        What figures of a file in long form must agree on.
    suggested : bool
        Whether relations that the names of its variables suggest are looked at, too.
    """

    growth_tolerance: float | None = None
    relation: tuple[DeclaredRelation, ...] = ()
    suggested: bool = True


def read_checks(keys: Keys) -> Checks:
    """Return ``[checks]``."""
    return Checks(
        growth_tolerance=keys.optional(
            "growth_tolerance", lambda name: keys.number(name, 0.0, 100.0)
        ),
        relation=tuple(map(read_relation, keys.subs("relation", DeclaredRelation))),
        suggested=keys.truth("suggested") if "suggested" in keys else True,
    )


def figure_findings(
    figures: Figures, checks: Checks, relations_of_roles: Iterable[Relation] = ()
) -> Iterator[Finding]:
    """Give what does not agree among the figures of a file, whichever of them are used.

    None of it forbids accounts by itself: the panel made of the figures has its own check.
    `relations_of_roles` follow from what the figures are.
    """
    relations = [*relations_of_roles, *(each.relation() for each in checks.relation)]
    if checks.suggested:
        relations += suggest_relations(figures)
    with placing("checks.relation"):
        found = figures.check(dict.fromkeys(relations))
    for finding in found:
        yield replace(finding, severity="warn") if finding.severity == "block" else finding


def data_findings(panel: Panel, checks: Checks) -> Findings:
    """Return what looks wrong in the figures that the accounts would rest on."""
    with placing("checks"):
        return check_inputs(panel, growth_tolerance=checks.growth_tolerance)
