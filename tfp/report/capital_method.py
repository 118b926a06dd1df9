"""How capital came about, in words: one inventory, inventories by asset, their services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfp.inputs.capital.asset_stocks import AssetStocks
from tfp.inputs.capital.cohort_stocks import CohortStocks
from tfp.inputs.capital.service_index import CapitalServiceIndex
from tfp.language.catalogue import text, text_or
from tfp.report.document import Paragraph
from tfp.report.method import capital_sentences, initial_stock_in_words
from tfp.report.words import show_ratio

if TYPE_CHECKING:
    from tfp.inputs.capital.inventory import CapitalStocks
    from tfp.language.catalogue import Language
    from tfp.report.document import Block
    from tfp.results.result import Result

PER_CENT = 100.0


def result_blocks(result: Result, language: Language) -> tuple[Block, ...]:
    """Return the rule behind stocks by cohort or asset, or behind capital services."""
    if isinstance(result, AssetStocks):
        return tuple(
            Paragraph(
                text=text(
                    "report.capital_method.asset",
                    language,
                    asset=text_or(f"terms.asset.{asset}", language, asset),
                    method=" ".join(inventory_sentences(stocks, language)),
                )
            )
            for asset, stocks in result.stocks.items()
        )
    if isinstance(result, CohortStocks):
        return (Paragraph(text=" ".join(cohort_sentences(result.options, language))),)
    if isinstance(result, CapitalServiceIndex):
        return (Paragraph(text=" ".join(service_sentences(result.options, language))),)
    return ()


def inventory_sentences(stocks: CapitalStocks | CohortStocks, language: Language) -> list[str]:
    """Return the rule of one inventory, whichever it is."""
    if isinstance(stocks, CohortStocks):
        return cohort_sentences(stocks.options, language)
    return capital_sentences(stocks, language)


def cohort_sentences(options: dict[str, Any], language: Language) -> list[str]:
    """Return the rule of an inventory by cohort."""
    efficiency, retirement = dict(options["efficiency"]), dict(options["retirement"])
    percent = {"percent": PER_CENT * efficiency["rate"]} if "rate" in efficiency else {}
    key = f"report.efficiency.{efficiency.pop('profile')}"
    distribution = f"report.retirement.{retirement.pop('distribution')}"
    sentences = [
        text(
            "report.capital_method.cohorts",
            language,
            efficiency=text(key, language, **efficiency, **percent),
            retirement=text(distribution, language, **retirement),
        ),
        text(
            "report.capital_method.discounting",
            language,
            discount=PER_CENT * options["discount_rate"],
            change=PER_CENT * options["price_change"],
        ),
        text(
            "report.capital.initial",
            language,
            rule=initial_stock_in_words(options["initial_stock"], language),
        ),
    ]
    decay = options["initial_decay"]
    if isinstance(decay, float):
        sentences.append(text("report.capital_method.decay", language, rate=PER_CENT * decay))
    elif decay is not None:
        sentences.append(text("report.capital_method.decay_stated", language))
    timing = options["investment_timing"]
    group = "capital_method" if timing == "start_of_year" else "capital"
    return [
        *sentences,
        text(f"report.capital_method.stock_{options['stock']}", language),
        text(f"report.capital.timing_{options['timing']}", language),
        text(f"report.{group}.investment_{timing}", language),
    ]


def service_sentences(options: dict[str, Any], language: Language) -> list[str]:
    """Return the rule by which stocks became services."""
    cost = options["user_cost"]
    if cost is None:
        rate = text("report.capital_method.rate_published", language)
        return [
            text("report.capital_method.services", language, rate=rate),
            text("report.capital_method.composition", language),
        ]
    rate = text(
        f"report.capital_method.rate_{cost['rate_of_return']}",
        language,
        real=_rate_in_words(cost["real_rate"], language),
    )
    rates = "; ".join(
        f"{text_or(f'terms.asset.{asset}', language, asset)} {_rate_in_words(value, language)}"
        for asset, value in (cost["depreciation"] or {}).items()
    )
    return [
        text("report.capital_method.services", language, rate=rate),
        text(
            f"report.capital_method.price_change_{cost['price_change']}",
            language,
            window=cost["window"],
        ),
        text(f"report.capital_method.negative_{cost['negative_rentals']}", language),
        *([text("report.capital_method.rates", language, rates=rates)] if rates else []),
        *(
            [text("report.capital_method.source", language, source=cost["source"])]
            if cost["source"]
            else []
        ),
        text("report.capital_method.composition", language),
    ]


def _rate_in_words(rate: object, language: Language) -> str:
    """Return a rate in per cent, or that it changes from year to year."""
    if isinstance(rate, (int, float)):
        return f"{show_ratio(PER_CENT * float(rate), language)}%"
    return text("report.capital_method.by_year", language)
