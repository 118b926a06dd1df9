"""The documentation's page "One number, five ways to get it": all five, to the last bit."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import tfp
from tfp.cli import main
from tfp.workflow.plans.plan_file import read_plan_bytes
from tfp.workflow.plans.plan_reading import read_plan
from tfp.workflow.run import run_plan

PAGE = Path(__file__).parent.parent / "docs" / "five_ways.md"
PERIOD = "2011-2015"
PUBLISHED = 36.0179  # of the main example, with the unrounded ratio; four decimals agree


@pytest.fixture
def frame():
    return tfp.datasets.vietnam().frame.query("year <= 2015")


@pytest.fixture
def panel(frame):
    panel = tfp.Panel(
        frame, time="year", area="Viet Nam", output="gdp", investment="gfcf", labour="employed"
    )
    return (
        tfp.PerpetualInventory(
            depreciation=0.05, initial_stock=tfp.CapitalOutputRatio(2.50679, year=2010)
        )
        .fit(panel)
        .panel
    )


@pytest.fixture
def folder(frame, tmp_path):
    """Return a folder with the page's own plan and the figures beside it."""
    (plan,) = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "tfp.toml").write_text(plan, encoding="utf-8")
    columns = ["year", "gdp", "gfcf", "employed"]
    frame[columns].to_csv(tmp_path / "figures.csv", index=False)
    return tmp_path


def test_all_five_ways_agree_to_the_last_bit(panel, folder) -> None:
    shares = tfp.FixedShares(capital=0.40)
    long_form = tfp.GrowthAccounting(
        factor_weights=shares,
        share_timing="current",
        rates="simple",
        period_average="increments",
    ).fit(panel)
    function = tfp.growth_accounts(panel, capital_share=0.40)
    preset = tfp.preset("national", factor_weights=shares).fit(panel)
    plan = run_plan(read_plan(read_plan_bytes(folder)), folder).content.accounts

    invoked = CliRunner().invoke(main, ["run", str(folder)])
    assert invoked.exit_code == 0, invoked.output
    results = json.loads((folder / "results" / "results.json").read_text(encoding="utf-8"))
    (command,) = [
        row["share"]
        for row in results["periods"]
        if (row["average"], row["period"], row["term"]) == ("increments", PERIOD, "tfp")
    ]

    answers = [
        accounts.periods([PERIOD], average="increments").share_of_growth.loc[PERIOD, "tfp"]
        for accounts in (long_form, function, preset, plan)
    ]
    assert answers == [command] * 4
    assert round(command, 4) == PUBLISHED
