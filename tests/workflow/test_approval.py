"""Approved options: what their hash covers, and what a run that differs is headed."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tfp.errors import TFPError
from tfp.report.building import build_document
from tfp.report.document import Paragraph
from tfp.workflow.approval import differing_options, options_hash
from tfp.workflow.manifest import manifest_bytes
from tfp.workflow.plans.plan_reading import plan_of

if TYPE_CHECKING:
    from pathlib import Path

YEARS = list(range(2018, 2024))
PLAN = b"""
[plan]
title = "An office"
area = "Hoa An"
language = "en"
[data]
file = "figures.csv"
time = "year"
columns = { output = "y", investment = "i", labour = "l" }
[capital]
depreciation = 0.05
initial = { method = "capital_output_ratio", year = 2018, ratio = 2.5, source = "study" }
[method.shares]
capital = 0.40
source = "I-O table"
[periods]
list = ["2019-2023"]
"""


@pytest.fixture
def plan(office: Any) -> dict[str, Any]:
    """Return the tables of a sound plan, and write its figures."""
    office.write(
        "figures.csv",
        year=YEARS,
        y=[100, 106, 108, 111, 118, 124],
        i=[30, 32, 31, 33, 36, 38],
        l=[50, 51, 50.5, 51, 52, 52.5],
    )
    import tomllib

    tables = tomllib.loads(PLAN.decode())
    office.tables |= tables
    return tables


def approved(tables: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "document": "Decision 15/QD-SKHCN",
        "date": date(2026, 3, 5),
        "options": options_hash(plan_of(tables)),
        **more,
    }


def words(document: Any) -> str:
    return " ".join(block.text for block in document.blocks if isinstance(block, Paragraph))


@pytest.mark.parametrize(
    ("language", "banner"), [("vi", "Phương án tham khảo"), ("en", "Option for reference")]
)
def test_a_run_without_approved_options_is_for_reference(
    office: Any, plan: dict[str, Any], language: str, banner: str
) -> None:
    heading = {**plan["plan"], "language": language}
    document = build_document(office.run(plan=heading).content)
    assert document.banner == banner
    assert options_hash(plan_of(plan))[:12] in words(document)


def test_an_approved_run_names_the_document_and_has_no_banner(
    office: Any, plan: dict[str, Any]
) -> None:
    heading = {**plan["plan"], "language": "vi"}
    document = build_document(office.run(plan=heading, approved=approved(plan)).content)
    assert document.banner == ""
    assert "theo phương pháp đã duyệt tại Decision 15/QD-SKHCN, ngày 05/3/2026" in words(document)


@pytest.mark.parametrize(
    ("table", "changed", "key"),
    [
        ("method", {"shares": {"capital": 0.46, "source": "I-O table"}}, "method.shares.capital"),
        ("periods", {"list": ["2019-2021"]}, "periods.list"),
        (
            "capital",
            {
                "depreciation": 0.06,
                "initial": {"method": "capital_output_ratio", "year": 2018, "ratio": 2.5},
            },
            "capital",
        ),
    ],
)
def test_other_options_are_for_reference_and_the_report_says_which(
    office: Any, plan: dict[str, Any], table: str, changed: Any, key: str
) -> None:
    (office.folder / "approved.toml").write_bytes(PLAN)
    tables = {table: changed, "approved": approved(plan, plan="approved.toml")}
    run = office.run(**tables)
    document = build_document(run.content)
    assert document.banner == "Option for reference"
    assert any(each.startswith(key) for each in run.content.approval.differing)
    assert run.content.approval.differing[0] in words(document)
    manifest = json.loads(manifest_bytes(run, {"results.json": b""}, b""))
    assert manifest["approval"]["approved"] is False
    assert manifest["approval"]["options_sha256"] != manifest["approval"]["approved_options_sha256"]


def test_words_files_and_letterhead_are_no_options(office: Any, plan: dict[str, Any]) -> None:
    del office
    other = {
        **plan,
        "plan": {**plan["plan"], "title": "Another", "language": "vi", "date": date(2026, 1, 1)},
        "data": {**plan["data"], "file": "of_next_year.xlsx", "sheet": "Sheet1"},
        "method": {"shares": {"capital": 0.40, "source": "another wording"}},
        "source": [{"title": "Yearbook"}],
        "report": {"charts": ["waterfall"]},
        # What is the default is no other option.
        "capital": {**plan["capital"], "timing": "end"},
    }
    assert options_hash(plan_of(plan)) == options_hash(plan_of(other))
    assert differing_options(plan_of(plan), plan_of(other)) == ()


def test_the_approved_plan_must_be_the_approved_one(office: Any, plan: dict[str, Any]) -> None:
    changed = PLAN.replace(b"0.40", b"0.41")
    (office.folder / "approved.toml").write_bytes(changed)
    section = approved(plan, plan="approved.toml")
    office.refused("plan-approved-differs", "approved.plan", approved=section)
    missing = {**section, "plan": "nowhere.toml"}
    office.refused("plan-approved-file", "approved.plan", approved=missing)
    short = {**section, "options": "abc"}
    with pytest.raises(TFPError) as raised:
        plan_of({**plan, "approved": short})
    assert raised.value.code == "plan-approved-hash"
    assert "approved.options" in raised.value.message("vi")


def test_the_check_prints_the_mark_to_approve(
    office: Any, plan: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    from click.testing import CliRunner

    from tfp.cli import main

    (tmp_path / "tfp.toml").write_bytes(PLAN)
    done = CliRunner().invoke(main, ["check", str(office.folder)])
    assert done.exit_code == 0, done.output
    assert options_hash(plan_of(plan)) in done.output
