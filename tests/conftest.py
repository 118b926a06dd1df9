"""Reference data from outside the repository, and the same random examples everywhere."""

from __future__ import annotations

import os
import sys
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from types import ModuleType

REFERENCE_DATA = "TFP_REFERENCE_DATA"

# A test that fails on one machine fails on all: no clock, no memory of earlier runs. The slow
# suite draws many more examples, other ones each time.
settings.register_profile(
    "same everywhere", derandomize=True, deadline=None, database=None, max_examples=40
)
settings.register_profile("thorough", deadline=None, database=None, max_examples=500)
settings.load_profile("same everywhere")


def reference_path(name: str) -> Path:
    """Return the path of a reference file; skip where there are none, fail where it is missing."""
    folder = os.environ.get(REFERENCE_DATA)
    if not folder:
        pytest.skip(f"{REFERENCE_DATA} names no folder of reference data")
    path = Path(folder) / name
    if not path.is_file():
        pytest.fail(f"{REFERENCE_DATA} is set, but it holds no file {name}")
    return path


@pytest.fixture(scope="session")
def reference_data() -> Callable[[str], Path]:
    """Return the function that finds a reference file by its name."""
    return reference_path


@pytest.fixture(scope="session")
def yearbook_layout() -> ModuleType:
    """Return ``tests/yearbooks.py``: sheets laid out as yearbooks do, with figures of one's own."""
    spec = util.spec_from_file_location("yearbooks", Path(__file__).with_name("yearbooks.py"))
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    # Its records look themselves up by the name of their module.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def yearbooks(yearbook_layout: ModuleType, reference_data: Callable[[str], Path]):
    """Return what writes the reference figures of provinces and nation as yearbooks."""
    return yearbook_layout.Yearbooks(reference_data)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark whatever asks for a reference file, so that nobody forgets to."""
    for item in items:
        if "reference_data" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.reference)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped reference test into a failure where the reference data are at hand."""
    report = yield
    skipped = report.skipped and not hasattr(report, "wasxfail")
    if skipped and os.environ.get(REFERENCE_DATA) and item.get_closest_marker("reference"):
        report.outcome = "failed"
        report.longrepr = f"a reference test skipped although {REFERENCE_DATA} is set: " + str(
            report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        )
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many reference tests ran, so that a silent skip is seen."""
    outcomes = {
        outcome: {
            report.nodeid
            for report in terminalreporter.getreports(outcome)
            if "reference" in getattr(report, "keywords", ())  # a broken file has none
        }
        for outcome in ("passed", "failed", "error", "skipped")
    }
    skipped = outcomes.pop("skipped")
    ran = set().union(*outcomes.values())
    terminalreporter.write_line(f"reference tests: {len(ran)} ran, {len(skipped)} skipped")
