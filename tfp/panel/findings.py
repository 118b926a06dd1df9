"""Findings: what a check saw, where, what it does to TFP, and what to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from tfp.language.catalogue import subject, text
from tfp.language.form_words import in_words_of_forms, in_words_of_readers
from tfp.language.terms import boundary_name, inside_sentence, role_name, term_name
from tfp.numerics.records import frozen

if TYPE_CHECKING:
    import pandas as pd

    from tfp.errors import Place
    from tfp.language.catalogue import Language
    from tfp.numerics.arrays import IntArray
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column

Severity = Literal["block", "warn", "note"]
# A finding lists so many places and counts the others: a million say no more.
MOST_PLACES = 1_000


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that a check found.

    Attributes
    ----------
    code : str
        Stable name of this kind of finding, a table of ``language/*/findings.toml``.
    severity : {"block", "warn", "note"}
        ``"block"``: growth accounts must not be computed before it is settled.
    places : tuple of Place
        Where it was found.
    fields : dict
        What fills the sentences.
    more_places : int
        How many places there are beside those listed.
    in_form : bool
        Whether the plan was filled in as a form, which has its own names for things.
    """

    code: str
    severity: Severity
    places: tuple[Place, ...] = ()
    fields: dict[str, Any] = field(default_factory=dict)
    more_places: int = 0
    in_form: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", frozen(self.fields))

    def part(self, name: str, language: Language = "en") -> str:
        """Return one sentence: ``found``, ``effect`` (on TFP) or ``remedy``."""
        fields = {
            name: boundary_name(value, language) if isinstance(value, str) else value
            for name, value in self.fields.items()
        }
        if "role" in fields:
            role = str(fields["role"])
            fields["role"] = role_name(role, language)
            if fields.get("column") == role and language != "en":
                # Nobody named the column: it is called by its role in a plan.
                fields["column"] = fields["role"]
        if self.code == "link-assumed" and {"area", "old", "new"} <= set(fields):
            fields["name"] = text("terms.pattern.ratio", language, **fields)
        if "terms" in fields:
            fields["terms"] = [inside_sentence(term_name(t, language)) for t in fields["terms"]]
        if name == "effect" and "touches" in fields:
            fields["touched"] = text(f"findings.touches.{fields['touches']}", language, **fields)
        said = text(f"findings.{self.code}.{name}", language, **fields)
        # A column that is called what it is need not be called so twice.
        column, role = str(fields.get("column", "")), str(fields.get("role", ""))
        same = column.casefold() == role.casefold()
        said = said.replace(f"{column} ({role})", column) if column and same else said
        return said[:1].upper() + said[1:] if column and said.startswith(column) and same else said

    def remedy(self, language: Language = "en", *, in_plan: bool = False) -> str:
        """Return what to do; in a plan by its own keys, where the catalogue has such words."""
        told = in_plan and "plan" in subject("findings", language)[self.code]
        said = self.part("plan" if told else "remedy", language)
        return in_words_of_forms(said, language) if in_plan and self.in_form else said

    def advice(self, language: Language = "en") -> str:
        """Return what to do for a reader who neither writes plans nor programs."""
        return in_words_of_readers(self.remedy(language, in_plan=True), language)

    def where(self, language: Language = "en", shown: int = 5) -> str:
        """Return the first places in words, and how many more there are."""
        words = "; ".join(place.show(language) for place in self.places[:shown])
        more = len(self.places) - shown + self.more_places
        return words + (text("errors.place.more", language, count=more) if more > 0 else "")


def finding_at(
    code: str,
    severity: Severity,
    panel: Panel,
    rows: IntArray,
    column: Column | None = None,
    **fields: object,
) -> Finding:
    """Return a finding about some rows of a panel, or of one of its columns."""
    name = None if column is None else column.name
    if column is not None:
        fields["role"] = column.role
        fields["column"] = column.name
    return Finding(
        code=code,
        severity=severity,
        places=panel.rows.places(rows[:MOST_PLACES].tolist(), name),
        fields=fields,
        more_places=max(0, len(rows) - MOST_PLACES),
    )


class Findings(tuple[Finding, ...]):
    """The findings of a check, the gravest first; empty where nothing was found."""

    __slots__ = ()

    @property
    def blocking(self) -> Findings:
        """Those that forbid growth accounts before they are settled."""
        return Findings(finding for finding in self if finding.severity == "block")

    def frame(self, language: Language = "en") -> pd.DataFrame:
        """Return the findings as a frame, one row each."""
        import pandas as pd

        return pd.DataFrame(
            [
                (
                    text(f"findings.severity.{item.severity}", language),
                    item.code,
                    item.where(language),
                    item.part("found", language),
                    item.part("effect", language),
                    item.part("remedy", language),
                )
                for item in self
            ],
            columns=["severity", "code", "where", "found", "effect_on_tfp", "remedy"],
        )

    def show(self, language: Language = "en") -> str:
        """Return the findings in words, a paragraph each."""
        shown = "\n\n".join(_paragraph(finding, language) for finding in self)
        return shown or text("findings.severity.none", language)

    def __repr__(self) -> str:
        return self.show()

    def _repr_html_(self) -> str:
        return str(self.frame().to_html(index=False))


def _paragraph(finding: Finding, language: Language) -> str:
    severity = text(f"findings.severity.{finding.severity}", language)
    parts = (
        finding.where(language),
        finding.part("effect", language),
        finding.part("remedy", language),
    )
    lines = [f"[{severity}] {finding.part('found', language)}", *(part for part in parts if part)]
    return "\n    ".join(lines)
