"""Viet Nam: the 63 provinces, and the 34 units that they became on 1 July 2025.

The codes of 2025 reuse codes of 2004 for other units, and eleven units have the same
territory under both boundaries while others keep a name for a larger one. Names and codes
are those of :func:`tfp.datasets.provinces`.

References
----------
Resolution 202/2025/QH15 of the National Assembly on the arrangement of provincial units;
Decisions 124/2004/QĐ-TTg and 19/2025/QĐ-TTg on the codes.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from tfp.datasets.administrative import provinces
from tfp.inputs.boundaries.boundary import Boundary
from tfp.inputs.boundaries.concordance import Concordance

if TYPE_CHECKING:
    from tfp.inputs.boundaries.spelling import UnitKind

PROVINCES_63 = Boundary(
    name="63 provinces (to 30 June 2025)",
    first_day=date(2008, 8, 1),
    last_day=date(2025, 6, 30),
    also_called=(
        "63",
        "63 provinces",
        "63 tỉnh",
        "63 tỉnh, thành phố",
        "63 tỉnh thành",
        "63 tỉnh, thành phố (đến 30/6/2025)",
    ),
)
UNITS_34 = Boundary(
    name="34 units (from 1 July 2025)",
    first_day=date(2025, 7, 1),
    also_called=(
        "34",
        "34 units",
        "34 provinces",
        "34 tỉnh",
        "34 tỉnh, thành phố",
        "34 tỉnh thành",
        "34 tỉnh, thành phố (từ 1/7/2025)",
    ),
)
_HUE = ("Thừa Thiên Huế", "Huế", "Hue", "TT Huế", "TTH", "Thừa Thiên")
ALSO_CALLED = {
    "Thành phố Hồ Chí Minh": (
        "Hồ Chí Minh", "HCM", "HCMC", "TPHCM", "HCM City", "Sài Gòn", "TPHCM City",
    ),
    "Bà Rịa - Vũng Tàu": ("BRVT", "Bà Rịa và Vũng Tàu"),
    "Thừa Thiên Huế": _HUE,
    "Huế": _HUE,
    "Đắk Lắk": ("Darlac",),
    "Kon Tum": ("Công Tum",),
}  # fmt: skip
# The centrally run cities. Huế is one since 1 January 2025 and Đồng Nai since 30 April
# 2026, so that either word is right for them; everywhere else a city of a province's name
# is a part of that province.
KINDS: dict[str, tuple[UnitKind, ...]] = {
    "Hà Nội": ("city",),
    "Hải Phòng": ("city",),
    "Đà Nẵng": ("city",),
    "Thành phố Hồ Chí Minh": ("city",),
    "Cần Thơ": ("city",),
    "Thừa Thiên Huế": ("province", "city"),
    "Huế": ("province", "city"),
    "Đồng Nai": ("province", "city"),
}


def viet_nam_concordance() -> Concordance:
    """Return the 63 provinces and the 34 units since 1 July 2025.

    Examples
    --------
    >>> import tfp
    >>> concordance = tfp.viet_nam_concordance()
    >>> [area.name for area in concordance.parts("Lào Cai")]
    ['Lào Cai', 'Yên Bái']
    >>> sorted(concordance.reused_codes)
    ['15', '24', '44', '52', '80', '82', '91']
    """
    return _read()


@cache
def _read() -> Concordance:
    frame = provinces().frame
    names = {*frame["name_vi"], *frame["unit_name_vi"]}
    return Concordance.from_frame(
        frame,
        old=PROVINCES_63,
        new=UNITS_34,
        old_columns={"code": "code_2004", "name": "name_vi", "name_en": "name_en"},
        new_columns={"code": "unit_code_2025", "name": "unit_name_vi", "name_en": "unit_name_en"},
        also_called=ALSO_CALLED,
        kinds={name: KINDS.get(name, ("province",)) for name in names},
    )
