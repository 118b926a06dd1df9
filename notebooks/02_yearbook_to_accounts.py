# %% [markdown]
# # From yearbooks to growth accounts
#
# Yearbooks disagree with each other and with themselves. This notebook starts from 174 figures of
# three provinces, exactly as printed, and goes as far as they carry: what is wrong is found, each
# case is decided by a word, and every decision stands in a ledger.
#
# **How far do they carry?** No province of Viet Nam has published output at constant prices,
# investment and employment for six years on end. Hòa Bình has no investment before 2020, Quảng
# Trị no output. Hưng Yên has all three for 2018-2021, if the labour force may stand for
# employment. Its accounts are made here; what they assume is listed before they are shown.

# %%
import pandas as pd

import tfp
from tfp.plots.variants import plot_variants

# %%
COLUMNS = {
    "area": "area",
    "variable": "variable",
    "time": "year",
    "value": "value",
    "unit": "unit",
    "vintage": "vintage",
    "status": "status",
    "derivation": "derivation",
    "source": "source",
}
printed = tfp.datasets.yearbook_figures().frame
figures = tfp.Figures(printed, **COLUMNS)
figures

# %% [markdown]
# ## What is wrong with them
# Relations that must hold (parts and total, level and growth) are read off the names, and checked.

# %%
findings = figures.check(tfp.suggest_relations(figures))
found = findings.frame()
found[["severity", "code"]].value_counts(sort=False)

# %% [markdown]
# Each finding says what it would do to TFP. Four of them decide the rest of this notebook.

# %%
for code in ("vintages-growth", "level-of-other-vintage", "parts-swap", "labour-fall"):
    first = next(finding for finding in findings if finding.code == code)
    print(first.part("found"), "\n    ", first.part("effect"), "\n")

# %% [markdown]
# ## Hòa Bình: two digits exchanged
# The three sources of investment miss their total by 45 billion VND. One exchange of digits closes
# the gap, and the printed share of 60.31 per cent agrees with it. A correction names what is
# printed, so that it fails on a table that was mended meanwhile.

# %%
hoa_binh = figures.select(areas=["Hòa Bình"]).correct(
    "social_investment_cur_nonstate",
    2021,
    printed=10894.78,
    corrected=10849.78,
    reason="two digits exchanged: only so do the parts add and does the printed share agree",
    source="yearbook 2021, page 130",
)
print(hoa_binh.ledger[0].detail())

# %% [markdown]
# ## Hòa Bình: a level that contradicts the growth
# The yearbook of 2019 prints a GRDP of 29,956; the yearbook of 2021 prints 30,132 for 2021 and
# growth of 3.70 and 2.66 per cent. Both cannot be: 2019 is of an older vintage. **Decision:** the
# level of 2021, the last one, and the printed growth.

# %%
books = hoa_binh.panel(
    output_growth="grdp_2010p_index",
    output="grdp_2010p",
    labour="employed_15plus",
    vintages={
        "output": tfp.MixedVintages(
            ("yearbook 2021", "yearbook 2019"), reason="to show that they contradict"
        )
    },
    years=range(2017, 2022),
)
repaired = tfp.levels_from_growth(
    books,
    level_year=2021,
    published_as="index",
    source="yearbook 2021",
    reason="the level of 2019 is of another vintage",
)
pd.DataFrame({"printed": books.frame["output"], "used": repaired.frame["output"]}).round(0)

# %% [markdown]
# ## Hòa Bình: a break in labour
# Employment falls by 17 per cent in 2019. The list of known breaks says why.

# %%
for known in tfp.known_breaks("Hòa Bình", "labour"):
    if known.nature == "definition":
        print(known.first, "-", known.what())

# %% [markdown]
# No yearbook gives 2018 on both definitions, so there is nothing to splice with. What is left are
# assumptions with names. Growth of labour in 2019 and growth of output per worker, per cent:

