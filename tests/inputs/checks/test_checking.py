"""Parts, stocks, copies: what a closer look finds beside single figures, in both languages."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

import tfp
from tfp.language.catalogue import LANGUAGES

YEARS = np.arange(2010, 2025)
STEPS = YEARS - 2010
NOISE = np.random.default_rng(11).normal(0.0, 0.01, (6, len(YEARS)))


def growing(level, rate, n):
    return level * np.exp(rate * STEPS + NOISE[n])


def good(**columns):
    industry, services = growing(40.0, 0.07, 0), growing(50.0, 0.06, 1)
    taxes = growing(10.0, 0.05, 2)
    output = industry + services + taxes
    investment = 0.3 * output
    capital = np.empty(len(YEARS))
    capital[0] = 2.5 * output[0]
    for t in range(1, len(YEARS)):
        capital[t] = 0.95 * capital[t - 1] + investment[t]
    frame = {
        "year": YEARS, "y": output, "k": capital, "i": investment, "ind": industry,
        "serv": services, "tax": taxes, "l": growing(50.0, 0.01, 3), "n": growing(90.0, 0.01, 4),
        "e": growing(20.0, 0.01, 5),
    }  # fmt: skip
    return {**frame, **columns}


ROLES = {
    "output": "y", "capital": "k", "investment": "i", "labour": "l", "population": "n",
    "employees": "e", "output_by_part": {"industry": "ind", "services": "serv", "tax": "tax"},
}  # fmt: skip


def check(frame=None, **options):
    given = {"time": "year", **ROLES, **options}
    return tfp.check_inputs(tfp.Panel(good() if frame is None else frame, **given))


def at(name, year, change):
    values = good()[name].copy()
    values[year == YEARS] = change(values[year == YEARS])
    return good(**{name: values})


def codes(found):
    return [finding.code for finding in found]


def test_good_tables_give_no_finding() -> None:
    assert check() == ()


def taxes_apart_since(year):
    """Return a table whose sectors hold product taxes until a year, as the office's did."""
    taxes = good()["tax"]
    held = np.where(year > YEARS, taxes, 0.0)
    return good(tax=np.where(year > YEARS, np.nan, taxes), ind=good()["ind"] + held)


CASES = {
    "parts-do-not-add": lambda: check(at("serv", 2015, lambda x: 0.98 * x)),
    "part-begins": lambda: check(taxes_apart_since(2015)),
    "part-beyond-whole": lambda: check(at("e", 2024, lambda x: 2.6 * x), output_by_part=None),
    "stock-and-investment": lambda: check(good(i=2.2 * good()["i"])),
    "incremental-ratio": lambda: check(good(y=good()["y"] ** 0.1), output_by_part=None,
                                       capital=None, investment="i"),
    "series-copied": lambda: check(good(e=good()["l"])),
    "decimal-misplaced": lambda: check(at("l", 2015, lambda x: 10.0 * x)),
    "digits-exchanged": lambda: check(good(l=np.where(YEARS == 2015, 13.5, np.round(
        31.4 * np.exp(0.002 * STEPS + NOISE[3]), 1))), employees=None),
    "outlier": lambda: check(at("k", 2015, lambda x: 1.6 * x), investment=None),
    "first-value-off": lambda: check(at("n", 2010, lambda x: 0.76 * x), labour=None,
                                     employees=None),
    "last-value-off": lambda: check(at("k", 2024, lambda x: 1.3 * x), investment=None),
    "level-break": lambda: check(good(k=good()["k"] * np.where(YEARS < 2016, 1.0, 0.7)),
                                 investment=None),
    "unit-change": lambda: check(good(k=good()["k"] * np.where(YEARS < 2016, 1.0, 1000.0)),
                                 investment=None),
}  # fmt: skip


@pytest.mark.parametrize("code", CASES)
def test_each_trouble_is_found(code) -> None:
    found = [finding for finding in CASES[code]() if finding.code == code]

    assert len(found) == 1
    assert found[0].places


