"""The API page, out of the names that `tfp` exports: none can be forgotten."""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tfp

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

# In the order in which a reader meets them, not in that of the layers.
ROOMS = (
    "panel",
    "accounts",
    "results",
    "inputs",
    "datasets",
    "plots",
    "report",
    "workflow",
    "tables",
    "errors",
)


def homes() -> dict[str, str]:
    """Return every public name, and those of public folders, with the folder it lives in."""
    found = {}
    for name in tfp.__all__:
        member = getattr(tfp, name)
        if inspect.ismodule(member):
            found |= {f"{name}.{inner}": name for inner in member.__all__}
        elif not name.startswith("_"):
            found[name] = str(member.__module__).split(".")[1]
    return found


def sentence(folder: str) -> str:
    """Return the first sentence of a folder's docstring."""
    return (inspect.getdoc(import_module(f"tfp.{folder}")) or "").partition("\n")[0]


def page() -> str:
    """Return the API page as reStructuredText."""
    rooms = homes()
    lines = ["API", "===", "", ".. currentmodule:: tfp", ""]
    for folder in [*ROOMS, *sorted(set(rooms.values()) - set(ROOMS))]:
        names = sorted(name for name, home in rooms.items() if home == folder)
        if names:
            lines += [folder.capitalize(), "-" * len(folder), "", sentence(folder), ""]
            lines += [".. autosummary::", "   :toctree: generated", "   :nosignatures:", ""]
            lines += [*(f"   {name}" for name in names), ""]
    return "\n".join(lines)


def write_page(app: Sphinx, _: Config) -> None:
    """Write the page before Sphinx looks for its sources."""
    path = Path(app.srcdir) / "api.rst"
    text = page()
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Write the page once the configuration is read."""
    app.connect("config-inited", write_page)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
