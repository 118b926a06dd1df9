"""A document as one self-contained page: styles, charts and script inside, nothing loaded.

The page opens from a disk without a network or from an attachment, prints on A4, and
is the same to the byte for the same document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from tfp.errors import OutputError, Place
from tfp.language.catalogue import text
from tfp.language.numbers import show_number
from tfp.report.captions import labels
from tfp.report.document import (
    Blank,
    Figure,
    FindingsBlock,
    Formula,
    Heading,
    KeyFigures,
    Paragraph,
    Table,
    show_cell,
)
from tfp.report.front_words import (
    head_signature,
    head_words,
    recipient_lines,
    sheet_signatures,
)
from tfp.report.widths import UPRIGHT_LETTERS, column_widths
from tfp.tables.suffix import check_suffix
from tfp.tables.whole_file import write_whole_file

if TYPE_CHECKING:
    import os

    from jinja2 import Environment
    from markupsafe import Markup

    from tfp.language.catalogue import Language
    from tfp.report.document import Block, Cell, Column, Document
    from tfp.report.front_words import HeadWords, SignatureWords
    from tfp.results.result import Result

# What still goes through an office's mail.
LARGEST_PAGE = 5_000_000
_KINDS: dict[type[Block], str] = {
    Heading: "heading",
    Paragraph: "paragraph",
    Table: "table",
    Figure: "figure",
    FindingsBlock: "findings",
    Formula: "formula",
    KeyFigures: "key_figures",
}
# Rows that a page break does not part.
_TOGETHER = 24


@dataclass(frozen=True, kw_only=True)
class _Shown:
    """A block as the template sees it: its kind, label, and ready-made markup."""

    kind: str
    content: Block
    label: str = ""
    svg: Markup | None = None
    mathml: Markup | None = None
    wide: bool = False
    widths: tuple[float, ...] = ()

    @property
    def letters(self) -> int:
        """How many letters wide a table is; the style sheet fits the paper to it."""
        return round(sum(self.widths))

    @property
    def shares(self) -> tuple[float, ...]:
        """The width of each column in per cent.

        Stated, not left to the browser: numbers of one table then stand evenly, on the
        screen as in print.
        """
        return tuple(round(100 * width / sum(self.widths), 2) for width in self.widths)

    @property
    def ends_report(self) -> bool:
        """Whether the report itself is over, and its annex begins."""
        return isinstance(self.content, Heading) and self.content.annex

    @property
    def lying(self) -> bool:
        """Whether a table needs a page that lies on its long side."""
        return self.letters > UPRIGHT_LETTERS

    @property
    def short(self) -> bool:
        return isinstance(self.content, Table) and len(self.content.rows) <= _TOGETHER

    @property
    def sortable(self) -> bool:
        return isinstance(self.content, Table) and len(self.content.rows) > 1


def page_text(document: Document) -> str:
    """Return the page as text.

    Raises
    ------
    OutputError
        ``page-too-large`` beyond five million bytes.
    """
    from markupsafe import Markup

    environment = _environment()
    page = environment.get_template("page.html.j2").render(
        document=document,
        blocks=_shown(document.blocks, document.language),
        contents=[b for b in document.blocks if isinstance(b, Heading) and b.level == 1],
        style=Markup(_resource("page.css")),  # noqa: S704  (a file of ours)
        script=Markup(_resource("page.js")),  # noqa: S704  (a file of ours)
        around=_around(document),
        **_speech(document.language),
    )
    size = len(page.encode())
    if size > LARGEST_PAGE:
        raise OutputError("page-too-large", size=size, largest=LARGEST_PAGE)
    return page


def write_page(document: Document, path: str | os.PathLike[str]) -> None:
    """Write the document as one HTML file, whole or not at all.

    Raises
    ------
    OutputError
        ``page-too-large``, and as :func:`tfp.tables.whole_file.write_whole_file`.
    """
    try:
        page = page_text(document)
    except OutputError as error:
        raise OutputError(error.code, places=[Place(file=str(path))], **error.fields) from error
    write_whole_file(path, page.encode())


def write_result_page(
    result: Result, path: str | os.PathLike[str], *, language: Language = "en"
) -> None:
    """Write one result as a page; what ``result.to_html`` does.

    Raises
    ------
    OutputError
        ``output-suffix``, and as :func:`write_page`.
    """
    from tfp.report.lone_result import document_of_result

    check_suffix(path, ".html", ".htm")
    write_page(document_of_result(result, language), path)


def table_markup(table: Table, language: Language) -> str:
    """Return one table as a piece of HTML, for a notebook."""
    module = _environment().get_template("blocks.html.j2").make_module(_speech(language))
    shown = _Shown(kind="table", content=table, widths=column_widths(table, language))
    return str(module.table(shown))  # type: ignore[attr-defined]  # a macro of the template


def inline_svg(chart: object) -> str:
    """Return a chart as an SVG element that can stand inside a page.

    The file's prologue and metadata go (the page carries the texts), and the size is
    left to the page.
    """
    from tfp.plots.saving import chart_bytes

    svg = chart_bytes(chart, "svg").decode()  # type: ignore[arg-type]  # a Figure or Axes
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", svg, flags=re.DOTALL)
    opening, rest = svg.split(">", 1)
    opening = re.sub(r'\s(?:width|height)="[^"]*"', "", opening)
    return f'{opening} aria-hidden="true">{rest}'.strip()


def _shown(blocks: tuple[Block, ...], language: Language) -> list[_Shown]:
    from markupsafe import Markup

    shown = []
    for block, label in zip(blocks, labels(blocks, language), strict=True):
        svg = Markup(inline_svg(block.draw())) if isinstance(block, Figure) else None  # noqa: S704
        mathml = Markup(block.mathml) if isinstance(block, Formula) else None  # noqa: S704
        widths = column_widths(block, language) if isinstance(block, Table) else ()
        shown.append(
            _Shown(
                kind=_KINDS[type(block)],
                content=block,
                label=label,
                svg=svg,
                mathml=mathml,
                widths=widths,
            )
        )
    # A heading goes with the table below it, also onto a page that lies.
    pairs = zip(shown, [*shown[1:], None], strict=True)
    return [
        replace(
            block, wide=block.lying or (block.kind == "heading" and bool(after and after.lying))
        )
        for block, after in pairs
    ]


@dataclass(frozen=True, kw_only=True)
class _Around:
    """What an office puts around the report, in words."""

    head: HeadWords | None
    recipients: tuple[str, ...]
    signed: SignatureWords
    sheet: tuple[SignatureWords, ...]
    blank: str


def _around(document: Document) -> _Around | None:
    """Return letterhead and signatures; dotted lines only belong on paper."""
    front, language = document.front, document.language
    if front is None or front.is_blank:
        return None
    return _Around(
        head=head_words(front.letterhead, language) if front.letterhead else None,
        recipients=recipient_lines(front.recipients, language),
        signed=head_signature(front, language),
        sheet=sheet_signatures(front, language),
        blank=text("office.blank", language),
    )


def _speech(language: Language) -> dict[str, Any]:
    """Return what the templates say words and numbers with."""

    def say(key: str, **fields: Any) -> str:
        return text(f"report.{key}", language, **fields)

    def say_office(key: str) -> str:
        return text(f"office.{key}", language)

    def cell_text(cell: Cell, column: Column) -> str:
        return show_cell(cell, column, language)

    def number(value: float | None, digits: int) -> str:
        return show_number(value, digits, language, missing="x")

    return {
        "say": say,
        "say_office": say_office,
        "show_cell": cell_text,
        "number": number,
        "sort_value": _sort_value,
    }


def _sort_value(cell: Cell) -> Markup:
    """Return the attribute that sorting reads: the number itself, not its rounded words."""
    from markupsafe import Markup

    if isinstance(cell, (str, Blank)) or cell is None:
        return Markup("")
    return Markup(' data-value="{}"').format(repr(float(cell)))


def _css_string(words: str) -> str:
    """Return words as the inside of a CSS string; all but letters and digits escaped."""
    return "".join(
        letter if letter.isascii() and letter.isalnum() else f"\\{ord(letter):x} "
        for letter in words
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("tfp.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["css_string"] = lambda words: Markup(_css_string(str(words)))  # noqa: S704
    return environment


def _resource(name: str) -> str:
    return (files("tfp.report") / "templates" / name).read_text(encoding="utf-8").strip()
