"""Vietnamese from before Unicode: TCVN3 (fonts .VnTime) and VNI-Windows, to Unicode NFC.

Both write Vietnamese with the letters of Western Europe, and only the font shows it:
``Tæng sè`` and ``Toång soá`` are ``Tổng số``. A sheet is converted where its font says so, or
where its words leave no doubt: as they stand they are no Vietnamese, converted they are. Text
that is Unicode Vietnamese is never touched.

References
----------
TCVN 5712:1993, character set VN3; the VNI encoding for Windows.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from tfp.tables.syllables import is_syllable

if TYPE_CHECKING:
    from collections.abc import Iterable

OldEncoding = Literal["TCVN3", "VNI"]
_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
_TONES = (_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT)

# VN3: the seven letters of their own, large and small; then each vowel with its five tones,
# in the order grave, hook, tilde, acute, dot, and the codes of these five.
_TCVN3_LETTERS = dict(zip(range(0xA1, 0xAF), "ĂÂÊÔƠƯĐăâêôơưđ", strict=True))
_TCVN3_TONED: dict[str, tuple[int, ...]] = {
    "a": (0xB5, 0xB6, 0xB7, 0xB8, 0xB9),
    "ă": (0xBB, 0xBC, 0xBD, 0xBE, 0xC6),
    "â": (0xC7, 0xC8, 0xC9, 0xCA, 0xCB),
    "e": (0xCC, 0xCE, 0xCF, 0xD0, 0xD1),
    "ê": (0xD2, 0xD3, 0xD4, 0xD5, 0xD6),
    "i": (0xD7, 0xD8, 0xDC, 0xDD, 0xDE),
    "o": (0xDF, 0xE1, 0xE2, 0xE3, 0xE4),
    "ô": (0xE5, 0xE6, 0xE7, 0xE8, 0xE9),
    "ơ": (0xEA, 0xEB, 0xEC, 0xED, 0xEE),
    "u": (0xEF, 0xF1, 0xF2, 0xF3, 0xF4),
    "ư": (0xF5, 0xF6, 0xF7, 0xF8, 0xF9),
    "y": (0xFA, 0xFB, 0xFC, 0xFD, 0xFE),
}

# VNI: a mark follows its letter. The marks of the plain vowel, of the circumflex and the breve,
# each alone and with the five tones in the same order; letters that are one sign of their own.
_VNI_PLAIN = ("ø", "û", "õ", "ù", "ï")
_VNI_CIRCUMFLEX = ("â", "à", "å", "ã", "á", "ä")
_VNI_BREVE = ("ê", "è", "ú", "ü", "é", "ë")
_VNI_SIGNS = {
    "đ": "ñ",
    "ơ": "ô",
    "ư": "ö",
    "ì": "ì",
    "ỉ": "æ",
    "ĩ": "ó",
    "í": "í",
    "ị": "ò",
    "ỵ": "î",
}
_RUN = re.compile(r"[^\s0-9!-&(-/:-@\[-`{-~]+")
LAST_WESTERN = 0xFF
LEAST_LETTERS = 3
LEAST_WORDS = 2
FOR_EACH_AGAINST = 10  # foreign names among the words of a sheet
FONTS: tuple[tuple[str, OldEncoding], ...] = ((".vn", "TCVN3"), ("vni-", "VNI"))


def _composed(letter: str, tone: str) -> str:
    return unicodedata.normalize("NFC", letter + tone)


@cache
def tcvn3_table() -> dict[str, str]:
    """Return the Unicode letter of every sign of TCVN3."""
    toned = {
        chr(code): _composed(vowel, tone)
        for vowel, codes in _TCVN3_TONED.items()
        for code, tone in zip(codes, _TONES, strict=True)
    }
    return {**{chr(code): letter for code, letter in _TCVN3_LETTERS.items()}, **toned}


@cache
def vni_table() -> dict[str, str]:
    """Return the Unicode letter of every sign, or pair of signs, of VNI."""
    small = {sign: letter for letter, sign in _VNI_SIGNS.items()}
    for vowel in "aeoôuưy":
        sign = {"ô": "", "ư": ""}.get(vowel, vowel)
        if sign:
            marks = zip(_VNI_PLAIN, _TONES, strict=True)
            small |= {sign + mark: _composed(vowel, tone) for mark, tone in marks}
    for vowel, sign in (("ơ", "ô"), ("ư", "ö")):
        marks = zip(_VNI_PLAIN, _TONES, strict=True)
        small |= {sign + mark: _composed(vowel, tone) for mark, tone in marks}
    for vowel, base, signs in (
        ("â", "a", _VNI_CIRCUMFLEX),
        ("ê", "e", _VNI_CIRCUMFLEX),
        ("ô", "o", _VNI_CIRCUMFLEX),
        ("ă", "a", _VNI_BREVE),
    ):
        for mark, tone in zip(signs, ("", *_TONES), strict=True):
            small[base + mark] = _composed(vowel, tone)
    # "y" takes no dot of its own: ỵ is one sign.
    small.pop("yï", None)
    large = {sign.upper(): letter.upper() for sign, letter in small.items()}
    mixed = {
        sign[0].upper() + sign[1:]: letter.upper() for sign, letter in small.items() if sign[1:]
    }
    return {**mixed, **large, **small}


@cache
def _vni_pattern() -> re.Pattern[str]:
    signs = sorted(vni_table(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, signs)))


def from_old(text: str, encoding: OldEncoding) -> str:
    """Return a text in Unicode.

    Examples
    --------
    >>> from_old("Tæng sè", "TCVN3"), from_old("Toång soá", "VNI")
    ('Tổng số', 'Tổng số')
    """
    if encoding == "TCVN3":
        table = tcvn3_table()
        return "".join(table.get(letter, letter) for letter in text)
    return _vni_pattern().sub(lambda match: vni_table()[match[0]], text)


def encoding_of_font(font: str | None) -> OldEncoding | None:
    """Return the encoding that a font shows; None for a font of today.

    Examples
    --------
    >>> encoding_of_font(".VnTimeH"), encoding_of_font("VNI-Times"), encoding_of_font("Arial")
    ('TCVN3', 'VNI', None)
    """
    name = (font or "").casefold()
    return next((encoding for start, encoding in FONTS if name.startswith(start)), None)


def is_capital_font(font: str | None) -> bool:
    """Tell whether a font shows every letter as a capital, as .VnTimeH does."""
    return encoding_of_font(font) == "TCVN3" and (font or "").endswith("H")


@dataclass(frozen=True)
class Evidence:
    """How many words speak for an encoding, and how many against it."""

    words: int
    letters: int
    against: int

    @property
    def certain(self) -> bool:
        """Whether there is no doubt."""
        enough = self.words >= LEAST_WORDS or self.letters >= LEAST_LETTERS
        return self.words > 0 and enough and self.words >= FOR_EACH_AGAINST * self.against


def evidence(texts: Iterable[str], encoding: OldEncoding) -> Evidence:
    """Return what the words of some texts say for an encoding."""
    found: set[str] = set()
    against: set[str] = set()
    for text in texts:
        for word in _RUN.findall(text):
            if word.isascii():
                continue
            converted = from_old(word, encoding)
            if not is_syllable(converted):
                # Abbreviations are no syllables: §VT is ĐVT.
                if not converted.isupper():
                    against.add(word)
            elif not is_syllable(word):
                found.add(word)
    return Evidence(len(found), max(map(len, found), default=0), len(against))


def old_encoding(texts: Iterable[str]) -> OldEncoding | None:
    """Return the encoding from before Unicode that some texts are certainly written in.

    Parameters
    ----------
    texts
        All of one sheet or file; those with letters beyond Western Europe are Unicode.

    Examples
    --------
    >>> old_encoding(["Tæng sè", "GDP"]), old_encoding(["Toång soá"]), old_encoding(["Hòa Bình"])
    ('TCVN3', 'VNI', None)
    """
    western = [text for text in texts if is_western(text)]
    certain = [name for _, name in FONTS if evidence(western, name).certain]
    return certain[0] if len(certain) == 1 else None


def is_western(text: str) -> bool:
    """Tell whether a text has signs of Western Europe, and none beyond them."""
    return not text.isascii() and all(ord(letter) <= LAST_WESTERN for letter in text)
