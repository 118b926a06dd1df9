"""The paper: A4 with the margins of Decree 30/2020, its header and its footer.

The number of the page stands in the middle of the top margin, and not on page one;
pages that lie on their long side keep it there.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Mm

from tfp.language.catalogue import text
from tfp.report.paper import BOTTOM, LEFT, LONG_SIDE, RIGHT, SHORT_SIDE, TOP
from tfp.report.word.elements import field, paragraph, run

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.section import Section, _Footer, _Header

    from tfp.report.document import Document
    from tfp.report.word.elements import Element

HEADER, FOOTER = 8, 10  # mm
_DRAFT_LETTERS = 95  # what one line of the header takes


def first_section(file: WordFile, document: Document) -> None:
    """Set up the first page and what stands on all pages."""
    section = file.sections[0]
    _lay(section, lying=False)
    section.different_first_page_header_footer = True
    draft = _draft_line(document)
    marks = paragraph("Footer", run(" · ".join(document.marks)))
    for header, numbered in ((section.first_page_header, False), (section.header, True)):
        lines = [paragraph("Header", *(field("PAGE", "2") if numbered else ()))]
        _fill(header, [*lines, *([paragraph("HeaderMark", run(draft))] if draft else [])])
    for footer in (section.first_page_footer, section.footer):
        _fill(footer, [deepcopy(marks)])


def next_section(file: WordFile, *, lying: bool) -> None:
    """Begin a page that stands or lies; header and footer go on."""
    section = file.add_section(WD_SECTION.NEW_PAGE)
    _break_after_last_words(file)
    section.different_first_page_header_footer = False
    _lay(section, lying=lying)


def is_lying(file: WordFile) -> bool:
    """Tell whether what comes next stands on a page that lies."""
    return file.sections[-1].orientation == WD_ORIENT.LANDSCAPE


def _fill(part: _Header | _Footer, lines: list[Element]) -> None:
    part.is_linked_to_previous = False
    box = part._element  # noqa: SLF001  (its paragraphs are made here, not by python-docx)
    for old in list(box):
        box.remove(old)
    for line in lines:
        box.append(line)


def _break_after_last_words(file: WordFile) -> None:
    """End the section with its last words, not with an empty line that may fill a page."""
    *_, last, extra, _ = file.element.body
    if last.tag == extra.tag == qn("w:p"):
        last.get_or_add_pPr().append(extra.pPr.sectPr)
        file.element.body.remove(extra)


def _lay(section: Section, *, lying: bool) -> None:
    width, height = (LONG_SIDE, SHORT_SIDE) if lying else (SHORT_SIDE, LONG_SIDE)
    section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance, section.footer_distance = Mm(HEADER), Mm(FOOTER)
    section.gutter = Mm(0)


def _draft_line(document: Document) -> str:
    if len(document.draft) <= _DRAFT_LETTERS:
        return document.draft
    word = document.draft.partition(":")[0].upper()
    return text("office.draft_elsewhere", document.language, draft=word)
