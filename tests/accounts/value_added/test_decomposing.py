"""The decomposition of value added of panels."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tfp

FRAME = {
    "sector": ["mines"] * 4 + ["farms"] * 4,
    "year": [2019, 2020, 2021, 2022] * 2,
    "p": [1.0, 1.1, 1.3, 1.2, 1.0, 1.0, 1.1, 1.2],
    "y": [10.0, 12.0, 11.0, 14.0, 20.0, 21.0, 20.0, 23.0],
    "k": [20.0, 21.0, 23.0, 25.0, 15.0, 15.5, 16.0, 16.2],
    "rent": [4.0, 5.0, 6.5, 7.0, 5.0, 5.0, 6.0, 7.0],
    "workers": [5.0, 5.2, 5.1, 5.4, 30.0, 29.0, 28.5, 27.0],
    "wages": [6.0, 8.2, 7.8, 9.8, 15.0, 16.0, 16.0, 20.6],
}
ROLES = {
    "output": "y", "output_price": "p", "capital": "k", "capital_income": "rent",
    "labour": "workers", "labour_income": "wages",
}  # fmt: skip


def panel(frame=FRAME, **changes) -> tfp.Panel:
    roles = {role: name for role, name in {**ROLES, **changes}.items() if name is not None}
    return tfp.Panel(frame, time="year", entity="sector", **roles)


def fit(*args, **options) -> tfp.ValueAddedAccounts:
    return tfp.ValueAddedDecomposition().fit(panel(*args, **options))


def test_the_factors_multiply_to_the_growth_of_value() -> None:
    accounts = fit()
    factors = accounts.factors
    product = factors[list(accounts.term_names)].prod(axis=1)
    value = np.multiply(FRAME["p"], FRAME["y"]).reshape(2, 4)
    expected = np.ravel(value[:, 1:] / value[:, :-1])
    assert accounts.rows.entities == ("mines", "farms")
    assert factors["value_added"].to_numpy() == pytest.approx(expected, rel=1e-13)
    assert product.tolist() == pytest.approx(factors["value_added"].tolist(), rel=1e-13)
    assert accounts.largest_gap <= 1e-12
    assert accounts.contributions["output_price"].iloc[0] == pytest.approx(100 * np.log(1.1))


def test_each_entity_has_its_own_past() -> None:
    both = fit()
    alone = fit(pd.DataFrame(FRAME).query("sector == 'farms'"))
    assert both.factors.loc["farms"].equals(alone.factors.loc["farms"])
    assert both.efficiency[both.rows.starts].tolist() == [1.0, 1.0]
    assert both.efficiency.min() < 0.95


def test_values_at_current_prices_will_do_for_prices() -> None:
    frame = pd.DataFrame(FRAME)
    frame["v"] = frame["p"] * frame["y"]
    implied = fit(frame, output_price=None, output_current="v")
    assert implied.factors.to_numpy() == pytest.approx(fit().factors.to_numpy(), rel=1e-13)


def test_hours_are_part_of_the_quantity_of_labour() -> None:
    frame = pd.DataFrame(FRAME)
    frame["hours"] = [40.0, 42.0, 38.0, 41.0, 45.0, 44.0, 46.0, 43.0]
    frame["worked"] = frame["hours"] * frame["workers"]
    split = fit(frame, hours_per_worker="hours").factors
    whole = fit(frame, labour="worked").factors
    assert split.to_numpy() == pytest.approx(whole.to_numpy(), rel=1e-13)
    assert (split["input_quantity"] - fit().factors["input_quantity"]).abs().max() > 0.001


def test_capital_by_asset_has_a_price_for_each() -> None:
    frame = pd.DataFrame(FRAME)
    frame["k2"], frame["rent2"] = frame["k"] * np.tile([1, 2, 3, 4], 2), frame["rent"] * 0.5
    found = fit(
        frame, capital={"one": "k", "two": "k2"}, capital_income={"one": "rent", "two": "rent2"}
    )
    assert found.largest_gap <= 1e-12
    with pytest.raises(tfp.PanelError, match="role-missing"):
        fit(frame, capital={"one": "k", "two": "k2"}, capital_income={"one": "rent"})


def test_no_growth_across_a_gap_but_its_practice_is_remembered() -> None:
    frame = pd.DataFrame(FRAME).query("sector == 'mines'").assign(year=[2019, 2020, 2022, 2023])
    gap, whole = fit(frame), fit(pd.DataFrame(FRAME).query("sector == 'mines'"))
    assert np.isnan(gap.total).tolist() == [True, False, True, False]
    assert gap.efficiency.tolist() == whole.efficiency.tolist()
    assert gap.factors.loc[("mines", 2023)].tolist() == whole.factors.loc[("mines", 2022)].tolist()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"output_price": None}, "role-missing"),
        ({"labour_income": None}, "role-missing"),
        ({"labour": None, "labour_income": None, "capital": None, "capital_income": None},
         "no-input"),
    ],
)  # fmt: skip
def test_what_is_lacking_is_named(changes, code) -> None:
    with pytest.raises(tfp.PanelError, match=code):
        fit(**changes)


def test_a_loss_is_refused() -> None:
    with pytest.raises(tfp.MethodError, match="not-positive"):
        fit({**FRAME, "rent": [4.0, -5.0, 6.5, 7.0, 5.0, 5.0, 6.0, 7.0]})
