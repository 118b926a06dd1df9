"""User cost on panels: where the rate, prices and depreciation come from, and refusals."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import tfp

FRAME = {
    "p": ["a"] * 4 + ["b"] * 4,
    "year": [2019, 2020, 2021, 2022] * 2,
    "houses": [900.0, 909.0, 918.0, 930.0, 400.0, 410.0, 415.0, 425.0],
    "ict": [50.0, 60.0, 72.0, 90.0, 20.0, 21.0, 25.0, 28.0],
    "p_houses": [98.0, 100.0, 102.0, 104.0] * 2,
    "p_ict": [103.0, 100.0, 97.0, 94.0] * 2,
    "surplus": [95.0, 100.0, 105.0, 110.0, 50.0, 51.0, 53.0, 60.0],
    "wages": [200.0, 205.0, 215.0, 220.0, 90.0, 91.0, 95.0, 99.0],
    "value_added": [295.0, 305.0, 320.0, 330.0, 140.0, 142.0, 148.0, 159.0],
    "deflator": [100.0, 102.0, 105.06, 109.2624] * 2,
    "d_houses": [0.03] * 8,
    "d_ict": [0.30] * 8,
}
RATES = {"houses": 0.03, "ict": 0.30}
ROLES = {
    "time": "year", "entity": "p", "capital": {"houses": "houses", "ict": "ict"},
    "investment_price": {"houses": "p_houses", "ict": "p_ict"},
}  # fmt: skip
EX_POST = tfp.UserCost(
    rate_of_return="ex_post", depreciation=RATES, price_reference=2020, source="stated"
)
EX_ANTE = tfp.UserCost(
    rate_of_return="ex_ante", depreciation=RATES, price_reference=2020, source="stated",
    real_rate=0.04, inflation=0.02,
)  # fmt: skip


def panel_of(frame=None, **options):
    return tfp.Panel(
        {**FRAME, **(frame or {})}, **{**ROLES, "capital_income": "surplus", **options}
    )


def stocks_of(panel):
    return {asset: column.values for asset, column in panel.several("capital").items()}


def rentals(rule, panel=None):
    panel = panel_of() if panel is None else panel
    return rule.rentals(panel, stocks_of(panel))


def cost(found, panel=None):
    panel = panel_of() if panel is None else panel
    return sum(u * s for u, s in zip(found.rental, stocks_of(panel).values(), strict=True))


def test_ex_post_by_hand() -> None:
    # 2021 in a: (105 + 0.02 x 918 - 0.03 x 72 - 0.03 x 1.02 x 918 - 0.3 x 0.97 x 72) / 990
    found = rentals(EX_POST)
    rate = (105 + 18.36 - 2.16 - 28.0908 - 20.952) / 990
    assert found.rate_of_return[2] == pytest.approx(rate, rel=1e-13)
    assert found.rental[1, 2] == pytest.approx(rate + 0.3 * 0.97 + 0.03, rel=1e-13)
    assert np.isnan(found.rental[:, [0, 4]]).all(), "the first year has no price before"


@pytest.mark.parametrize("change", ["actual", "moving_average", "general_inflation"])
def test_ex_post_exhausts_income_whatever_the_expected_change(change) -> None:
    used = {"moving_average": {"window": 2}, "general_inflation": {"inflation": 0.02}}
    rule = replace(EX_POST, price_change=change, **used.get(change, {}))
    found = rentals(rule)
    known = ~np.isnan(found.rate_of_return)
    assert known.sum() == (4 if change == "moving_average" else 6)
    income = np.array(FRAME["surplus"])
    assert cost(found)[known] == pytest.approx(income[known], rel=1e-12)


def test_ex_ante_by_hand() -> None:
    nominal = 1.04 * 1.02 - 1
    found = rentals(EX_ANTE)
    assert found.rate_of_return[1:4] == pytest.approx([nominal] * 3, rel=1e-13)
    assert found.rental[0, 2] == pytest.approx(nominal + 0.03 * 1.02 - 0.02, rel=1e-13)


def test_with_general_inflation_only_the_real_rate_counts() -> None:
    # q(t-1) ((1 + r)(1 + pi) - 1 - pi) + d q = q(t-1) r (1 + pi) + d q
    found = rentals(replace(EX_ANTE, price_change="general_inflation"))
    assert found.rental[0, 2] == pytest.approx(0.04 * 1.02 + 0.03 * 1.02, rel=1e-13)


def test_expected_inflation_from_the_price_of_output() -> None:
    panel = panel_of(output_price="deflator")
    rule = replace(EX_ANTE, inflation="output_price")
    assert rentals(rule, panel).rate_of_return[1:4] == pytest.approx(
        [1.04 * (1 + g) - 1 for g in (0.02, 0.03, 0.04)], rel=1e-12
    )
    smooth = rentals(replace(rule, inflation_window=2), panel).rate_of_return
    assert np.isnan(smooth[1])
    assert smooth[2:4] == pytest.approx([1.04 * 1.025 - 1, 1.04 * 1.035 - 1], rel=1e-12)


def test_rates_by_year() -> None:
    rule = replace(EX_ANTE, real_rate={2020: 0.03, 2021: 0.04, 2022: 0.05})
    assert rentals(rule).rate_of_return[5:] == pytest.approx(
        [(1 + r) * 1.02 - 1 for r in (0.03, 0.04, 0.05)], rel=1e-13
    )
    lacking = replace(EX_ANTE, inflation={2020: 0.02, 2022: 0.02})
    assert refusal(rentals, lacking).fields["years"] == [2021]


def test_hybrid_switches_only_where_a_rental_would_be_negative() -> None:
    # In 2022 capital of a earns next to nothing: its internal rate is negative.
    panel = panel_of({"surplus": [95.0, 100.0, 105.0, 5.0, 50.0, 51.0, 53.0, 60.0]})
    hybrid = replace(EX_ANTE, rate_of_return="hybrid", negative_rentals="keep")
    plain, mixed = rentals(replace(EX_POST, negative_rentals="keep"), panel), rentals(hybrid, panel)
    switched = (plain.rental < 0).any(axis=0)
    assert np.flatnonzero(switched).tolist() == [3]
    assert mixed.rate_of_return[3] == pytest.approx(1.04 * 1.02 - 1, rel=1e-13)
    assert mixed.rental[:, [1, 2, 5, 6, 7]].tolist() == plain.rental[:, [1, 2, 5, 6, 7]].tolist()
    (note,) = mixed.warnings
    assert (note.code, note.places[0].entity, note.places[0].time) == (
        "rental-at-external-rate", "a", 2022,
    )  # fmt: skip


NEGATIVE = {"p_houses": [98.0, 100.0, 130.0, 132.0, 98.0, 100.0, 102.0, 104.0]}


class TestNegativeRentals:
    panel = panel_of({**NEGATIVE, "surplus": [5.0] * 8})

    def test_are_refused_unless_a_rule_is_named(self) -> None:
        error = refusal(rentals, EX_POST, self.panel)
        assert error.code == "negative-rental"
        assert error.places[0].column == "houses"

    def test_are_kept_and_named(self) -> None:
        found = rentals(replace(EX_POST, negative_rentals="keep"), self.panel)
        (finding,) = found.warnings
        negative = found.rental[0] < 0
        assert finding.code == "rental-kept-negative"
        assert finding.fields["asset"] == "houses"
        assert finding.fields["count"] == negative.sum() > 0
        assert [(place.entity, place.time) for place in finding.places] == [
            (FRAME["p"][row], FRAME["year"][row]) for row in np.flatnonzero(negative)
        ]

    def test_set_to_zero_still_exhaust_income(self) -> None:
        plain = rentals(replace(EX_POST, negative_rentals="keep"), self.panel)
        found = rentals(replace(EX_POST, negative_rentals="zero"), self.panel)
        assert {finding.code for finding in found.warnings} == {"rental-set-to-zero"}
        touched = plain.rental[0] < 0
        assert (found.rental[0, touched] == 0).all()
        known = ~np.isnan(found.rate_of_return)
        assert cost(found, self.panel)[known] == pytest.approx(5.0, rel=1e-12)

    def test_ex_ante_they_are_zero_at_the_stated_rate(self) -> None:
        rule = replace(EX_ANTE, negative_rentals="zero")
        found = rentals(rule, self.panel)
        assert found.rental[0, 2] == 0.0
        assert found.rate_of_return[2] == pytest.approx(1.04 * 1.02 - 1, rel=1e-13)


class TestWhereFiguresComeFrom:
    def test_income_less_labour_income(self) -> None:
        panel = panel_of(capital_income=None, income="value_added", labour_income="wages")
        assert rentals(EX_POST, panel).rental[:, 1:4].tolist() == pytest.approx(
            rentals(EX_POST).rental[:, 1:4], rel=1e-13
        )

    def test_depreciation_from_columns(self) -> None:
        by_asset = panel_of(depreciation_rate={"houses": "d_houses", "ict": "d_ict"})
        rule = replace(EX_POST, depreciation=None)
        assert np.array_equal(
            rentals(rule, by_asset).rental, rentals(EX_POST).rental, equal_nan=True
        )
        one = rentals(rule, panel_of(depreciation_rate="d_houses"))
        same = rentals(replace(EX_POST, depreciation={"houses": 0.03, "ict": 0.03}))
        assert np.array_equal(one.rental, same.rental, equal_nan=True)

    def test_depreciation_by_year(self) -> None:
        by_year = tfp.Geometric({2019: 0.3, 2020: 0.3, 2021: 0.3, 2022: 0.3})
        rule = replace(EX_POST, depreciation={"houses": 0.03, "ict": by_year})
        assert np.array_equal(rentals(rule).rental, rentals(EX_POST).rental, equal_nan=True)
        assert rule.options()["depreciation"]["ict"]["2019"] == 0.3

    def test_the_price_base_of_the_stocks_is_the_reference(self) -> None:
        panel = panel_of(price_bases={"capital": "2020"})
        rule = replace(EX_POST, price_reference=None)
        assert np.array_equal(rentals(rule, panel).rental, rentals(EX_POST).rental, equal_nan=True)

    def test_prices_as_given_are_money_per_unit(self) -> None:
        frame = {name: [value / 100 for value in FRAME[name]] for name in ("p_houses", "p_ict")}
        found = rentals(replace(EX_POST, price_reference="as_given"), panel_of(frame))
        assert found.rental[:, 1:4] == pytest.approx(rentals(EX_POST).rental[:, 1:4], rel=1e-13)


def refusal(function, *arguments, **options):
    with pytest.raises(tfp.TFPError) as error:
        function(*arguments, **options)
    assert error.value.message("en") != error.value.message("vi")
    return error.value


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"rate_of_return": "internal"}, "option-unknown"),
        ({"price_change": "expected"}, "option-unknown"),
        ({"negative_rentals": "clip"}, "option-unknown"),
        ({"window": 0}, "window-too-short"),
        ({"inflation_window": 2.5}, "window-too-short"),
        ({"real_rate": None}, "external-rate-missing"),
        ({"rate_of_return": "hybrid", "real_rate": None}, "external-rate-missing"),
        ({"inflation": None}, "inflation-missing"),
        ({"source": " "}, "user-cost-source-missing"),
    ],
)
def test_options_that_are_refused(options, code) -> None:
    assert refusal(replace, EX_ANTE, **options).code == code


def test_balanced_rates_ex_post_need_inflation_too() -> None:
    assert refusal(replace, EX_POST, price_change="general_inflation").code == "inflation-missing"


@pytest.mark.parametrize(
    ("rule", "panel", "code"),
    [
        ({}, {"investment_price": {"houses": "p_houses"}}, "asset-price-missing"),
        ({"depreciation": {"ict": 0.3}}, {}, "asset-depreciation-missing"),
        ({"depreciation": None}, {}, "asset-depreciation-missing"),
        ({"depreciation": {"houses": 3.0, "ict": 0.3}}, {}, "depreciation-out-of-range"),
        ({"price_reference": None}, {}, "price-reference-missing"),
        ({"price_reference": None}, {"price_bases": {"capital": "chained"}},
         "price-reference-missing"),
        ({"price_reference": 2010}, {}, "year-missing"),
        ({}, {"capital_income": None}, "capital-income-missing"),
        ({}, {"capital_income": None, "income": "value_added"}, "capital-income-missing"),
    ],
)  # fmt: skip
def test_data_that_are_refused(rule, panel, code) -> None:
    assert refusal(rentals, replace(EX_POST, **rule), panel_of(**panel)).code == code


def test_ex_ante_needs_no_income() -> None:
    assert rentals(EX_ANTE, panel_of(capital_income=None)).income is None


def test_an_unknown_word_for_inflation() -> None:
    assert refusal(rentals, replace(EX_ANTE, inflation="cpi")).code == "option-unknown"


MONEY = {"capital:houses": "billion VND", "capital:ict": "billion VND"}


@pytest.mark.parametrize("rule", [EX_POST, EX_ANTE])
def test_income_in_another_unit_than_capital_is_refused(rule) -> None:
    mixed = panel_of(units={**MONEY, "capital_income": "million VND"})
    error = refusal(rentals, rule, mixed)
    assert error.code == "mixed-units"
    assert error.fields["stated"] == ["capital:houses: billion VND", "capital_income: million VND"]
    services = tfp.CapitalServices(user_cost=rule)
    assert refusal(services.fit, mixed).code == "mixed-units"


def test_the_year_of_prices_in_a_unit_is_no_other_unit() -> None:
    units = dict.fromkeys(MONEY, "tỷ đồng, giá 2010")
    panel = panel_of(units={**units, "capital_income": "tỉ đồng"})
    assert rentals(EX_POST, panel).rate_of_return[2] == rentals(EX_POST).rate_of_return[2]


def test_income_less_labour_income_in_another_unit_is_refused() -> None:
    panel = panel_of(
        capital_income=None, income="value_added", labour_income="wages",
        units={"income": "trillion VND", "labour_income": "billion VND"},
    )  # fmt: skip
    assert refusal(rentals, EX_POST, panel).code == "mixed-units"


@pytest.mark.parametrize("unit", ["previous year = 100", "năm trước = 100"])
def test_prices_of_a_moving_base_are_refused(unit) -> None:
    panel = panel_of(units={"investment_price:ict": unit})
    assert refusal(rentals, EX_POST, panel).code == "price-not-chained"


def test_another_year_of_prices_than_the_stocks_declare_is_refused() -> None:
    panel = panel_of(price_bases={"capital": "2021"})
    error = refusal(rentals, EX_POST, panel)
    assert error.code == "price-reference-contradicts"
    assert (error.fields["stated"], error.fields["declared"]) == (2020, "2021")
    kept = replace(EX_POST, negative_rentals="keep")
    taken = rentals(replace(kept, price_reference=None), panel)
    stated = rentals(replace(kept, price_reference=2021))
    assert np.array_equal(taken.rental, stated.rental, equal_nan=True)
    rentals(replace(kept, price_reference="as_given"), panel)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"real_rate": 4.0}, "fraction-in-per-cent"),
        ({"inflation": 3}, "fraction-in-per-cent"),
        ({"inflation": {2020: 3.2, 2021: 1.8}}, "fraction-in-per-cent"),
        ({"rate_of_return": "ex_post", "inflation": None}, "option-unused"),
        ({"rate_of_return": "ex_post", "real_rate": None}, "option-unused"),
        ({"window": 3}, "option-unused"),
        ({"inflation_window": 3}, "option-unused"),
        ({"depreciation": 0.05}, "user-cost-depreciation"),
    ],
)
def test_options_in_per_cent_or_without_effect_are_refused(options, code) -> None:
    assert refusal(replace, EX_ANTE, **options).code == code


def test_labour_income_above_income_is_named_as_the_cause() -> None:
    wages = [*FRAME["wages"][:2], 400.0, *FRAME["wages"][3:]]
    panel = panel_of(
        {"wages": wages}, capital_income=None, income="value_added", labour_income="wages"
    )
    error = refusal(rentals, EX_POST, panel)
    assert error.code == "labour-income-above-income"
    assert (error.places[0].time, error.places[0].column) == (2021, "wages")
    assert (error.fields["labour"], error.fields["income"]) == (400.0, 320.0)
