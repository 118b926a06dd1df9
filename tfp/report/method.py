"""The method in words: formula, weights and their source, averages, capital, what TFP is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.language.catalogue import subject, text
from tfp.language.terms import role_name as role_in_sentence
from tfp.language.terms import term_name
from tfp.report.document import Paragraph
from tfp.report.formulas import capital_formula, growth_formula, share_formula
from tfp.report.treatments import treatment_sentences
from tfp.report.words import (
    meaning_of_average,
    phrase,
    show_ratio,
    statistical_authority,
)

if TYPE_CHECKING:
    from tfp.inputs.capital.inventory import CapitalStocks
    from tfp.language.catalogue import Language
    from tfp.report.content import RunContent
    from tfp.report.document import Block
    from tfp.results.growth_accounts import GrowthAccounts

NATIONAL = "national"
FIXED = "fixed shares"  # the rule that presets speak of where they speak of one


def method_blocks(content: RunContent) -> tuple[Block, ...]:
    """Return the method of the accounts, without that of capital."""
    accounts, language = content.accounts, content.language
    preset = accounts.provenance.method.partition(" (")[0]
    rule = accounts.provenance.options.get("factor_weights", {}).get("rule")
    opening = [_preset_paragraph(accounts.provenance.method, language, own=rule == FIXED)]
    if preset == NATIONAL:
        authority = statistical_authority(content.prepared_on, language)
        opening.append(text("report.method.national", language, authority=authority))
    conventions = [
        text(f"report.method.{accounts.rates}", language),
        text("report.method.threshold", language, threshold=float(accounts.share_threshold)),
    ]
    return (
        Paragraph(text=" ".join(opening)),
        growth_formula(accounts),
        Paragraph(text=text("report.method.letters", language)),
        Paragraph(text=" ".join(conventions)),
        *_weights(accounts, language),
        *_averages(content),
        Paragraph(text=text("report.method.residual", language)),
        Paragraph(text=text("report.method.identity", language)),
        Paragraph(text=text("report.method.market_prices", language)),
    )


def capital_blocks(capital: CapitalStocks, language: Language) -> tuple[Block, ...]:
    """Return the rule by which capital was accumulated."""
    mid_year = capital.options["investment_timing"] == "mid_year"
    return (
        Paragraph(text=" ".join(capital_sentences(capital, language))),
        capital_formula(mid_year=mid_year),
    )


def capital_sentences(capital: CapitalStocks, language: Language) -> list[str]:
    """Return the rule of one perpetual inventory, sentence by sentence."""
    options = capital.options
    sentences = [
        text("report.capital.rule", language),
        _depreciation(options["depreciation"], language),
        text(
            "report.capital.initial",
            language,
            rule=initial_stock_in_words(options["initial_stock"], language),
        ),
        text(f"report.capital.timing_{options['timing']}", language),
        text(f"report.capital.investment_{options['investment_timing']}", language),
    ]
    last = len(capital.panel) - 1
    share = 100.0 * float(capital.surviving_initial[last] / capital.end_of_year[last])
    if np.isfinite(share) and len(capital.panel.rows.entities) == 1:
        year = capital.panel.rows.time_label(last)
        sentences.append(text("report.capital.surviving", language, year=year, share=share))
    return sentences


def initial_stock_in_words(options: dict[str, Any], language: Language) -> str:
    """Return a rule for the initial stock, with its figures and their source."""
    rule = str(options["rule"])
    shown = {
        name: show_ratio(float(value), language) if isinstance(value, float) else str(value)
        for name, value in options.items()
        if not hasattr(value, "items")
    }
    by_area = text("report.initial.by_area", language)
    if "growth_of" in shown:
        shown["growth_of"] = role_in_sentence(shown["growth_of"], language)
    entries: dict[str, str] = subject("report", language)["initial"]
    if rule not in entries:
        return rule
    by_table = text("report.initial.by_table", language)
    fields = {"ratio": by_area, "value": by_area, "growth": by_table} | shown
    words = text(f"report.initial.{rule}", language, **fields)
    source = str(options.get("source") or "")
    return f"{words} ({source})" if source else words


def _preset_paragraph(method: str, language: Language, *, own: bool) -> str:
    """Return a preset in words; without its weights, where the accounts have others."""
    key = method.partition(" (")[0]
    presets: dict[str, dict[str, str]] = subject("methods", language)
    if key not in presets:
        name = phrase("method_name", method, language)
        return text("report.method.name", language, method=name)
    title, words = presets[key]["title"], presets[key]["paragraph"]
    if method != key:
        title = text("report.method.varied", language, method=title)
    return " ".join(
        (
            text("report.method.name", language, method=title),
            words if own else presets[key].get("own_weights", words),
            presets[key]["leaves"],
        )
    )


def _weights(accounts: GrowthAccounts, language: Language) -> tuple[Block, ...]:
    arrays = accounts.weight_arrays
    options = accounts.provenance.options.get("factor_weights", {})
    rule = phrase("rule", str(options.get("rule", "")), language)
    sentences = [text("report.method.weights_rule", language, rule=rule)] if rule else []
    profit = accounts.pure_profit_share is not None
    constant = not profit and all(np.ptp(array) == 0.0 for array in arrays)
    if constant:
        weights = "; ".join(
            f"{term_name(name, language)} {show_ratio(float(array[0]), language)}"
            for name, array in zip(accounts.factor_names, arrays, strict=True)
        )
        sentences.append(text("report.method.weights_constant", language, weights=weights))
    else:
        sentences.append(text("report.method.weights_varying", language))
        sentences.append(text(f"report.method.timing_{accounts.share_timing}", language))
    made = [
        entry for entry in accounts.panel_ledger if entry.role == "labour_share" and entry.cause
    ]
    sentences += treatment_sentences(made, language)
    if options.get("source"):
        source = str(options["source"])
        sentences.append(text("report.method.weights_source", language, source=source))
    return (Paragraph(text=" ".join(sentences)),)


def _averages(content: RunContent) -> tuple[Block, ...]:
    language = content.language
    used = [periods.average for periods in content.periods]
    if not used:
        return ()
    named = "; ".join(meaning_of_average(average, language) for average in used)
    return (
        Paragraph(text=text("report.method.averages", language, averages=named)),
        share_formula(used[0]),
    )


def _depreciation(options: dict[str, Any], language: Language) -> str:
    rate = options.get("rate")
    if isinstance(rate, float):
        return text("report.capital.depreciation", language, rate=100.0 * rate)
    return text("report.capital.depreciation_varying", language)
