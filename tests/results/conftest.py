"""One result of each kind, built once."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location(
    "tfp_result_examples", Path(__file__).with_name("examples.py")
)
assert _SPEC is not None
assert _SPEC.loader is not None
EXAMPLES = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(EXAMPLES)
EVERYTHING = EXAMPLES.everything()


@pytest.fixture(scope="session")
def examples():
    """Return the module that builds small results."""
    return EXAMPLES


@pytest.fixture(params=list(EVERYTHING))
def result(request):
    """Return one result after the other, each of another kind."""
    return EVERYTHING[request.param]
