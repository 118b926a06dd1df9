"""What our docstrings have beyond numpydoc's, and where a name in them leads."""

from __future__ import annotations

from functools import reduce
from importlib import import_module
from typing import TYPE_CHECKING, Any

from numpydoc import docscrape, docscrape_sphinx, validate

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

ASSUMPTIONS = "Assumptions"


def show_assumptions() -> None:
    """Teach numpydoc the section that says what a method takes for granted."""
    docscrape.NumpyDocString.sections[ASSUMPTIONS] = ""
    validate.ALLOWED_SECTIONS.insert(validate.ALLOWED_SECTIONS.index("Notes"), ASSUMPTIONS)
    shown = docscrape_sphinx.SphinxDocString._str_section  # noqa: SLF001  (there is no hook)

    def with_assumptions(docstring: Any, name: str) -> list[str]:
        before = shown(docstring, ASSUMPTIONS) if name == "Notes" else []
        return [*before, *shown(docstring, name)]

    docscrape_sphinx.SphinxDocString._str_section = with_assumptions  # noqa: SLF001


def lead_to_module(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, shown: nodes.TextElement
) -> nodes.reference | None:
    """Link what is not public to the page of its module, if it exists at all."""
    target = node["reftarget"]
    if node.get("refdomain") != "py" or not target.startswith("tfp."):
        return None
    domain = env.domains.python_domain
    parts = target.split(".")
    prefixes = (".".join(parts[:end]) for end in range(len(parts) - 1, 0, -1))
    module = next((name for name in prefixes if name in domain.modules), None)
    if module is None:
        return None
    try:
        reduce(getattr, target.removeprefix(f"{module}.").split("."), import_module(module))
    except AttributeError:
        return None
    return domain.resolve_xref(env, node["refdoc"], app.builder, "mod", module, node, shown)


def setup(app: Sphinx) -> dict[str, Any]:
    """Extend numpydoc, and answer for names without a page of their own."""
    show_assumptions()
    app.connect("missing-reference", lead_to_module)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
