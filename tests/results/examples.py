"""One small result of each kind, and the script that wrote ``tests/data/schema/``.

The files of a schema version are written once, by the first release that has it, with
``python tests/results/examples.py``; from then on they are only read. A new version adds
files and leaves the old ones alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

import tfp
from tfp.panel.findings import Finding
from tfp.results.schema import SCHEMA_VERSION

SCHEMA_FILES = Path(__file__).parents[1] / "data" / "schema"
FRAME = {
    "province": ["Huế", "Huế", "Huế", "Huế", "Đà Nẵng", "Đà Nẵng"],
    "year": [2018, 2019, 2020, 2021, 2020, 2021],
    "grdp": [100.0, 107.0, 103.0, 110.0, 300.0, 321.0],
    "gfcf": [30.0, 32.0, 33.0, 35.0, 90.0, 96.0],
    "workers": [50.0, 50.5, 51.0, 47.0, 120.0, 123.0],
    "definition": ["ICLS-13", "ICLS-13", "ICLS-13", "ICLS-19", "ICLS-19", "ICLS-19"],
    "status": ["final", "final", "final", "preliminary", "final", "estimate"],
}


def one_area() -> dict[str, list]:
    return {name: values[:4] for name, values in FRAME.items()}


def panel(frame=None, **options) -> tfp.Panel:
    """Return Huế's panel, its labour spliced in 2021."""
    given = {
        "time": "year", "area": "Huế", "output": "grdp", "labour": "workers", "investment": "gfcf",
        "definitions": {"labour": "definition"}, "status": "status",
        "units": {"output": "billion VND"}, "price_bases": {"output": "2010"},
        "vintages": {"output": "yearbook 2022"},
    }  # fmt: skip
    whole = tfp.Panel(one_area() if frame is None else frame, **{**given, **options})
    link = tfp.PublishedOverlap(46.5, source="labour force survey")
    return tfp.splice(whole, "labour", 2021, link, entity=whole.rows.entities[0])


def stocks(frame=None, **options) -> tfp.CapitalStocks:
    ratio = tfp.CapitalOutputRatio(2.5, year=int(options.pop("start", 2018)))
    return tfp.PerpetualInventory(depreciation=0.05, initial_stock=ratio).fit(
        panel(frame, **options)
    )


def cohort_stocks() -> tfp.CohortStocks:
    """Follow the investment of both provinces, of different years, from back-cast beginnings."""
    both = tfp.Panel(FRAME, entity="province", time="year", investment="gfcf")
    method = tfp.CohortInventory(
        efficiency=tfp.Hyperbolic(0.5), retirement=tfp.FixedLife(10), discount_rate=0.04,
        initial_stock=tfp.BackcastInvestment(growth={"Huế": 0.05, "Đà Nẵng": 0.08}, years=10),
    )  # fmt: skip
    return method.fit(both)


def asset_stocks() -> tfp.AssetStocks:
    """Return stocks of buildings by a geometric inventory and of machinery by cohort."""
    frame = one_area() | {"machinery": [5.0, 6.0, 6.0, 7.0]}
    assets = {"buildings": "gfcf", "machinery": "machinery"}
    both = tfp.Panel(frame, time="year", area="Huế", investment=assets)
    given = tfp.GivenStock(600.0, year=2018)
    methods = {
        "buildings": tfp.PerpetualInventory(depreciation=0.03, initial_stock=given),
        "machinery": tfp.CohortInventory(
            efficiency=tfp.StraightLine(), retirement=tfp.FixedLife(8), discount_rate=0.04,
            initial_stock=tfp.GivenStock(40.0, year=2018), initial_decay=0.2, stock="net",
        ),
    }  # fmt: skip
    return tfp.AssetInventory(methods).fit(both)


