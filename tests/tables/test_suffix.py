"""A file is not given a name that belongs to another format."""

from __future__ import annotations

import pytest

import tfp
from tfp.errors import OutputError


@pytest.fixture(scope="module")
def accounts():
    frame = {"year": [2020, 2021], "y": [100.0, 105.0], "k": [300.0, 309.0], "l": [50.0, 51.0]}
    panel = tfp.Panel(frame, time="year", output="y", capital="k", labour="l")
    return tfp.growth_accounts(panel, capital_share=0.4)


@pytest.mark.parametrize(
    ("method", "name", "better"),
    [
        ("to_excel", "result.csv", "result.xlsx"),
        ("to_excel", "result.xls", "result.xlsx"),
        ("to_excel", "result", "result.xlsx"),
        ("to_html", "result.pdf", "result.html"),
        ("to_html", "result.xlsx", "result.html"),
        ("to_word", "result.doc", "result.docx"),
    ],
)
def test_a_wrong_ending_is_refused_before_anything_is_written(
    method, name, better, accounts, tmp_path
):
    for result in (accounts, accounts.periods(["2021"])):
        with pytest.raises(OutputError) as caught:
            getattr(result, method)(tmp_path / name)
        assert caught.value.code == "output-suffix"
        assert better in str(caught.value)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("to_excel", "Kết quả.XLSX"),
        ("to_html", "page.htm"),
        ("to_html", "page.HTML"),
        ("to_word", "A.DOCX"),
    ],
)
def test_endings_are_read_whatever_their_case(method, name, accounts, tmp_path):
    getattr(accounts.periods(["2021"]), method)(tmp_path / name)
    assert (tmp_path / name).stat().st_size > 0
