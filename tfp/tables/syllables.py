"""Whether a word can be Vietnamese: onset, rhyme and tone of one syllable."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from tfp.tables.line_labels import TONES

_ONSETS = ("ngh", "ng", "nh", "gh", "gi", "kh", "ph", "th", "tr", "ch", "qu", *"bcdđghklmnprstvx")
_RHYMES = frozenset(
    word
    for line in (
        "a ac ach ai am an ang anh ao ap at au ay ak",
        "ăc ăm ăn ăng ăp ăt ăk âc âm ân âng âp ât âu ây",
        "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu",
        "i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu",
        "y yêm yên yêng yêt yêu",
        "o oc oi om on ong op ot oong ooc oa oac oach oai oam oan oang oanh oao oap oat oay",
        "oăc oăm oăn oăng oăt oe oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ôk ơ ơi ơm ơn ơp ơt",
        "u ua uc ui um un ung up ut uê uêch uênh uân uâng uât uây uơ uôc uôi uôm uôn uông uôt",
        "uy uya uyu uych uyn uynh uyt uyêt uyên uyp",
        "ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu",
    )
    for word in line.split(" ")
)
_STOPPED = re.compile(r"(?:c|ch|p|t|k)$")
_TONES_OF_STOPS = frozenset("\u0301\u0323")


@cache
def is_syllable(word: str) -> bool:
    """Tell whether a word of any case is a Vietnamese syllable.

    Examples
    --------
    >>> [is_syllable(word) for word in ("Nông", "THUỶ", "giêng", "Đắk", "Tæng", "sècs")]
    [True, True, True, True, False, False]
    """
    apart = unicodedata.normalize("NFD", word.casefold())
    tones = [letter for letter in apart if letter in TONES]
    bare = unicodedata.normalize("NFC", "".join(c for c in apart if c not in TONES))
    if len(tones) > 1:
        return False
    return any(_fits(rhyme, tones) for rhyme in _rhymes(bare))


def _rhymes(bare: str) -> list[str]:
    found = [bare] if bare in _RHYMES else []
    for onset in _ONSETS:
        rest = bare.removeprefix(onset)
        if bare.startswith(onset) and (rest in _RHYMES or (onset == "gi" and not rest)):
            found.append(rest or "i")
    return found


def _fits(rhyme: str, tones: list[str]) -> bool:
    """Tell whether a rhyme can have the tones: one that ends in a stop has one of two."""
    return not _STOPPED.search(rhyme) or not tones or tones[0] in _TONES_OF_STOPS
