"""Importing tfp imports nothing; its names arrive when they are asked for."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import pytest

import tfp

# Heavy, and not needed before a chart, a workbook or a command is asked for.
LATER = {
    "click",
    "docx",
    "jinja2",
    "joblib",
    "linearmodels",
    "matplotlib",
    "openpyxl",
    "polars",
    "pyarrow",
    "rich",
    "scipy",
    "statsmodels",
    "xlsxwriter",
    "xlrd",
}


def modules_after(statement: str) -> set[str]:
    """Return the modules that a fresh interpreter holds after `statement`."""
    command = [sys.executable, "-I", "-c", f"import sys\n{statement}\nprint(*sys.modules)"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return set(done.stdout.split())


def promised() -> dict[str, tuple[str, str]]:
    """Return what the root tells type checkers: name -> (module, name there)."""
    body = ast.parse(Path(tfp.__file__).read_text(encoding="utf-8")).body
    return {
        alias.asname or alias.name: (str(node.module), alias.name)
        for block in body
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_importing_tfp_imports_nothing() -> None:
    assert modules_after("import tfp") - modules_after("") == {"tfp"}


def test_a_panel_and_an_account_load_neither_charts_nor_workbooks() -> None:
    loaded = modules_after("import tfp; tfp.Panel; tfp.GrowthAccounting")
    assert "tfp.accounts" in loaded
    assert not loaded & LATER


def test_type_checkers_are_told_the_public_names() -> None:
    assert set(promised()) == set(tfp.__all__)


@pytest.mark.parametrize("name", sorted(promised()))
def test_a_name_is_what_type_checkers_are_told(name: str) -> None:
    module, original = promised()[name]
    found = getattr(tfp, name)
    if module == "tfp":
        assert found is import_module(f"tfp.{original}")
    else:
        assert found is getattr(import_module(module), original)


def test_dir_lists_the_public_names() -> None:
    assert set(tfp.__all__) <= set(dir(tfp))


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(AttributeError, match=r"Pannel.*Panel"):
        _ = tfp.Pannel


def test_a_name_like_no_other_is_refused_plainly() -> None:
    with pytest.raises(AttributeError, match="qqqq"):
        _ = tfp.qqqq
    assert not hasattr(tfp, "qqqq")


def test_version_is_that_of_the_installed_distribution() -> None:
    assert tfp.__version__ == version("tfp")
