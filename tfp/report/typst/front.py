"""Page, letterhead and signatures of a report, in the language of typst."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from tfp.language.catalogue import text
from tfp.report.front_words import (
    head_signature,
    head_words,
    recipient_lines,
    sheet_signatures,
)
from tfp.report.paper import BOTTOM, LEFT, RIGHT, TOP
from tfp.report.typst.words import quoted, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.language.catalogue import Language
    from tfp.report.document import Document
    from tfp.report.front_matter import FrontMatter
    from tfp.report.front_words import SignatureWords

_FONTS = '("Times New Roman", "Tinos", "Liberation Serif", "Libertinus Serif")'
_REGIONS = {"vi": "VN", "en": "GB"}


def page_set(document: Document) -> str:
    """Return the paper, its header and footer, and how everything on it is set."""
    draft = f"#v(-0.6em) {said(document.draft, size='9pt', style=quoted('italic'))}"
    marks = said(" · ".join(document.marks), size="8pt")
    dated = document.dated
    day = f"datetime(year: {dated.year}, month: {dated.month}, day: {dated.day})" if dated else ""
    return f"""\
#set document(title: {quoted(document.title)}, date: {day or "none"})
#set text(font: {_FONTS}, size: 13pt, lang: "{document.language}", \
region: "{_REGIONS[document.language]}")
#set page(paper: "a4", margin: (top: {TOP}mm, bottom: {BOTTOM}mm, left: {LEFT}mm, right: {RIGHT}mm),
  header-ascent: 25%, footer-descent: 30%,
  header: context align(center)[#if counter(page).get().first() > 1 [#counter(page).display()]\
{" #linebreak() " + draft if document.draft else ""}],
  footer: [{marks}])
{_settings()}"""


def head_of(document: Document) -> Iterator[str]:
    """Give letterhead and title, and that it is a draft."""
    front = document.front
    kind = ""
    if front is not None and front.letterhead is not None:
        words = head_words(front.letterhead, document.language)
        kind = words.kind
        bold = quoted("bold")
        left = (
            said(words.superior, size="12pt"),
            said(words.body, size="12pt", weight=bold),
            "#rule(33%)",
            said(words.number, size="12pt"),
        )
        right = (
            said(words.nation, size="12pt", weight=bold),
            said(words.motto, size="13pt", weight=bold),
            "#rule(60%)",
            said(words.place_and_date, size="12pt", style=quoted("italic")),
        )
        stacks = ", ".join(
            f"stack(spacing: 6pt, {', '.join(f'plain[{line}]' for line in side)})"
            for side in (left, right)
        )
        yield f"#pad(x: -2mm, grid(columns: (73mm, 91mm), align: center + top, {stacks}))"
    if document.banner:
        banner = said(document.banner.upper(), weight=quoted("bold"))
        yield f"#align(center, block(above: 1em, plain[{banner}]))"
    if document.draft:
        yield f"#align(center, box(stroke: 0.8pt, inset: 5pt, plain[{said(document.draft)}]))"
    titles = [said(each, weight=quoted("bold"), size="14pt") for each in (kind, document.title)]
    shown = " #linebreak() ".join(title for title in titles if title != said(""))
    subtitle = said(document.subtitle, style=quoted("italic"))
    yield f"#align(center, block(above: 1.4em, plain[{shown} #linebreak() {subtitle}]))"
    yield "#rule(25%)"


def ending_of(front: FrontMatter, language: Language) -> Iterator[str]:
    """Give the recipients at left and the signature of the head at right."""
    to = said(text("office.recipients", language), weight=quoted("bold"), style=quoted("italic"))
    names = " #linebreak() ".join(
        said(name) for name in recipient_lines(front.recipients, language)
    )
    signed = _signed(head_signature(front, language), language, request=False)
    yield (
        f"#block(above: 1.5em, breakable: false, grid(columns: (1fr, 1fr), "
        f"text(size: 11pt, plain[{to} #linebreak() {names}]), {signed}))"
    )


def sheet_of(document: Document, front: FrontMatter) -> Iterator[str]:
    """Give the signature sheet: who drew up, who checked, who heads the office."""
    language = document.language
    note = text(
        "office.sheet_note", language, title=document.title, marks=" · ".join(document.marks)
    )
    title = said(text("office.sheet", language), weight=quoted("bold"), size="14pt")
    signed = ", ".join(
        _signed(each, language, request=True) for each in sheet_signatures(front, language)
    )
    small = said(note, style=quoted("italic"), size="11pt")
    yield (
        f"#block(above: 3em, breakable: false)[#align(center, plain[{title} #linebreak() {small}]) "
        f"#v(1em) #grid(columns: (1fr, 1fr, 1fr), {signed})]"
    )


def _settings() -> str:
    return (files("tfp.report.typst") / "settings.typ").read_text(encoding="utf-8")


def _signed(words: SignatureWords, language: Language, *, request: bool) -> str:
    lines = [said(words.title, weight=quoted("bold"))]
    if request:
        lines.append(said(words.request, style=quoted("italic"), size="11pt"))
    name = said(words.name or text("office.blank", language), weight=quoted("bold"))
    asked = ", ".join(f"plain[{line}]" for line in lines)
    return f"align(center, stack(spacing: 6pt, {asked}, v(22mm), plain[{name}]))"
