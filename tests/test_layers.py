"""What the linter's layer contract cannot say: which library belongs to which folder."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import tfp

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(tfp.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
FOLDERS = [path for path in MODULES if path.name == "__init__.py" and path.parent != PACKAGE]

# Where a library may be imported; everywhere else it would be weight or a second way.
HOMES = {
    "matplotlib": {"plots"},
    "openpyxl": {"tables", "report"},
    "xlsxwriter": {"tables", "report"},
    "xlrd": {"tables"},
    "jinja2": {"tables", "report"},
    "docx": {"report"},
    "click": {"cli"},
    "rich": {"cli"},
}
NOT_IN_NUMERICS = {"pandas", "matplotlib", "narwhals", "polars", "pyarrow"}
DYNAMIC_IMPORTS = {"__init__", "results.door", "production.registry"}


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def room(path: Path) -> str:
    """Return the folder, or the single module, of the package that holds `path`."""
    return dotted(path).split(".", maxsplit=1)[0]


def is_for_type_checkers(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """Walk what is executed; the imports that only type checkers read are no imports."""
    for child in ast.iter_child_nodes(node):
        if not is_for_type_checkers(child):
            yield child
            yield from statements(child)


def imported(path: Path) -> set[str]:
    """Return the names of the modules that a file imports, wherever it does so."""
    names = set()
    for node in statements(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are written in full"
            assert node.module is not None
            names.add(node.module)
    return names


def libraries(path: Path) -> set[str]:
    return {name.split(".", maxsplit=1)[0] for name in imported(path)}


def test_the_walk_sees_the_package() -> None:
    assert {"errors", "numerics", "panel"} <= {room(path) for path in MODULES}


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_a_library_stays_in_its_folder(path: Path) -> None:
    strays = {name for name in libraries(path) if room(path) not in HOMES.get(name, {room(path)})}
    assert not strays


@pytest.mark.parametrize("path", [path for path in MODULES if room(path) == "numerics"], ids=dotted)
def test_numerics_knows_arrays_only(path: Path) -> None:
    assert not libraries(path) & NOT_IN_NUMERICS


@pytest.mark.parametrize("path", [path for path in MODULES if room(path) == "accounts"], ids=dotted)
def test_accounts_know_no_estimator(path: Path) -> None:
    assert not {name for name in imported(path) if name.startswith("tfp.production")}


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_nobody_inside_asks_the_root(path: Path) -> None:
    # `from tfp import Panel` would load the layer of Panel behind the linter's back.
    assert "tfp" not in imported(path)


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_names_are_resolved_at_run_time_in_three_places_only(path: Path) -> None:
    dynamic = {"importlib", "importlib.util", "runpy", "pkgutil"} & imported(path)
    source = path.read_text(encoding="utf-8")
    calls = {
        ast.unparse(node.func) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)
    }
    dynamic |= {call for call in calls if call.endswith(("import_module", "__import__"))}
    assert not dynamic or dotted(path) in DYNAMIC_IMPORTS


@pytest.mark.parametrize("path", FOLDERS, ids=dotted)
def test_folders_only_hand_names_on(path: Path) -> None:
    docstring, *rest = ast.parse(path.read_text(encoding="utf-8")).body
    assert isinstance(docstring, ast.Expr), "a folder says in a sentence what it is"
    others = [
        ast.unparse(node)
        for node in rest
        if not isinstance(node, ast.ImportFrom)
        and not is_for_type_checkers(node)
        and not ast.unparse(node).startswith("__all__ =")
    ]
    assert not others
