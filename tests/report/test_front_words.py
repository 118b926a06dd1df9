"""Letterhead and signatures in words: dotted where nothing is known."""

from __future__ import annotations

from datetime import date

from tfp.report.front_matter import FrontMatter, Letterhead, Signature
from tfp.report.front_words import (
    head_signature,
    head_words,
    place_and_date,
    recipient_lines,
    sheet_signatures,
)


def test_days_and_the_first_two_months_have_a_nought():
    said = [place_and_date("Huế", date(2026, month, 9), "vi") for month in (1, 2, 3, 12)]
    assert said == [
        "Huế, ngày 09 tháng 01 năm 2026",
        "Huế, ngày 09 tháng 02 năm 2026",
        "Huế, ngày 09 tháng 3 năm 2026",
        "Huế, ngày 09 tháng 12 năm 2026",
    ]


def test_what_is_not_known_is_dotted():
    words = head_words(Letterhead(), "vi")
    assert words.superior == ""
    for line in (words.body, words.number, words.place_and_date):
        assert "....." in line
    assert "....." in recipient_lines((), "en")[0]


def test_a_part_that_is_known_stands_beside_the_dots():
    words = head_words(Letterhead(place="Hưng Yên"), "vi")
    assert words.place_and_date.startswith("Hưng Yên, ngày .....")


def test_recipients_end_with_semicolons_and_a_full_stop():
    lines = recipient_lines(("- UBND tỉnh;", "Sở Tài chính", "Lưu: VT."), "vi")
    assert lines == ("- UBND tỉnh;", "- Sở Tài chính;", "- Lưu: VT.")


def test_the_sheet_has_three_places_whoever_is_named():
    front = FrontMatter(signatures=(Signature(role="checked", title="Trưởng phòng", name="B"),))
    places = sheet_signatures(front, "vi")
    assert [(each.title, each.name) for each in places] == [
        ("NGƯỜI LẬP BIỂU", ""), ("TRƯỞNG PHÒNG", "B"), ("THỦ TRƯỞNG ĐƠN VỊ", "")
    ]  # fmt: skip
    assert head_signature(front, "en").title == "HEAD OF THE OFFICE"


def test_front_matter_without_a_word_is_blank():
    assert FrontMatter(letterhead=Letterhead()).is_blank
    assert not FrontMatter(letterhead=Letterhead(place="Huế")).is_blank
    assert not FrontMatter(letterhead=Letterhead(), recipients=("A",)).is_blank
