"""Formulas as MathML, which browsers show by themselves: no script, no font, no network."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
# Names such as &ApplyFunction;, which HTML knows and XML does not.
ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)\w+;")
APPLY_FUNCTION = "\u2061"


def converted(node: nodes.Element, *, as_block: bool) -> str:
    """Return a formula as MathML, or warn and return its source."""
    source = node.astext()
    try:
        return mended(tex2mathml(source, as_block=as_block))
    except MathError as error:
        logger.warning("this formula cannot be shown (%s): %s", error, source, location=node)
        return f"<code>{source}</code>"


def mended(mathml: str) -> str:
    """Return the formula with two habits of docutils mended.

    It sets the subscript of a letter with a bar under the letter, as it sets the limit
    of a sum, and leaves no space between the name of a function and its argument.
    """
    ET.register_namespace("", NAMESPACE)
    characters = ENTITY.sub(lambda entity: html.unescape(entity[0]), mathml)
    root = ET.fromstring(characters)  # noqa: S314  (docutils made it from our own pages)
    for element in root.iter(f"{{{NAMESPACE}}}munderover"):
        letter, subscript, accent = element
        if letter.tag != f"{{{NAMESPACE}}}mo":  # as the sign of a sum is
            accented = ET.Element(f"{{{NAMESPACE}}}mover", {"accent": "true"})
            accented.extend([letter, accent])
            element.tag = f"{{{NAMESPACE}}}msub"
            element[:] = [accented, subscript]
    for name in root.iter(f"{{{NAMESPACE}}}mo"):
        if name.text == APPLY_FUNCTION:
            name.set("rspace", "thinmathspace")
    return ET.tostring(root, encoding="unicode")


def show_inline(translator: HTML5Translator, node: nodes.math) -> None:
    """Write a formula within a line."""
    translator.body.append(converted(node, as_block=False))
    raise nodes.SkipNode


def show_block(translator: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula that stands by itself."""
    translator.body.append(translator.starttag(node, "div", CLASS="math-block"))
    translator.body.append(converted(node, as_block=True))
    translator.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Offer the renderer to `html_math_renderer`."""
    app.add_html_math_renderer("mathml", (show_inline, None), (show_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