@pytest.mark.parametrize("code", CASES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_finding_is_said_in_full(code, language) -> None:
    for finding in CASES[code]():
        parts = [finding.part(name, language) for name in ("found", "effect", "remedy")]
        assert all(len(part.split()) >= 3 for part in parts)
        words = " ".join((*parts, finding.where(language)))
        assert re.search(r"[{}]|\bnan\b|  ", words) is None


@pytest.mark.parametrize(
    "code", [c for c in CASES if c not in ("unit-change", "incremental-ratio")]
)
def test_nothing_else_is_made_of_it(code) -> None:
    beside = {
        # What a wrong part or stock is not, its ratio to output is.
        "stock-and-investment": {"investment-ratio"},
        "part-begins": {"missing-beside"},
        # The last figure of a wrong part is off for both reasons.
        "part-beyond-whole": {"last-value-off"},
        # Employment that falls back from a wrong figure falls while output grows.
        "decimal-misplaced": {"labour-break-suspected", "part-beyond-whole"},
        "digits-exchanged": {"labour-break-suspected", "repeated-value"},
    }.get(code, set())

    assert set(codes(CASES[code]())) - {code} <= beside


def test_a_part_that_begins_explains_the_fall_of_the_others() -> None:
    found = CASES["part-begins"]()

    (finding,) = (f for f in found if f.code != "missing-beside")
    assert (finding.fields["part"], finding.fields["time"]) == ("tax", 2015)
    assert [place.time for place in finding.places] == [2015]


def test_parts_may_miss_their_total_by_rounding() -> None:
    rounded = {name: np.round(good()[name], 2) for name in ("ind", "serv", "tax")}

    assert check(good(**rounded)) == ()


def test_groups_of_workers_are_held_against_workers() -> None:
    frame = good(a=0.4 * good()["l"], b=0.5 * good()["l"])
    found = check(frame, labour_by_group={"trained": "a", "untrained": "b"})

    (finding,) = found
    assert (finding.code, finding.fields["gap"]) == ("parts-do-not-add", pytest.approx(-10.0))
    assert len(finding.places) == len(YEARS)


@pytest.mark.parametrize("timing", ["end", "start", "mid"])
def test_a_stock_of_any_timing_follows_from_its_investment(timing) -> None:
    frame = good()
    end = frame["k"]
    start = np.append(end[0] - frame["i"][0], end[:-1])
    frame["k"] = {"end": end, "start": start, "mid": (start + end) / 2.0}[timing]

    assert check({name: values[1:] for name, values in frame.items()}) == ()


def test_the_rate_of_depreciation_that_is_given_is_what_counts() -> None:
    frame = good(d=np.full(len(YEARS), 0.05), e=good()["e"])
    assert check(frame, depreciation_rate="d") == ()

    frame["d"] = np.full(len(YEARS), 0.11)
    assert codes(check(frame, depreciation_rate="d")) == ["stock-and-investment"]


def test_a_stock_in_another_unit_is_not_held_against_investment() -> None:
    units = {"capital": "index", "investment": "billion VND", "output": "billion VND"}

    assert check(good(k=100.0 * good()["k"] / good()["k"][0]), units=units) == ()


def test_shared_national_series_are_no_copies() -> None:
    both = pd.concat([pd.DataFrame(good()).assign(p=p, y=good()["y"] * n, l=good()["l"] * n,
                                                  h=40.0 + NOISE[5])
                      for n, p in ((1.0, "A"), (1.5, "B"))])  # fmt: skip
    roles = {"output": "y", "labour": "l", "hours_per_worker": "h"}
    panel = tfp.Panel(both, entity="p", time="year", **roles)

    assert "series-copied" not in codes(tfp.check_inputs(panel))
    twice = panel.with_values("labour", np.tile(good()["l"], 2))
    (finding,) = (f for f in tfp.check_inputs(twice) if f.code == "series-copied")
    assert (finding.fields["first"], finding.fields["second"]) == ("l (A)", "l (B)")
    assert finding.fields["count"] == len(YEARS)


def test_everything_of_the_panels_own_check_is_there() -> None:
    frame = good(s=np.where(YEARS == 2024, "estimate", "final"))
    frame["n"] = frame["n"].copy()
    frame["n"][3] = np.nan

    assert codes(check(frame, status="s")) == ["missing-beside", "data-estimate"]


def test_what_accounts_do_not_use_is_said_to_touch_no_tfp() -> None:
    steps = np.where(YEARS < 2016, 1.0, 1.3)
    current = good()["y"] * 1.03**STEPS
    beside = tfp.Panel(
        good(c=current * steps, g=np.where(YEARS == 2010, np.nan, 5.0)),
        time="year", output="y", labour="l", output_current="c", output_growth="g",
    )  # fmt: skip
    (finding,) = (f for f in tfp.check_inputs(beside) if f.fields.get("role") == "output_current")
    assert (finding.code, finding.fields["touches"]) == ("level-break", "beside")
    assert "missing-values" not in codes(tfp.check_inputs(beside)), "no growth in the first year"
    used = tfp.Panel(
        good(c=current * steps, p=1.03**STEPS), time="year", labour="l",
        output_current="c", output_price="p",
    )  # fmt: skip
    used = tfp.deflate(used, "output", base=2010, source="s")
    touched = {f.fields.get("role"): f.fields.get("touches") for f in tfp.check_inputs(used)}
    assert touched["output_current"] == "output-current"


def test_the_gravest_come_first() -> None:
    frame = at("k", 2015, lambda x: 10.0 * x)
    frame["n"] = at("n", 2012, lambda x: 1.4 * x)["n"]

    found = check(frame, investment=None)

    assert [(f.code, f.severity) for f in found] == [
        ("decimal-misplaced", "block"), ("capital-output-ratio", "warn"), ("outlier", "warn"),
    ]  # fmt: skip


def test_what_an_error_does_depends_on_the_role() -> None:
    effects = {
        role: check(at(name, 2015, lambda x: 10.0 * x), investment=None, output_by_part=None)
        for role, name in (("output", "y"), ("labour", "l"), ("capital", "k"), ("population", "n"))
    }
    said = {
        role: next(f for f in found if f.code == "decimal-misplaced").part("effect")
        for role, found in effects.items()
    }

    assert "is wrong by as much as output is (229.7 points" in said["output"]
    assert "times the weight of labour, with the opposite sign" in said["labour"]
    assert "times the weight of capital" in said["capital"]
    assert said["population"].startswith("TFP is not built on it")


def test_a_frame_is_no_panel() -> None:
    with pytest.raises(tfp.PanelError) as error:
        tfp.check_inputs(pd.DataFrame({"year": [2020]}))

    assert error.value.code == "panel-expected"


def test_panels_without_levels_or_rows_to_compare_give_nothing() -> None:
    shares = tfp.Panel({"year": YEARS, "s": np.full(len(YEARS), 0.4)}, time="year",
                       capital_share="s")  # fmt: skip
    single = tfp.Panel({"year": [2020], "y": [1.0]}, time="year", output="y")
    pair = tfp.Panel({"year": [2020, 2021], "y": [1.0, 1.1]}, time="year", output="y")
    empty = tfp.Panel({"year": YEARS, "y": np.full(len(YEARS), np.nan)}, time="year", output="y")

    assert tfp.check_inputs(shares) == tfp.check_inputs(single) == tfp.check_inputs(pair) == ()
    assert codes(tfp.check_inputs(empty)) == ["column-empty"]


@pytest.mark.parametrize(
    ("output", "labour", "level"),
    [
        ("tỷ đồng", "nghìn người", None),
        ("tỷ đồng", "người", 50_000.0),
        ("triệu đồng", "nghìn người", 0.05),
        ("tỷ đồng", "giờ", None),
        (None, "người", None),
    ],
)
def test_output_per_person_shows_a_unit_that_is_a_thousand_times_off(output, labour, level) -> None:
    units = {role: unit for role, unit in (("output", output), ("labour", labour)) if unit}
    frame = {"year": YEARS, "y": growing(2_500.0, 0.06, 0), "l": growing(50.0, 0.01, 1)}
    panel = tfp.Panel(frame, time="year", output="y", labour="l", units=units)

    found = [f for f in tfp.check_inputs(panel) if f.code == "productivity-implausible"]

    assert len(found) == (level is not None)
    for finding in found:
        assert finding.fields["level"] == pytest.approx(level, rel=0.1)
        assert [place.time for place in finding.places] == list(YEARS)
        assert "triệu đồng/người" in finding.part("found", "vi")
