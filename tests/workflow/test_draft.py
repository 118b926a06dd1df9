"""Drafts: when a report is one, what stands at its top, and what is left blank."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from click.testing import CliRunner

from tfp.errors import TFPError
from tfp.report.building import build_document
from tfp.report.document import Figure, show_cell
from tfp.workflow.run import compute
from tfp.workflow.telling import headline_lines

if TYPE_CHECKING:
    from pathlib import Path

FINDINGS_OPEN = 1  # exit code
BREAK = {"word": ["old"] * 3 + ["new"] * 3}


@pytest.fixture
def figures(office: Any) -> Any:
    """Return a function that writes figures and gives the tables of a plan for them."""

    def write(status: str = "final", **columns: list[Any]) -> dict[str, Any]:
        office.write(
            "figures.csv",
            year=list(range(2018, 2024)),
            y=[100, 106, 108, 111, 118, 124],
            k=[250, 262, 275, 287, 301, 316],
            l=[50, 51, 50.5, 49.6, 50, 50.5],
            status=["final"] * 5 + [status],
            **columns,
        )
        data: dict[str, Any] = {
            "file": "figures.csv",
            "time": "year",
            "status": "status",
            "columns": {"output": "y", "capital": "k", "labour": "l"},
        }
        if columns:
            data["definitions"] = {"labour": "word"}
        return {"data": data, "periods": {"list": ["2019-2020", "2019-2023"]}}

    return write


@pytest.mark.parametrize(
    ("status", "language", "word"),
    [
        ("preliminary", "vi", "DỰ THẢO: số liệu năm 2023 là sơ bộ"),
        ("estimate", "vi", "DỰ THẢO: số liệu năm 2023 là ước tính"),
        ("estimate", "en", "DRAFT: the figures of 2023 are estimate"),
    ],
)
def test_unsettled_data_make_a_draft(
    office: Any, figures: Any, status: str, language: str, word: str
) -> None:
    heading = {**office.tables["plan"], "language": language}
    content = office.run(**figures(status), plan=heading).content
    assert build_document(content).draft.startswith(word)


def test_final_data_make_none_and_an_office_may_sign_on_others(office: Any, figures: Any) -> None:
    assert build_document(office.run(**figures("final")).content).draft == ""
    tables = figures("preliminary")
    signed = office.run(**tables, report={"accept_status": ["preliminary"]})
    document = build_document(signed.content)
    assert document.draft == ""
    assert document.table("yearly").status == "preliminary"
    assert build_document(office.run(**tables).content).draft


def test_an_open_break_stops_a_run_and_is_blank_in_a_draft(office: Any, figures: Any) -> None:
    tables = figures(**BREAK)
    prepared = office.prepare(**tables)
    assert [finding.code for finding in prepared.blocking] == ["definition-change"]
    with pytest.raises(TFPError):
        compute(prepared)
    content = compute(prepared, draft=True).content
    rows = {row[0]: row for row in build_document(content).table("yearly").rows}
    column = build_document(content).table("yearly").columns[4]
    assert show_cell(rows[2021][4], column, "en") == "…"
    assert all(isinstance(cell, float) for cell in rows[2020][4:7])
    # Under every average, and in whatever is derived from the accounts.
    for averages in content.periods:
        shares = averages.share_of_growth["tfp"]
        assert np.isfinite(shares["2019-2020"])
        assert np.isnan(shares["2019-2023"])
    at = content.accounts.rows.rows_at(2021)[0]
    assert np.isnan(content.accounts.productivity_form().term("tfp")[at])
    labour = {row[0]: row for row in build_document(content).table("labour").rows}
    assert labour[2021][2] is None
    # The years beside the break are those of accounts that pass over it.
    sound = office.run(**{**tables, "data": {**tables["data"], "definitions": {}}}).content
    for year in (2019, 2020, 2022, 2023):
        at = content.accounts.rows.rows_at(year)[0]
        assert content.accounts.term("tfp")[at] == sound.accounts.term("tfp")[at]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_draft_names_every_unsettled_finding_at_its_top(
    office: Any, figures: Any, language: str
) -> None:
    heading = {**office.tables["plan"], "language": language}
    content = compute(office.prepare(**figures(**BREAK), plan=heading), draft=True).content
    draft = build_document(content).draft
    assert draft.startswith({"en": "DRAFT: ", "vi": "DỰ THẢO: "}[language])
    assert "2021" in draft
    assert {"en": "labour", "vi": "lao động"}[language] in draft.casefold()


def test_the_charts_of_a_draft_say_so(office: Any, figures: Any) -> None:
    def words(status: str) -> list[str]:
        heading = {**office.tables["plan"], "language": "vi"}
        document = build_document(office.run(**figures(status), plan=heading).content)
        (figure,) = [block for block in document.blocks if isinstance(block, Figure)]
        chart: Any = figure.draw()
        return [item.get_text() for item in getattr(chart, "figure", chart).texts]

    assert "DỰ THẢO" in words("preliminary")
    assert "DỰ THẢO" not in words("final")


PLAN = """
[plan]
title = "An office"
area = "Hoa An"
language = "vi"
[[source]]
title = "Yearbook"
[data]
file = "figures.csv"
time = "year"
columns = { output = "y", capital = "k", labour = "l" }
definitions = { labour = "word" }
[method.shares]
capital = 0.40
source = "stated"
[report]
charts = ["contributions"]
formats = ["html"]
"""


def test_the_command_prints_a_draft_that_never_looks_final(
    office: Any, figures: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tfp.cli import main

    monkeypatch.chdir(tmp_path)
    figures(**BREAK)
    (tmp_path / "tfp.toml").write_text(PLAN, encoding="utf-8")
    stopped = CliRunner().invoke(main, ["run", str(office.folder)])
    assert stopped.exit_code == FINDINGS_OPEN, stopped.output
    assert not (tmp_path / "results").exists()
    done = CliRunner().invoke(main, ["run", str(office.folder), "--draft"])
    assert done.exit_code == FINDINGS_OPEN, done.output
    assert "DỰ THẢO" in done.output
    results = tmp_path / "results"
    assert "DỰ THẢO" in (results / "report.html").read_text(encoding="utf-8")
    for name in ("manifest.json", "results.json"):
        assert json.loads((results / name).read_text(encoding="utf-8"))["draft"]


def test_a_sensitivity_that_a_draft_cannot_compute_is_named(office: Any, figures: Any) -> None:
    tables = figures(**BREAK)
    share = {"method": {"shares": {"capital": 0.5, "source": "stated"}}}
    others = [{"name": "Half", **share}, {"name": "No capital", "columns": {"capital": "gone"}}]
    content = compute(office.prepare(**tables, sensitivity=others), draft=True).content
    named = {f.fields["name"] for f in content.findings if f.code == "sensitivity-left-out"}
    computed = {sensitivity.name for sensitivity in content.sensitivities}
    assert "No capital" in named
    assert named | computed == {"Half", "No capital"}
    assert not named & computed


def test_the_command_says_draft_and_options_for_reference(office: Any, figures: Any) -> None:
    plain = office.run(**figures("preliminary"))
    heading = {**office.tables["plan"], "language": "vi"}
    approved = {"document": "QĐ 1/QĐ", "date": date(2026, 1, 5), "options": "0" * 64}
    run = office.run(**figures("preliminary"), plan=heading, approved=approved)
    standing, options, *_ = headline_lines(run)
    assert standing.startswith("DỰ THẢO: số liệu năm 2023 là sơ bộ")
    assert options == "Phương án tham khảo"
    signed = office.run(**figures("final"))
    assert not any(line.startswith("DRAFT") for line in headline_lines(signed))
    assert headline_lines(plain)[0].startswith("DRAFT")
