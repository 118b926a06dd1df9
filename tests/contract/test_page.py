"""The estimator of the docs page is short, keeps the contract, and is right."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import numpy as np
import pytest

import tfp

PAGE = Path(__file__).parents[2] / "docs" / "write_an_estimator.md"
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Return the page's example as the module that a reader would write."""
    path = tmp_path_factory.mktemp("page") / "my_package.py"
    path.write_text(BLOCKS[0], encoding="utf-8")
    spec = importlib.util.spec_from_file_location("my_package", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["my_package"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["my_package"]


def test_it_is_short():
    assert len(BLOCKS[0].rstrip().splitlines()) < 60


def test_it_keeps_the_contract_by_the_words_of_the_page(page):
    assert BLOCKS[1].startswith("tfp.testing.check_estimator(")
    tfp.testing.check_estimator(page.LongDifferences())


def test_every_check_is_on_the_page():
    words = PAGE.read_text(encoding="utf-8")
    assert [c.__name__ for c in tfp.testing.CHECKS if f"| `{c.__name__}` |" not in words] == []


def test_it_is_growth_over_the_calendar_years(page):
    panel = tfp.testing.firms(20, 6)
    frame = panel.frame.rename(columns=str)
    frame = frame[frame.index.get_level_values("year") != 2004]
    again = tfp.Panel(
        frame.reset_index(), entity="firm", time="year", output="output", capital="capital",
        labour="labour",
    )  # fmt: skip
    logs = np.log(frame[["output", "capital", "labour"]])
    before = logs.copy()
    before.index = before.index.set_levels(before.index.levels[1] + 2, level=1)
    growth = (logs - before).dropna()
    x = np.column_stack([growth[["capital", "labour"]], np.ones(len(growth))])
    expected = np.linalg.lstsq(x, growth["output"], rcond=None)[0]
    estimate = page.LongDifferences(years=2).fit(again)
    np.testing.assert_allclose(estimate.estimates, expected, rtol=1e-9)
