"""The headline: ready sentences and key numbers for every kind of outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.language.catalogue import text
from tfp.language.numbers import show_number
from tfp.language.terms import average_name, in_period, inside_sentence, term_name
from tfp.report.document import KeyFigure, KeyFigures, Paragraph
from tfp.report.result_tables import period_statuses
from tfp.report.settled_breaks import break_sentences
from tfp.report.target_table import relevant, target_in_words
from tfp.report.words import period_name, status_name, years_in_words
from tfp.results.shares import REASONS, growth_share

if TYPE_CHECKING:
    from tfp.language.catalogue import Language
    from tfp.report.content import RunContent
    from tfp.results.growth_accounts import GrowthAccounts
    from tfp.results.periods import PeriodAccounts

UNSETTLED = ("preliminary", "estimate")


def headline(content: RunContent) -> tuple[KeyFigures | Paragraph, ...]:
    """Return the key numbers and the sentences of the headline."""
    accounts, language = content.accounts, content.language
    if len(accounts.rows.entities) > 1:
        count = len(accounts.rows.entities)
        return (
            Paragraph(
                text=text("report.headline.several_areas", language, count=count), role="lead"
            ),
        )
    known = [r for r in accounts.rows.growth_rows.tolist() if not np.isnan(accounts.term("tfp")[r])]
    if not known:
        return (Paragraph(text=text("report.headline.blank_not_available", language), role="lead"),)
    row = known[-1]
    sentences = [year_sentence(accounts, row, language, content.output_name)]
    averages = content.periods[0] if content.periods else None
    if averages is not None and np.isnan(averages.term("tfp")).all():
        averages = None
    if averages is not None:
        sentences.append(period_sentence(averages, language, content.output_name))
    sentences += _target_sentences(content)
    return (
        KeyFigures(figures=_key_figures(accounts, row, averages, language)),
        *(Paragraph(text=sentence, role="lead") for sentence in sentences),
        *(
            Paragraph(text=sentence)
            for sentence in break_sentences(accounts.panel_ledger, language)
        ),
        *_status_sentence(accounts, known, language),
    )


def year_sentence(
    accounts: GrowthAccounts, row: int, language: Language, output_name: str = ""
) -> str:
    """Return one year in words: growth, contributions, and the share or why there is none."""
    growth = 100.0 * float(accounts.total[row])
    parts = [
        text(
            "report.headline.part",
            language,
            factor=inside_sentence(term_name(name, language)),
            points=show_number(100.0 * term[row], 2, language),
        )
        for name, term in zip(accounts.term_names, accounts.terms, strict=True)
    ]
    first = text(
        f"report.headline.{'fall' if growth < 0.0 else 'growth'}",
        language,
        when=in_period(accounts.rows.time_label(row), language),
        output=output_name or inside_sentence(term_name("output", language)),
        growth=abs(growth),
        parts="; ".join(parts),
        **_units(language, log=accounts.rates == "log"),
    )
    return f"{first} {_share_sentence(accounts, row, language)}"


def period_sentence(periods: PeriodAccounts, language: Language, output_name: str = "") -> str:
    """Return the average of the last period that has one in words."""
    row = last_known(periods)
    fields = {
        "period": _span(periods.period[row], language),
        "average": average_name(periods.average, language),
        "output": output_name or inside_sentence(term_name("output", language)),
        "growth": 100.0 * float(periods.total[row]),
        "points": 100.0 * float(periods.term("tfp")[row]),
        **_units(language, log=periods.average == "log"),
    }
    share = _share(periods, row)
    if share is None:
        return text("report.headline.period_blank", language, **fields)
    return text("report.headline.period", language, share=share, **fields)


def last_known(periods: PeriodAccounts) -> int:
    """Return the row of the last period that has an average; the last one if none has."""
    known = np.flatnonzero(~np.isnan(periods.term("tfp")))
    return int(known[-1]) if len(known) else len(periods.period) - 1


def _share_sentence(accounts: GrowthAccounts, row: int, language: Language) -> str:
    share = _share(accounts, row)
    if share is None:
        return text(
            f"report.headline.blank_{REASONS[accounts.blank_reasons[row]]}",
            language,
            threshold=float(accounts.share_threshold),
        )
    if share < 0.0:
        points = -100.0 * float(accounts.term("tfp")[row])
        unit = _units(language, log=accounts.rates == "log")["unit"]
        return text(
            "report.headline.share_negative", language, points=points, share=share, unit=unit
        )
    return text("report.headline.share", language, share=share)


def _share(accounts: GrowthAccounts | PeriodAccounts, row: int) -> float | None:
    at = slice(row, row + 1)
    share = growth_share(accounts.term("tfp")[at], accounts.total[at], accounts.blank_reasons[at])[
        0
    ]
    return None if np.isnan(share) else float(share)


def _key_figures(
    accounts: GrowthAccounts, row: int, averages: PeriodAccounts | None, language: Language
) -> tuple[KeyFigure, ...]:
    year = accounts.rows.time_label(row)
    log = accounts.rates == "log"
    rate = text(f"report.unit.{'log_points' if log else 'percent'}", language)
    points = text(f"report.unit.{'log_points' if log else 'points'}", language)
    status = status_name(accounts.statuses[row], language)
    share_unit = text("report.unit.percent_of_growth", language)
    figures = [
        KeyFigure(
            label=text("report.key.growth", language, year=year),
            value=100.0 * float(accounts.total[row]),
            unit=rate,
            note=status,
        ),
        KeyFigure(
            label=text("report.key.tfp_points", language, year=year),
            value=100.0 * float(accounts.term("tfp")[row]),
            unit=points,
            note=status,
        ),
        KeyFigure(
            label=text("report.key.tfp_share", language, year=year),
            value=_share(accounts, row),
            unit=share_unit,
            note=status,
        ),
    ]
    if averages is not None:
        last = last_known(averages)
        figures.append(
            KeyFigure(
                label=text(
                    "report.key.period_share", language, period=period_name(averages.period[last])
                ),
                value=_share(averages, last),
                unit=share_unit,
                note=status_name(period_statuses(averages)[last], language),
            )
        )
    return tuple(figures)


def _target_sentences(content: RunContent) -> list[str]:
    if content.comparison is None:
        return []
    language = content.language
    return [
        text(
            f"report.headline.target_{item.outcome}",
            language,
            due=item.target.due_year,
            target=target_in_words(item.target, language),
            covered=_span(item.covered, language),
            share=float(item.share),
        )
        for item in relevant(content.comparison)
        if item.share is not None and item.outcome != "not_comparable"
    ]


def _units(language: Language, *, log: bool) -> dict[str, str]:
    """Return the units of growth and of contributions, as they follow a number."""
    return {
        "rate": text(f"report.unit.{'log_rate' if log else 'rate'}", language),
        "unit": text(f"report.unit.{'log_points' if log else 'points'}", language),
    }


def _span(covered: str, language: Language) -> str:
    kind = "span" if "-" in covered else "year"
    return text(f"report.headline.in_{kind}", language, years=period_name(covered))


def _status_sentence(
    accounts: GrowthAccounts, rows: list[int], language: Language
) -> tuple[Paragraph, ...]:
    found = []
    for status in UNSETTLED:
        years = [accounts.rows.time_label(row) for row in rows if accounts.statuses[row] == status]
        if years:
            sentence = text(
                "report.headline.status",
                language,
                years=years_in_words(years),
                status=status_name(status, language),
            )
            found.append(Paragraph(text=sentence, role="warning"))
    return tuple(found)
