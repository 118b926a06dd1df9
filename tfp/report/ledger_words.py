"""The ledger in the language of the report.

What users gave as reason or source stands as they wrote it. What methods wrote
themselves is recognised and said in the language of the report; a test runs every such
method and sees that nothing is left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tfp.language.catalogue import text
from tfp.language.numbers import show_number
from tfp.report.words import phrase

if TYPE_CHECKING:
    from tfp.language.catalogue import Language
    from tfp.panel.ledger import LedgerEntry


def _figure(name: str) -> str:
    return rf"(?P<{name}>[-+]?[0-9][0-9.e+-]*)"


_FACTOR = f"factor {_figure('factor')}"
# Sentences of methods, and the entry of the table `ledger_sentence` that says the same.
_SENTENCES = (
    (r"definition changes at (?P<year>.+)", "definition"),
    (r"perpetual inventory of (?P<series>.+?)(?: from .*)?(?:;.*|, \w+ of year)", "inventory"),
    (rf"value before the break on the new definition: {_figure('value')}; {_FACTOR}", "overlap"),
    (rf"(?P<name>.+): growth of {_figure('growth')} at the break; {_FACTOR}", "assumed"),
    (r"growth of (?P<lender>.+)", "borrowed"),
    (r"linear", "linear"),
    (r"geometric", "geometric"),
    (r"the previous period is missing", "gap"),
    (r"a value is missing in this period or the one before", "missing"),
)
_DIGITS = {"value": 2, "factor": 6, "growth": 4}


def action_in_words(entry: LedgerEntry, language: Language) -> str:
    """Return what was done."""
    return phrase("ledger", entry.action, language)


def reason_in_words(entry: LedgerEntry, language: Language) -> str:
    """Return why it was done."""
    return _said(entry.reason, language)


def detail_in_words(entry: LedgerEntry, language: Language) -> str:
    """Return the figures used."""
    return _said(entry.detail, language)


def _said(words: str, language: Language) -> str:
    for pattern, name in _SENTENCES:
        found = re.fullmatch(pattern, words)
        if found:
            fields = {
                key: show_number(float(value), _DIGITS[key], language) if key in _DIGITS else value
                for key, value in found.groupdict().items()
            }
            return text(f"report.ledger_sentence.{name}", language, **fields)
    return words
