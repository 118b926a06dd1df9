"""``[[correct]]``, ``[[splice]]``, ``[output]``, ``[checks]`` and ``[[answer]]``."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tfp.errors import TFPError
from tfp.inputs.breaks.links import GivenFactor, NationalRatio
from tfp.inputs.breaks.splicing import AssumedGrowth, PublishedOverlap, splice
from tfp.inputs.checks.correcting import correct_values
from tfp.inputs.prices.growth_levels import levels_from_growth
from tfp.language.catalogue import LANGUAGES
from tfp.report.building import all_findings
from tfp.workflow.results_file import results_bytes

YEARS = list(range(2014, 2023))
COLUMNS = {"output": "y", "capital": "k", "labour": "l"}
DATA = {"file": "figures.csv", "time": "year", "columns": COLUMNS}
# The decimal mark of 2018 is lost, and 2021 counts employment otherwise.
MISTYPED = {
    "role": "output",
    "year": 2018,
    "printed": 1310.8,
    "value": 131.08,
    "reason": "decimal mark lost",
    "source": "yearbook 2019, table 7",
}
OVERLAP = {"role": "labour", "at": 2021, "previous": 49.0, "source": "survey of 2021"}
WITHOUT_BREAK = {"splice": [OVERLAP]}


@pytest.fixture
def office(office):
    """Return an office with a mistyped figure and a break in labour."""
    office.write(
        "figures.csv",
        year=YEARS,
        y=[100.0, 106.8, 114.5, 122.5, 1310.8, 141.0, 145.1, 149.0, 161.7],
        k=[250.0, 268.0, 287.5, 308.0, 330.1, 353.6, 377.0, 400.4, 425.2],
        l=[50.0, 50.5, 51.1, 51.5, 52.0, 52.6, 52.3, 48.1, 48.9],
        definition=["old"] * 7 + ["new"] * 2,
        growth=[None, 6.81, 7.21, 6.99, 7.00, 7.57, 2.91, 2.69, 8.52],
    )
    office.tables["data"] = {**DATA, "definitions": {"labour": "definition"}}
    return office


def panel_of(office, **more: Any):
    definitions = {"labour": "definition"}
    return office.panel("figures.csv", **{**COLUMNS, **more}, definitions=definitions)


def corrected(office):
    return correct_values(
        panel_of(office),
        "output",
        {2018: (1310.8, 131.08)},
        reason=MISTYPED["reason"],
        source=MISTYPED["source"],
    )


def test_a_mistyped_figure_is_corrected_by_stating_it(office) -> None:
    panel = office.run(correct=[MISTYPED], splice=[OVERLAP]).content.panel
    assert panel.values("output").tolist() == corrected(office).values("output").tolist()
    assert panel.values("output")[4] == 131.08


def test_a_figure_that_is_only_known_to_be_wrong_is_left_out_and_then_bridged(office) -> None:
    unknown = {key: value for key, value in MISTYPED.items() if key != "value"}
    bridge = {"role": "output", "years": [2018], "reason": "no figure", "method": "geometric"}
    panel = office.run(
        correct=[{**unknown, "unknown": True}], interpolate=[bridge], splice=[OVERLAP]
    ).content.panel
    assert panel.values("output")[4] == pytest.approx((122.5 * 141.0) ** 0.5)


@pytest.mark.parametrize(
    ("way", "link"),
    [
        ({"previous": 49.0, "source": "s"}, PublishedOverlap(49.0, "s")),
        ({"growth": 0.01, "name": "as before"}, AssumedGrowth(0.01, "as before")),
        (
            {"national": {"old": 53.6, "new": 50.1, "area": "Viet Nam"}, "source": "s"},
            NationalRatio(53.6, 50.1, "s", "Viet Nam"),
        ),
        ({"factor": 0.94, "name": "own", "source": "s"}, GivenFactor(0.94, "own", "s")),
    ],
)
def test_each_way_over_a_break_is_the_library_s(office, way: dict[str, Any], link) -> None:
    stated = {"role": "labour", "at": 2021, **way}
    panel = office.run(correct=[MISTYPED], splice=[stated]).content.panel
    expected = splice(corrected(office), "labour", 2021, link)
    assert panel.values("labour").tolist() == expected.values("labour").tolist()
    for language in LANGUAGES:
        said = office.said(language, correct=[MISTYPED], splice=[stated])
        assert MISTYPED["source"] in said
        assert MISTYPED["reason"] in said


def test_output_comes_from_its_growth_and_the_level_of_a_year(office) -> None:
    columns = {"output_growth": "growth", "capital": "k", "labour": "l"}
    data = {**DATA, "columns": columns, "definitions": {"labour": "definition"}}
    stated = {"level_year": 2022, "level": 161.7, "source": "yearbook 2022"}
    run = office.run(data=data, output={"from_growth": stated}, splice=[OVERLAP])
    panel = office.panel("figures.csv", **columns, definitions={"labour": "definition"})
    expected = levels_from_growth(panel, level_year=2022, level=161.7, source="yearbook 2022")
    assert run.content.panel.values("output").tolist() == expected.values("output").tolist()
    growth = office.figures["figures.csv"]["growth"][1:]
    assert (100 * run.content.accounts.total[1:]).tolist() == pytest.approx(growth, abs=1e-10)


def test_a_sensitivity_may_leave_the_figure_as_it_is_printed(office) -> None:
    steady = {"sensitivity": [{"name": "other factor", "correct": [{**MISTYPED, "value": 130.0}]}]}
    run = office.run(correct=[MISTYPED], splice=[OVERLAP], **steady)
    other = run.sensitivities[0][1]
    assert other.total[4] == pytest.approx(130.0 / 122.5 - 1)


def test_the_check_names_the_figure_that_may_have_been_meant(office) -> None:
    found = {f.code: f for f in office.prepare(splice=[OVERLAP]).findings}
    places = [place for finding in found.values() for place in finding.places]
    assert 2018 in [place.time for place in places]
    assert "decimal-misplaced" in found
    assert "131.08" in found["decimal-misplaced"].part("found")


def test_levels_that_contradict_published_growth_are_found_within_the_tolerance(office) -> None:
    columns = {**COLUMNS, "output_growth": "growth"}
    data = {**DATA, "columns": columns, "definitions": {"labour": "definition"}}
    tables = {"data": data, "correct": [MISTYPED], "splice": [OVERLAP]}

    def codes(**more: Any) -> list[str]:
        found = office.prepare(**tables, **more).findings
        return [f.code for f in found if f.code.startswith("level-")]

    off = {**MISTYPED, "value": 131.98}
    assert codes() == []
    tables["correct"] = [off]
    assert codes() == ["level-alone-off"]
    assert codes(checks={"growth_tolerance": 1.0}) == []


ANSWER = {"code": "break-accepted", "reason": "looked into with the office", "source": "letter"}
ACCEPTED = {
    "correct": [MISTYPED],
    "accept_break": [{"role": "labour", "at": 2021, "reason": "nothing was published"}],
}


def findings_of(office, *answers: dict[str, Any]):
    run = office.run(**ACCEPTED, answer=list(answers))
    return run, {finding.code: finding for finding in all_findings(run.content)}


def test_an_answered_warning_becomes_a_remark_with_its_answer(office) -> None:
    _, before = findings_of(office)
    assert before["break-accepted"].severity == "warn"
    run, after = findings_of(office, ANSWER)
    assert "break-accepted" not in after
    assert after["answered"].severity == "note"
    assert after["answered"].places == before["break-accepted"].places
    for language in LANGUAGES:
        assert "looked into with the office (letter)" in after["answered"].part("found", language)
    named = [each["code"] for each in json.loads(results_bytes(run))["findings"]]
    assert "answered" in named
    assert "break-accepted" not in named


@pytest.mark.parametrize("where", [{"years": [2021]}, {"entity": "Hoa An"}, {"role": "labour"}])
def test_an_answer_may_name_its_places(office, where: dict[str, Any]) -> None:
    _, found = findings_of(office, {**ANSWER, **where})
    assert "answered" in found


@pytest.mark.parametrize(
    "elsewhere", [{"years": [2019]}, {"entity": "Hue"}, {"role": "output"}, {"code": "jump"}]
)
def test_an_answer_that_answers_nothing_is_found(office, elsewhere: dict[str, Any]) -> None:
    _, found = findings_of(office, {**ANSWER, **elsewhere})
    assert found["answer-unused"].severity == "warn"
    assert found["break-accepted"].severity == "warn"
    for language in LANGUAGES:
        assert "looked into with the office" in found["answer-unused"].part("found", language)


def test_what_must_be_settled_cannot_be_answered(office) -> None:
    answer = {**ANSWER, "code": "definition-change"}
    with pytest.raises(ValueError, match="data-blocked"):
        office.run(correct=[MISTYPED], answer=[answer])


def test_a_decimal_mark_lost_in_investment_blocks_until_the_office_says_it_is_right(office) -> None:
    figures = dict(office.figures["figures.csv"])
    figures["i"] = [30.0, 31.2, 32.9, 34.1, 358.0, 37.4, 38.8, 40.1, 42.0]
    office.write("figures.csv", **figures)
    columns = {**COLUMNS, "investment": "i"}
    tables = {"data": {**office.tables["data"], "columns": columns}, "correct": [MISTYPED],
              "splice": [OVERLAP]}  # fmt: skip
    with pytest.raises(TFPError, match="data-blocked") as raised:
        office.run(**tables)
    assert raised.value.fields["codes"] == ["decimal-misplaced"]
    elsewhere = {"code": "decimal-misplaced", "reason": "port of 2018", "years": [2017]}
    with pytest.raises(TFPError, match="data-blocked"):
        office.run(**tables, answer=[elsewhere])

    run = office.run(**tables, answer=[{**elsewhere, "years": [2018]}])

    (answered,) = (f for f in all_findings(run.content) if f.code == "answered")
    assert answered.severity == "warn"
    assert "port of 2018" in answered.part("found", "vi")


BAD: list[tuple[str, str, dict[str, Any]]] = [
    (
        "plan-key-missing",
        "correct[1].printed",
        {"correct": [{key: value for key, value in MISTYPED.items() if key != "printed"}]},
    ),
    ("plan-choose-one", "correct[1].value", {"correct": [{**MISTYPED, "unknown": True}]}),
    ("plan-key-unknown", "correct[1].yaer", {"correct": [{**MISTYPED, "yaer": 2018}]}),
    ("correction-mismatch", "correct[1]", {"correct": [{**MISTYPED, "printed": 1301.8}]}),
    ("year-missing", "correct[1]", {"correct": [{**MISTYPED, "year": 2031}]}),
    ("correction-without-change", "correct[1]", {"correct": [{**MISTYPED, "value": 1310.8}]}),
    (
        "plan-choose-one",
        "splice[1].factor",
        {"splice": [{**OVERLAP, "factor": 0.9, "name": "x"}]},
    ),
    (
        "plan-key-missing",
        "splice[1].national.area",
        {
            "splice": [
                {"role": "labour", "at": 2021, "national": {"old": 2.0, "new": 1.0}, "source": "s"}
            ]
        },
    ),
    (
        "plan-key-missing",
        "splice[1].name",
        {"splice": [{"role": "labour", "at": 2021, "factor": 0.9, "source": "s"}]},
    ),
    (
        "plan-not-positive",
        "splice[1].factor",
        {"splice": [{"role": "labour", "at": 2021, "factor": -0.9, "name": "x", "source": "s"}]},
    ),
    ("plan-choose-one", "output.from_growth", {"output": {}}),
    (
        "plan-key-missing",
        "output.from_growth.source",
        {"output": {"from_growth": {"level_year": 2020}}},
    ),
    (
        "plan-word-unknown",
        "output.from_growth.published_as",
        {"output": {"from_growth": {"level_year": 2020, "source": "s", "published_as": "percent"}}},
    ),
    (
        "role-missing",
        "output.from_growth",
        {"output": {"from_growth": {"level_year": 2020, "source": "s"}}},
    ),
    ("plan-key-needs", "checks.suggested", {"checks": {"suggested": False}}),
    ("plan-key-unknown", "checks.tolerance", {"checks": {"tolerance": 0.1}}),
    ("plan-out-of-range", "checks.growth_tolerance", {"checks": {"growth_tolerance": -0.1}}),
    ("plan-not-number", "checks.growth_tolerance", {"checks": {"growth_tolerance": True}}),
    ("plan-word-unknown", "answer[1].code", {"answer": [{**ANSWER, "code": "brake-accepted"}]}),
    ("plan-key-missing", "answer[1].reason", {"answer": [{"code": "jump"}]}),
    ("plan-not-list", "answer[1].years", {"answer": [{**ANSWER, "years": 2021}]}),
]


@pytest.mark.parametrize(("code", "key", "tables"), BAD)
def test_a_slip_is_answered_at_its_key(office, code: str, key: str, tables: dict[str, Any]) -> None:
    office.refused(code, key, **tables)