# %%
ratio = tfp.NationalRatio(
    53609.58, 50072.01, source="office's figures of January 2022: 2020 on both definitions"
)
zero = tfp.AssumedGrowth(0.0, name="zero growth")
productivity = {}
for name, panel in {
    "as printed": tfp.accept_break(repaired, "labour", 2019, reason="to show what it does"),
    "national ratio": tfp.splice(repaired, "labour", 2019, ratio),
    "zero growth": tfp.splice(repaired, "labour", 2019, zero),
}.items():
    per_worker = panel.frame["output"] / panel.frame["labour"]
    productivity[name] = [
        100 * (series[2019] / series[2018] - 1) for series in (panel.frame["labour"], per_worker)
    ]
pd.DataFrame(productivity, index=["labour", "output per worker"]).T.round(1)

# %% [markdown]
# The nation's ratio leaves minus 11 per cent: more people in Hòa Bình than elsewhere produced for
# their own use. Here the way ends, since two years of investment make no stock of capital.
#
# ## Hưng Yên: two vintages side by side
# The yearbooks of 2015 and of 2022 print the same years, 4 to 5 per cent apart, and their growth
# differs too, by up to 0.6 points.

# %%
hung_yen = figures.select(areas=["Hưng Yên"])
sides = hung_yen.side_by_side("grdp_2010p").droplevel("area") / 1000
growth_of_each = (100 * sides.pct_change(fill_method=None)).add_suffix(", growth")
sides.join(growth_of_each).round(2)

# %% [markdown]
# A series that passes from one book to the other in 2015 would grow by 3.5 per cent; the older book
# itself says 7.8. **Decision:** one book for each column, and no level of 2010-2015 beside growth
# of 2018-2021, because growth of 2016 and 2017 was not found.
#
# ## Hưng Yên: output 2018-2021
# Four year-end reports print growth, each of its own year, and none contradicts another: they may
# count as one book. GRDP of 2020 at current prices *is* GRDP at prices of 2020, so that growth and
# this one level give output at prices of 2020.

# %%
growth_books = hung_yen.vintages("grdp_2010p_growth")
reports = [book for book, years in growth_books.items() if max(years) < 2022]
output = hung_yen.select(
    variables=["grdp_2010p_growth", "grdp_cur", "labour_force_15plus"]
).rename_vintages(dict.fromkeys(reports, "reports 2018-2021"))
reports

# %% [markdown]
# ## Hưng Yên: investment that was revised after the fact
# Each report prints a level and its growth, and they do not fit: 36,407 in 2021 is called a fall by
# 10.33 per cent, which makes 40,601 of the 37,200 of 2020.

# %%
level = hung_yen.side_by_side("social_investment_cur").max(axis=1)
growth = hung_yen.side_by_side("social_investment_cur_growth").max(axis=1)
carried = {2021: level["Hưng Yên", 2021]}
for year in (2021, 2020, 2019):
    carried[year - 1] = carried[year] / (1 + growth["Hưng Yên", year] / 100)
first_printed = {year: level["Hưng Yên", year] for year in (2019, 2020, 2021)}
first_printed[2018] = first_printed[2019] / (1 + growth["Hưng Yên", 2019] / 100)
pd.DataFrame({"as first printed": first_printed, "carried back": carried}).sort_index().round(0)

# %% [markdown]
# **Decision:** the level of 2021 carried back by the printed growth, since each report knew the
# year before better than the report of that year did. It is our arithmetic, and says so.


# %%
def investment(values: dict[int, float], how: str) -> tfp.Figures:
    rows = [
        {
            "area": "Hưng Yên",
            "variable": "social_investment_cur",
            "year": year,
            "value": round(value, 1),
            "unit": "billion VND",
            "vintage": "reports 2018-2021",
            "status": "estimate",
            "derivation": how,
            "source": "year-end reports of Hưng Yên, 2019-2021; yearbook 2020",
        }
        for year, value in values.items()
    ]
    return tfp.Figures(pd.DataFrame(rows), **COLUMNS)


