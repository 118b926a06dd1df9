# %% [markdown]
# # Production functions from firm data: which estimator, and how would one know?
#
# Firms that are more productive hire more, invest more and buy more materials. A regression of
# output on inputs therefore takes part of productivity for the inputs. Since Olley and Pakes
# (1996) a family of estimators undoes this by reading productivity off a choice of the firm that
# we observe. Each member of the family assumes something about *when* firms decide and *what they
# know*. With real data nobody can check these assumptions. Here the data are generated, the truth
# is known, and every estimator can be seen where it is right and where it is not.

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

import tfp

plt.rcParams["figure.dpi"] = 110

# %% [markdown]
# ## Three industries
# In all three, log value added is $y = 0.4\,k + 0.6\,l + \omega + \varepsilon$. The firm knows
# productivity $\omega$, which follows $\omega_t = 0.7\,\omega_{t-1} + \xi_t$; nobody knows the
# transitory shock $\varepsilon$ in advance. The industries differ in how firms decide:
#
# * **A. Wages differ, hiring comes first.** Labour is chosen half a year before materials, at
#   wages that differ between firms (design 1 of Ackerberg, Caves and Frazer, 2015).
# * **B. One wage, hiring with errors.** Labour is chosen together with materials, but the firm
#   misses its own optimum by some 37 per cent, at random (their design 2).
# * **C. All is planned a year ahead.** Labour and capital are decided one year before; investment
#   and materials respond to productivity at once.
#
# A and B come with the package. C takes a few lines.


# %%
def planned_industry(
    firms: int = 1_000, years: int = 10, *, seed: int, before: int = 20
) -> pd.DataFrame:
    """Return firms whose labour and capital answer to the productivity of last year."""
    rng = np.random.default_rng(seed)
    omega, labour, capital = rng.normal(0.0, 0.4, firms), np.zeros(firms), np.zeros(firms)
    rows = []
    for year in range(before + years):
        known = omega
        omega = 0.7 * known + rng.normal(0.0, 0.3, firms)
        labour = 0.6 * labour + 0.5 * known + rng.normal(0.0, 0.4, firms)
        capital = 0.8 * capital + 0.3 * known + rng.normal(0.0, 0.3, firms)
        output = 0.6 * labour + 0.4 * capital + omega + rng.normal(0.0, 0.1, firms)
        logs = {
            "output": output,
            "capital": capital,
            "labour": labour,
            "materials": 0.5 * capital + omega,
            "investment": 0.8 * omega + 0.1 * capital,
        }
        levels = {name: np.exp(values) for name, values in logs.items()}
        rows.append(
            pd.DataFrame(
                {"firm": range(firms), "year": 2001 + year - before, **levels, "omega": omega}
            )
        )
    return pd.concat(rows[before:], ignore_index=True)


def generated(design: str, **options: float) -> pd.DataFrame:
    """Return the firms of a design beside the productivity behind them."""
    firms = tfp.datasets.generate_firms(design, 1_000, 10, rng=1, **options)
    return firms.frame.assign(omega=firms.truth["log_productivity"])


industries = {
    "A: wages differ": generated("DGP1"),
    "B: one wage": generated("DGP2"),
    "C: planned ahead": planned_industry(seed=1),
}
industries["A: wages differ"].head(3).round(3)


# %% [markdown]
# A panel says which column is what. Value added is net of materials. They are therefore no input
# of the function; the control functions need them all the same, as the choice that gives
# productivity away. Least squares get a panel without them.


# %%
def panel_of(frame: pd.DataFrame, *, proxies: bool = True, **roles: str) -> tfp.Panel:
    """Return the panel of an industry, with or without the choices that reveal productivity."""
    more = {"further_inputs": {"materials": "materials"}, "investment": "investment"}
    given = {"output": "output", "capital": "capital", "labour": "labour"} | roles
    return tfp.Panel(frame, entity="firm", time="year", **given, **(more if proxies else {}))


ESTIMATORS = {
    "least squares": tfp.PooledLeastSquares(observed_units="firm"),
    "fixed effects": tfp.FixedEffects(observed_units="firm"),
    "Olley-Pakes": tfp.OlleyPakes(),
    "Levinsohn-Petrin": tfp.LevinsohnPetrin(),
    "Wooldridge": tfp.Wooldridge(),
    "Ackerberg-Caves-Frazer": tfp.AckerbergCavesFrazer(),
}
WITHOUT_PROXY = ("least squares", "fixed effects")

estimates = {
    industry: {
        name: method.fit(panel_of(frame, proxies=name not in WITHOUT_PROXY))
        for name, method in ESTIMATORS.items()
    }
    for industry, frame in industries.items()
}


# %% [markdown]
# ## Who finds 0.40 and 0.60?


