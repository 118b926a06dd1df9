"""Letterhead and title of page one; recipients and signatures at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.language.catalogue import text
from tfp.report.front_words import (
    head_signature,
    head_words,
    recipient_lines,
    sheet_signatures,
)
from tfp.report.paper import TWIPS, text_width
from tfp.report.word.elements import bold, cell, element, italic, paragraph, row, run, size, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.language.catalogue import Language
    from tfp.report.document import Document
    from tfp.report.front_words import SignatureWords
    from tfp.report.word.elements import Element

# The two columns of the head, in mm: a little over the text, so that names stay in a line.
_HEAD = (73, 91)
# Room for a signature and a seal, in lines.
_HAND = 4


def head_of(document: Document) -> Iterator[Element]:
    """Give the letterhead, what kind of document it is, its title, and that it is a draft."""
    front = document.front
    kind = ""
    if front is not None and front.letterhead is not None:
        words = head_words(front.letterhead, document.language)
        kind = words.kind
        left, right = (int(width * TWIPS) for width in _HEAD)
        yield table(
            (left, right),
            row(
                cell(
                    left,
                    *([paragraph("Letterhead", run(words.superior))] if words.superior else []),
                    paragraph("Letterhead", bold(words.body)),
                    _rule(left, 0.33),
                    paragraph("Letterhead", run(words.number), properties=(_before(60),)),
                ),
                cell(
                    right,
                    paragraph("Letterhead", bold(words.nation)),
                    paragraph("Letterhead", _sized_bold(words.motto)),
                    _rule(right, 0.6),
                    paragraph(
                        "Letterhead", italic(words.place_and_date), properties=(_before(60),)
                    ),
                ),
            ),
        )
    if document.banner:
        yield paragraph("Banner", run(document.banner))
    if document.draft:
        word, colon, reasons = document.draft.partition(":")
        yield paragraph("Draft", bold(word.upper()), run(colon + reasons))
    if kind:
        yield paragraph("Title", run(kind), properties=(_before(240),))
    yield paragraph("Title", run(document.title))
    if document.subtitle:
        yield paragraph("Subtitle", run(document.subtitle))
    yield _rule(text_width(lying=False), 0.25)


def ending_of(document: Document) -> Iterator[Element]:
    """Give the recipients at left and the signature of the head at right."""
    front = document.front
    if front is None:
        return
    language = document.language
    names = recipient_lines(front.recipients, language)
    half = text_width(lying=False) // 2
    heading = run(
        text("office.recipients", language), *(element(tag) for tag in ("b", "bCs", "i", "iCs"))
    )
    signature = head_signature(front, language)
    yield paragraph("Normal", keep_next=True)
    yield table(
        (half, half),
        row(
            cell(
                half,
                paragraph("Recipients", heading),
                *(paragraph("Recipients", run(name)) for name in names),
            ),
            cell(
                half,
                paragraph("Signature", bold(signature.title)),
                *(paragraph("Signature") for _ in range(_HAND)),
                _name(signature, language),
            ),
        ),
    )
    yield paragraph("Rule", properties=(element("pBdr", element("top", val="nil")),))


def sheet_of(document: Document) -> Iterator[Element]:
    """Give the signature sheet: who drew up, who checked, who heads the office."""
    front = document.front
    if front is None:
        return
    language = document.language
    note = text(
        "office.sheet_note", language, title=document.title, marks=" · ".join(document.marks)
    )
    places = sheet_signatures(front, language)
    third = text_width(lying=False) // len(places)
    yield paragraph(
        "Title", run(text("office.sheet", language)), properties=(_before(480),), keep_next=True
    )
    yield paragraph("Subtitle", _small(note), keep_next=True)
    yield paragraph("Normal", keep_next=True)
    # One row each, so that what belongs side by side stands at one height.
    yield table(
        [third] * len(places),
        row(*(cell(third, paragraph("Signature", bold(each.title))) for each in places)),
        row(*(cell(third, paragraph("Signature", _small(each.request))) for each in places)),
        row(*(cell(third, *(paragraph("Signature") for _ in range(_HAND))) for _ in places)),
        row(*(cell(third, _name(each, language)) for each in places)),
    )
    yield paragraph("Rule", properties=(element("pBdr", element("top", val="nil")),))


def _name(signature: SignatureWords, language: Language) -> Element:
    return paragraph("Signature", bold(signature.name or text("office.blank", language)))


def _rule(width: int, part: float) -> Element:
    """Return a line over a part of a width, in its middle."""
    side = int(width * (1 - part) / 2)
    return paragraph("Rule", properties=(element("ind", left=side, right=side),))


def _before(twips: int) -> Element:
    return element("spacing", before=twips)


def _sized_bold(words: str) -> Element:
    return run(words, element("b"), element("bCs"), *size(13))


def _small(words: str) -> Element:
    return run(words, element("i"), element("iCs"), *size(11))
