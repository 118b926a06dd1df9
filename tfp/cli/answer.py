"""What a command has done, part by part: for ``--json`` and for the log.

The parts are those that the command says in words; a program that calls it need read no
sentence.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tfp.report.building import finding_texts
from tfp.version import VERSION
from tfp.workflow.reasons import with_reason_in
from tfp.workflow.results_file import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tfp.errors import Place, TFPError
    from tfp.language.catalogue import Language
    from tfp.panel.findings import Finding

KIND = "tfp answer"
SCHEMA = 1


@dataclass
class Answer:
    """Everything that a command answers, filled in while it works."""

    command: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    errors: list[dict[str, Any]] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    headline: list[str] = field(default_factory=list)
    figures: list[dict[str, Any]] = field(default_factory=list)
    folder: str | None = None
    files: list[str] = field(default_factory=list)

    def add_error(self, error: TFPError, language: Language) -> None:
        """Keep what went wrong."""
        said = with_reason_in(error, language)
        self.errors.append({
            "code": error.code,
            "found": said.part("found", language),
            "expected": said.part("expected", language),
            "remedy": said.remedy(language, in_plan=True),
            "places": [_place(place) for place in error.places],
        })  # fmt: skip

    def add_findings(self, findings: Iterable[Finding], language: Language) -> None:
        """Keep what the check found, in the order given."""
        for finding in findings:
            (said,) = finding_texts([finding], language, in_plan=True)
            self.findings.append({
                "code": finding.code,
                "severity": finding.severity,
                "found": said.found,
                "effect": said.effect,
                "remedy": said.remedy,
                "places": [_place(place) for place in finding.places],
                "more_places": finding.more_places,
            })  # fmt: skip

    @property
    def codes(self) -> list[str]:
        """The codes of errors, and of findings that are more than notes, each once."""
        grave = [each["code"] for each in self.findings if each["severity"] != "note"]
        return list(dict.fromkeys([*(each["code"] for each in self.errors), *grave]))

    def as_json(self, exit_code: int, language: Language) -> str:
        """Return one JSON object on one line, in letters that every console has."""
        document = {
            "kind": KIND,
            "schema": SCHEMA,
            "tfp": VERSION,
            "language": language,
            "exit_code": exit_code,
            **vars(self),
        }
        return json.dumps(plain(document), ensure_ascii=True, allow_nan=False)


def _place(place: Place) -> dict[str, Any]:
    return {name: value for name, value in vars(place).items() if value is not None}
