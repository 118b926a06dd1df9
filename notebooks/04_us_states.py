# %% [markdown]
# # Growth of the American states under five estimators
#
# How much of growth is TFP? Income shares answer it if factors are paid what they add. Public
# capital is not paid at all: roads and pipes have no income, and no share. So their elasticity
# must be estimated, and with it those of private capital and labour. This notebook estimates them
# in five ways, on data that have been used for it since 1990, and follows each to the growth
# accounts.
#
# ## The data
# Munnell (1990): gross state product, public and private capital, employment and unemployment of
# the 48 contiguous states, 1970-1986, dollars of 1982 (millions) and thousands of persons. The
# package linearmodels ships them; nothing is copied here.

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from linearmodels.datasets import munnell

import tfp

plt.rcParams["figure.dpi"] = 110

frame = munnell.load()
ROLES = {
    "time": "YR",
    "output": "GSP",
    "capital": {"public": "P_CAP", "private": "PC"},
    "labour": "EMP",
}
states = tfp.Panel(frame, entity="STATE", **ROLES, controls={"unemployment": "UNEMP"})
frame[["STATE", "YR", "GSP", "P_CAP", "PC", "EMP", "UNEMP"]].head(3)

# %% [markdown]
# The states together are one more area: sums of the levels. Its growth is to be accounted for.

# %%
sums = frame.groupby("YR", as_index=False)[["GSP", "P_CAP", "PC", "EMP"]].sum()
union = tfp.Panel(sums, area="48 states", **ROLES)
levels = sums.set_index("YR")
growth = 100 * np.log(levels).diff().dropna()
growth.groupby(lambda year: "1971-1979" if year < 1980 else "1980-1986").mean().round(2)

# %% [markdown]
# Growth of output slows by a quarter, that of labour by half, that of public capital by two
# thirds. That is what made Aschauer (1989) and Munnell ask whether roads not built explain the
# slowdown.
#
# ## Five estimators, five comparisons
# All regress log output on the same logs, with the rate of unemployment for the cycle. They
# differ in what is compared with what:
#
# * **pooled**: every state and year with every other. Rich states have more of everything.
# * **random effects**: mostly each state with itself, a little with others; right if what is
#   peculiar to a state has nothing to do with its inputs.
# * **fixed effects**: each state with its own mean.
# * **two-way effects**: the same, less what happens to all states in a year, oil prices and
#   recessions.
# * **common effects** (Pesaran, 2006): shocks that are common but hit each state differently,
#   taken out by the averages of all variables over states.

# %%
METHODS = {
    "pooled": tfp.PooledLeastSquares(),
    "random effects": tfp.RandomEffects(),
    "fixed effects": tfp.FixedEffects(),
    "two-way effects": tfp.FixedEffects(period_effects=True),
    "common effects": tfp.CommonCorrelatedEffects(),
}
estimates = {name: method.fit(states) for name, method in METHODS.items()}
FACTORS = ["capital_public", "capital_private", "labour"]
pd.DataFrame(
    {
        name: {
            **{
                factor: f"{found.params[factor]:.3f} ({error:.3f})"
                for factor, error in zip(FACTORS, found.std_errors[:3], strict=True)
            },
            "returns to scale": f"{found.returns_to_scale:.3f}",
            "errors": found.covariance_type,
        }
        for name, found in estimates.items()
    }
).T

# %% [markdown]
# Baltagi's textbook and the R package plm print the same coefficients for these data; the tests
# of this package compare them to eight decimals.
#
# Public capital earns 0.155 in the pooled regression, and nothing at all once a state is compared
# with itself. The effect belongs to states that have both roads and output, not to building
# roads. Private capital falls from 0.31 to 0.04 as more and more of what it shares with others is
# taken out: what is left of it is little, and errors of measurement weigh the more in it.

# %%
figure, axes = plt.subplots(figsize=(7.5, 3.2), layout="constrained")
for factor, colour, shift in zip(
    FACTORS, ("#c0392b", "#1b6ca8", "#444444"), (0.18, 0.0, -0.18), strict=True
):
    ends = pd.DataFrame([found.conf_int().loc[factor] for found in estimates.values()])[::-1]
    centre = ends.mean(axis=1)
    axes.errorbar(
        centre,
        np.arange(len(ends)) + shift,
        xerr=ends["upper"] - centre,
        fmt="o",
        color=colour,
        markersize=4,
        label=factor.replace("_", ", "),
    )
axes.axvline(0.0, color="black", linewidth=0.8)
axes.set_yticks(range(len(estimates)), list(estimates)[::-1])
axes.set_xlabel("elasticity with 95 per cent interval", fontsize=9)
axes.spines[["top", "right"]].set_visible(False)
axes.legend(frameon=False, fontsize=8, loc="upper center", bbox_to_anchor=(0.5, 1.15), ncols=3)
plt.show()

# %% [markdown]
# ## What tests can say
# Hausman's test asks whether random and fixed effects differ by more than chance; Pesaran's CD
# whether the residuals of the states move together, which they must not; Wooldridge's test
# whether errors remember the year before.

