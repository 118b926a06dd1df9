"""Units and prices as titles, headings and labels of a yearbook say them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tfp.inputs.figures.measures import is_known
from tfp.panel.price_bases import at_current_prices, base_year
from tfp.tables.line_labels import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

PREVIOUS_YEAR = "previous year = 100"
_INDEX = re.compile(r"(?:nam truoc|previous year|preceding year)\s*=\s*100|chi so phat trien")
_GROWTH = re.compile(r"toc do (?:tang|phat trien)|growth")
_PRICES = re.compile(r"gia so sanh|gia co dinh|constant|at \d{4} price")
_SPLIT = re.compile(r"\s+[-\u2013\u2014/]\s+|[\n\r|:()]|\s-\s")
_BESIDE = re.compile(r"\(([^()]+)\)|,\s*([^,()]+)$")
# Units elsewhere, but in a table the name of what it is of.
_NO_UNITS = frozenset({"lao dong", "worker", "workers", "people", "ratio", "times", "points"})
# Abbreviations of the English half of bilingual tables.
_SHORT = {
    "bill. dongs": "billion VND",
    "billion dongs": "billion VND",
    "bill. dong": "billion VND",
    "mill. dongs": "million VND",
    "million dongs": "million VND",
    "mill. dong": "million VND",
    "thous. dongs": "thousand VND",
    "thous. persons": "thousand persons",
    "thous. pers.": "thousand persons",
    "thous. pers": "thousand persons",
    "1000 nguoi": "nghìn người",
    "ty vnd": "tỷ đồng",
    "trieu vnd": "triệu đồng",
    "ty": "tỷ đồng",
    "pers.": "persons",
}


def unit_said(texts: Iterable[str]) -> str | None:
    """Return the unit that the first of some texts names; None where none does.

    Examples
    --------
    >>> unit_said(["GRDP at current prices", "ĐVT: Triệu đồng - Unit: Mill. dongs"])
    'Triệu đồng'
    >>> unit_said(["Chỉ số phát triển (Năm trước = 100) - %"]), unit_said(["Employed population"])
    ('previous year = 100', None)
    """
    for text in texts:
        if _INDEX.search(folded(text)):
            return PREVIOUS_YEAR
        for part in _SPLIT.split(text):
            words = " ".join(part.split())
            short = _SHORT.get(folded(words))
            if folded(words) in _NO_UNITS:
                continue
            if short is not None or (words and is_known(words)):
                return short or words
    return None


def unit_beside(labels: Iterable[str]) -> str | None:
    """Return the unit that a label names beside what it is of: in brackets, after a comma.

    Examples
    --------
    >>> unit_beside(["GRDP (Tỷ đồng)"]), unit_beside(["Vốn đầu tư, triệu đồng"])
    ('Tỷ đồng', 'triệu đồng')
    >>> unit_beside(["Người"]) is None
    True
    """
    labels = list(labels)
    if any(_INDEX.search(folded(label)) for label in labels):
        return PREVIOUS_YEAR
    found = [part for label in labels for part in _BESIDE.findall(label)]
    return unit_said(one or other for one, other in found)


def is_growth_said(texts: Iterable[str]) -> bool:
    """Tell whether one of some texts says that figures are rates of growth."""
    return any(_GROWTH.search(folded(text)) for text in texts)


def prices_said(texts: Iterable[str]) -> str | None:
    """Return the prices that the first of some texts names: a year, or ``"current"``.

    Examples
    --------
    >>> prices_said(["TỔNG SỐ", "GRDP theo giá so sánh 2010 - At constant 2010 prices"])
    '2010'
    >>> prices_said(["Vốn đầu tư theo giá hiện hành"]), prices_said(["Lao động"])
    ('current', None)
    """
    for text in texts:
        constant = _PRICES.search(folded(text)) is not None
        current = at_current_prices(text)
        if constant and not current and base_year(text) is not None:
            return str(base_year(text))
        if current and not constant:
            return "current"
    return None