def capital_services() -> tfp.CapitalServiceIndex:
    """Weigh buildings and machines of one area, which has machines from the second year on."""
    frame = one_area() | {
        "buildings": [200.0, 210.0, 220.0, 232.0], "machines": [0.0, 10.0, 13.0, 17.0],
        "p_buildings": [100.0, 103.0, 105.0, 109.0], "p_machines": [100.0, 99.0, 97.0, 96.0],
        "surplus": [30.0, 32.0, 30.0, 33.0],
    }  # fmt: skip
    both = tfp.Panel(
        frame, time="year", area="Huế", output="grdp", labour="workers", capital_income="surplus",
        capital={"buildings": "buildings", "machines": "machines"},
        investment_price={"buildings": "p_buildings", "machines": "p_machines"},
    )  # fmt: skip
    rule = tfp.UserCost(
        rate_of_return="ex_post", depreciation={"buildings": 0.03, "machines": 0.15},
        price_reference=2018, source="stated",
    )  # fmt: skip
    return tfp.CapitalServices(user_cost=rule).fit(both)


def initial_range() -> tfp.InitialStockRange:
    ratio = tfp.CapitalOutputRatio(2.5, year=2018)
    inventory = tfp.PerpetualInventory(depreciation=0.05, initial_stock=ratio)
    return tfp.initial_stock_range(panel(), inventory)


def index_numbers() -> tfp.IndexSeries:
    """Compare prices of two years, of which the first has no tea."""
    frame = {
        "year": [2020, 2021, 2020, 2021, 2021], "item": ["rice", "rice", "fish", "fish", "tea"],
        "p": [1.0, 1.2, 2.0, 2.0, 0.5], "q": [10.0, 8.0, 5.0, 6.0, 2.0],
    }  # fmt: skip
    goods = tfp.Panel(frame, time="year", entity="item", price="p", quantity="q")
    return tfp.IndexNumbers(formula="fisher", missing="matched").fit(goods)


def value_added() -> tfp.ValueAddedAccounts:
    frame = {
        "year": [2020, 2021, 2022], "p": [1.0, 1.1, 1.1], "y": [10.0, 12.0, 11.0],
        "workers": [5.0, 5.0, 5.0], "wages": [6.0, 7.0, 8.0],
    }  # fmt: skip
    sector = tfp.Panel(
        frame, time="year", output="y", output_price="p", labour="workers", labour_income="wages"
    )
    return tfp.ValueAddedDecomposition().fit(sector)


def accounts(frame=None, **options) -> tfp.GrowthAccounts:
    method = tfp.preset("national", factor_weights=tfp.FixedShares(capital=0.4, source="table"))
    return method.fit(stocks(frame, **options).panel)


def labour_share_range() -> tfp.LabourShareRange:
    """Two treatments of mixed income, and one whose share is above one left out."""
    money = {"income": [100.0, 110.0, 108.0, 120.0], "wages": [30.0, 34.0, 34.0, 40.0],
             "mixed": [20.0, 20.0, 19.0, 18.0], "employees": [14.0, 15.0, 16.0, 17.0]}  # fmt: skip
    incomes = tfp.Panel(
        one_area() | money, time="year", area="Huế", income="income", compensation="wages",
        mixed_income="mixed", employees="employees", labour="workers",
    )  # fmt: skip
    method = tfp.GrowthAccounting(factor_weights=tfp.FixedShares(capital=0.4))
    return tfp.labour_share_range(
        stocks().panel, method, ["2019-2021", "2021"], incomes=incomes, source="yearbook 2022"
    )


def provinces(frame=None) -> tfp.GrowthAccounts:
    """Two provinces of different years, weights from elasticities, a remark in it."""
    both = tfp.Panel(
        FRAME if frame is None else frame, entity="province", time="year", output="grdp",
        capital="gfcf", labour="workers",
    )  # fmt: skip
    stated = tfp.StatedElasticities({"capital": 0.35, "labour": 0.6}, "value_added", "firm")
    weights = tfp.OutputElasticities(stated, returns="separate")
    return tfp.GrowthAccounting(factor_weights=weights, rates="log").fit(both)


def firms() -> tfp.Panel:
    """Return forty generated firms with the proxy, its cost and revenue."""
    frame = tfp.datasets.generate_firms("DGP1", 40, 5, rng=4).frame
    frame["revenue"] = frame["output"] * 1.2
    frame["wages"] = 0.5 * frame["output"]
    return tfp.Panel(
        frame, entity="firm", time="year", output="output", capital="capital", labour="labour",
        further_inputs={"materials": "materials"}, labour_income="wages", output_current="revenue",
    )  # fmt: skip


