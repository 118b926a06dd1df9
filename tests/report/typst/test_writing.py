"""The PDF of typst: every word of the report is in it, and none is a command."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import typst
from matplotlib.figure import Figure as Chart

from tfp.report.building import build_document
from tfp.report.document import Document, Figure, Heading, Paragraph, show_cell
from tfp.report.front_matter import FrontMatter, Letterhead
from tfp.report.typst.words import quoted, said
from tfp.report.typst.writing import typst_bytes, typst_source

HOSTILE = '#import "x.typ": * \\ $x$ "]#panic() \n@ref <label>'


def chart():
    return Chart(figsize=(6.3, 3.9))


def test_words_of_a_report_are_no_commands():
    document = Document(
        title=HOSTILE,
        subtitle=HOSTILE,
        language="en",
        area="",
        marks=(HOSTILE,),
        draft=HOSTILE,
        banner=HOSTILE,
        front=FrontMatter(letterhead=Letterhead(body=HOSTILE), recipients=(HOSTILE,)),
        blocks=(Heading(text=HOSTILE), Paragraph(text=HOSTILE, role="warning")),
    )
    assert typst_bytes(document).startswith(b"%PDF")


@pytest.mark.parametrize("words", [HOSTILE, 'a "quoted" word', "back\\slash", "Ứng Hòa, ngày"])
def test_typst_reads_quoted_words_back(words, tmp_path):
    (tmp_path / "main.typ").write_text(f"#metadata({quoted(words)}) <it>", encoding="utf-8")
    found = typst.query(tmp_path / "main.typ", "<it>", field="value", one=True)
    assert json.loads(found) == words


def test_every_cell_of_the_main_example_is_in_the_source(national_content):
    document = build_document(national_content("vi"))
    blocks = (replace(b, draw=chart) if isinstance(b, Figure) else b for b in document.blocks)
    document = replace(document, blocks=tuple(blocks), front=FrontMatter(letterhead=Letterhead()))
    source, pictures = typst_source(document)
    assert len(pictures) == sum(isinstance(block, Figure) for block in document.blocks)
    for table in document.tables():
        assert said(table.title)[7:-2] in source
        for row in table.rows:
            cells = [
                said(show_cell(cell, column, "vi"))
                for cell, column in zip(row, table.columns, strict=True)
            ]
            assert not [cell for cell in cells if cell not in source], table.name
    assert typst_bytes(document).startswith(b"%PDF")
