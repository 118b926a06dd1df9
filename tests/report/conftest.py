"""The main example as the content of a run, and small made-up runs."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pytest

from tfp.accounts.fixed_shares import FixedShares
from tfp.accounts.growth import GrowthAccounting
from tfp.accounts.income_shares import CostShares
from tfp.accounts.presets import preset
from tfp.datasets import targets, vietnam
from tfp.inputs.breaks.splicing import AssumedGrowth, PublishedOverlap, accept_break, splice
from tfp.inputs.capital.initial_stock import CapitalOutputRatio
from tfp.inputs.capital.inventory import PerpetualInventory
from tfp.inputs.filling import fill_values
from tfp.panel.panel import Panel
from tfp.report.content import RunContent, Sensitivity, SourceNote

RATIO = 2.5067903632755035
PERIODS = ("2011-2015", "2016-2019", "2016-2020", "2021-2024", "2011-2024")
AVERAGES = ("increments", "sum_of_rates", "log")
OVERLAP = PublishedOverlap(50072.01, source="labour force survey")


@cache
def _national_content(language, *, share=0.40, first_average="increments"):
    data = vietnam()
    area = {"en": "Viet Nam", "vi": "Việt Nam"}[language]
    raw = Panel(
        data.frame,
        time="year",
        area=area,
        output="gdp",
        investment="gfcf",
        labour="employed",
        units={
            "output": "billion VND",
            "investment": "billion VND",
            "labour": "thousand persons",
        },
        price_bases={"output": "2010", "investment": "2010"},
        vintages={"output": data.source.vintage, "investment": data.source.vintage},
        definitions={"labour": "labour_definition"},
        status={"output": "status", "investment": "status"},
    )
    frame = data.frame.set_index("year")
    mean = float(frame.loc[2017, "employed_quarterly_mean"])
    filled = fill_values(raw, "labour", {2017: mean}, reason="mean of quarters", source="survey")
    capital = PerpetualInventory(
        depreciation=0.05, initial_stock=CapitalOutputRatio(RATIO, year=2010)
    ).fit(filled)
    method = preset("national", factor_weights=FixedShares(capital=share, source="I-O table"))

    def fit(panel):
        return method.fit(panel)

    panel = splice(capital.panel, "labour", 2021, OVERLAP)
    accounts = fit(panel)
    others = {
        "unspliced": accept_break(capital.panel, "labour", 2021, reason="shown beside"),
        "zero_growth": splice(capital.panel, "labour", 2021, AssumedGrowth(0.0, name="zero")),
    }
    order = sorted(AVERAGES, key=lambda average: average != first_average)
    return RunContent(
        area=area,
        language=language,
        output_name="GDP",
        accounts=accounts,
        periods=tuple(accounts.periods(PERIODS, average=average) for average in order),
        comparison=accounts.against(targets()),
        findings=tuple(raw.check()),
        sensitivities=tuple(
            Sensitivity(name=name, periods=fit(other).periods(PERIODS, average=first_average))
            for name, other in others.items()
        ),
        panel=panel,
        raw_panel=raw,
        capital=capital,
        sources=(
            SourceNote(
                title=data.source.title,
                publisher=data.source.publisher,
                vintage=data.source.vintage,
                licence=data.source.licence,
                reference=data.source.reference,
                notes=data.source.notes,
            ),
        ),
        prepared_on=date(2026, 11, 22),
        plan_hash="0123456789abcdef" * 4,
    )


def _small_accounts(
    output, capital, labour, *, share=0.40, area="Here", status=None, entity=None, **options
):
    """Return accounts of a few made-up years from 2020 on."""
    frame = {
        "year": [2020 + step for step in range(len(output))],
        "y": output,
        "k": capital,
        "l": labour,
    }
    if entity is not None:
        frame["area"] = entity
        frame["year"] = [
            2020 + sum(e == name for e in entity[:row]) for row, name in enumerate(entity)
        ]
    if status is not None:
        frame["status"] = status
    panel = Panel(
        frame,
        time="year",
        output="y",
        capital="k",
        labour="l",
        **({"entity": "area"} if entity is not None else {"area": area}),
        **({} if status is None else {"status": "status"}),
    )
    return GrowthAccounting(factor_weights=FixedShares(capital=share), **options).fit(panel)


def _small_content(accounts, language="en", **parts):
    return RunContent(area="Here", language=language, accounts=accounts, **parts)


@pytest.fixture(scope="session")
def national_content():
    """Return the function that gives the main example, in a language, for a capital share."""
    return _national_content


@pytest.fixture(scope="session")
def small_accounts():
    """Return the function that gives accounts of a few made-up years from 2020 on."""
    return _small_accounts


@pytest.fixture(scope="session")
def small_content():
    """Return the function that gives a run of such accounts alone."""
    return _small_content


@pytest.fixture(scope="session")
def many_inputs():
    """Return accounts of twelve areas with two assets, hours, cost shares and pure profit."""
    areas = [f"Tỉnh {number:02} ở miền núi" for number in range(12)]
    years = np.arange(2016, 2022)
    step = np.tile(years - 2016, len(areas))
    own = np.repeat(np.arange(len(areas)), len(years)) / 100
    output = 1000 * np.exp((0.04 + own / 4) * step + 0.01 * np.sin(3 * step))
    frame = {
        "area": np.repeat(areas, len(years)),
        "year": np.tile(years, len(areas)),
        "y": output,
        "ict": 200 * np.exp((0.11 + own / 5) * step),
        "other": 2500 * np.exp(0.06 * step),
        "l": 90 * np.exp((0.01 - own / 8) * step),
        "h": 44 * np.exp(-0.003 * step),
        "cost_ict": 0.1 * output,
        "cost_other": 0.3 * output,
        "wages": (0.5 + own) * output,
        "status": np.where(step == step.max(), "preliminary", "final"),
    }
    panel = Panel(
        frame,
        entity="area",
        time="year",
        output="y",
        capital={"ict": "ict", "other": "other"},
        labour="l",
        hours_per_worker="h",
        capital_income={"ict": "cost_ict", "other": "cost_other"},
        labour_income="wages",
        income="y",
        status="status",
    )
    return GrowthAccounting(factor_weights=CostShares()).fit(panel)


@pytest.fixture(params=["en", "vi"])
def language(request):
    return request.param
