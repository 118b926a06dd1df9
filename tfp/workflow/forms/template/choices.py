"""The words that a cell of the Excel plan offers, and the words of plans that they stand for."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, get_args

from tfp.accounts.presets import PRESETS
from tfp.datasets.target import Basis, Operator
from tfp.language.catalogue import LANGUAGES, subject
from tfp.numerics.perpetual_inventory import CapitalTiming, InvestmentTiming
from tfp.panel.roles import ROLES, STATUSES
from tfp.report.quantities import QUANTITIES
from tfp.results.decomposition import PeriodAverage
from tfp.workflow.charts import ONE_AREA, SEVERAL_AREAS
from tfp.workflow.copies import BeforeEmbargo
from tfp.workflow.draft import UNSETTLED
from tfp.workflow.forms.template.lines import PRODUCERS, label_of
from tfp.workflow.plans.plan import Format, Range
from tfp.workflow.treatments.initial_stock import INITIAL_KEYS
from tfp.workflow.treatments.weights import SHARE_KEYS

if TYPE_CHECKING:
    from tfp.language.catalogue import Language

_WITH_PARTS = ("output_by_part", "output_current_by_part")
# What a list offers; a plan may say more, which can be typed all the same.
CHOICES: dict[str, tuple[str, ...]] = {
    "language": LANGUAGES,
    "truth": ("yes", "no"),
    "preset": tuple(PRESETS),
    "share_rule": tuple(rule for rule in SHARE_KEYS if rule not in ("table", "labour_share")),
    "period_average": get_args(PeriodAverage),
    "timing": get_args(CapitalTiming),
    "investment_timing": get_args(InvestmentTiming),
    "initial_method": tuple(each for each in INITIAL_KEYS if each != "earlier_vintage"),
    "growth_of": ("investment", "output"),
    "published_as": ("per_cent", "index"),
    "price_index": ("one_base", "previous_year", "implicit"),
    "interpolation": ("linear", "geometric"),
    "targets": ("published", "none"),
    "operator": get_args(Operator),
    "basis": get_args(Basis),
    "status": tuple(reversed(STATUSES)),
    "unsettled": UNSETTLED,
    "quantity": QUANTITIES,
    "format": get_args(Format),
    "range": get_args(Range),
    "chart": (*ONE_AREA, *SEVERAL_AREAS),
    "before_embargo": get_args(BeforeEmbargo),
    "role": (
        "output",
        "investment",
        "labour",
        "capital",
        "output_current",
        "investment_current",
        "output_price",
        "investment_price",
        "output_growth",
        *(f"{role}:{part}" for role in _WITH_PARTS for part in PRODUCERS),
    ),
}
TRUTHS = {"yes": True, "no": False}


def word_of(kind: str, code: str, language: Language) -> str:
    """Return what a list shows for a word of plans.

    Examples
    --------
    >>> word_of("timing", "end", "vi"), word_of("role", "labour", "en")
    ('Cuối năm', 'Labour')
    """
    if kind == "role" and code.partition(":")[0] in _WITH_PARTS and ":" in code:
        role = subject("terms", language)["role"]["output_by_part"]
        words = f"{role}: {_part_name(code, language)}"
    elif kind == "role":
        words = subject("terms", language)["role"].get(code, code)
    elif kind in ("status", "unsettled"):
        words = subject("report", language)["status"].get(code, code)
    elif kind == "quantity":
        words = subject("tables", language)["quantity"].get(code, code)
    elif kind == "preset":
        words = subject("methods", language)[code]["title"]
    else:
        words = subject("template", language)["choice"].get(kind, {}).get(code, code)
    return str(words)[:1].upper() + str(words)[1:]


def code_of(kind: str, word: str) -> str:
    """Return the word of plans that a word of a list stands for; itself where it is none.

    In either language, and however it is capitalised.

    Examples
    --------
    >>> code_of("timing", "cuối năm"), code_of("timing", "end"), code_of("timing", "dusk")
    ('end', 'end', 'dusk')
    >>> code_of("role", word_of("role", "output_by_part:industry", "vi"))
    'output_by_part:industry'
    """
    wanted = _bare(word)
    known = (*ROLES, *CHOICES[kind]) if kind == "role" else CHOICES[kind]
    for code in known:
        if wanted in {_bare(code), *(_bare(word_of(kind, code, each)) for each in LANGUAGES)}:
            return code
    # A part may be called as its column in the sheet of figures is.
    parts = (code for code in CHOICES[kind] if ":" in code)
    named = (code for code in parts if wanted in {_bare(_part_name(code, e)) for e in LANGUAGES})
    return next(named, word)


def _part_name(code: str, language: Language) -> str:
    return label_of(f"data.columns.{code.replace(':', '.')}", language)


def _bare(word: str) -> str:
    return " ".join(unicodedata.normalize("NFC", word).casefold().split())
