"""Bytes of text files: what says itself, what is certain, and what is refused."""

from __future__ import annotations

import unicodedata

import pytest

from tfp.errors import TableError
from tfp.tables.old_letters import tcvn3_table, vni_table
from tfp.tables.text_encoding import decoded

TEXT = "Chỉ tiêu;2019;2020\r\nTổng sản phẩm trên địa bàn;36,63;..\r\nLao động đang làm việc;1;2\r\n"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(text: str) -> bytes:
    """Write as Windows does: hats on their letters, tones after them."""
    parts = []
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in apart if mark in TONES)
        bare = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in TONES))
        parts.append(bare + tone)
    return "".join(parts).encode("cp1258")


def in_signs(text: str, table: dict[str, str]) -> bytes:
    signs = {letter: sign for sign, letter in reversed(table.items())}
    return "".join(signs.get(letter, signs.get(letter.lower(), letter)) for letter in text).encode(
        "latin-1"
    )


WAYS = {
    "UTF-8": TEXT.encode(),
    "UTF-8 with its mark": TEXT.encode("utf-8-sig"),
    "UTF-16 little": b"\xff\xfe" + TEXT.encode("utf-16-le"),
    "UTF-16 big": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "Windows 1258": windows_1258(TEXT),
    "TCVN3": in_signs(TEXT, tcvn3_table()),
    "VNI": in_signs(TEXT, vni_table()),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_same_text_is_read_whatever_wrote_it(way: str) -> None:
    assert decoded(WAYS[way], "a.csv") == TEXT
    assert unicodedata.is_normalized("NFC", decoded(WAYS[way], "a.csv"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("năm;GRDP\n2019;1\n".encode("cp1258"), "file-not-utf8"),
        (b"year;gdp\n2019;caf\xe9 fran\xe7ais\n", "file-not-utf8"),
        (b"\xff\xfe\x00", "file-not-text"),
        ("năm".encode("utf-16-le"), "file-not-text"),
    ],
)
def test_what_is_not_certain_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(TableError) as caught:
        decoded(data, "a.csv")
    assert caught.value.code == code
    assert "UTF-8" in caught.value.message("vi") or code == "file-not-text"


def test_two_readings_are_named() -> None:
    # "hãng tã" in code page 1258 are "hăng tă", in TCVN3 "hóng tó": all are words.
    with pytest.raises(TableError) as caught:
        decoded("hãng tãng;2019\n".encode("cp1252"), "a.csv")
    error = caught.value
    assert error.code == "text-encoding-unclear"
    assert (error.fields["line"], error.fields["candidates"]) == (1, ["Windows-1258", "TCVN3"])