# %%
def draw(axes: Axes, found: dict[str, tfp.ProductionEstimate]) -> None:
    """Draw the two elasticities of each estimator with 95 per cent intervals."""
    names = list(found)[::-1]
    for factor, true, colour, shift in (
        ("capital", 0.4, "#1b6ca8", 0.12),
        ("labour", 0.6, "#c0392b", -0.12),
    ):
        ends = pd.DataFrame([found[name].conf_int().loc[factor] for name in names])
        centre = ends.mean(axis=1)
        axes.axvline(true, color=colour, linewidth=1, linestyle=":")
        axes.errorbar(
            centre,
            np.arange(len(names)) + shift,
            xerr=ends["upper"] - centre,
            fmt="o",
            color=colour,
            label=factor,
            markersize=4,
        )
    axes.set_yticks(range(len(names)), names)
    axes.spines[["top", "right"]].set_visible(False)


figure, columns = plt.subplots(1, 3, figsize=(10, 3.2), sharey=True, layout="constrained")
for axes, (industry, found) in zip(columns, estimates.items(), strict=True):
    draw(axes, found)
    axes.set_title(industry, fontsize=10, loc="left")
    axes.set_xlim(-0.5, 1.5)
columns[0].legend(frameon=False, fontsize=8, loc="lower left")
columns[1].set_xlabel("elasticity with 95 per cent interval; dotted: the truth", fontsize=8)
plt.show()

# %%
table = pd.DataFrame(
    {
        (industry, factor): {
            name: estimate.elasticities[factor] for name, estimate in found.items()
        }
        for industry, found in estimates.items()
        for factor in ("capital", "labour")
    }
)
table.round(2)

# %% [markdown]
# Points beyond the frame of the chart are in the table. What is to be seen:
#
# * **Least squares** give labour, the freest input, too much in all three industries: 0.94, 0.92
#   and 0.82 instead of 0.60. Their intervals are among the smallest. **Fixed effects** help
#   little: the productivity that moves hiring is the part that changes from year to year.
# * **Levinsohn-Petrin** needs labour that varies for reasons that materials do not know. In B it
#   does, by the firms' errors. In A materials are bought for the labour already hired: given
#   capital and materials nothing of labour is left, and its elasticity comes out near zero,
#   "precisely".
# * **Olley-Pakes** needs investment to depend on productivity and capital alone. In A and B it
#   also depends on what investing costs each firm. In C it is right.
# * **Wooldridge** shares the assumptions of Levinsohn-Petrin: right in B and C, where its
#   interval for capital is honestly wide in B, and lost in A (capital 3.4).
# * **Ackerberg-Caves-Frazer** is right in all three, because its first stage asks for less: only
#   the transitory shock is taken out there, and both elasticities come from the timing of
#   decisions.
#
# Little in the output of the wrong ones gives them away: small errors, a good fit, and a warning
# only where returns to scale are absurd (Wooldridge in A, Olley-Pakes in B). What decides is what
# one knows about how these firms hire, invest and buy.

# %% [markdown]
# ## The roots of Ackerberg, Caves and Frazer
# The moments of this estimator are nonlinear, and they usually have several exact solutions.
# Programs that start a search somewhere return the one they happen to reach. Here all are
# computed, without a starting value:


# %%
def roots_of(estimate: tfp.ProductionEstimate) -> pd.DataFrame:
    """Return the exact solutions of the moments as a table."""
    columns = ["capital", "labour", "persistence", "admissible", "chosen"]
    rows = [
        [*root.elasticities, root.persistence, root.admissible, root.chosen]
        for root in estimate.roots
    ]
    return pd.DataFrame(rows, columns=columns).round(3)


of_a = estimates["A: wages differ"]["Ackerberg-Caves-Frazer"]
roots_of(of_a)

# %%
print("identified:", of_a.identified)
for finding in of_a.warnings:
    print(finding.part("found"), "\n", finding.part("effect"), "\n", finding.part("remedy"))

# %% [markdown]
# All three solve the moments to the last digit. One has a negative elasticity and goes. The
# second admissible one has an economic meaning: it is the hiring rule read backwards. If firms
# set the marginal product of labour equal to the wage, output less labour *is* the wage, up to a
# constant, and the wage too has a memory of its own. In this solution the "productivity" is
# little more than the wage. The data cannot tell the two; what we know of the world can.
# Productivity is thought to be more persistent than wages (0.70 against 0.30 here), so the more
# persistent solution is meant. That is an assumption, and one that the user must declare for the
# estimate to count as identified:

# %%
declared = tfp.AckerbergCavesFrazer(root_rule="largest_persistence")
declared.fit(panel_of(industries["A: wages differ"])).identified

# %% [markdown]
# What if the assumption is wrong? Let wages be persistent (0.8) and differ much (standard
# deviation 0.3), and productivity less so (0.5):

