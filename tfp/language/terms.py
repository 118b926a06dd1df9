"""Names of terms, assets, averages and periods: said here, so that all say the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tfp.language.catalogue import text, text_or

if TYPE_CHECKING:
    from tfp.language.catalogue import Language

ASSET, DEEPENING = "capital_", "_deepening"
_PARTS = re.compile(r"(\d{4})(?:Q(?P<quarter>[1-4])|-(?P<month>\d\d))")
_ROLE = re.compile(r"[a-z_]+(:\S+)?")
_ROMAN = ("I", "II", "III", "IV")


def term_name(name: str, language: Language) -> str:
    """Return the name of a term; what the catalogue does not know keeps the user's name.

    Examples
    --------
    >>> term_name("capital_ict", "en"), term_name("capital_ict_deepening", "vi")
    ('Capital (ICT)', 'Mức trang bị vốn (ICT) cho lao động')
    """
    known = text_or(f"terms.factor.{name}", language, "")
    if known:
        return known
    if name.endswith(DEEPENING):
        inner = term_name(name.removesuffix(DEEPENING), language)
        return text("terms.pattern.deepening", language, inside=inside_sentence(inner))
    if name.startswith(ASSET):
        return with_asset(
            text("terms.factor.capital", language), name.removeprefix(ASSET), language
        )
    return name


def role_name(role: str, language: Language) -> str:
    """Return the name of a role of a column inside a sentence, with its asset or part.

    Examples
    --------
    >>> role_name("investment:ict", "en"), role_name("labour", "vi")
    ('investment (ict)', 'lao động')
    """
    base, _, asset = role.partition(":")
    words = text_or(f"terms.role.{base}", language, base)
    return f"{words} ({asset})" if asset else words


def role_and_key(role: str, language: Language) -> str:
    """Return the name of a role with the word that plans and functions know it by.

    Examples
    --------
    >>> role_and_key("output_price", "vi"), role_and_key("labour", "en")
    ('chỉ số giá của sản lượng (output_price)', 'labour')
    """
    words = role_name(role, language)
    return words if words == role else f"{words} ({role})"


def boundary_name(name: str, language: Language) -> str:
    """Return the name of a boundary; what the catalogue does not know keeps the user's name.

    Examples
    --------
    >>> boundary_name("34 units (from 1 July 2025)", "vi")
    '34 tỉnh, thành phố (từ 1/7/2025)'
    """
    return text_or(f"terms.boundary.{name}", language, name)


def named(value: object, language: Language) -> object:
    """Return a boundary or a role by its name; anything else, such as a user's name, as it is.

    Examples
    --------
    >>> named("investment", "vi"), named("gfcf", "vi"), named(2.5, "vi")
    ('đầu tư', 'gfcf', 2.5)
    >>> named("product_taxes, production_taxes", "en")
    'product taxes less subsidies, other taxes on production'
    """
    if not isinstance(value, str):
        return value
    for mark in (", ", " + "):
        if mark in value:
            return mark.join(str(named(part, language)) for part in value.split(mark))
    return role_name(value, language) if _ROLE.fullmatch(value) else boundary_name(value, language)


def with_asset(words: str, asset: str, language: Language) -> str:
    """Return what some words are said of one asset: ``Capital (ICT)``."""
    shown = text_or(f"terms.asset.{asset}", language, asset)
    return text("terms.pattern.asset", language, name=words, asset=shown)


def average_name(average: str, language: Language) -> str:
    """Return the short name of a way of averaging over a period."""
    return text(f"terms.average.{average}", language)


def in_period(period: int | str, language: Language) -> str:
    """Return a year, quarter or month as the beginning of a sentence.

    Examples
    --------
    >>> in_period(2024, "vi"), in_period("2024Q3", "vi")
    ('Năm 2024', 'Quý III năm 2024')
    """
    parts = _PARTS.fullmatch(str(period))
    if parts is None:
        return text("terms.period.in_year", language, period=str(period))
    if parts["quarter"]:
        number = _ROMAN[int(parts["quarter"]) - 1]
        return text("terms.period.in_quarter", language, year=parts[1], quarter=number)
    return text("terms.period.in_month", language, year=parts[1], month=int(parts["month"]))


def inside_sentence(name: str) -> str:
    """Return a name as it stands inside a sentence; abbreviations keep their capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
