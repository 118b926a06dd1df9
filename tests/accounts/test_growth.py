"""Growth accounting on a panel: what does not change the answer, and what is refused."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import tfp

# A change of unit is one rounding of each level; growth of a per cent or more keeps 13 digits.
UNITS = 1e-12
IDENTITY = 1e-12  # of max(1, sum of the sizes of the terms), in points

ROLES = {
    "entity": "province",
    "time": "year",
    "output": "grdp",
    "capital": "capital",
    "labour": "labour",
    "hours_per_worker": "hours_per_worker",
    "human_capital": "human_capital",
}
SHARES = tfp.FixedShares(capital=0.40, source="assumed for the test")
METHOD = tfp.GrowthAccounting(factor_weights=SHARES)


def provinces(n=6, **options):
    options = {"noise": 0.02, "missing_cells": 0.1, "missing_rows": 0.1, "rng": 3} | options
    return tfp.datasets.generate_provinces(n, **options).frame


def bits(accounts):
    return [array.tobytes() for array in (accounts.total, *accounts.terms)]


def small(**columns):
    frame = {
        "year": [2018, 2019, 2020, 2021],
        "y": [100.0, 105.0, 100.0, 101.0],
        "k": [250.0, 260.0, 268.0, 275.0],
        "l": [50.0, 51.0, 49.0, 50.0],
    }
    return frame | columns


def small_panel(frame=None, **roles):
    roles = {"time": "year", "output": "y", "capital": "k", "labour": "l"} | roles
    return tfp.Panel(small() if frame is None else frame, **roles)


def refusal(function, *arguments, **options):
    with pytest.raises(tfp.TFPError) as error:
        function(*arguments, **options)
    assert error.value.message("en") != error.value.message("vi")
    return error.value


class TestWhatDoesNotMatter:
    @pytest.mark.parametrize("rates", ["simple", "log"])
    def test_order_of_rows(self, rates):
        frame, method = provinces(), replace(METHOD, rates=rates)
        shuffled = frame.sample(frac=1.0, random_state=5)
        ours, others = (method.fit(tfp.Panel(f, **ROLES)) for f in (frame, shuffled))
        # Entities stand in the order in which they come; what belongs to each is the same.
        assert ours.rows.entities != others.rows.entities
        for name in ("contributions", "share_of_growth", "factor_weights", "factor_growth"):
            assert getattr(others, name).sort_index().equals(getattr(ours, name))

    @pytest.mark.parametrize("rates", ["simple", "log"])
    @pytest.mark.parametrize(("factor", "exact"), [(1024.0, True), (1e-6, False), (1e9, False)])
    def test_units(self, rates, factor, exact):
        frame, method = provinces(), replace(METHOD, rates=rates)
        other = frame.assign(grdp=frame["grdp"] * factor, labour=frame["labour"] / factor)
        ours, others = (method.fit(tfp.Panel(f, **ROLES)) for f in (frame, other))
        if exact:  # a power of two changes no digit
            assert bits(ours) == bits(others)
        else:
            pd.testing.assert_frame_equal(
                ours.contributions, others.contributions, rtol=0.0, atol=100 * UNITS
            )

    @pytest.mark.parametrize(
        "library",
        [pl.from_pandas, pa.Table.from_pandas, dict],
        ids=["polars", "pyarrow", "mapping"],
    )
    def test_the_library_that_the_frame_comes_from(self, library):
        frame = provinces()
        ours, others = (METHOD.fit(tfp.Panel(f, **ROLES)) for f in (frame, library(frame)))
        assert bits(ours) == bits(others)
        assert ours.fingerprint == others.fingerprint

    def test_that_the_same_was_asked_before(self):
        panel = tfp.Panel(provinces(), **ROLES)
        assert bits(METHOD.fit(panel)) == bits(METHOD.fit(panel, rng=1))

    def test_entities_that_come_besides(self):
        frame = provinces()
        all_of_them = METHOD.fit(tfp.Panel(frame, **ROLES)).contributions
        for name, rows in frame.groupby("province"):
            alone = METHOD.fit(tfp.Panel(rows, **ROLES)).contributions
            assert alone.loc[name].equals(all_of_them.loc[name])


class TestNothingIsChanged:
    def test_the_frame(self):
        frame = provinces()
        before = frame.copy()
        METHOD.fit(tfp.Panel(frame, **ROLES))
        assert frame.equals(before)

    def test_read_only_inputs_are_enough(self):
        frame = {name: np.array(values) for name, values in small().items()}
        for values in frame.values():
            values.flags.writeable = False
        assert METHOD.fit(small_panel(frame)).contributions.shape == (3, 4)

    def test_the_method(self):
        before = copy.copy(vars(METHOD))
        METHOD.fit(small_panel())
        assert vars(METHOD) == before

    @pytest.mark.parametrize(
        "frame",
        ["contributions", "share_of_growth", "factor_growth", "factor_weights", "ledger"],
    )
    def test_frames_are_the_callers_copy(self, frame):
        accounts = METHOD.fit(small_panel(small(k=[250.0, np.nan, 268.0, 275.0])))
        first = getattr(accounts, frame)
        before = first.copy()
        first.iloc[:, :] = first.iloc[::-1].to_numpy()
        first.index = range(len(first))
        assert not first.equals(before)
        assert getattr(accounts, frame).equals(before)

    def test_arrays_are_read_only_here_and_after_a_journey(self):
        accounts = METHOD.fit(small_panel())
        for result in (accounts, pickle.loads(pickle.dumps(accounts)), copy.deepcopy(accounts)):  # noqa: S301
            for array in (result.total, *result.terms, result.output, *result.inputs):
                with pytest.raises(ValueError, match="read-only"):
                    array[0] = 1.0


class TestEdges:
    def test_one_year_has_no_growth(self):
        accounts = METHOD.fit(small_panel({name: v[:1] for name, v in small().items()}))
        assert accounts.contributions.empty
        assert accounts.share_of_growth.empty
        assert accounts.productivity_form().contributions.empty
        assert accounts.tidy().empty
        assert accounts.tfp_level().tolist() == [1.0]
        assert accounts.largest_gap == 0.0

    def test_two_years_by_mental_arithmetic(self):
        two = {"year": [1, 2], "y": [100.0, 110.0], "k": [200.0, 220.0], "l": [50.0, 55.0]}
        frame = two | {"year": [2001, 2002]}
        points = METHOD.fit(small_panel(frame)).contributions.loc[2002]
        assert points.round(12).tolist() == [10.0, 4.0, 6.0, 0.0]

    def test_a_change_of_unit_by_100000(self):
        frame = small(l=[5e6, 51.0, 4.9e6, 49.0])
        points = METHOD.fit(small_panel(frame)).contributions
        labour = 60.0 * pd.Series(frame["l"], frame["year"]).pct_change().iloc[1:]
        np.testing.assert_allclose(points["labour"], labour, rtol=1e-15)
        gap = (points["output"] - points[["capital", "labour", "tfp"]].sum(axis=1)).abs()
        assert (gap <= IDENTITY * points.abs().sum(axis=1)).all()

    def test_a_hundred_thousand_entities(self):
        entities, years = 100_000, 3
        rng = np.random.default_rng(11)
        levels = np.exp(rng.normal(size=(3, entities, years)))
        keys = np.divmod(np.arange(entities * years), years)
        frame = {
            "e": keys[0],
            "year": 2020 + keys[1],
            **dict(zip("ykl", levels.reshape(3, -1), strict=True)),
        }
        accounts = METHOD.fit(small_panel(frame, entity="e"))
        growth = levels[:, :, 1:] / levels[:, :, :-1] - 1
        residual = (growth[0] - 0.4 * growth[1] - 0.6 * growth[2]).ravel()
        size = np.abs(growth).sum(axis=0).ravel()
        ours = accounts.term("tfp").reshape(entities, years)
        assert np.isnan(ours[:, 0]).all()
        assert (np.abs(ours[:, 1:].ravel() - residual) <= IDENTITY * np.maximum(0.01, size)).all()

    def test_what_a_gap_and_a_missing_value_cost_is_in_the_ledger(self):
        frame = small(year=[2018, 2019, 2021, 2022], k=[250.0, np.nan, 268.0, 275.0])
        accounts = METHOD.fit(small_panel(frame))
        lost = accounts.ledger.query("action == 'lost'")
        assert dict(zip(lost["time"], lost["reason"], strict=True)) == {
            2021: "the previous period is missing",
            2019: "a value of this period or the one before is missing",
        }
        assert accounts.contributions["tfp"].notna().tolist() == [False, False, True]
        assert accounts.share_of_growth["reason"].tolist() == ["not_available"] * 2 + [""]

    @pytest.mark.parametrize("role", ["capital", "labour"])
    def test_a_single_input_takes_all(self, role):
        panel = tfp.Panel(small(), time="year", output="y", **{role: "k"})
        shares = tfp.IncomeShares()
        code = refusal(tfp.GrowthAccounting(factor_weights=shares).fit, panel).code
        assert code == "incomes-missing"
        with_shares = tfp.Panel(
            small(one=[1.0] * 4), time="year", output="y", **{role: "k", f"{role}_share": "one"}
        )
        points = tfp.GrowthAccounting(factor_weights=shares).fit(with_shares).contributions
        assert points[role].loc[2019] == pytest.approx(4.0, rel=1e-15)

    def test_falling_to_almost_nothing_and_back(self):
        panel = small_panel(small(y=[100.0, 1e-300, 100.0, 1e300]))
        logs = replace(METHOD, rates="log").fit(panel).contributions["output"]
        expected = 100 * np.diff(np.log([100.0, 1e-300, 100.0, 1e300]))
        np.testing.assert_allclose(logs, expected, rtol=1e-14)


class TestShareOfGrowth:
    @pytest.mark.parametrize(
        ("output", "threshold", "reason"),
        [
            (110.0, 1.0, ""),
            (100.5, 1.0, "growth_below_threshold"),
            (100.5, 0.4, ""),
            (100.0, 0.0, "growth_below_threshold"),
            (99.9, 1.0, "negative_growth"),
            (50.0, 0.0, "negative_growth"),
            (np.nan, 1.0, "not_available"),
        ],
    )
    def test_is_blank_with_its_reason_while_points_are_given(self, output, threshold, reason):
        panel = small_panel(small(y=[100.0, output, 100.0, 101.0]))
        accounts = replace(METHOD, share_threshold=threshold).fit(panel)
        row, points = accounts.share_of_growth.loc[2019], accounts.contributions.loc[2019]
        assert row["reason"] == reason
        assert np.isnan(row["tfp"]) == bool(reason)
        assert np.isnan(points["tfp"]) == np.isnan(output)
        if not reason:
            assert row["tfp"] == pytest.approx(100 * points["tfp"] / points["output"], rel=1e-15)

    def test_a_negative_share_of_growth_is_legitimate(self):
        panel = small_panel(small(y=[100.0, 101.5, 103.0, 104.0]))
        share = METHOD.fit(panel).share_of_growth.loc[2019]
        assert share["tfp"] < 0
        assert share["reason"] == ""
        assert share[["capital", "labour", "tfp"]].sum() == pytest.approx(100.0, rel=1e-14)


class TestLevel:
    @pytest.mark.parametrize("rates", ["simple", "log"])
    @pytest.mark.parametrize("base", [None, 2018, 2020])
    def test_chains_its_growth(self, rates, base):
        accounts = replace(METHOD, rates=rates).fit(small_panel())
        growth = accounts.contributions["tfp"].to_numpy() / 100
        steps = np.exp(growth) if rates == "log" else 1 + growth
        level = np.array([1.0, *np.cumprod(steps)])
        level /= level[{None: 0, 2018: 0, 2020: 2}[base]]
        np.testing.assert_allclose(accounts.tfp_level(base), level, rtol=1e-15)
        assert accounts.tfp_index(base)["tfp_index"].tolist() == accounts.tfp_level(base).tolist()

    def test_has_no_value_across_a_gap(self):
        accounts = METHOD.fit(small_panel(small(year=[2018, 2019, 2021, 2022])))
        assert np.isnan(accounts.tfp_level()).tolist() == [False, False, True, True]
        assert np.isnan(accounts.tfp_level(2021)).tolist() == [True, True, False, False]

    def test_needs_its_base_period_in_every_entity(self):
        frame = pd.DataFrame(small()).assign(p=["a", "a", "b", "b"])
        accounts = METHOD.fit(small_panel(frame, entity="p"))
        error = refusal(accounts.tfp_level, 2018)
        assert (error.code, error.fields["entities"]) == ("base-period-missing", ["b"])


def definitions(years, labour, names):
    frame = small(year=years, l=labour) | {"definition": names}
    return small_panel(frame, definitions={"labour": "definition"})


class TestRefusals:
    @pytest.mark.parametrize(
        ("options", "code"),
        [
            ({"rates": "simpel"}, "option-unknown"),
            ({"share_timing": "mean"}, "option-unknown"),
            ({"period_average": "shares"}, "option-unknown"),
            ({"index_form": "index"}, "option-unknown"),
            ({"output_concept": "gdp"}, "option-unknown"),
            ({"share_threshold": -1.0}, "threshold-negative"),
            ({"share_threshold": float("nan")}, "threshold-negative"),
            ({"factor_weights": 0.4}, "factor-weights-not-a-rule"),
            ({"factor_weights": tfp.IncomeShares}, "factor-weights-class"),
            ({"index_form": "quotient", "rates": "log"}, "quotient-needs-simple-rates"),
        ],
    )
    def test_of_options(self, options, code):
        assert refusal(replace, METHOD, **options).code == code

    @pytest.mark.parametrize("bad", [0.0, -1.0])
    @pytest.mark.parametrize("role", ["y", "k", "l"])
    @pytest.mark.parametrize("rates", ["simple", "log"])
    def test_of_levels_without_growth(self, role, bad, rates):
        frame = small()
        frame[role] = [*frame[role][:2], bad, frame[role][3]]
        error = refusal(replace(METHOD, rates=rates).fit, small_panel(frame))
        assert error.code == "not-positive"
        assert [(place.time, place.column) for place in error.places] == [(2020, role)]

    def test_of_infinite_levels(self):
        assert refusal(small_panel, small(y=[1.0, np.inf, 2.0, 3.0])).code == "infinite-values"

    @pytest.mark.parametrize(
        ("roles", "code"),
        [
            ({"output": None}, "role-missing"),
            ({"capital": None, "labour": None}, "no-input"),
        ],
    )
    def test_of_panels_without_what_is_needed(self, roles, code):
        assert refusal(METHOD.fit, small_panel(**roles)).code == code

    def test_of_an_empty_column(self):
        panel = small_panel(small(k=[np.nan] * 4))
        error = refusal(METHOD.fit, panel)
        assert (error.code, error.fields["role"]) == ("column-empty", "capital")

    @pytest.mark.parametrize("role", ["y", "k", "l", "s"])
    def test_of_entities_that_have_nothing_in_a_column(self, role):
        frame = pd.concat([pd.DataFrame(small(s=[0.6] * 4)).assign(p=p) for p in "abc"])
        frame.loc[frame["p"] == "b", role] = np.nan
        frame = frame[(frame["p"] != "c") | (frame["year"] == 2020)]  # c has no growth anyway
        panel = small_panel(frame, entity="p", labour_share="s")
        method = replace(METHOD, factor_weights=tfp.IncomeShares())
        error = refusal(method.fit, panel)
        assert (error.code, error.fields["entities"]) == ("entities-without-values", ["b"])
        assert error.places[0].column == role
        alone = small_panel(frame[frame["p"] != "b"], entity="p", labour_share="s")
        assert method.fit(alone).contributions["tfp"].notna().all()

    def test_not_of_entities_whose_values_never_meet(self):
        frame = small(k=[1.0, np.nan, 2.0, np.nan], l=[np.nan, 1.0, np.nan, 2.0])
        accounts = METHOD.fit(small_panel(frame))
        assert accounts.contributions["tfp"].isna().all()
        assert len(accounts.ledger.query("action == 'lost'")) == 3

    @pytest.mark.parametrize("name", ["tfp", "output", "returns_to_scale", "labour", "capital_ict"])
    def test_of_a_further_input_called_like_another_term(self, name):
        frame, roles = small(e=[1.0, 2.0, 3.0, 4.0]), {"capital": {"ict": "k"}}
        error = refusal(small_panel, frame, **roles, further_inputs={name: "e"})
        assert error.code == "input-name-taken"

    def test_of_boundaries_that_differ(self):
        panel = small_panel(boundaries={"output": "63 provinces", "labour": "34 provinces"})
        assert refusal(METHOD.fit, panel).code == "mixed-boundaries"

    def test_of_a_break_of_definition_only_where_growth_is_taken(self):
        names, years = ["old", "old", "new", "new"], [2018, 2019, 2020, 2021]
        error = refusal(METHOD.fit, definitions(years, [50.0, 51.0, 49.0, 50.0], names))
        assert (error.code, error.fields["before"], error.fields["after"]) == (
            "unspliced-break", "old", "new",
        )  # fmt: skip
        after_a_gap = definitions([2017, 2018, 2020, 2021], [50.0, 51.0, 49.0, 50.0], names)
        after_a_hole = definitions(years, [50.0, np.nan, 49.0, 50.0], names)
        for panel in (after_a_gap, after_a_hole):
            assert METHOD.fit(panel).contributions["tfp"].notna().iloc[-1]


def test_the_long_frame_holds_points_and_shares_of_each_term():
    accounts = METHOD.fit(tfp.Panel(provinces(), **ROLES))
    tidy = accounts.tidy()
    keys = ["province", "year"]
    for name, points in accounts.contributions.items():
        long = tidy[tidy["term"] == name].set_index(keys)["points"]
        pd.testing.assert_series_equal(long, points, check_names=False)
    share = tidy[tidy["term"] == "tfp"].set_index(keys)["share"]
    pd.testing.assert_series_equal(share, accounts.share_of_growth["tfp"], check_names=False)


def test_provenance_says_what_was_done():
    accounts = METHOD.fit(small_panel(units={"output": "billion VND"}))
    options = accounts.provenance.options
    assert options["factor_weights"]["rule"] == "fixed shares"
    assert options["factor_weights"]["source"] == "assumed for the test"
    assert (options["rates"], options["share_timing"]) == ("simple", "average")
    assert accounts.provenance.described("output", "unit") == "billion VND"
    assert accounts.provenance.version == tfp.__version__


def test_weights_and_growth_multiply_to_contributions():
    accounts = METHOD.fit(tfp.Panel(provinces(), **ROLES))
    growth, weights, points = (
        getattr(accounts, name) for name in ("factor_growth", "factor_weights", "contributions")
    )
    for name in accounts.factor_names:
        np.testing.assert_allclose(growth[name] * weights[name], points[name], rtol=1e-14)
    np.testing.assert_array_equal(weights["hours_per_worker"], weights["labour"])