def raw_panel(values: dict[int, float], how: str) -> tfp.Panel:
    roles = ("output", "investment_current", "labour")
    panel = output.join(investment(values, how)).panel(
        output_growth="grdp_2010p_growth",
        output="grdp_cur",
        investment_current="social_investment_cur",
        labour="labour_force_15plus",
        vintages={"output_growth": "reports 2018-2021"},
        price_bases={"output": "2020"},
        boundaries=dict.fromkeys(roles, "63 provinces"),
        years=range(2018, 2022),
    )
    return tfp.levels_from_growth(panel, level_year=2020, source="yearbook 2020, reports 2018-2021")


raw = raw_panel(carried, "level of 2021 carried back by the printed growth")
raw.frame.round(1)

# %% [markdown]
# Every value is an estimate or preliminary, and the labour force of 2021 is on the new definition.

# %%
for finding in raw.check():
    print(finding.severity, "-", finding.part("found"))

# %% [markdown]
# ## Investment at constant prices
# The province publishes no price index of investment, so the nation's is borrowed. In Quảng Trị,
# which prints both columns, such an index is 6 to 7 per cent off in level.

# %%
nation = tfp.implicit_price(
    tfp.Panel(
        tfp.datasets.vietnam().frame,
        time="year",
        area="Viet Nam",
        investment="gfcf",
        investment_current="gfcf_current",
        price_bases={"investment": "2010"},
    ),
    "investment",
)


def at_constant_prices(panel: tfp.Panel) -> tfp.Panel:
    panel = tfp.borrow_price(
        panel,
        "investment",
        nation,
        source="national accounts: gross fixed capital formation",
        reason="the province publishes no price index of investment",
    )
    return tfp.deflate(panel, "investment", base=2020, source="national accounts")


deflated = at_constant_prices(raw)
deflated.frame[["investment_current", "investment_price", "investment"]].round(3)

# %% [markdown]
# ## Social investment is not capital formation
# It holds land, working capital and repairs. For the nation the ratio of 2016 is 0.80: capital
# formation of 914,777 over social investment of 1,145,009 billion VND at prices of 2010. In Quảng
# Trị outlays and fixed assets bought alone are 86 to 96 per cent; they may hold land, too.

# %%
formed = tfp.datasets.vietnam_old_vintage().frame.set_index("year").loc[2016, "gfcf"]
RATIO = formed / 1_145_009
quang_tri = figures.select(areas=["Quảng Trị"])
items = [
    quang_tri.side_by_side(f"social_investment_2010p{name}").iloc[:, 0].droplevel("area")
    for name in ("_outlays", "_fixed_assets_bought", "")
]
print(round(RATIO, 4))
((items[0] + items[1]) / items[2]).round(3).to_dict()


# %%
def as_formation(panel: tfp.Panel, part: float = RATIO) -> tfp.Panel:
    return tfp.fixed_capital_formation(
        panel,
        ratio=part,
        source="nation, 2016: General Statistics Office",
        reason="the province publishes no capital formation",
    )


formation = as_formation(deflated)

# %% [markdown]
# ## The break of 2021
# The labour force falls by 5.75 per cent, most of it by definition. No overlap was found for the
# province; the nation's ratio makes it growth of 0.9 per cent. It is an assumption: it was
# measured on employment, and for the nation.

# %%
linked = tfp.splice(formation, "labour", 2021, ratio)
print(linked.ledger[-1].detail())

# %% [markdown]
# ## The first stock
# Four years of investment say little about what stood there before them. **Decision:** capital grew
# as output did in these years, a rule that needs figures of the province only. The range is
# three quarters and five quarters of that stock.

