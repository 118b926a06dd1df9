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
from tfp.report.word.elements import bold, cell, element, italic, paragraph, row, run, size, table
from tfp.report.word.pages import text_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.report.document import Document
    from tfp.report.front_words import SignatureWords
    from tfp.report.word.elements import Element

_LEFT_PART = 0.4
# Room for a signature and a seal, in lines.
_HAND = 4


def head_of(document: Document) -> Iterator[Element]:
    """Give the letterhead, what kind of document it is, its title, and that it is a draft."""
    front = document.front
    kind = ""
    if front is not None and front.letterhead is not None:
        words = head_words(front.letterhead, document.language)
        kind = words.kind
        left, right = _halves(_LEFT_PART)
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
                    _rule(right, 0.56),
                    paragraph("Letterhead", italic(words.place_and_date), properties=(_before(60),)),
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
    left, right = _halves(0.5)
    heading = run(
        text("office.recipients", language), *(element(tag) for tag in ("b", "bCs", "i", "iCs"))
    )
    yield paragraph("Normal", keep_next=True)
    yield table(
        (left, right),
        row(
            cell(
                left,
                paragraph("Recipients", heading),
                *(paragraph("Recipients", run(name)) for name in names),
            ),
            cell(right, *_signature(head_signature(front, language), request=False)),
        ),
    )


def sheet_of(document: Document) -> Iterator[Element]:
    """Give the signature sheet: who drew up, who checked, who heads the office."""
    front = document.front
    if front is None:
        return
    language = document.language
    note = text(
        "office.sheet_note", language, title=document.title, marks=" · ".join(document.marks)
    )
    third = text_width(lying=False) // 3
    yield paragraph(
        "Title", run(text("office.sheet", language)), properties=(_before(360),), keep_next=True
    )
    yield paragraph("Subtitle", _small(note), keep_next=True)
    yield paragraph("Normal", keep_next=True)
    yield table(
        (third,) * 3,
        row(
            *(
                cell(third, *_signature(each, request=True))
                for each in sheet_signatures(front, language)
            )
        ),
    )


def _signature(words: SignatureWords, *, request: bool) -> Iterator[Element]:
    yield paragraph("Signature", bold(words.title))
    if request:
        yield paragraph("Signature", _small(words.request))
    for _ in range(_HAND):
        yield paragraph("Signature")
    yield paragraph("Signature", bold(words.name or "........................"))


def _halves(left: float) -> tuple[int, int]:
    width = text_width(lying=False)
    return int(width * left), width - int(width * left)


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
