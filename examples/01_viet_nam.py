"""Growth accounts of Viet Nam 2011-2024: from official figures to shares, targets and a chart.

Run it anywhere: ``python examples/01_viet_nam.py``. It prints what it finds and writes the
chart and a workbook beside it, in the folder where it is run.
"""

import tfp

# Official figures, bundled with their sources: GDP and gross fixed capital formation at the
# prices of 2010, employed persons, and the labour-force definition that each year follows.
national = tfp.datasets.vietnam()
print(national.source.title, "-", national.source.publisher)

panel = tfp.Panel(
    national.frame,
    time="year",
    area="Viet Nam",
    output="gdp",
    investment="gfcf",
    labour="employed",
    units={"output": "billion VND", "investment": "billion VND", "labour": "thousand persons"},
    price_bases={"output": "2010", "investment": "2010"},
    vintages={"output": "re-evaluated 2019", "investment": "re-evaluated 2019"},
    definitions={"labour": "labour_definition"},
    status="status",
)

# What is wrong with the data, before anything is computed.
for finding in panel.check():
    print(f"[{finding.severity}] {finding.part('found')} Effect: {finding.part('effect')}")

# 2017 has no annual figure of employment: the mean of the quarters stands in, and the ledger
# says so. In 2021 the definition of employment changed: the series before is brought to the
# new one by the published overlap.
quarterly = national.frame.set_index("year")["employed_quarterly_mean"]
panel = tfp.fill_values(
    panel,
    "labour",
    {2017: quarterly[2017]},
    reason="no annual figure was found",
    source="mean of the four quarterly labour force surveys",
)
panel = tfp.splice(
    panel,
    "labour",
    at=2021,
    link=tfp.PublishedOverlap(
        previous_value=50_072.01,
        source="GSO, January 2022: 1.0 million fewer than in 2020 on the same definition",
    ),
)

# Capital: the ratio of 2010 comes from the older vintage, carried over to this one.
old = tfp.datasets.vietnam_old_vintage().frame
old_panel = tfp.Panel(old, time="year", output="gdp", investment="gfcf")
old_stocks = tfp.PerpetualInventory(
    depreciation=0.05, initial_stock=tfp.CapitalOutputRatio(1.90, year=2005)
).fit(old_panel)
old_2010 = old.set_index("year").loc[2010]
new_2010 = national.frame.set_index("year").loc[2010]
ratio = tfp.rescaled_ratio(
    old_stocks.stock["end_of_year"][2010] / old_2010["gdp"],
    old_investment=old_2010["gfcf"],
    old_output=old_2010["gdp"],
    new_investment=new_2010["gfcf"],
    new_output=new_2010["gdp"],
)
print(f"capital-output ratio of 2010: {ratio:.6f}")
stocks = tfp.PerpetualInventory(
    depreciation=0.05,
    initial_stock=tfp.CapitalOutputRatio(ratio, year=2010, source="derived from the old vintage"),
).fit(panel)

# The formula of the national indicator, with a capital share that the user states.
method = tfp.preset(
    "national", factor_weights=tfp.FixedShares(capital=0.40, source="input-output split")
)
accounts = method.fit(stocks.panel)
print(accounts.contributions.round(2))

# Averages over periods, by the three ways in use, and the outcome of official targets.
for average in ("increments", "sum_of_rates", "log"):
    periods = accounts.periods(["2011-2015", "2016-2020", "2021-2024"], average=average)
    print(average, periods.share_of_growth["tfp"].round(2).to_dict())
outcomes = accounts.against(tfp.datasets.targets()).tidy()
print(outcomes.loc[outcomes["area"] == "Viet Nam", ["document", "outcome", "share", "distance"]])

axes = accounts.plot(title="Viet Nam: where growth came from")
axes.figure.savefig("viet_nam_contributions.png", dpi=150)
accounts.to_excel("viet_nam_accounts.xlsx")
print(accounts.ledger.groupby("action").size().to_dict())
