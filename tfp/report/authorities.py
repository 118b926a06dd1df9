"""What the statistical body of a province was called, by date.

Cục Thống kê of the province until February 2025; Chi cục Thống kê while the national body
was Cục Thống kê and there were 63 of them; Thống kê of the province since the provinces were
merged on 1 July 2025. Names are Vietnamese in every language: they are names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.errors import TFPError
from tfp.inputs.boundaries.resolving import resolve_area
from tfp.language.catalogue import text

if TYPE_CHECKING:
    from datetime import date

    from tfp.inputs.boundaries.areas import Area
    from tfp.language.catalogue import Language

_RENAMED, _MERGED = (2025, 3, 1), (2025, 7, 1)
OLD, NEW = "63 provinces", "34 units"


def provincial_authority(area: str, when: date | None) -> str:
    """Return the name of a province's statistical body on a date; empty if it is no province.

    Parameters
    ----------
    area : str
        Name of the province or city, with or without diacritics.
    when : date or None
        None stands for today's name.

    Examples
    --------
    >>> from datetime import date
    >>> provincial_authority("Hung Yen", date(2024, 12, 31))
    'Cục Thống kê tỉnh Hưng Yên'
    >>> provincial_authority("Hà Nội", None)
    'Thống kê thành phố Hà Nội'
    """
    day = None if when is None else (when.year, when.month, when.day)
    merged = day is None or day >= _MERGED
    province = _province(area, NEW if merged else OLD)
    if province is None:
        return ""
    if merged:
        kind = "since_merger"
    else:
        kind = "before" if day is not None and day < _RENAMED else "branch"
    return text(f"tables.authority.{kind}", "vi", area=_called(province))


def standing(area: str, when: date | None, language: Language) -> str:
    """Return that results are no official statistics, and whose those would be."""
    body = provincial_authority(area, when)
    if not body:
        return text("report.standing", language)
    return text("tables.authority.standing", language, authority=body)


def _province(area: str, boundary: str) -> Area | None:
    try:
        return resolve_area(area, boundary)
    except TFPError:
        return None


def _called(province: Area) -> str:
    """Return a province with the word for what it is, where it has been only one."""
    if len(province.kinds) != 1 or province.name.startswith("Thành phố"):
        return province.name
    return text(f"tables.authority.{province.kinds[0]}", "vi", name=province.name)