def several_roots() -> tfp.ProductionEstimate:
    """Estimate with three exact roots, two of them admissible, and a rule that takes one."""
    return tfp.AckerbergCavesFrazer(root_rule="largest_persistence", degree=2).fit(firms())


def one_series() -> tfp.Panel:
    """Nine years of one area, the employment of the last not known yet."""
    return tfp.Panel(
        {
            "year": list(range(2015, 2024)),
            "gdp": [100.0, 106.0, 113.0, 121.0, 129.0, 133.0, 136.0, 147.0, 155.0],
            "capital": [250.0, 262.0, 276.0, 291.0, 307.0, 323.0, 336.0, 351.0, 368.0],
            "workers": [50.0, 50.4, 51.0, 51.3, 51.9, 51.0, 50.1, 51.2, None],
        },
        time="year", area="Huế", output="gdp", capital="capital", labour="workers",
    )  # fmt: skip


def least_squares() -> tfp.ProductionEstimate:
    return tfp.PooledLeastSquares(constant_returns=True).fit(one_series())


def replicated() -> tfp.ProductionEstimate:
    """Estimate with five replications, which the result keeps."""
    frame = tfp.datasets.generate_firms("DGP2", 12, 4, rng=4).frame
    panel = tfp.Panel(
        frame, entity="firm", time="year", output="output", capital="capital", labour="labour"
    )
    method = tfp.FixedEffects(period_effects=True, covariance=tfp.Bootstrap(5))
    return method.fit(panel, rng=1)


def drawn() -> tfp.ProductionEstimate:
    """Estimate with seven draws of a posterior that the signs cut off."""
    prior = {"capital": tfp.Prior(0.4, 0.1), "labour": tfp.Prior(0.6, 0.1)}
    method = tfp.BayesianCobbDouglas(elasticities=prior, signs="positive", draws=7)
    return method.fit(one_series(), rng=1)


def comparison() -> tfp.EstimateComparison:
    """Compare an estimate, which has a band, with stated elasticities, which have none."""
    stated = tfp.StatedElasticities({"capital": 0.4, "labour": 0.55}, "value_added", "aggregate")
    return tfp.compare_estimates(
        {"least squares": least_squares(), "stated": stated},
        panel=one_series(), periods=["2016-2019", "2020-2022"],
    )  # fmt: skip


def everything() -> dict[str, tfp.Decomposition]:
    """Return one result of each kind by its name."""
    found = {
        "growth_accounts": accounts(),
        "growth_accounts_of_provinces": provinces(),
        "decomposition": accounts().productivity_form(),
        "period_accounts": accounts().periods(["2019-2021", "2021"]),
        "target_comparison": accounts().against(tfp.datasets.targets()),
        "capital_stocks": stocks(),
        "cohort_stocks": cohort_stocks(),
        "asset_stocks": asset_stocks(),
        "capital_service_index": capital_services(),
        "initial_stock_range": initial_range(),
        "labour_share_range": labour_share_range(),
        "production_estimate": least_squares(),
        "production_estimate_with_roots": several_roots(),
        "production_estimate_of_replications": replicated(),
        "production_estimate_of_draws": drawn(),
        "markup_ratios": tfp.markups(several_roots(), firms(), "labour", output_is="quantity"),
        "left_out_years": tfp.leave_one_year_out(tfp.PooledLeastSquares(), one_series()),
        "estimate_comparison": comparison(),
        "index_series": index_numbers(),
        "value_added_accounts": value_added(),
    }
    assert isinstance(found["growth_accounts_of_provinces"].warnings[0], Finding)
    return found


if __name__ == "__main__":
    for name, result in everything().items():
        path = SCHEMA_FILES / f"v{SCHEMA_VERSION}-{name}.tfp"
        if not path.exists():  # the files of a version are never rewritten
            result.save(path)
            sys.stdout.write(f"{path.name}\n")
