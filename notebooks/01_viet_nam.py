# %% [markdown]
# # Where did Viet Nam's growth come from, 2011-2024?
#
# Official figures in, growth accounts out: capital, labour and total factor productivity (TFP),
# the periods that plans speak of, and how the answer depends on what we chose. Every figure here
# is computed in this notebook from the tables that come with the package.

# %%
import tfp

# %% [markdown]
# ## The data
# GDP and gross fixed capital formation at the prices of 2010 (billion VND) and employed persons
# (thousands). The vintage is the one after the re-evaluation of December 2019.

# %%
national = tfp.datasets.vietnam()
frame = national.frame
frame[["year", "gdp", "gfcf", "employed", "labour_definition", "status"]].tail(6)

# %% [markdown]
# A panel says which column is what, and which definition each value of employment follows.

# %%
panel = tfp.Panel(
    frame,
    time="year",
    area="Viet Nam",
    output="gdp",
    investment="gfcf",
    labour="employed",
    units={"output": "billion VND", "investment": "billion VND", "labour": "thousand persons"},
    price_bases={"output": "2010", "investment": "2010"},
    definitions={"labour": "labour_definition"},
    status="status",
)
panel.check()

# %% [markdown]
# Three findings. The one that blocks is real: from 2021 people who produce for their own use no
# longer count as employed, and employment falls by 8.5 per cent while output grows. Taken at
# face value, that fall would be booked as a rise of productivity. The statistics office says what
# the figure of 2020 is on the new definition, so the series can be spliced.

# %%
quarterly = frame.set_index("year")["employed_quarterly_mean"]
filled = tfp.fill_values(
    panel,
    "labour",
    {2017: quarterly[2017]},
    reason="no annual figure was found",
    source="mean of the four quarterly surveys",
)
spliced = tfp.splice(
    filled,
    "labour",
    at=2021,
    link=tfp.PublishedOverlap(50_072.01, source="GSO, January 2022"),
)
unspliced = tfp.accept_break(filled, "labour", at=2021, reason="to show what the break does")

# %% [markdown]
# ## Capital
# Nobody publishes the stock. It is accumulated from investment, $K_t = 0.95 K_{t-1} + I_t$, from
# 2.5068 times the GDP of 2010 (the ratio of the older vintage, carried over to this one).

# %%
inventory = tfp.PerpetualInventory(
    depreciation=0.05, initial_stock=tfp.CapitalOutputRatio(2.5067903632755035, year=2010)
)
stocks = inventory.fit(spliced)
stocks.surviving_share.iloc[[0, 5, 10, 14]]

# %% [markdown]
# In 2015 about half of the stock is still that assumption, in 2024 about a sixth: the TFP of
# early years is worth less than that of late ones.
#
# ## The accounts
# The formula of the national indicator, with a capital share of 0.40.

# %%
method = tfp.preset("national", factor_weights=tfp.FixedShares(capital=0.40))
accounts = method.fit(stocks.panel)
accounts.plot()

# %%
accounts.contributions.round(2)

# %% [markdown]
# ## Periods, three ways
# `increments` is the office's average. The three hardly differ; they are named all the same.

# %%
periods = ["2011-2015", "2016-2020", "2021-2024"]
for average in ("increments", "sum_of_rates", "log"):
    shares = accounts.periods(periods, average=average).share_of_growth["tfp"]
    print(average, shares.round(2).to_dict())

# %% [markdown]
# ## What the break does
# The same computation with the break left in the data, by an explicit word.

# %%
with_break = method.fit(inventory.fit(unspliced).panel)
for name, result in (("spliced", accounts), ("unspliced", with_break)):
    share = result.periods(["2021-2024"], average="sum_of_rates").share_of_growth["tfp"]
    print(name, round(float(share.iloc[0]), 2))

# %% [markdown]
# Seventeen points, from a change of definition alone.
#
# ## Targets

# %%
outcomes = accounts.against(tfp.datasets.targets()).tidy()
outcomes.loc[outcomes["area"] == "Viet Nam", ["document", "last", "outcome", "share", "distance"]]

# %%
accounts.plot.tfp_index(language="vi")

# %% [markdown]
# ## How much hangs on the capital share

# %%
rows = {}
for share in (0.36, 0.40, 0.46, 0.61):
    varied = tfp.preset("national", factor_weights=tfp.FixedShares(capital=share))
    result = varied.fit(stocks.panel).periods(periods, average="sum_of_rates")
    rows[share] = result.share_of_growth["tfp"].round(2)
rows

# %% [markdown]
# From 0.36 to 0.61, all of them in use, the TFP share of 2021-2024 runs from 47 to 21 per cent. A
# figure without its capital share says little.
