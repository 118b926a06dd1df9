"""Findings that somebody has looked into: they stand in the report with the answer.

An answer never removes a finding: the reader sees what was found, that it was looked into,
and what was learnt. None can be given to a finding that must be settled, but for those that
guess at a misprint: there the office may know that the figure is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tfp.panel.findings import Finding, Findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tfp.errors import Place
    from tfp.language.catalogue import Language


# Guesses about figures, which whoever has the source can know to be wrong.
ANSWERABLE = (
    "decimal-misplaced",
    "digits-exchanged",
    "outlier",
    "first-value-off",
    "last-value-off",
    "link-widens-break",
    "investment-ratio",
)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was learnt about one kind of finding.

    Attributes
    ----------
    code : str
        Code of the findings that it answers.
    reason : str
        What was learnt, in the words of whoever looked.
    source : str
        Where it can be read.
    role, entity, years : str, str, tuple of int
        Which of these findings; all of that code where none is named. A finding is
        answered if the answers cover all of its places.
    """

    code: str
    reason: str
    source: str = ""
    role: str | None = None
    entity: str | None = None
    years: tuple[int, ...] | None = None

    def in_words(self) -> str:
        """Return the answer with its source."""
        return f"{self.reason} ({self.source})" if self.source else self.reason

    def is_about(self, finding: Finding) -> bool:
        """Tell whether it is about findings of this kind, in this role."""
        same_role = self.role in (None, finding.fields.get("role"))
        return self.code == finding.code and same_role

    def covers(self, place: Place) -> bool:
        """Tell whether it covers a place."""
        same_entity = self.entity in (None, place.entity)
        return same_entity and (self.years is None or place.time in self.years)


def with_answers(
    findings: Iterable[Finding], answers: Iterable[Answer], language: Language
) -> tuple[Finding, ...]:
    """Return findings, those that are answered as notes with their answer.

    An answer that answers nothing is a finding itself: the figures have changed since.
    """
    given = tuple(answers)
    used: set[Answer] = set()
    found = tuple(_answered(finding, given, used, language) for finding in findings)
    return (*found, *_unused(given, used))


def unanswered(findings: Iterable[Finding], answers: Iterable[Answer]) -> Findings:
    """Return the findings that forbid accounts and that no answer allows."""
    given = tuple(answers)
    return Findings(
        finding
        for finding in findings
        if finding.severity == "block" and not _apt_answers(finding, given)
    )


def _answered(
    finding: Finding, answers: tuple[Answer, ...], used: set[Answer], language: Language
) -> Finding:
    apt = _apt_answers(finding, answers)
    if not apt:
        return finding
    used.update(apt)
    return Finding(
        code="answered",
        severity="warn" if finding.severity == "block" else "note",
        places=finding.places,
        more_places=finding.more_places,
        fields={
            "code": finding.code,
            "found": finding.part("found", language),
            "effect": finding.part("effect", language),
            "reason": "; ".join(dict.fromkeys(answer.in_words() for answer in apt)),
        },
    )


def _apt_answers(finding: Finding, answers: tuple[Answer, ...]) -> list[Answer]:
    """Return the answers to a finding; none unless they cover all of its places."""
    if finding.severity == "block" and finding.code not in ANSWERABLE:
        return []
    apt = [answer for answer in answers if answer.is_about(finding)]
    apt = [a for a in apt if not finding.places or any(map(a.covers, finding.places))]
    whole = any(a.entity is None and a.years is None for a in apt)
    listed = all(any(a.covers(place) for a in apt) for place in finding.places)
    return apt if whole or (listed and not finding.more_places) else []


def _unused(answers: tuple[Answer, ...], used: set[Answer]) -> Iterator[Finding]:
    for answer in answers:
        if answer not in used:
            yield Finding(
                code="answer-unused",
                severity="warn",
                fields={"code": answer.code, "reason": answer.in_words()},
            )