# %%
wages_persist = generated("DGP1", wage_persistence=0.8, wage_sd=0.3, persistence=0.5)
wrong = tfp.AckerbergCavesFrazer().fit(panel_of(wages_persist))
print("identified:", wrong.identified)
roots_of(wrong)

# %% [markdown]
# The rule takes 0.76 and 0.23; the truth is near the root that it leaves. Without a declared rule
# `identified` is False and both stand in the result. Under such a sign one does not publish the
# first, one looks for the wages.
#
# ## Productivity, recovered
# Elasticities are means to an end. `log_productivity` is what the firm knew, `log_tfp` has the
# transitory shock as well: $y - 0.38\,k - 0.59\,l$ in A.

# %%
truth = industries["A: wages differ"]["omega"].to_numpy()
shown = ("least squares", "Levinsohn-Petrin", "Ackerberg-Caves-Frazer")
figure, columns = plt.subplots(1, 3, figsize=(10, 3.2), sharey=True, layout="constrained")
for axes, name in zip(columns, shown, strict=True):
    estimate = estimates["A: wages differ"][name]
    found = estimate.log_tfp if estimate.log_productivity is None else estimate.log_productivity
    moved = found - np.nanmean(found)
    axes.plot(truth, moved, ".", markersize=1.5, alpha=0.4, color="#1b6ca8")
    axes.plot([-1.5, 1.5], [-1.5, 1.5], color="black", linewidth=0.8, linestyle=":")
    known = ~np.isnan(found)
    share = np.corrcoef(truth[known], found[known])[0, 1]
    axes.set_title(f"{name}: correlation {share:.2f}", fontsize=9, loc="left")
    axes.spines[["top", "right"]].set_visible(False)
    axes.set(xlim=(-1.6, 1.6), ylim=(-1.6, 1.6))
columns[0].set_ylabel("found, less its mean", fontsize=8)
columns[1].set_xlabel("true log productivity", fontsize=8)
plt.show()

# %% [markdown]
# With a wrong elasticity of labour, the ranking of firms by productivity is partly a ranking by
# size: whoever is productive is large, and what is large is taken off. All that is built on such
# a ranking (who should grow, what exporting does) inherits it.
#
# ## Materials measured with error
# The materials of the books are not those that the firm used: stocks, prices, rounding. The error
# has a variance of 0, 10, 20 and 50 per cent of that of log materials within a firm.

# %%
rows = {}
for error in (0.0, 0.1, 0.2, 0.5):
    panel = panel_of(generated("DGP1", measurement_error=error))
    acf, lp = declared.fit(panel), tfp.LevinsohnPetrin().fit(panel)
    rows[error] = {
        ("Ackerberg-Caves-Frazer", "capital"): acf.elasticities["capital"],
        ("Ackerberg-Caves-Frazer", "labour"): acf.elasticities["labour"],
        ("Levinsohn-Petrin", "capital"): lp.elasticities["capital"],
        ("Levinsohn-Petrin", "labour"): lp.elasticities["labour"],
    }
pd.DataFrame(rows).T.rename_axis("error").round(3)

# %% [markdown]
# Ackerberg-Caves-Frazer moves by some hundredths; the method is not consistent with error in the
# proxy, and does not claim to be. Levinsohn-Petrin passes the truth on its way from one wrong
# answer to another: an estimate that looks right may do so because two faults cancel.
#
# ## Gross output
# Where output is gross, materials are an input, and one chosen freely each year: nothing but
# productivity and the other inputs moves them, and no instrument is left for their elasticity.
# Gandhi, Navarro and Rivers take it from the first-order condition instead: a firm that takes
# prices as given spends on materials the share of revenue that their elasticity says.


# %%
def gross_industry(
    firms: int = 1_000, years: int = 10, *, seed: int, before: int = 20
) -> pd.DataFrame:
    """Return firms that buy materials up to where the marginal product pays for them."""
    rng = np.random.default_rng(seed)
    omega, capital, labour = rng.normal(0.0, 0.3, firms), np.full(firms, 2.0), np.full(firms, 2.0)
    rows = []
    for year in range(before + years):
        known = omega
        omega = 0.7 * known + rng.normal(0.0, 0.2, firms)
        capital = 0.8 * capital + 0.3 * known + 0.4 + rng.normal(0.0, 0.25, firms)
        labour = 0.6 * labour + 0.4 * known + 0.8 + rng.normal(0.0, 0.25, firms)
        rest = 0.25 * capital + 0.25 * labour + omega
        materials = (rest + np.log(0.5) + 0.1**2 / 2) / 0.5
        output = rest + 0.5 * materials + rng.normal(0.0, 0.1, firms)
        logs = {"output": output, "capital": capital, "labour": labour, "materials": materials}
        levels = {name: np.exp(values) for name, values in logs.items()}
        rows.append(
            pd.DataFrame(
                {"firm": range(firms), "year": 2001 + year - before, **levels, "omega": omega}
            )
        )
    return pd.concat(rows[before:], ignore_index=True)


