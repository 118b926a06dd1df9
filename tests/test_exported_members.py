"""What is exported exists, says what it is, and comes from inside."""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path

import pytest

import tfp

PACKAGE = Path(tfp.__file__).parent
FOLDERS = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))


def test_public_names_are_listed_once_and_in_order() -> None:
    assert list(tfp.__all__) == sorted(set(tfp.__all__))


def test_nothing_private_is_exported() -> None:
    assert [name for name in tfp.__all__ if name.startswith("_")] in ([], ["__version__"])


@pytest.mark.parametrize("name", sorted(tfp.__all__))
def test_a_public_name_resolves_and_is_documented(name: str) -> None:
    member = getattr(tfp, name)
    if not (inspect.isclass(member) or inspect.isfunction(member)):
        assert inspect.ismodule(member) or name == "__version__"
        return
    assert member.__module__.startswith("tfp.")
    summary = (member.__doc__ or "").strip().partition("\n")[0]
    assert summary.endswith(".")
    assert not summary.startswith(f"{name}("), "a dataclass's made-up signature is no docstring"


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_a_folder_hands_on_exists(folder: str) -> None:
    module = import_module(f"tfp.{folder}")
    listed = getattr(module, "__all__", [])
    assert [name for name in listed if not hasattr(module, name)] == []


def test_public_methods_are_documented() -> None:
    bare = [
        f"{name}.{attribute}"
        for name in tfp.__all__
        if inspect.isclass(member := getattr(tfp, name))
        for attribute, value in vars(member).items()
        if not attribute.startswith("_")
        and (inspect.isfunction(value) or isinstance(value, property))
        and not value.__doc__
    ]
    assert bare == []
