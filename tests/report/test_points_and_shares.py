"""In a rendered report every column and sentence keeps points and shares apart."""

from __future__ import annotations

import re

import pytest

from tfp.report.building import build_document
from tfp.report.document import KeyFigures, Paragraph

CONTRIBUTION = {"vi": r"^(?:Trong đó: )?Đóng góp", "en": r"^(?:Of which: )?[Cc]ontribution"}
SHARE = {"vi": r"^Tỷ trọng đóng góp", "en": r"^Share of growth"}
POINTS = {"vi": "điểm phần trăm", "en": "percentage points"}


@pytest.fixture
def document(language, national_content):
    return build_document(national_content(language))


def test_columns_of_points_and_of_shares_say_their_units(document):
    language = document.language
    seen = set()
    for table in document.tables():
        for column in table.columns:
            head = column.group or column.label
            said = f"{head} {column.unit}"
            if re.search(CONTRIBUTION[language], head):
                assert POINTS[language] in said, (table.name, said)
                seen.add("points")
            if re.search(SHARE[language], head):
                assert "%" in said, (table.name, said)
                assert POINTS[language] not in said
                seen.add("shares")
    assert seen == {"points", "shares"}


def test_key_figures_say_their_units(document):
    language = document.language
    (block,) = [block for block in document.blocks if isinstance(block, KeyFigures)]
    for figure in block.figures:
        if re.search(CONTRIBUTION[language], figure.label):
            assert figure.unit == POINTS[language]
        if re.search(SHARE[language], figure.label):
            assert figure.unit.startswith("%")


def test_sentences_keep_them_apart(national_content):
    document = build_document(national_content("vi"))
    said = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    said += [note for table in document.tables() for _, note in table.notes]
    for words in said:
        assert not re.search(r"tỷ trọng đóng góp[^.;:()]*?\d[\d.,]* ?điểm", words, re.IGNORECASE), (
            words
        )
        assert not re.search(r"(?<!tỷ trọng )đóng góp -?\d[\d.,]*%", words, re.IGNORECASE), words
    assert any("điểm phần trăm" in words for words in said)
    assert any(re.search(r"tỷ trọng đóng góp [\d,]+%", words) for words in said)


def test_every_report_says_that_it_is_no_official_statistics(document):
    said = " ".join(block.text for block in document.blocks if isinstance(block, Paragraph))
    words = {"vi": "Kết quả tính toán phục vụ quản lý", "en": "not official statistics"}
    assert words[document.language] in said
