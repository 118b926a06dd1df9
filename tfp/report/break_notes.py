"""What is known of a break that a finding is about: words of the registry of breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.errors import PanelError
from tfp.inputs.breaks.known import KnownBreak, known_breaks
from tfp.language.catalogue import text

if TYPE_CHECKING:
    from tfp.language.catalogue import Language
    from tfp.panel.findings import Finding

# Findings that a change of definition, boundary or classification may be behind.
ABOUT_BREAKS = (
    "definition-change",
    "labour-break-suspected",
    "jump",
    "moved-together",
    "level-break",
    "first-value-off",
    "last-value-off",
    "part-begins",
)


def known_words(finding: Finding, language: Language) -> str:
    """Return what is known of the break at the places of a finding; empty if nothing is."""
    if finding.code not in ABOUT_BREAKS:
        return ""
    role = str(finding.fields.get("role", ""))
    found = {
        known: None
        for place in finding.places
        for known in _known(place.entity or "", role)
        if known.first == place.time
    }
    return " ".join(
        text(
            "report.finding.known",
            language,
            what=known.what(language),
            source=known.said_source(language),
        )
        for known in found
    )


def _known(area: str, role: str) -> tuple[KnownBreak, ...]:
    """Return the breaks that are known of an area; none of one whose name says nothing.

    A finding must be told whatever an area is called.
    """
    try:
        return known_breaks(area, role)
    except PanelError:
        return ()