gross = tfp.Panel(
    gross_industry(seed=1).assign(cost=lambda frame: frame["materials"]),
    entity="firm",
    time="year",
    output="output",
    output_current="output",
    capital="capital",
    labour="labour",
    further_inputs={"materials": "materials"},
    further_incomes={"materials": "cost"},
)
of_gross = {
    "least squares": tfp.PooledLeastSquares(output_concept="gross_output", observed_units="firm"),
    "fixed effects": tfp.FixedEffects(output_concept="gross_output", observed_units="firm"),
    "Gandhi-Navarro-Rivers": tfp.GandhiNavarroRivers(),
}
of_gross = {name: method.fit(gross) for name, method in of_gross.items()}
pd.DataFrame({name: dict(found.elasticities) for name, found in of_gross.items()}).assign(
    truth=[0.25, 0.25, 0.50]
).T.round(3)

# %% [markdown]
# Least squares give materials everything and the other inputs nothing: once the firm has bought
# what pays, materials and output move as one. Returns to scale are one, the fit is perfect, and
# the answer is worthless. Gandhi-Navarro-Rivers find all three. The price is the assumption of
# given prices: with market power the share is the elasticity over the markup, and so is
# everything that follows.
#
# ## Revenue is not output
# Real data hold revenue, deflated by a price index of the industry. Take industry B once more,
# and let its firms face a demand of elasticity five: quantity is revenue to the power 1.25, the
# price falls as the firm sells more, and price is 1.25 times marginal cost. The same firms, seen
# twice:

# %%
seen = industries["B: one wage"].assign(
    revenue=lambda frame: frame["output"],
    quantity=lambda frame: frame["output"] ** 1.25,
    wages=lambda frame: frame["labour"],
)
views = {
    what: panel_of(seen, output=what, output_current="revenue", labour_income="wages")
    for what in ("quantity", "revenue")
}
by_view = {what: tfp.LevinsohnPetrin().fit(panel) for what, panel in views.items()}
pd.DataFrame(
    {what: {**found.elasticities, "sum": found.returns_to_scale} for what, found in by_view.items()}
).T.round(2)

# %% [markdown]
# From quantities, returns to scale come near 1.25, as they are; from revenue near one: elasticities
# of *revenue*, each divided by the markup. And the residual is productivity of revenue (TFPR),
# prices in it, not of quantity (TFPQ).
#
# ## Markups, or why not
# De Loecker and Warzynski read the markup off the ratio of an input's elasticity to its share of
# revenue. With quantities that works:

# %%
markup = tfp.markups(by_view["quantity"], views["quantity"], "labour", output_is="quantity")
print(markup)
print("10 to 90 per cent of firms:", np.nanquantile(markup.ratio, [0.1, 0.9]).round(2))

# %% [markdown]
# The median is the true 1.25. The spread is not: all firms have the same markup. What differs are
# their errors in hiring, which move the share of wages. With revenue the ratio is refused:

# %%
try:
    tfp.markups(by_view["revenue"], views["revenue"], "labour", output_is="deflated_revenue")
except tfp.MethodError as error:
    print(error)

# %%
wedge = tfp.markups(
    by_view["revenue"], views["revenue"], "labour", output_is="deflated_revenue", input_wedge=True
)
print(wedge)

# %% [markdown]
# One, where the markup is 1.25: the elasticity of revenue *is* the share, whatever the markup
# (Bond, Hashemi, Kaplan and Zoch, 2021). Whoever insists gets the ratio under the name that it
# has.
#
# ## What to do with firm data
# 1. **Begin with the decisions, not with the estimator.** Write down when these firms hire,
#    invest and buy, and what they know then. That, and no test, says which assumptions may hold.
# 2. **Value added:** `AckerbergCavesFrazer` asks least. Show all its roots; declare the rule if
#    you believe it, and say why. Where `identified` is False, there is no estimate to publish.
# 3. **Gross output:** `GandhiNavarroRivers`, if firms take prices as given. Not
#    Ackerberg-Caves-Frazer with materials among the inputs.
# 4. Show **least squares and fixed effects beside it**. If the control function does not lower
#    the elasticity of the freest input, the correction has probably not worked.
# 5. **Revenue** gives elasticities of revenue. Say so, call the residual TFPR, and compute no
#    markups.
# 6. **Small standard errors mean little**: the worst answers above have the smallest. They
#    measure chance, not the assumptions.
# 7. **Elasticities of firms are not those of a province.** For growth accounts of an aggregate
#    take income shares, or show both side by side as the next notebook does.
