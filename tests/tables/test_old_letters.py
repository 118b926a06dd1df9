"""TCVN3 and VNI: every letter, real names, and no conversion of what is Unicode already."""

from __future__ import annotations

import unicodedata

import pytest

from tfp.datasets.administrative import provinces
from tfp.language.catalogue import subject
from tfp.tables.grid import Grid, GridRow
from tfp.tables.old_letters import (
    encoding_of_font,
    evidence,
    from_old,
    is_capital_font,
    old_encoding,
    tcvn3_table,
    vni_table,
)
from tfp.tables.old_text import in_unicode
from tfp.tables.syllables import is_syllable

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
SMALL = [
    *(unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES),
    "đ",
]
TABLES = {"TCVN3": tcvn3_table(), "VNI": vni_table()}
# As printed with the old fonts by the people who made the encodings.
KNOWN = [
    ("TCVN3", "Tæng sè", "Tổng số"),
    ("TCVN3", "Tæng s¶n phÈm trªn ®Þa bµn", "Tổng sản phẩm trên địa bàn"),
    ("TCVN3", "N«ng, l©m nghiÖp vµ thñy s¶n", "Nông, lâm nghiệp và thủy sản"),
    ("TCVN3", "§VT: TriÖu ®ång", "ĐVT: Triệu đồng"),
    ("TCVN3", "ViÖt Nam ®Êt n­íc", "Việt Nam đất nước"),
    ("TCVN3", "Hßa B×nh, Hµ Néi, H­ng Yªn", "Hòa Bình, Hà Nội, Hưng Yên"),
    ("VNI", "Toång soá", "Tổng số"),
    ("VNI", "TOÅNG SOÁ", "TỔNG SỐ"),
    ("VNI", "Ñôn vò tính: Trieäu ñoàng", "Đơn vị tính: Triệu đồng"),
    ("VNI", "Noâng, laâm nghieäp vaø thuûy saûn", "Nông, lâm nghiệp và thủy sản"),
    ("VNI", "Thöøa Thieân Hueá, Ñaéc Laéc", "Thừa Thiên Huế, Đắc Lắc"),
]


def written(text: str, encoding: str) -> str:
    """Write Unicode in an old encoding; TCVN3 has small letters with tones only."""
    signs: dict[str, str] = {}
    for sign, letter in TABLES[encoding].items():
        signs.setdefault(letter, sign)
    return "".join(signs.get(letter, signs.get(letter.lower(), letter)) for letter in text)


def names() -> list[str]:
    frame = provinces().frame
    return sorted({cell for cell in frame.to_numpy().ravel() if isinstance(cell, str)})


def vietnamese_sentences() -> list[str]:
    def leaves(table):
        for value in table.values():
            if isinstance(value, dict):
                yield from leaves(value)
            else:
                yield str(value)

    subjects = ("command", "errors", "findings", "ledger", "plots", "report", "terms", "workbook")
    return [sentence for name in subjects for sentence in leaves(subject(name, "vi"))]


@pytest.mark.parametrize("letter", SMALL)
def test_every_small_letter_and_every_capital_comes_back(letter: str) -> None:
    for encoding in ("TCVN3", "VNI"):
        assert from_old(written(letter, encoding), encoding) == letter
    assert from_old(written(letter.upper(), "VNI"), "VNI") == letter.upper()
    # Capitals with tones are those of the font .VnTimeH.
    assert from_old(written(letter.upper(), "TCVN3"), "TCVN3").upper() == letter.upper()


def test_the_tables_hold_all_letters_and_each_sign_once() -> None:
    own = set("ĂÂÊÔƠƯĐ")
    assert set(TABLES["TCVN3"].values()) == set(SMALL) - set("aeiouy") | own
    assert len(TABLES["TCVN3"]) == 74, "60 vowels with a tone, 14 letters of their own"
    both = set(SMALL) | {letter.upper() for letter in SMALL}
    assert set(TABLES["VNI"].values()) == both - set("aeiouyAEIOUY")


@pytest.mark.parametrize(("encoding", "before", "after"), KNOWN)
def test_known_texts_are_recognised_and_read(encoding: str, before: str, after: str) -> None:
    assert from_old(before, encoding) == after
    assert old_encoding([before]) == encoding
    assert from_old(written(after.lower(), encoding), encoding) == after.lower()


def test_every_name_of_a_province_comes_back() -> None:
    assert len(names()) > 97
    for name in names():
        for encoding in ("TCVN3", "VNI"):
            assert from_old(written(name, encoding), encoding).lower() == name.lower()


def test_nothing_that_is_unicode_is_taken_for_an_old_encoding() -> None:
    texts = [*names(), *vietnamese_sentences()]
    assert len(texts) > 2000
    assert [text for text in texts if old_encoding([text]) is not None] == []
    assert old_encoding(texts) is None
    western = ["Hòa Bình", "Hà Nam", "Hà Giang", "Thanh Hóa", "Thái Bình", "Cà Mau", "Sóc"]
    assert old_encoding(western) is None, "names that Western Europe could write, too"
    grid = Grid("a.csv", None, (GridRow(1, tuple(western)),))
    assert in_unicode(grid) is grid


@pytest.mark.parametrize(
    "text",
    [
        "Société Générale",
        "Müller",
        "São Paulo",
        "Français",
        "Señor",
        "m²",
        "25 °C",
        "± 2",
        "© 2020",
    ],
)
def test_other_languages_and_signs_stay(text: str) -> None:
    assert old_encoding([text]) is None


def test_syllables() -> None:
    yes = ("nghiêng", "quốc", "giờ", "gì", "Thuở", "khuỷu", "ngoằn", "Đắk", "yêu", "ƯỚC")
    no = ("Tæng", "sốc̀", "zăm", "GDP", "hop̀", "catp")
    assert [word for word in yes if not is_syllable(word)] == []
    assert [word for word in no if is_syllable(word)] == []


def test_fonts_say_the_encoding() -> None:
    fonts = (".VnTime", ".VnArialH", "VNI-Times", "Times New Roman", None)
    assert [encoding_of_font(font) for font in fonts] == ["TCVN3", "TCVN3", "VNI", None, None]
    assert [is_capital_font(font) for font in fonts] == [False, True, False, False, False]


def test_in_a_mixed_sheet_only_what_is_certain_is_converted() -> None:
    cells = ("Tổng sản phẩm", "Hòa Bình", "Tæng sè", "sè")
    grid = in_unicode(Grid("a.xlsx", "1", (GridRow(1, cells),)))
    assert grid.rows[0].cells == ("Tổng sản phẩm", "Hòa Bình", "Tổng số", "sè")
    (note,) = grid.converted
    assert (note.row, note.column, note.encoding, note.before) == (1, 3, "TCVN3", "Tæng sè")


def test_the_font_decides_where_words_do_not() -> None:
    cells = ("sè", "sè", "Hòa Bình", "Tong")
    fonts = {(1, 1): ".VnTime", (1, 4): ".VnTimeH"}
    grid = in_unicode(Grid("a.xlsx", "1", (GridRow(1, cells),)), fonts)
    assert grid.rows[0].cells == ("số", "sè", "Hòa Bình", "TONG")


def test_one_word_against_is_doubt_among_few() -> None:
    said = evidence(["Tæng sè", "Müller"], "TCVN3")
    assert (said.words, said.against, said.certain) == (1, 1, False)
