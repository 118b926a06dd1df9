"""Whether a run follows the approved options, and how a report says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tfp.language.catalogue import text
from tfp.report.document import Paragraph
from tfp.report.words import day_in_words

if TYPE_CHECKING:
    from datetime import date

    from tfp.language.catalogue import Language

SHOWN_HASH = 12


@dataclass(frozen=True, kw_only=True)
class Approval:
    """The options of a run beside those that were approved.

    Attributes
    ----------
    options : str
        Sha256 of the options of this run.
    approved_options : str
        That of the approved ones; empty where none were approved.
    document : str
        Number of the document that approves them.
    date : date or None
        Its day.
    differing : tuple of str
        Keys of the plan that differ, where the approved plan stands beside this one.
    """

    options: str
    approved_options: str = ""
    document: str = ""
    date: date | None = None
    differing: tuple[str, ...] = ()

    @property
    def approved(self) -> bool:
        """Whether this run follows the approved options."""
        return bool(self.approved_options) and self.options == self.approved_options


def banner(approval: Approval | None, language: Language) -> str:
    """Return what stands above the title of a run that is not the approved one."""
    if approval is None or approval.approved:
        return ""
    return text("tables.approval.banner", language)


def approval_blocks(approval: Approval | None, language: Language) -> tuple[Paragraph, ...]:
    """Return by which document the method was approved, or how this run differs from it."""
    if approval is None:
        return ()
    shown = approval.options[:SHOWN_HASH]
    if not approval.approved_options:
        words = text("tables.approval.none", language, hash=shown)
        return (Paragraph(text=words, role="note"),)
    fields = {"document": approval.document, "date": day_in_words(approval.date, language)}
    if approval.approved:
        return (Paragraph(text=text("tables.approval.approved", language, hash=shown, **fields)),)
    words = text(
        "tables.approval.differs",
        language,
        hash=shown,
        approved=approval.approved_options[:SHOWN_HASH],
        **fields,
    )
    if approval.differing:
        words += " " + text("tables.approval.keys", language, keys=list(approval.differing))
    return (Paragraph(text=words, role="warning"),)
