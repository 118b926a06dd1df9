"""What a plan leaves open, and what its sensitivities find, is said wherever results are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from tfp.cli import main
from tfp.language.catalogue import LANGUAGES, text
from tfp.report.building import all_findings
from tfp.workflow.demonstration import demo_files, write_demo
from tfp.workflow.plans.plan_reading import plan_of, read_plan
from tfp.workflow.remarks import source_findings
from tfp.workflow.results_file import results_bytes
from tfp.workflow.run import run_plan

if TYPE_CHECKING:
    from pathlib import Path


def plan(method: dict[str, object], **tables: object):
    return plan_of(
        {
            "plan": {"title": "A", "area": "A", "language": "en"},
            "data": {
                "file": "a.csv",
                "time": "year",
                "columns": {"output": "y", "labour": "l", "investment": "i"},
            },
            "source": [{"title": "Yearbook"}],
            "capital": {
                "depreciation": 0.05,
                "initial": {"method": "steady_state", "years": "2010-2014"},
            },
            "method": method,
            **tables,
        }
    )


def missing(method: dict[str, object], **tables: object) -> list[str]:
    found = source_findings(plan(method, **tables))
    return list(found[0].fields["keys"]) if found else []


GIVEN = {"shares": {"capital": 0.4}}
SOURCED = {"shares": {"capital": 0.4, "source": "input-output table"}}


def test_what_is_given_needs_a_source_and_what_is_computed_none() -> None:
    stock = {"depreciation": 0.05, "initial": {"method": "given", "value": 9.0, "year": 2010}}
    named = {**stock, "initial": {**stock["initial"], "source": "census"}}
    assert missing(SOURCED) == []
    assert missing({"shares": {"rule": "income"}}) == []
    assert missing(GIVEN) == ["method.shares.source"]
    assert missing(SOURCED, source=[]) == ["[[source]]"]
    assert missing(SOURCED, capital=named) == []
    assert missing(GIVEN, capital=stock, source=[]) == [
        "[[source]]",
        "method.shares.source",
        "capital.initial.source",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_source_stands_in_check_and_run_and_results(
    tmp_path: Path, language: str
) -> None:
    folder = tmp_path / "demo"
    write_demo(folder, language)
    words = (folder / "tfp.toml").read_text("utf-8")
    start = words.index("source =", words.index("[method.shares]"))
    without = words[:start] + words[words.index("\n", start) :]
    (folder / "tfp.toml").write_text(without, encoding="utf-8")
    checked = CliRunner().invoke(main, ["check", str(folder)])
    assert checked.exit_code == 0
    assert "method.shares.source" in checked.stdout
    assert text("command.label.code", language, code="source-missing") in checked.stdout
    done = run_plan(read_plan(without.encode()), folder)
    assert "source-missing" in [finding.code for finding in all_findings(done.content)]
    codes = [each["code"] for each in json.loads(results_bytes(done))["findings"]]
    assert "source-missing" in codes


def test_a_sensitivity_s_own_warnings_stand_under_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    write_demo(folder, "en")
    done = run_plan(read_plan(demo_files("en")["tfp.toml"]), folder)
    found = [each for each in all_findings(done.content) if each.code == "of-sensitivity"]
    codes = {(each.fields["name"], each.fields["code"]) for each in found}
    assert ("Break of 2021 not spliced", "break-accepted") in codes
    assert ("Break of 2021 with zero growth", "link-assumed") in codes
    assert not {name for name, _ in codes if name.startswith("Capital share")}, "as in the plan"
    words = found[0].part("found", "en")
    assert words.startswith("Break of 2021 not spliced: A break in labour")
    assert found[0].part("remedy", "en") == "Show the spliced result beside it."
