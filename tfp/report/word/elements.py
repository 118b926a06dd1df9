"""The few elements of WordprocessingML that a report is made of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser
from docx.oxml.xmlchemy import BaseOxmlElement

if TYPE_CHECKING:
    from collections.abc import Iterable

Element = BaseOxmlElement

_NAMESPACE = {"w": nsmap["w"]}
_W = f"{{{nsmap['w']}}}"
_SHADE = "EDEDED"
# What XML cannot hold, and texts of users sometimes do.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def element(tag: str, *children: Element, **attributes: object) -> Element:
    """Return an element of the ``w`` namespace, attributes of the same namespace."""
    # As OxmlElement does, without looking up the namespace a hundred thousand times.
    made: Element = oxml_parser.makeelement(_W + tag, nsmap=_NAMESPACE)
    for name, value in attributes.items():
        made.set(_W + name, str(value))
    for child in children:
        made.append(child)
    return made


def run(words: str, *properties: Element) -> Element:
    """Return words with direct formatting; a line break for each new line."""
    made = element("r")
    if properties:
        made.append(element("rPr", *properties))
    for number, line in enumerate(_FORBIDDEN.sub("", words).split("\n")):
        if number:
            made.append(element("br"))
        piece = element("t")
        piece.text = line
        piece.set(qn("xml:space"), "preserve")
        made.append(piece)
    return made


def bold(words: str) -> Element:
    """Return words in bold."""
    return run(words, element("b"), element("bCs"))


def italic(words: str) -> Element:
    """Return words in italics."""
    return run(words, element("i"), element("iCs"))


def above_line(words: str) -> Element:
    """Return words as small letters above the line."""
    return run(words, element("vertAlign", val="superscript"))


def size(points: float, usual: float = 0.0) -> tuple[Element, ...]:
    """Return the properties that set the size of letters, none where it is the usual one."""
    if points == usual:
        return ()
    return element("sz", val=round(2 * points)), element("szCs", val=round(2 * points))


def paragraph(
    style: str, *runs: Element, keep_next: bool = False, properties: Iterable[Element] = ()
) -> Element:
    """Return a paragraph of a style.

    Parameters
    ----------
    style
        Identifier of the style: ``"BodyText"``.
    *runs
    keep_next
        Whether no page break may follow.
    properties
        Direct formatting, in the order that the format asks for.
    """
    stated = [element("pStyle", val=style)]
    if keep_next:
        stated.append(element("keepNext"))
    return element("p", element("pPr", *stated, *properties), *runs)


def field(instruction: str, shown: str = "") -> tuple[Element, ...]:
    """Return the runs of a field, such as ``PAGE``, and what it shows until it is updated."""
    code = element("instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    return (
        element("r", element("fldChar", fldCharType="begin")),
        element("r", code),
        element("r", element("fldChar", fldCharType="separate")),
        run(shown),
        element("r", element("fldChar", fldCharType="end")),
    )


def cell(
    width: int, *paragraphs: Element, span: int = 1, merge: str = "", head: bool = False
) -> Element:
    """Return a cell of a table.

    Parameters
    ----------
    width
        In twentieths of a point.
    *paragraphs
        One at least.
    span
        How many columns it covers.
    merge
        ``"restart"`` for a cell that reaches into the rows below, ``"continue"`` for
        those that it reaches into.
    head
        Whether it is a head: shaded, and at half the height of its row.
    """
    stated = [element("tcW", w=width, type="dxa")]
    if span > 1:
        stated.append(element("gridSpan", val=span))
    if merge:
        stated.append(element("vMerge", val=merge))
    if head:
        stated.append(element("shd", val="clear", color="auto", fill=_SHADE))
        stated.append(element("vAlign", val="center"))
    return element("tc", element("tcPr", *stated), *paragraphs)


def row(*cells: Element, head: bool = False) -> Element:
    """Return a row that no page break parts; a head is repeated on every page."""
    stated = [element("cantSplit"), *([element("tblHeader")] if head else [])]
    return element("tr", element("trPr", *stated), *cells)


def table(widths: Iterable[int], *rows: Element, style: str = "TableNormal") -> Element:
    """Return a table of columns of fixed width."""
    widths = list(widths)
    return element(
        "tbl",
        element(
            "tblPr",
            element("tblStyle", val=style),
            element("tblW", w=sum(widths), type="dxa"),
            element("jc", val="center"),
            element("tblLayout", type="fixed"),
            element("tblLook", val="0020", firstRow=1, lastRow=0, noHBand=1, noVBand=1),
        ),
        element("tblGrid", *(element("gridCol", w=width) for width in widths)),
        *rows,
    )
