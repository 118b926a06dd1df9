"""Names as a reader of the report's language knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.language.catalogue import subject, text, text_or
from tfp.language.numbers import show_as_stated
from tfp.language.terms import average_name, term_name, with_asset

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tfp.language.catalogue import Language
    from tfp.panel.rows import RowIndex

# Reorganised by the government's decree of February 2025, in force on 1 March.
_RENAMED = (2025, 3, 1)
# From when documents speak of what; the strategy of May 2022 (569/QĐ-TTg), and resolution
# 57-NQ/TW of December 2024.
_INNOVATION, _DIGITAL = (2022, 5, 11), (2024, 12, 22)


def phrase(table: str, name: str, language: Language) -> str:
    """Return an entry of a table of the report's catalogue, or `name` itself.

    For words that may be the user's own: units, names of assumptions, reasons.
    """
    entries: dict[str, str] = subject("report", language)[table]
    return entries.get(name, name)


def role_name(role: str, language: Language) -> str:
    """Return the name of a role: what a column of the data is."""
    base, _, asset = role.partition(":")
    entries: dict[str, str] = subject("report", language)["role"]
    name = entries.get(base) or term_name(base, language)
    if name == base:
        words = text_or(f"terms.role.{base}", language, base)
        name = words[:1].upper() + words[1:] if words != base else base
    return with_asset(name, asset, language) if asset else name


def meaning_of_average(average: str, language: Language) -> str:
    """Return what a way of averaging divides by what."""
    name = average_name(average, language)
    return text(f"report.average.{average}", language, average=name)


def time_head(rows: RowIndex, language: Language) -> str:
    """Return the head of the column of years, or of quarters or months."""
    return text(f"terms.period.{rows.frequency}", language)


def period_name(period: str) -> str:
    """Return a period with the dash of print: ``2011–2015``."""
    return period.replace("-", "–")


def status_name(status: str, language: Language) -> str:
    """Return a status in words; empty where none is declared."""
    return text(f"report.status.{status}", language) if status else ""


def years_in_words(years: Iterable[int | str]) -> str:
    """Return years as ranges: ``2010–2013, 2017``.

    Examples
    --------
    >>> years_in_words([2010, 2011, 2012, 2017])
    '2010–2012, 2017'
    """
    spans: list[list[int | str]] = []
    for year in dict.fromkeys(years):
        last = spans[-1][1] if spans else None
        if isinstance(year, int) and isinstance(last, int) and year == last + 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in spans)


def show_ratio(value: float, language: Language) -> str:
    """Return a share or a ratio with the digits that it has, two at least.

    Examples
    --------
    >>> show_ratio(0.4, "en"), show_ratio(0.335, "vi"), show_ratio(2.5067903632755035, "en")
    ('0.40', '0,335', '2.506790')
    """
    return show_as_stated(value, language, least=2)


def statistical_authority(when: date | None, language: Language) -> str:
    """Return the name that the national statistical authority bears on a date.

    Tổng cục Thống kê (GSO) until February 2025, Cục Thống kê (NSO) since; without a
    date, the name of today with the earlier one.
    """
    before = when is not None and (when.year, when.month, when.day) < _RENAMED
    return text(f"report.authority.{'before' if before else 'since'}", language)


def innovation_words(when: date | None, language: Language) -> str:
    """Return how the documents of a year name science, technology and innovation.

    Science and technology; with innovation since the strategy of May 2022; with digital
    transformation since resolution 57-NQ/TW of December 2024. Without a date, as today.
    """
    day = None if when is None else (when.year, when.month, when.day)
    if day is None or day >= _DIGITAL:
        return text("tables.innovation.digital", language)
    return text(f"tables.innovation.{'science' if day < _INNOVATION else 'strategy'}", language)


def day_in_words(day: date | None, language: Language) -> str:
    """Return a day as documents write it; dots where it is not known.

    Examples
    --------
    >>> from datetime import date
    >>> day_in_words(date(2026, 3, 5), "vi"), day_in_words(date(2026, 3, 5), "en")
    ('ngày 05/3/2026', '5 March 2026')
    """
    if day is None:
        return "…"
    month = text(f"tables.month.m{day.month}", language)
    return text(
        "tables.day",
        language,
        day=f"{day.day:02}" if language == "vi" else day.day,
        month=month,
        year=day.year,
    )
