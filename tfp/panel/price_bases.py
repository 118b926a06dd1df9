"""Price bases and units of price indices, as users write them, in English or Vietnamese."""

from __future__ import annotations

import re

from tfp.panel.keys import bare_spelling

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# Spaces, diacritics and case aside: hiện hành, giá thực tế, danh nghĩa.
_CURRENT = ("current", "nominal", "hienhanh", "thucte", "danhnghia")
# năm trước, kỳ trước, quý trước, tháng trước, "prev. year", "last year", "preceding period".
_PREVIOUS = (
    "prev",
    "preced",
    "lastyear",
    "yearbefore",
    "namtruoc",
    "kytruoc",
    "quytruoc",
    "thangtruoc",
    "lienhoan",
)


def base_year(words: str | None) -> int | None:
    """Return the year that a price base or a unit names; None if it names none, or several.

    Examples
    --------
    >>> [base_year(words) for words in ("2010", "so sánh 2010", "2010 = 100", "current", None)]
    [2010, 2010, 2010, None, None]
    """
    years = set(_YEAR.findall(words or ""))
    return int(years.pop()) if len(years) == 1 else None


def price_base_meant(words: str) -> str:
    """Return a price base in one spelling, to compare it by: its year where it names one.

    Examples
    --------
    >>> price_base_meant("giá so sánh 2010") == price_base_meant("2010")
    True
    >>> price_base_meant("Giá hiện hành") == price_base_meant("current prices")
    True
    """
    if base_year(words) is not None:
        return str(base_year(words))
    return _CURRENT[0] if at_current_prices(words) else bare_spelling(words)


def at_current_prices(words: str | None) -> bool:
    """Tell whether a price base says that values are at the prices of their own year.

    Examples
    --------
    >>> [at_current_prices(words) for words in ("hiện hành", "Current prices", "2010", None)]
    [True, True, False, False]
    """
    bare = bare_spelling(words or "")
    return any(word in bare for word in _CURRENT)


def of_previous_period(words: str | None) -> bool:
    """Tell whether a unit or price base refers each value to the period before it.

    Examples
    --------
    >>> units = ("previous year = 100", "prev. year=100", "năm trước = 100", "2010 = 100", None)
    >>> [of_previous_period(words) for words in units]
    [True, True, True, False, False]
    """
    bare = bare_spelling(words or "")
    return any(word in bare for word in _PREVIOUS)
