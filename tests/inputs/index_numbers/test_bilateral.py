"""Index numbers of panels: both shapes, missing items, and the errors."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tfp

LONG = {
    "year": [2020, 2021, 2022] * 3,
    "item": ["rice"] * 3 + ["fish"] * 3 + ["tea"] * 3,
    "p": [1.0, 1.2, 1.1, 2.0, 2.0, 2.4, 0.5, 0.6, 0.6],
    "q": [10.0, 8.0, 9.0, 5.0, 6.0, 4.0, 2.0, 2.0, 3.0],
}


def long_panel(**changes) -> tfp.Panel:
    frame = pd.DataFrame(LONG | changes)
    return tfp.Panel(frame, time="year", entity="item", price="p", quantity="q")


def without(item: str, year: int) -> tfp.Panel:
    frame = pd.DataFrame(LONG)
    kept = frame[(frame["item"] != item) | (frame["year"] != year)]
    return tfp.Panel(kept, time="year", entity="item", price="p", quantity="q")


def wide_panel(areas: int = 1) -> tfp.Panel:
    frame = pd.DataFrame(LONG)
    wide = frame.pivot_table(index="year", columns="item", values=["p", "q"])
    wide.columns = [f"{kind}_{item}" for kind, item in wide.columns]
    several = pd.concat([wide.reset_index().assign(area=f"area {n}") for n in range(areas)])
    items = ("rice", "fish", "tea")
    return tfp.Panel(
        several, time="year", entity="area",
        price={item: f"p_{item}" for item in items},
        quantity={item: f"q_{item}" for item in items},
    )  # fmt: skip


def test_long_and_wide_are_one_index() -> None:
    method = tfp.IndexNumbers(formula="walsh")
    long, wide = method.fit(long_panel()), method.fit(wide_panel(areas=2))
    assert wide.index.tolist() == long.index.tolist() * 2
    assert wide.contributions.loc[("area 1", 2022)].tolist() == (
        long.contributions.loc[2022].tolist()
    )
    assert long.rows.entity_name is None
    assert wide.rows.entities == ("area 0", "area 1")


def test_any_two_of_price_quantity_and_value() -> None:
    frame = pd.DataFrame(LONG)
    frame["v"] = frame["p"] * frame["q"]
    given = [{"price": "p", "value": "v"}, {"quantity": "q", "value": "v"}]
    expected = tfp.IndexNumbers().fit(long_panel()).index
    for roles in given:
        panel = tfp.Panel(frame, time="year", entity="item", **roles)
        assert tfp.IndexNumbers().fit(panel).index == pytest.approx(expected, rel=1e-14)


def test_a_chain_of_two_links_and_a_fixed_base() -> None:
    chained = tfp.IndexNumbers(formula="laspeyres", of="quantity").fit(long_panel())
    first = (8 + 12 + 1) / 21
    second = (9 * 1.2 + 4 * 2 + 3 * 0.6) / (8 * 1.2 + 12 + 1.2)
    assert chained.index == pytest.approx([1.0, first, first * second], rel=1e-14)
    fixed = tfp.IndexNumbers(formula="laspeyres", of="quantity", base=2021).fit(long_panel())
    assert fixed.index == pytest.approx([(12 + 10 + 1.2) / 22.8, 1.0, second], rel=1e-14)
    assert fixed.contributions.loc[2021].tolist() == [0.0, 0.0, 0.0]
    assert fixed.frame.loc[2022, "growth"] == pytest.approx(100 * (second - 1), rel=1e-13)


@pytest.mark.parametrize("formula", ["laspeyres", "paasche", "fisher", "walsh", "tornqvist"])
@pytest.mark.parametrize("base", ["chained", 2022])
def test_contributions_are_exact(formula, base) -> None:
    found = tfp.IndexNumbers(formula=formula, base=base).fit(long_panel())
    known = ~np.isnan(found.change)
    assert found.largest_gap <= 1e-13
    logs = found.log_contributions.sum(axis=1).to_numpy()
    assert logs == pytest.approx(100 * np.log1p(found.change[known]), abs=1e-12)


def test_missing_items_are_refused_by_name() -> None:
    with pytest.raises(tfp.MethodError) as caught:
        tfp.IndexNumbers().fit(without("tea", 2021))
    assert caught.value.code == "index-items-missing"
    assert [(p.entity, p.time) for p in caught.value.places] == [("tea", 2021)]


def test_matched_items_are_compared_and_the_others_told() -> None:
    found = tfp.IndexNumbers(missing="matched").fit(without("tea", 2021))
    two = pd.DataFrame(LONG).query("item != 'tea'")
    alone = tfp.Panel(two, time="year", entity="item", price="p", quantity="q")
    assert found.index == pytest.approx(tfp.IndexNumbers().fit(alone).index, rel=1e-15)
    assert found.contributions["tea"].isna().all()
    assert found.frame["coverage"].tolist()[1:] == pytest.approx(
        [100 * 20 / 21, 100 * 19.5 / 21.3], rel=1e-14
    )
    (warning,) = found.warnings
    assert (warning.code, warning.fields["items"]) == ("items-unmatched", ("tea",))
    assert [(p.entity, p.time) for p in warning.places] == [("tea", 2021)]
    assert found.largest_gap <= 1e-13


def test_nothing_left_out_says_nothing() -> None:
    found = tfp.IndexNumbers(missing="matched").fit(long_panel())
    assert found.warnings == ()
    assert found.coverage[1:].tolist() == [1.0, 1.0]


def test_a_quantity_of_zero_is_an_item_that_is_not_there() -> None:
    zero = long_panel(q=[10.0, 8.0, 9.0, 5.0, 0.0, 4.0, 2.0, 2.0, 3.0])
    with pytest.raises(tfp.MethodError, match="index-items-missing"):
        tfp.IndexNumbers().fit(zero)
    # An item that an aggregate never has is none of its items.
    never = long_panel(q=[10.0, 8.0, 9.0, 0.0, 0.0, 0.0, 2.0, 2.0, 3.0])
    assert tfp.IndexNumbers().fit(never).warnings == ()


def test_no_item_in_common_is_an_error_with_period_and_items() -> None:
    panel = tfp.Panel(
        {"year": [2020, 2021, 2021], "item": ["rice", "fish", "tea"], "p": [1.0, 2.0, 3.0],
         "q": [1.0, 1.0, 1.0]}, time="year", entity="item", price="p", quantity="q",
    )  # fmt: skip
    with pytest.raises(tfp.MethodError) as caught:
        tfp.IndexNumbers(missing="matched").fit(panel)
    assert caught.value.code == "index-no-overlap"
    assert (caught.value.fields["before"], caught.value.fields["period"]) == (2020, 2021)
    assert [(p.entity, p.time) for p in caught.value.places] == [
        ("rice", 2020), ("fish", 2021), ("tea", 2021),
    ]  # fmt: skip


def test_a_chain_does_not_jump_a_period_and_a_base_may() -> None:
    gap = long_panel(year=[2020, 2021, 2023] * 3)
    with pytest.raises(tfp.MethodError) as caught:
        tfp.IndexNumbers().fit(gap)
    assert caught.value.code == "index-gap"
    assert [place.time for place in caught.value.places] == [2022]
    fixed = tfp.IndexNumbers(base=2020).fit(gap)
    assert fixed.index.tolist() == tfp.IndexNumbers(base=2020).fit(long_panel()).index.tolist()


@pytest.mark.parametrize(
    ("roles", "code"),
    [
        ({"price": "p"}, "index-needs-two"),
        ({"price": "p", "quantity": "q", "value": "q"}, "index-needs-two"),
        ({"price": "p", "quantity": {"rice": "q"}}, "index-two-shapes"),
        ({"price": {"rice": "p"}, "quantity": {"tea": "q"}}, "index-items-differ"),
    ],
)
def test_roles_that_do_not_make_an_index(roles, code) -> None:
    panel = tfp.Panel(pd.DataFrame(LONG), time="year", entity="item", **roles)
    with pytest.raises(tfp.MethodError, match=code):
        tfp.IndexNumbers().fit(panel)


def test_figures_below_zero_and_a_base_that_is_not_there() -> None:
    below = long_panel(p=[1.0, -1.2, 1.1, 2.0, 2.0, 2.4, 0.5, 0.6, 0.6])
    with pytest.raises(tfp.MethodError, match="index-below-zero") as caught:
        tfp.IndexNumbers(missing="matched").fit(below)
    assert [(p.entity, p.time) for p in caught.value.places] == [("rice", 2021)]
    with pytest.raises(tfp.MethodError, match="year-missing"):
        tfp.IndexNumbers(base=2019).fit(long_panel())


@pytest.mark.parametrize("option", ["formula", "of", "missing"])
def test_options_are_checked_at_once(option) -> None:
    with pytest.raises(tfp.MethodError, match="option-unknown"):
        tfp.IndexNumbers(**{option: "jevons"})
