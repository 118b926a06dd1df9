"""The files of the exercise: a form with mistakes, and the yearbooks that it was typed from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.language.catalogue import text
from tfp.language.numbers import show_number
from tfp.tables.workbook import Cell, Sheet, Workbook
from tfp.tables.workbook_writing import workbook_bytes
from tfp.workflow.exercise.province import (
    BREAK_YEAR,
    LABOUR_BEFORE_BREAK,
    LAST_YEAR,
    PERSONS_YEAR,
    YEARS,
    printed_figures,
    right_figures,
    typed_figures,
)
from tfp.workflow.forms.template.choices import word_of
from tfp.workflow.forms.template.filling import Filling, empty
from tfp.workflow.forms.template.form import FONT, form_bytes
from tfp.workflow.plans.plan_folder import FORM_NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfp.language.catalogue import Language
    from tfp.tables.workbook import Style

Row = tuple[Cell | None, ...]
Lines = tuple[tuple[str, "Sequence[float]", "Style"], ...]


def exercise_files(language: Language) -> dict[str, bytes]:
    """Return the files of the exercise by their names, the form last.

    Parameters
    ----------
    language : {"en", "vi"}
    """
    return {
        text("exercise.file.first", language): _yearbook(language, revised=False),
        text("exercise.file.second", language): _yearbook(language, revised=True),
        FORM_NAMES[language]: form_bytes(language, _filling(language)),
    }


def _filling(language: Language) -> Filling:
    """Return the form as a colleague left it: figures typed, methods still to be chosen."""

    def said(key: str) -> str:
        return text(f"exercise.form.{key}", language)

    typed = typed_figures()
    described = {"units": said("money"), "vintages": said("book")}
    constant = {**described, "price_bases": str(YEARS[0])}
    people = {**described, "units": said("persons")}
    status = ("final",) * (len(YEARS) - 1) + ("preliminary",)
    lines = {
        **empty(language).lines,
        "plan.title": said("title"),
        "plan.area": said("area"),
        "periods.list": said("periods"),
        "office.body": said("body"),
        "office.place": said("area"),
    }
    return Filling(
        lines=lines,
        described={
            "data.columns.output": constant,
            "data.columns.investment": constant,
            "data.columns.labour": people,
            "data.columns.output_growth": {**described, "units": "%"},
        },
        figures={
            "data.time": YEARS,
            "data.columns.output": typed.output,
            "data.columns.investment": typed.investment,
            "data.columns.labour": typed.labour,
            "data.definitions.labour": [
                "ICLS-13" if year < BREAK_YEAR else "ICLS-19" for year in YEARS
            ],
            "data.status": [word_of("status", code, language) for code in status],
            "data.columns.output_growth": typed.growth,
        },
        rows={
            "source": [
                {
                    "title": said("book_title"),
                    "publisher": said("publisher"),
                    "vintage": said("book"),
                    "roles": "; ".join(
                        word_of("role", role, language)
                        for role in ("output", "investment", "labour")
                    ),
                }
            ]
        },
    )


def _yearbook(language: Language, *, revised: bool) -> bytes:
    """Return a workbook in the layout of yearbooks: indicators in rows, years in columns."""
    figures = printed_figures(revised=revised)
    indices = tuple(round(100 + rate, 2) for rate in figures.growth)
    output: Lines = (
        (text("exercise.book.level", language), figures.output, "level"),
        (text("exercise.book.index", language), indices, "points"),
    )
    invested: Lines = ((text("exercise.book.total", language), figures.investment, "level"),)
    employed: Lines = ((text("exercise.book.employed", language), figures.labour, "level"),)
    notes = _notes(language)
    sheets = (
        _table("output", language, output, (), revised=revised),
        _table("investment", language, invested, (), revised=revised),
        _table("labour", language, employed, notes, revised=revised),
    )
    name = "second" if revised else "first"
    return workbook_bytes(Workbook(text(f"exercise.title.{name}", language), sheets, font=FONT))


def _notes(language: Language) -> tuple[str, ...]:
    place = YEARS.index(PERSONS_YEAR)
    correct = show_number(right_figures().labour[place], 1, language)
    before = show_number(LABOUR_BEFORE_BREAK, 1, language)
    return (
        text("exercise.note.break", language, year=str(BREAK_YEAR), value=before,
             before=str(BREAK_YEAR - 1)),
        text("exercise.note.erratum", language, year=str(PERSONS_YEAR), value=correct),
    )  # fmt: skip


def _table(
    name: str,
    language: Language,
    lines: Lines,
    notes: tuple[str, ...],
    *,
    revised: bool,
) -> Sheet:
    preliminary = text("exercise.book.preliminary", language, year=str(LAST_YEAR))
    years = [*YEARS[:-1], LAST_YEAR if revised else preliminary]
    head: Row = (
        Cell(None, role="heading"),
        *(
            Cell(year, role="heading", style="year" if isinstance(year, int) else "text")
            for year in years
        ),
    )
    rows: tuple[Row, ...] = (
        (Cell(text(f"exercise.title.{name}", language), role="title"),),
        (Cell(text(f"exercise.unit.{name}", language), role="note"),),
        head,
        *(
            (Cell(label, role="label"), *(Cell(value, style=style) for value in values))
            for label, values, style in lines
        ),
    )
    widths = {1: 52.0, **dict.fromkeys(range(2, len(YEARS) + 2), 11.0)}
    made_up = text("exercise.note.made_up", language)
    return Sheet(
        text(f"exercise.sheet.{name}", language), rows, notes=(*notes, made_up),
        widths=widths, freeze=(3, 1), landscape=True,
    )  # fmt: skip