# %%
inventory = tfp.PerpetualInventory(
    depreciation=0.05, initial_stock=tfp.SteadyState("2018-2021", growth_of="output")
)
stocks = inventory.fit(linked)
start_range = tfp.initial_stock_range(linked, inventory)
print((start_range.stocks.loc[2018] / linked.frame.loc[2018, "output"]).round(2).to_dict())
start_range.growth.join(start_range.surviving["stated"].rename("% of stock still initial")).round(1)

# %% [markdown]
# In 2021 seven tenths of the stock are still the first one.
#
# ## What has been assumed, before any result
# The ledger has every step with its source; the words in it are those of the report.

# %%
for entry in stocks.panel.ledger:
    if entry.action != "chosen":
        because = f" ({entry.why()})" if entry.why() else ""
        print(f"{entry.role}: {entry.what()}, {entry.detail()}{because}")

# %% [markdown]
# Read from published pages: growth of output, its level of 2020, investment of 2021 and its growth.
# From another researcher's table: the labour force, in place of employment. Assumed: price index,
# ratio of 0.80, link of 2021, first stock, depreciation and, below, the capital share.
#
# ## The accounts
# The formula of the national indicator. The capital share of 0.40 is the nation's, by the office's
# treatment of mixed income; the province publishes none.

# %%
PERIOD = ["2019-2021"]


def accounts_of(panel: tfp.Panel, capital_share: float = 0.40) -> tfp.GrowthAccounts:
    shares = tfp.FixedShares(capital=capital_share)
    return tfp.preset("national", factor_weights=shares).fit(panel)


accounts = accounts_of(stocks.panel)
accounts.plot(source="Statistics office of Hưng Yên; price index of the nation; own assumptions")

# %%
accounts.contributions.round(2)

# %%
for average in ("increments", "sum_of_rates", "log"):
    shares = accounts.periods(PERIOD, average=average).share_of_growth
    print(average, shares[["capital", "labour", "tfp"]].iloc[0].round(1).to_dict())

# %% [markdown]
# ## The capital share: what may be labour's
# Nobody observes what of a farmer's income pays work. For the nation in 2016, where the figures
# exist (*mixed income* is here what wages leave of the 54 per cent of GDP that the office named as
# labour's in 2022), the treatments in use give capital shares that are far apart.

# %%
new = tfp.datasets.vietnam().frame.set_index("year").loc[[2016]]
wages = tfp.datasets.vietnam_old_vintage().frame.set_index("year")["wage_workers"]
new["employees"] = wages
new["compensation"] = new["employees"] * new["monthly_earnings"] * 12 / 1000
new["mixed"] = 0.54 * new["gdp_current"] - new["compensation"]
incomes = tfp.Panel(
    new.reset_index(),
    time="year",
    area="Viet Nam",
    income="gdp_current",
    product_taxes="product_taxes_current",
    compensation="compensation",
    mixed_income="mixed",
    labour="employed",
    employees="employees",
)
capital_shares = {}
for treatment in ("mixed_to_labour", "average_wage", "mixed_as_rest"):
    rule = tfp.LabourShare(treatment=treatment, production_taxes="out", source="see above")
    capital_shares[treatment] = 1 - float(rule.shares(incomes)[0])
{name: round(share, 3) for name, share in capital_shares.items()}

# %% [markdown]
# ## What the assumptions do
# One at a time, the others as above: share of TFP in growth of 2019-2021.

# %%
as_printed = tfp.accept_break(formation, "labour", 2021, reason="to show what it does")
no_growth = tfp.splice(formation, "labour", 2021, zero)
other_book = tfp.splice(
    as_formation(at_constant_prices(raw_panel(first_printed, "as each report first printed it"))),
    "labour",
    2021,
    ratio,
)
whole = tfp.splice(as_formation(deflated, 1.0), "labour", 2021, ratio)
given = tfp.GivenStock(float(start_range.stocks.loc[2018, "stated"]), year=2018)