# %%
rows = [
    {"estimator": name, "test": test.name, "statistic": test.statistic, "p": test.p_value}
    for name, found in estimates.items()
    for test in found.tests
]
pd.DataFrame(rows).set_index(["estimator", "test"]).round(3)

# %% [markdown]
# With one-way effects residuals of any two states are correlated (CD of 30): the years have
# effects of their own, and the estimate is not to be used. Two-way effects pass; common effects
# leave little of it, but not nothing (CD of 2.7, p of 0.008). Errors remember wherever it is
# tested: standard errors must be clustered by state (those of
# random effects above are not, and are too small), and the clustered form of Hausman's test,
# which allows for it, rejects random effects clearly where the first form hardly does. Constant
# returns are rejected by the first two and not by those that look within states. No test says
# that an elasticity is right: all five could share a fault, such as employment that answers to
# the same demand that moves output.
#
# ## Growth accounts under five estimators
# Every estimate becomes the weights of the same accounts. Where elasticities do not add to one,
# what they add to beyond it is a term of its own, **returns to scale**: the part of growth that
# comes of all inputs growing together. What is left is TFP.

# %%
PERIODS = ["1971-1979", "1980-1986", "1971-1986"]
accounts = {
    name: tfp.GrowthAccounting(factor_weights=tfp.OutputElasticities(found)).fit(union)
    for name, found in estimates.items()
}
parts = pd.concat(
    {name: result.periods(PERIODS).contributions for name, result in accounts.items()},
    names=["estimator"],
)
columns = ["output", *FACTORS, "returns_to_scale", "tfp"]
parts.xs("1971-1986", level="period")[columns].round(2)

# %% [markdown]
# The rows add up, each of them: output is the sum of what follows it. Accounting is exact by
# construction, whatever the elasticities, and therefore proves none of them.
#
# `compare_estimates` puts it all side by side, with the range that the error of the elasticities
# leaves:

# %%
comparison = tfp.compare_estimates(estimates, panel=union, periods=PERIODS)
table = comparison.tidy().set_index(["estimate_name", "period"])
shown = [
    "tfp_growth",
    "tfp_growth_low",
    "tfp_growth_high",
    "tfp_share",
    "tfp_share_low",
    "tfp_share_high",
]
table.xs("1971-1986", level="period")[["returns_to_scale", *shown]].round(2)

# %%
comparison.plot.estimates(
    title="TFP growth of the 48 states", source="Munnell (1990), own computation"
)

# %%
comparison.plot.estimates(
    measure="share",
    periods=["1971-1986"],
    title="Share of TFP in growth, 1971-1986",
    source="Munnell (1990), own computation",
)

# %% [markdown]
# From the same data, TFP is between 7 and 28 per cent of growth. The bands are 95 per cent
# intervals by the delta method: the first step's covariance carried through to TFP growth. They
# hold the error of the *elasticities* only. That of random effects ends where that of two-way
# effects begins: what separates the two is not chance but the choice of the comparison. A band
# around the wrong estimator is a precise statement about something else.
#
# ## Does it matter which state grew by productivity?
# The same five sets of weights, state by state. How alike are the rankings?

# %%
by_state = tfp.compare_estimates(estimates, panel=states, periods=["1971-1986"])
tfp_growth = by_state.tfp_growth.droplevel("period")
tfp_growth.corr(method="spearman").round(2)

# %%
tfp_growth.describe().loc[["mean", "min", "50%", "max"]].round(2)

# %%
few = ["CALIFORNIA", "TEXAS", "NEW_YORK", "MICHIGAN", "FLORIDA", "WYOMING"]
tfp_growth.loc[few].round(2)

# %% [markdown]
# Which states lead depends far less on the estimator than how much TFP there is. Rankings are
# sturdier than levels, a thing to remember when provinces are compared.
#
# ## A stated share beside them
# If private capital has a share of 0.35, labour the rest, and public capital is left to TFP:

# %%
paid = tfp.Panel(sums, time="YR", area="48 states", output="GSP", capital="PC", labour="EMP")
shares = tfp.GrowthAccounting(factor_weights=tfp.FixedShares(capital=0.35)).fit(paid)
shares.periods(PERIODS).share_of_growth[["capital", "labour", "tfp"]].round(1)

# %% [markdown]
# Nine per cent, near the three estimators that leave shocks common to all states in, and a
# third of what the last finds. Here too the numbers agree or differ by their assumptions, not by
# their data.
#
# ## Advice
# 1. **Say what is compared** before saying what was found. Between states the answer is about
#    states, within them it is about years.
# 2. **Test for common shocks** (`pesaran_cd`); with annual data of regions of one country expect
#    to need two-way or common effects.
# 3. **Do not take the estimator with the largest TFP, or the smallest.** Show the account under
#    several, with `compare_estimates`, and stated shares beside them.
# 4. **Let returns to scale stand apart** (`returns="separate"`). Far from one on aggregates, they
#    are more likely a fault of the regression than of the economy: a trend or a shock booked as
#    input.
# 5. **Read bands as what they are**: the error of one step of one estimator, the smallest part of
#    what is not known.
# 6. **Public capital:** these data do not show that it raises output, nor that it does not. An
#    account that needs its elasticity should be made with zero and with 0.15, both shown.
