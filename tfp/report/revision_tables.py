"""What changed from an earlier run to this one: every figure then, now, and the difference.

The record is made by :mod:`tfp.workflow.revisions` from two files of results; here it
becomes tables and a document. Nothing is said of how much of a difference comes from which
cause: what else differs between the two runs is listed beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tfp.datasets.target import known_document
from tfp.language.catalogue import text, text_or
from tfp.language.numbers import round_half_away
from tfp.language.terms import average_name, term_name
from tfp.report.document import Column, Document, Heading, Paragraph, Table
from tfp.report.words import period_name, phrase, status_name, years_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tfp.language.catalogue import Language
    from tfp.report.document import Cell

Kind = Literal["yearly", "periods", "targets", "levels", "capital", "sensitivities"]
KINDS: tuple[Kind, ...] = ("yearly", "periods", "targets", "levels", "capital", "sensitivities")
_DIGITS = {"levels": 1, "capital": 1}
_WEIGHT_DIGITS = 4
_SMALL = 1e-9
# What B13 shows of all that is compared.
_CHOSEN = (
    ("yearly", ("output", "points"), ("tfp", "points"), ("tfp", "share")),
    ("periods", ("output", "points"), ("tfp", "points"), ("tfp", "share")),
)


@dataclass(frozen=True, kw_only=True)
class Revision:
    """One figure then and now.

    Attributes
    ----------
    kind : str
        The table of results that it stands in.
    name : str
        Of what it is: a term, an input, a target's document.
    measure : str
        ``"points"``, ``"share"`` or ``"value"``.
    entity, time : str
        Area; year or period.
    old, new : float or None
        None where that run has no such figure.
    old_status, new_status : str
        How sure it was and is; of a target, what became of it.
    average, assumption : str
        Of periods the way of averaging, of sensitivities what was assumed.
    """

    kind: Kind
    name: str
    measure: str
    entity: str
    time: str
    old: float | None
    new: float | None
    old_status: str = ""
    new_status: str = ""
    average: str = ""
    assumption: str = ""

    @property
    def difference(self) -> float | None:
        """New less old; None where one of them is missing."""
        return None if self.old is None or self.new is None else self.new - self.old

    @property
    def unchanged(self) -> bool:
        """Whether the figure is the same to nine digits."""
        moved = self.difference
        if moved is None:
            return self.old is None and self.new is None
        return abs(moved) <= _SMALL * max(1.0, abs(self.old or 0.0))

    @property
    def stands(self) -> bool:
        """Whether figure and status are what they were."""
        return self.unchanged and self.old_status == self.new_status


@dataclass(frozen=True, kw_only=True)
class Cause:
    """Something that differs between two runs and may be why figures do.

    Attributes
    ----------
    kind : str
        ``"data"``, ``"vintage"``, ``"boundary"``, ``"method"``, ``"plan"``, ``"version"``.
    name : str
        File, key of the plan, or package.
    old, new : str
        What it was and is; empty where one run has none.
    """

    kind: Literal["data", "vintage", "boundary", "method", "plan", "version"]
    name: str
    old: str
    new: str


@dataclass(frozen=True, kw_only=True)
class Revisions:
    """Two runs side by side.

    Attributes
    ----------
    area, old_title, new_title : str
    rows : tuple of Revision
    causes : tuple of Cause
    average : str
        The way of averaging that the newer run reports first.
    complete : bool
        Whether both runs have a manifest, so that all that differs is known.
    swapped : bool
        Whether the run given as the earlier one seems to be the later.
    """

    area: str
    old_title: str
    new_title: str
    rows: tuple[Revision, ...]
    causes: tuple[Cause, ...]
    average: str
    complete: bool = True
    swapped: bool = False

    def of(self, kind: Kind) -> tuple[Revision, ...]:
        """Return the figures of one table."""
        return tuple(row for row in self.rows if row.kind == kind)

    @property
    def changed(self) -> int:
        """The number of figures that are not what they were."""
        return sum(not row.unchanged for row in self.rows)


def revision_table(revisions: Revisions, language: Language) -> Table:
    """Return B13: growth, TFP points and TFP share of each year and period, then and now.

    Figures that are what they were are counted, with their years, and not listed.
    """
    chosen = [
        row
        for kind, *wanted in _CHOSEN
        for name, measure in wanted
        for row in revisions.of(kind)  # type: ignore[arg-type]  # one of KINDS
        if (row.name, row.measure) == (name, measure) and row.average in ("", revisions.average)
    ]
    changed = [row for row in chosen if not row.stands]
    several = len({row.entity for row in chosen}) > 1
    columns = _heads(language, entity=several and bool(changed))
    rows = tuple(_cells(row, language, entity=several) for row in changed)
    notes = [note for _, note in _notes(revisions, language)]
    notes += _of_unchanged(chosen, changed, language) + _of_rounding(changed, language)
    return Table(
        name="revisions",
        title=text("revisions.title.b13", language),
        columns=(*columns, *(_figure_heads(2, language) if changed else ())),
        rows=rows or ((text("revisions.note.none", language), "–"),),
        notes=tuple(("", note) for note in notes),
    )


def _cells(row: Revision, language: Language, *, entity: bool) -> tuple[Cell, ...]:
    area = (row.entity,) if entity else ()
    return (_label(row, language), *area, *_where(row), *_figures(row, language))


def _of_unchanged(
    rows: Iterable[Revision], changed: Iterable[Revision], language: Language
) -> list[str]:
    """Return how many figures are not listed, and the times of which none is."""
    rows, listed = list(rows), {row.time for row in changed}
    count = sum(row.stands for row in rows)
    if not count:
        return []
    times = list(dict.fromkeys(row.time for row in rows if row.time not in listed))
    years = years_in_words([int(time) for time in times if time.isdigit()])
    words = [years, *(period_name(time) for time in times if not time.isdigit())]
    shown = [word for word in words if word]
    key = "unchanged" if shown else "unchanged_some"
    return [text(f"revisions.note.{key}", language, count=count, times=shown)]


def _of_rounding(rows: Iterable[Revision], language: Language) -> list[str]:
    """Return that differences are rounded by themselves, where two printed figures show it."""
    for row in rows:
        if row.old is None or row.new is None:
            continue
        old, new, moved = (
            round(100.0 * float(round_half_away(value, 2)))
            for value in (row.old, row.new, row.new - row.old)
        )
        if new - old != moved:
            return [text("revisions.note.rounded", language)]
    return []


def revision_tables(revisions: Revisions, language: Language) -> tuple[Table, ...]:
    """Return every table of results, old and new, and what else differs."""
    found = [_of_kind(revisions, kind, language) for kind in KINDS if revisions.of(kind)]
    return (*found, *([causes_table(revisions, language)] if revisions.causes else []))


def causes_table(revisions: Revisions, language: Language) -> Table:
    """Return what else differs between the two runs, in the words of files and plans."""
    heads = ("kind", "what", "then", "now")
    return Table(
        name="causes",
        title=text("revisions.title.causes", language),
        columns=tuple(
            Column(label=text(f"revisions.head.{head}", language), style="text") for head in heads
        ),
        rows=tuple(
            (
                text(f"revisions.cause.{cause.kind}", language),
                cause.name,
                cause.old or "–",
                cause.new or "–",
            )
            for cause in revisions.causes
        ),
        notes=(("", text("revisions.note.split", language)),),
    )


def revision_document(revisions: Revisions, language: Language) -> Document:
    """Return the document of two runs side by side."""
    chosen = revision_table(revisions, language)
    sections: dict[str, Iterable[Table]] = {
        "main": (chosen,),
        "causes": (causes_table(revisions, language),) if revisions.causes else (),
    }
    blocks: list[Heading | Paragraph | Table] = [
        Paragraph(text=sentence, role=role)
        for sentence, role in zip(summary(revisions, language), _roles(), strict=False)
    ]
    for name, tables in sections.items():
        blocks.append(Heading(text=text(f"revisions.section.{name}", language), name=name))
        blocks += tables or (Paragraph(text=text("revisions.summary.no_causes", language)),)
    blocks.append(Heading(text=text("revisions.section.all", language), name="all", annex=True))
    blocks += [_of_kind(revisions, kind, language) for kind in KINDS if revisions.of(kind)]
    return Document(
        title=text("revisions.title.document", language, area=revisions.area),
        subtitle=f"{revisions.old_title} → {revisions.new_title}",
        language=language,
        area=revisions.area,
        blocks=tuple(blocks),
    )


def summary(revisions: Revisions, language: Language) -> list[str]:
    """Return what there is to say first: how many figures changed, and that causes are mixed."""
    both = [row for row in revisions.rows if row.difference is not None]
    only_old = _times(row for row in revisions.rows if row.new is None and row.old is not None)
    only_new = _times(row for row in revisions.rows if row.old is None and row.new is not None)
    sentences = [text("revisions.summary.swapped", language)] if revisions.swapped else []
    sentences += [
        text(
            "revisions.summary.changed",
            language,
            changed=sum(not row.unchanged for row in both),
            count=len(both),
        )
    ]
    for key, times in (("only_new", only_new), ("only_old", only_old)):
        if times:
            sentences.append(text(f"revisions.summary.{key}", language, times=times))
    if revisions.causes:
        sentences.append(text("revisions.note.split", language))
    if not revisions.complete:
        sentences.append(text("revisions.summary.incomplete", language))
    return sentences


def _roles() -> Iterable[Literal["lead", "body"]]:
    yield "lead"
    while True:
        yield "body"


def _of_kind(revisions: Revisions, kind: Kind, language: Language) -> Table:
    rows = revisions.of(kind)
    entity = len({row.entity for row in rows}) > 1
    digits = _DIGITS.get(kind, 2)
    body = tuple(_cells(row, language, entity=entity) for row in rows)
    weights = {row.name for row in rows} and all(row.name.endswith("_weight") for row in rows)
    return Table(
        name=f"revised_{kind}",
        title=text(f"revisions.title.{kind}", language),
        columns=(
            *_heads(language, entity=entity),
            *_figure_heads(_WEIGHT_DIGITS if weights else digits, language),
        ),
        rows=body,
        notes=_notes(revisions, language),
    )


def _heads(language: Language, *, entity: bool) -> tuple[Column, ...]:
    names = ("figure", *(("area",) if entity else ()), "time")
    return tuple(
        Column(label=text(f"revisions.head.{name}", language), style="text") for name in names
    )


def _figure_heads(digits: int, language: Language) -> tuple[Column, ...]:
    numbers = ("old", "new", "difference")
    return (
        *(
            Column(label=text(f"revisions.head.{name}", language), digits=digits)
            for name in numbers
        ),
        *(
            Column(label=text(f"revisions.head.{name}", language), style="text")
            for name in ("status_then", "status_now")
        ),
    )


def _figures(row: Revision, language: Language) -> tuple[Cell, ...]:
    return (
        row.old,
        row.new,
        row.difference,
        _status(row.old_status, language) if row.old is not None else "–",
        _status(row.new_status, language) if row.new is not None else "–",
    )


def _status(status: str, language: Language) -> str:
    outcome = text_or(f"report.outcome.{status}", language, "")
    return outcome or (status_name(status, language) if status else "–")


def _where(row: Revision) -> tuple[Cell, ...]:
    return (period_name(row.time),)


def _label(row: Revision, language: Language) -> str:
    """Return what a figure is, with its unit."""
    if row.kind == "targets":
        name = known_document(row.name, language) or row.name
        return f"{name} ({row.assumption})" if row.assumption else name
    name = _name(row, language)
    if row.measure in ("points", "share"):
        key = "growth" if row.name in ("output", "geometric_mean_growth") else row.measure
        name = text(f"revisions.measure.{key}", language, name=name)
    if row.average:
        name = f"{name}, {average_name(row.average, language)}"
    return f"{row.assumption}: {name}" if row.assumption else name


def _name(row: Revision, language: Language) -> str:
    known = text_or(f"revisions.name.{row.name}", language, "")
    if known:
        return known
    if row.name.endswith("_weight"):
        name = term_name(row.name.removesuffix("_weight"), language)
        return text("revisions.measure.weight", language, name=name)
    return term_name(row.name, language) or phrase("column", row.name, language)


def _times(rows: Iterable[Revision]) -> list[str]:
    return [period_name(time) for time in dict.fromkeys(row.time for row in rows)]


def _notes(revisions: Revisions, language: Language) -> tuple[tuple[str, str], ...]:
    note = text("revisions.note.then_now", language, old=revisions.old_title,
                new=revisions.new_title)  # fmt: skip
    return (("", note),)