def period_of(
    panel: tfp.Panel, rule: tfp.PerpetualInventory = inventory, capital_share: float = 0.40
) -> tfp.PeriodAccounts:
    return accounts_of(rule.fit(panel).panel, capital_share).periods(PERIOD)


def started(scale: float) -> tfp.PerpetualInventory:
    stock = tfp.GivenStock(scale * given.value, year=2018)
    return tfp.PerpetualInventory(depreciation=0.05, initial_stock=stock)


variants = {
    "First stock": {
        "three quarters": period_of(linked, started(0.75)),
        "capital grew as output": period_of(linked),
        "five quarters": period_of(linked, started(1.25)),
    },
    "Capital share": {
        f"{share:.2f}, {name.replace('_', ' ')}": period_of(linked, capital_share=share)
        for name, share in capital_shares.items()
    },
    "Break of 2021": {
        "left in the data": period_of(as_printed),
        "national ratio": period_of(linked),
        "zero growth": period_of(no_growth),
    },
    "Investment": {
        "as first printed": period_of(other_book),
        "all of it capital formation": period_of(whole),
        "all of it, the same first stock": period_of(whole, started(1.0)),
    },
}
plot_variants(
    variants,
    title="One assumption at a time",
    source="Statistics office of Hưng Yên; price index of the nation; own assumptions",
)

# %%
lowest_and_highest = {}
for group, members in variants.items():
    tfp_shares = [float(item.share_of_growth["tfp"].iloc[0]) for item in members.values()]
    lowest_and_highest[group] = (round(min(tfp_shares), 1), round(max(tfp_shares), 1))
lowest_and_highest

# %% [markdown]
# The first stock and the capital share decide; a ratio of 0.80 or 1 does nothing while the first
# stock is made from the same investment, and a great deal once it is not. Three years carry no
# more than this: growth of 7.5 per cent a year, and a share of TFP that is unknown within a range
# of tens of points until an older series of investment is found. (The province published 53.2 per
# cent for 2015-2021, by a method that is not stated: no agreement is claimed.)
#
# ## Since 1 July 2025
# Hưng Yên is a larger unit now. What it is made of is known; the figures of the other half are not
# here, and half of a unit is no unit.

# %%
print([area.name for area in tfp.viet_nam_concordance().parts("Hưng Yên")])
old = tfp.assign_areas(stocks.panel, "63 provinces")
try:
    tfp.merge_areas(old)
except tfp.MethodError as refused:
    print(refused)

# %% [markdown]
# How it goes once they are there is shown with a **generated** neighbour. Its figures are invented
# and its name says so; the unit is no real one.

# %%
generated = tfp.datasets.generate_provinces(n_provinces=1, first_year=2018, last_year=2021, rng=1)
own = stocks.panel.frame[["output", "capital", "labour"]].reset_index()
own.insert(0, "area", "Hưng Yên")
other = generated.frame.rename(columns={"province": "area", "grdp": "output"})
both = pd.concat([own, other[own.columns]], ignore_index=True)
both.round(0)

# %%
merger = tfp.Concordance.from_frame(
    {"before": ["Hưng Yên", "Generated province 01"], "after": ["A unit half generated"] * 2},
    old=tfp.Boundary(name="parts"),
    new=tfp.Boundary(name="units"),
    old_columns={"name": "before"},
    new_columns={"name": "after"},
)
parts = tfp.Panel(
    both,
    entity="area",
    time="year",
    output="output",
    capital="capital",
    labour="labour",
    boundaries=dict.fromkeys(("output", "capital", "labour"), "parts"),
)
unit = tfp.merge_areas(parts, merger)
split = tfp.merged_tfp(accounts_of(parts), accounts_of(unit), concordance=merger)
split.contributions.round(2)

# %% [markdown]
# TFP growth of the unit is that of its parts, weighted by output, plus what capital and labour gain
# by growing faster in one part than in the other. It adds up exactly, and so the years before and
# after July 2025 can be read in one series.
