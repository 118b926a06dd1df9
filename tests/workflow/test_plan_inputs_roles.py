"""A plan can give a column to every role, one or several, with all that is said of it."""

from __future__ import annotations

import re

import pytest

from tfp.errors import PanelError
from tfp.language.catalogue import LANGUAGES, subject, text
from tfp.panel.findings import Finding
from tfp.panel.roles import NAMED, ROLES, SEVERAL
from tfp.report.building import finding_texts
from tfp.workflow.plans.plan_reading import PLAN_KEYS
from tfp.workflow.telling import finding_lines

YEARS = [2018, 2019, 2020, 2021]
BASIC = {"output": "y", "capital": "k", "labour": "l"}


@pytest.fixture
def office(office):
    """Return an office with columns for every role."""
    office.write(
        "figures.csv",
        year=YEARS,
        y=[100.0, 107.1, 110.2, 113.4],
        k=[250.0, 266.2, 281.1, 297.5],
        l=[50.0, 50.6, 50.2, 46.1],
        a=[0.41, 0.42, 0.43, 0.44],
        b=[0.11, 0.12, 0.13, 0.14],
    )
    return office


def described(role: str, *, several: bool) -> dict[str, object]:
    named = {"first": "a", "second": "b"} if several else "a"
    columns = {name: column for name, column in BASIC.items() if name != role}
    key = f"{role}:first" if several else role
    return {
        "file": "figures.csv",
        "time": "year",
        "columns": {**columns, role: named},
        "units": {key: "of its own"},
        "vintages": {role: "June 2025"},
    }


@pytest.mark.parametrize("role", [role for role in ROLES if role not in NAMED])
def test_every_role_may_have_one_column(office, role: str) -> None:
    column = office.prepare(data=described(role, several=False)).data.panel.column(role)
    assert column.values.tolist() == [0.41, 0.42, 0.43, 0.44]
    assert (column.unit, column.vintage) == ("of its own", "June 2025")


@pytest.mark.parametrize("role", SEVERAL)
def test_some_roles_may_have_several_columns(office, role: str) -> None:
    panel = office.prepare(data=described(role, several=True)).data.panel
    assert panel.values(f"{role}:second").tolist() == [0.11, 0.12, 0.13, 0.14]
    assert panel.column(f"{role}:first").unit == "of its own"
    assert panel.column(f"{role}:second").unit is None
    assert panel.column(f"{role}:second").vintage == "June 2025"


def test_a_role_that_needs_names_is_refused_without(office) -> None:
    data = {"file": "figures.csv", "time": "year", "columns": {**BASIC, "labour_by_group": "a"}}
    office.refused("input-names-needed", "data", data=data)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_known_of_a_break_stands_beside_the_finding(office, language: str) -> None:
    plan = {**office.tables["plan"], "area": "Hà Nội"}
    data = {"file": "figures.csv", "time": "year", "columns": BASIC}
    findings = office.prepare(plan=plan, data=data).findings
    (found,) = [each for each in findings if each.code == "labour-break-suspected"]
    (words,) = finding_texts([found], language)
    assert text("breaks.known.icls-19.what", language) in words.remedy
    lines = "\n".join(finding_lines([found], language))
    assert "[[splice]]" in lines
    assert text("command.label.code", language, code=found.code) in lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_about_a_plan_name_its_tables_and_nothing_of_python(language) -> None:
    entries = {**subject("findings", language), **subject("errors", language)}
    said = {code: entry["plan"] for code, entry in entries.items() if "plan" in entry}
    assert "role-missing" in said
    for code, words in said.items():
        named = re.findall(r"\[+([a-z_]+)[a-zA-ZÊ_.]*\]+", words)
        assert set(named) <= set(PLAN_KEYS), code
        assert not re.search(r"\w\(|\w=\S|panel|Panel|tfp\.", words), code


@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_and_findings_speak_to_a_plan_by_its_keys(language) -> None:
    error = PanelError("role-missing", role="investment_price", present=["output"])
    assert "[data.columns]" in error.message(language, in_plan=True)
    assert "[data.columns]" not in error.message(language)
    finding = Finding(code="one-ratio-for-all", severity="warn", fields={"ratio": 2.5, "count": 3})
    assert "[capital.initial]" in finding.remedy(language, in_plan=True)
    assert "CapitalOutputRatio" in finding.remedy(language)
