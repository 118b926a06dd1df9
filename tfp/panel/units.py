"""Units of columns, as users write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tfp.panel.keys import bare_spelling

if TYPE_CHECKING:
    from tfp.panel.roles import Column

_HOURS = re.compile(r"hour|gio")


def units_differ(first: Column, second: Column) -> bool:
    """Tell whether two columns declare units that differ by more than their spelling.

    Columns of which one declares none are not held to differ.
    """
    if first.unit is None or second.unit is None:
        return False
    return _bare(first.unit) != _bare(second.unit)


def counts_hours(unit: str | None) -> bool:
    """Tell whether a unit of labour is hours, in English or Vietnamese.

    Examples
    --------
    >>> counts_hours("triệu giờ"), counts_hours("million hours"), counts_hours("thousand persons")
    (True, True, False)
    """
    return unit is not None and _HOURS.search(_bare(unit)) is not None


def _bare(unit: str) -> str:
    # "tỷ" and "tỉ" are two spellings of a billion.
    return bare_spelling(str(unit)).replace("y", "i")
