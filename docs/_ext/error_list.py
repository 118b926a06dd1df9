"""The list of errors, out of the catalogues from which the library itself speaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from tfp.language.catalogue import subject

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.application import Sphinx

    from tfp.language.catalogue import Language

# Tables of the catalogue that hold the words around the errors.
AROUND = {"label", "place"}
PARTS: dict[Language, tuple[tuple[str, str], ...]] = {
    "en": (("Found", "found"), ("Expected", "expected"), ("What to do", "remedy")),
    "vi": (("Phát hiện", "found"), ("Yêu cầu", "expected"), ("Cách xử lý", "remedy")),
}


def sentence(source: str) -> nodes.paragraph:
    """Return a sentence with its fields, ``{count}``, set apart as what is filled in."""
    paragraph = nodes.paragraph()
    for piece in re.split(r"(\{[^}]*\})", source):
        field = re.match(r"\{([^}:.\[]*)", piece)
        paragraph += nodes.emphasis(text=field[1]) if field else nodes.Text(piece)
    return paragraph


def entry(code: str, language: Language) -> nodes.field_list:
    """Return what the library says of one error in one language."""
    fields = nodes.field_list()
    for label, part in PARTS[language]:
        body = nodes.field_body("", sentence(subject("errors", language)[code][part]))
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
