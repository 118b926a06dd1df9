"""Labels of rows as yearbooks print them, and what is compared of them.

``I. TỔNG SỐ - TOTAL``, ``Tổng số`` and a label whose accents are stored apart are one label.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

TONES = "\u0300\u0301\u0303\u0309\u0323"
# Between two languages; a dash inside a word has no blanks around it.
_LANGUAGES = re.compile(r"\s+[-\u2013\u2014/]\s+|\s*[\n\r|]\s*")
_NUMBERING = re.compile(r"^(?:(?:[ivx]+|[0-9]+(?:\.[0-9]+)*|[a-h])\s*[.)]\s*|[-+*\u2022\u2013]\s+)")
_OF_WHICH = re.compile(r"^(?:trong đó|chia ra|of which|in which)\s*[:,]?\s+")
_FOOTNOTE = re.compile(r"\s*(?:\((?:\*+|[0-9])\)|\*+|[¹²³])$")
_UNIT = re.compile(r"\s*\([^()]*\)$")
LEAST_LIKENESS = 0.65
MOST_SHOWN = 5


def folded(text: str) -> str:
    """Return a text without case, accents and repeated blanks.

    Examples
    --------
    >>> folded("Ước  tính"), folded("ĐVT: Tỷ đồng")
    ('uoc tinh', 'dvt: ty dong')
    """
    apart = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).split())


def same_label(text: str) -> str:
    """Return a label in one spelling: case, blanks and the form of accents make no difference.

    Examples
    --------
    >>> same_label("THUỶ  sản") == same_label("thủy sản")
    True
    >>> same_label("Tổng số") == same_label("Tong so")
    False
    """
    words = text.casefold().split()
    return " ".join(map(_tone_last, words))


def _tone_last(word: str) -> str:
    """Return a word with its tone at its end: ``thủy`` and ``thuỷ`` differ in nothing else."""
    apart = unicodedata.normalize("NFD", word)
    tones = "".join(letter for letter in apart if letter in TONES)
    bare = "".join(letter for letter in apart if letter not in TONES)
    return unicodedata.normalize("NFC", bare) + tones


def readings(label: str) -> tuple[str, ...]:
    """Return what a label may be called: whole, in either language, without its numbering.

    Examples
    --------
    >>> same_label("Công nghiệp") in readings("1.2. Trong đó: Công nghiệp (*) - Of which: Industry")
    True
    """
    found: dict[str, None] = {}
    for part in (label, *_LANGUAGES.split(label)):
        plain = unicodedata.normalize("NFC", " ".join(part.split()).casefold())
        for cut in (None, _NUMBERING, _OF_WHICH, _FOOTNOTE, _UNIT, _FOOTNOTE):
            plain = plain if cut is None else cut.sub("", plain)
            if plain:
                found[same_label(plain)] = None
    return tuple(found)


def alike(wanted: str, labels: Iterable[str]) -> list[str]:
    """Return the labels that a mistyped one may have meant, the nearest first."""
    target = folded(wanted)
    scored = []
    for label in labels:
        parts = [folded(part) for part in (label, *_LANGUAGES.split(label))]
        score = max(_likeness(target, part) for part in parts)
        scored.append((score, label))
    near = sorted((each for each in scored if each[0] >= LEAST_LIKENESS), key=lambda each: -each[0])
    return list(dict.fromkeys(label for _, label in near))[:MOST_SHOWN]


def _likeness(wanted: str, part: str) -> float:
    if wanted and part and (wanted in part or part in wanted):
        return 0.9
    return SequenceMatcher(None, wanted, part, autojunk=False).ratio()
