"""Names of areas as they are written: with or without diacritics, kind of unit, footnotes.

Two spellings are one name if they differ in case, spaces, hyphens and other signs, in
diacritics and how they are composed, in y for i or c for k ("Bắc Cạn", "Bắc Kạn"), or in
the word for the kind of unit ("tỉnh", "TP.", "Province"), which is read and not merely
dropped: the city of Thái Nguyên is a part of the province of Thái Nguyên.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from tfp.panel.keys import bare_spelling

if TYPE_CHECKING:
    from collections.abc import Iterator

UnitKind = Literal["province", "city"]

# What yearbooks put behind a name: (1), *, or raised figures.
_FOOTNOTE = re.compile(r"(?:\s*(?:[([]\s*(?:[0-9]{1,2}|\*+)\s*[])]|\*+|[¹²³⁰⁴-⁹]+))+\s*$")
_SIGNS = re.compile(r"[^\w]|_")
# Read on the bare spelling, which has no spaces but keeps stops and brackets.
_KINDS: tuple[tuple[UnitKind, re.Pattern[str]], ...] = (
    ("province", re.compile(r"(?:tinh|t\.|(?:the)?provinceof)(?P<name>.+)")),
    ("province", re.compile(r"(?P<name>.+?)(?:,?province|,?prov\.?|\(tinh\)|,tinh)")),
    ("city", re.compile(r"(?:thanhpho|t\.?p\.?|(?:the)?cityof)(?P<name>.+)")),
    (
        "city",
        re.compile(
            r"(?P<name>.+?)(?:,?(?:city|municipality)|\((?:tp\.?|thanhpho)\)|,(?:tp\.?|thanhpho))"
        ),
    ),
)
_SOUNDS = str.maketrans({"y": "i", "k": "c"})


def name_key(name: str) -> str:
    """Return what spellings of one name have in common.

    Examples
    --------
    >>> name_key("Đắk Lắk") == name_key("DAK  LAK") == name_key("Đắc-Lắc")
    True
    """
    return _SIGNS.sub("", bare_spelling(_FOOTNOTE.sub("", name))).translate(_SOUNDS)


def readings(label: str) -> Iterator[tuple[UnitKind | None, str]]:
    """Yield the ways to read a label: as a name alone, then as a kind of unit and a name.

    Examples
    --------
    >>> list(readings("Tỉnh Hà Nam"))
    [(None, 'tinhhanam'), ('province', 'hanam')]
    """
    yield None, name_key(label)
    bare = bare_spelling(_FOOTNOTE.sub("", label))
    for kind, pattern in _KINDS:
        match = pattern.fullmatch(bare)
        if match is not None:
            yield kind, name_key(match["name"])


def code_key(code: object) -> str:
    """Return a code without what spreadsheets add or take away: 1, 1.0 and "01" are one.

    Examples
    --------
    >>> [code_key(code) for code in ("01", 1, 1.0, "VN-15")]
    ['1', '1', '1', 'vn-15']
    """
    written = str(code).strip().casefold()
    whole = re.fullmatch(r"0*([0-9]+)(?:\.0+)?", written)
    return whole[1] if whole else written
