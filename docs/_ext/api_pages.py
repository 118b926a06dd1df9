"""The pages of the API and of the modules, out of the package itself: none is forgotten."""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
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
INTRODUCTION = (
    "What each file of the package is about, with its equations, assumptions and references. "
    "The names that users need are in the :doc:`api`."
)


def homes() -> dict[str, str]:
    """Return every public name, and those of public folders, with the folder it lives in."""
    members = {name: getattr(tfp, name) for name in tfp.__all__ if not name.startswith("_")}
    folders = {name: member for name, member in members.items() if inspect.ismodule(member)}
    found = {
        name: str(member.__module__).split(".")[1]
        for name, member in members.items()
        if name not in folders
    }
    for folder, module in folders.items():
        further = [name for name in module.__all__ if name not in members]
        found |= {f"{folder}.{name}": folder for name in further}
    return found


def sentence(folder: str) -> str:
    """Return the first sentence of a folder's docstring."""
    return (inspect.getdoc(import_module(f"tfp.{folder}")) or "").partition("\n")[0]


def table(names: list[str]) -> list[str]:
    """Return the lines that list names, each with a page of its own."""
    options = [".. autosummary::", "   :toctree: generated", "   :nosignatures:", ""]
    return [*options, *(f"   {name}" for name in names), ""]


def titled(title: str, mark: str) -> list[str]:
    """Return the lines of a heading."""
    return [title, mark * len(title), ""]


def api_page() -> str:
    """Return the page of the public names."""
    rooms = homes()
    lines = [*titled("API", "="), ".. currentmodule:: tfp", ""]
    for folder in [*ROOMS, *sorted(set(rooms.values()) - set(ROOMS))]:
        names = sorted(name for name, home in rooms.items() if home == folder)
        if names:
            lines += [*titled(folder.capitalize(), "-"), sentence(folder), "", *table(names)]
    return "\n".join(lines)


def modules_page() -> str:
    """Return the page of all modules, whose docstrings hold the equations."""
    lines = [*titled("Modules", "="), INTRODUCTION, ""]
    found = walk_packages(tfp.__path__, prefix="tfp.")
    names = [found.name for found in found if not found.name.endswith("__main__")]
    for folder in dict.fromkeys(name.split(".")[1] for name in names):
        inside = [name for name in names if name.split(".")[1] == folder]
        lines += [*titled(f"tfp.{folder}", "-"), *table(inside)]
    return "\n".join(lines)


def write_pages(app: Sphinx, _: Config) -> None:
    """Write the pages before Sphinx looks for its sources."""
    for name, text in (("api", api_page()), ("modules", modules_page())):
        path = Path(app.srcdir) / f"{name}.rst"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Write the pages once the configuration is read."""
    app.connect("config-inited", write_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
