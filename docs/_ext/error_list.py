"""The list of errors, out of the catalogues from which the library itself speaks."""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from tfp.language.catalogue import subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docutils.nodes import Node
    from sphinx.application import Sphinx

    from tfp.language.catalogue import Language

# Tables of the catalogue that hold the words around the errors.
AROUND = {"label", "place", "sentence"}
PARTS: dict[Language, tuple[tuple[str, str], ...]] = {
    "en": (("Found", "found"), ("Expected", "expected"), ("What to do", "remedy")),
    "vi": (("Phát hiện", "found"), ("Yêu cầu", "expected"), ("Cách xử lý", "remedy")),
}


def sentence(source: str, language: Language) -> nodes.paragraph:
    """Return a sentence with its fields, ``{count}``, set apart as what is filled in."""
    paragraph = nodes.paragraph()
    paragraph += list(pieces(source, subject("errors", language)["sentence"]))
    return paragraph


def pieces(source: str, optional: Mapping[str, str]) -> Iterator[Node]:
    """Yield the words of a sentence, and in italics its fields.

    A field that is a sentence of its own stands in brackets: it is said only where there
    is something to say.
    """
    for words, field, _, _ in Formatter().parse(source):
        if words:
            yield nodes.Text(words)
        name = re.split(r"[.\[]", field or "")[0]
        if name in optional:
            yield nodes.Text(" [")
            yield from pieces(optional[name].strip(), {})
            yield nodes.Text("]")
        elif name:
            yield nodes.emphasis(text=name)


def entry(code: str, language: Language) -> nodes.field_list:
    """Return what the library says of one error in one language."""
    fields = nodes.field_list()
    for label, part in PARTS[language]:
        body = nodes.field_body("", sentence(subject("errors", language)[code][part], language))
        fields += nodes.field("", nodes.field_name(text=label), body)
    return fields


class ErrorList(SphinxDirective):
    """One section for each code, in the order of the alphabet."""

    def run(self) -> list[Node]:
        """Return the sections."""
        sections: list[Node] = []
        for code in sorted(set(subject("errors", "en")) - AROUND):
            section = nodes.section(ids=[f"error-{code}"], names=[code])
            section += nodes.title("", "", nodes.literal(text=code))
            section += entry(code, "en")
            section += entry(code, "vi")
            sections.append(section)
        return sections


def setup(app: Sphinx) -> dict[str, Any]:
    """Offer the directive `error-list`."""
    app.add_directive("error-list", ErrorList)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
