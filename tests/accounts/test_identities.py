"""Growth accounts of random panels against arithmetic at forty digits.

Every term is computed here a second time, value by value, from the definition: growth of
one input, times its weight. What the package calls a residual is a sum of other numbers
here, so that an identity that only holds by construction shows nothing and is not tested.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, localcontext

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import tfp

# Of max(1, sum of the sizes of the terms), in points: what the package promises.
IDENTITY = 1e-12
DIGITS = 40
EXAMPLES = settings(max_examples=60)

MULTIPLIERS = ("hours_per_worker", "human_capital", "labour_composition")
TIMINGS = ("average", "current", "previous")
RATES = ("simple", "log")
SIZES = (1, 2, 5)  # entities
SHARES = {"capital": 0.375, "labour": 0.5, "energy": 0.125}
ELASTICITIES = {"capital": 0.5, "labour": 0.75, "energy": 0.25}


@dataclass
class Case:
    """A random panel as plain values, and what the accounts of it shall be made of."""

    frame: pd.DataFrame
    assets: tuple[str, ...] = ()
    multipliers: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    values: dict = field(default_factory=dict)  # of (entity, year): the row, as decimals

    def __post_init__(self):
        for row in self.frame.to_dict("records"):
            key = row["province"], row["year"]
            self.values[key] = {
                name: None if np.isnan(value) else Decimal(value)
                for name, value in row.items()
                if name not in {"province", "year"}
            }

    @property
    def groups(self):
        """What has a weight of its own, and the terms that carry it."""
        capital = {f"capital:{a}": [f"capital_{a}"] for a in self.assets} or {
            "capital": ["capital"]
        }
        return {
            **capital,
            "labour": ["labour", *self.multipliers],
            **{name: [name] for name in self.further},
        }

    @property
    def terms(self):
        return [term for terms in self.groups.values() for term in terms]

    def panel(self, **roles):
        capital = {a: f"capital_{a}" for a in self.assets} or "capital"
        return tfp.Panel(
            self.frame,
            entity="province",
            time="year",
            output="output",
            capital=capital,
            labour="labour",
            **{name: name for name in self.multipliers},
            **({"further_inputs": {n: n for n in self.further}} if self.further else {}),
            **roles,
        )

    def incomes(self):
        """Name the income columns of the groups, by role."""
        roles = {"labour_income": "labour_income"}
        if self.assets:
            roles["capital_income"] = {a: f"capital_{a}_income" for a in self.assets}
        else:
            roles["capital_income"] = "capital_income"
        if self.further:
            roles["further_incomes"] = {name: f"{name}_income" for name in self.further}
        return roles

    def income(self, row, group):
        return row[f"{self.groups[group][0]}_income"]

    def income_shares(self, row):
        total = sum(self.income(row, group) for group in self.groups)
        return {group: self.income(row, group) / total for group in self.groups}


def random_case(seed, n_entities, layout, *, gaps=0.15, missing=0.05, jumps=0.05):
    """Return unbalanced rows with gaps, missing values, falls and changes of unit."""
    rng = np.random.default_rng(seed)
    keys = [
        (f"province {entity:02d}", year)
        for entity in range(n_entities)
        for year in range(2000 + rng.integers(4), 2004 + rng.integers(9))
        if rng.random() > gaps
    ] or [("province 00", 2000)]
    frame = pd.DataFrame(keys, columns=["province", "year"])
    columns = ["output", *Case(frame, **layout).terms]
    for name in columns:
        level = np.exp(rng.normal(3.0, 1.0, len(keys)))
        level[rng.random(len(keys)) < jumps] *= 1e5
        level[rng.random(len(keys)) < missing] = np.nan
        frame[name] = level
        frame[f"{name}_income"] = rng.uniform(0.5, 9.5, len(keys))
    frame["labour_share"] = rng.uniform(0.2, 0.8, len(keys))
    frame["capital_share"] = 1.0 - frame["labour_share"]
    return Case(frame, **layout)


LAYOUTS = (
    {},
    {"multipliers": MULTIPLIERS},
    {"multipliers": ("hours_per_worker",), "further": ("energy",)},
    {"assets": ("ict", "other"), "multipliers": ("labour_composition",)},
    {"assets": ("ict", "land", "other"), "further": ("energy", "services")},
)


def change(now, before, rates):
    if now is None or before is None:
        return None
    return (now / before).ln() if rates == "log" else now / before - 1


def by_hand(case, weigh, rates, timing, elasticity_sum=1):
    """Return growth and every term, in points, by entity and year; None where there is none.

    `weigh` gives the weight of each group in one row.
    """
    result = {}
    for (entity, year), row in case.values.items():
        if not any(e == entity and y < year for e, y in case.values):
            continue
        before = case.values.get((entity, year - 1))
        names = ["output", *case.terms, *(["returns_to_scale"] if elasticity_sum != 1 else [])]
        terms = result[entity, year] = dict.fromkeys([*names, "tfp"])
        if before is None:
            continue
        now, past = weigh(row), weigh(before)
        mixed = {
            "current": now,
            "previous": past,
            "average": {g: (now[g] + past[g]) / 2 for g in now},
        }
        terms["output"] = change(row["output"], before["output"], rates)
        for group, members in case.groups.items():
            for name in members:
                growth = change(row[name], before[name], rates)
                terms[name] = None if growth is None else mixed[timing][group] * growth
        parts = [terms[name] for name in case.terms]
        known = None not in parts
        if elasticity_sum != 1 and known:
            terms["returns_to_scale"] = (elasticity_sum - 1) * sum(parts)
            parts.append(terms["returns_to_scale"])
        if known and terms["output"] is not None:
            terms["tfp"] = terms["output"] - sum(parts)
        for name, value in terms.items():
            terms[name] = None if value is None else 100 * value
    return result


def assert_same(frame, expected):
    """Compare a frame of points with exact terms, row by row, and what is missing in both."""
    assert frame.index.tolist() == list(expected)
    for row, terms in zip(frame.to_dict("records"), expected.values(), strict=True):
        assert list(row) == list(terms)
        sizes = {name: abs(float(exact or 0)) for name, exact in terms.items()}
        size = max(1.0, sizes.pop("output"), sum(sizes.values()))
        for name, exact in terms.items():
            if exact is None:
                assert np.isnan(row[name]), name
            else:
                assert abs(Decimal(row[name]) - exact) <= IDENTITY * size, name


def stated(case, leave_out=()):
    """Return shares that add to one over all groups, those left out aside."""
    parts = {group: k + 2 for k, group in enumerate(case.groups)}
    whole = sum(parts.values())
    return {group: part / whole for group, part in parts.items() if group not in leave_out}


def as_options(shares):
    assets = {g.partition(":")[2]: s for g, s in shares.items() if g.startswith("capital:")}
    further = {g: s for g, s in shares.items() if g not in {"labour", "capital"} and ":" not in g}
    capital = assets or shares.get("capital")
    options = {"capital": capital, "labour": shares.get("labour"), "further": further or None}
    return {name: value for name, value in options.items() if value is not None}


def exact(shares, groups):
    """Return shares as decimals; the one left out is the rest, all given add to one."""
    known = {group: Decimal(share) for group, share in shares.items()}
    total = sum(known.values())
    if len(known) == len(groups):
        return {group: share / total for group, share in known.items()}
    return {group: known.get(group, 1 - total) for group in groups}


def fixed(case, leave_out=()):
    shares = stated(case, leave_out)
    return tfp.FixedShares(**as_options(shares)), {}, lambda _: exact(shares, case.groups), 1


def without_labour(case):
    return fixed(case, leave_out=("labour",))


def without_the_first(case):
    return fixed(case, leave_out=tuple(case.groups)[:1])


def dated(case):
    early, late = stated(case), stated(case, leave_out=("labour",))
    late = {group: share / 2 for group, share in late.items()}
    years = sorted({year for _, year in case.values})
    tables = {f"1990-{years[0] + 3}": early, f"{years[0] + 4}-2030": late}
    rule = tfp.FixedShares(by_period={p: as_options(shares) for p, shares in tables.items()})

    def weigh(row):
        return exact(early if row["year"] <= years[0] + 3 else late, case.groups)

    return rule, {}, weigh, 1


def incomes(case):
    return tfp.IncomeShares(), case.incomes(), case.income_shares, 1


def costs(case):
    return tfp.CostShares(), case.incomes(), case.income_shares, 1


def share_columns(case):
    roles = {"labour_share": "labour_share", "capital_share": "capital_share"}

    def weigh(row):
        labour, capital = row["labour_share"], row["capital_share"]
        return {"labour": labour / (labour + capital), "capital": capital / (labour + capital)}

    return tfp.IncomeShares(), roles, weigh, 1


def labour_share_alone(case):
    def weigh(row):
        return {"labour": row["labour_share"], "capital": 1 - row["labour_share"]}

    return tfp.IncomeShares(), {"labour_share": "labour_share"}, weigh, 1


def elasticities(case, returns):
    known = {group: 1.25 * share for group, share in stated(case).items()}
    estimate = tfp.StatedElasticities(known, "value_added", "aggregate")
    total = sum(map(Decimal, known.values()))
    rule = tfp.OutputElasticities(estimate, returns=returns)
    shares = {group: Decimal(value) / total for group, value in known.items()}
    return rule, {}, lambda _: shares, total if returns == "separate" else 1


def separate(case):
    return elasticities(case, "separate")


def normalise(case):
    return elasticities(case, "normalise")


RULES = (fixed, without_labour, without_the_first, dated, incomes, costs, separate, normalise)
TWO_GROUPS = (share_columns, labour_share_alone)


def rows_of(case):
    for (_, year), row in case.values.items():
        row["year"] = year
    return case


@pytest.fixture(scope="module", autouse=True)
def many_digits():
    with localcontext() as context:
        context.prec = DIGITS
        yield


@pytest.mark.parametrize("rule", [*RULES, *TWO_GROUPS], ids=lambda rule: rule.__name__)
@EXAMPLES
@given(data=st.data())
def test_every_term_is_its_weight_times_its_growth(rule, data):
    layouts = [c for c in LAYOUTS if rule in RULES or not {"assets", "further"} & set(c)]
    case = rows_of(
        random_case(
            data.draw(st.integers(0, 2**32 - 1)),
            data.draw(st.sampled_from(SIZES)),
            data.draw(st.sampled_from(layouts)),
        )
    )
    rates, timing = data.draw(st.sampled_from(RATES)), data.draw(st.sampled_from(TIMINGS))
    weights, roles, weigh, elasticity_sum = rule(case)
    method = tfp.GrowthAccounting(factor_weights=weights, rates=rates, share_timing=timing)
    # An entity, or a panel, that has nothing in a column is refused; see test_growth.
    known = case.frame.groupby("province").count()
    assume(bool((known[known["year"] > 1] > 0).all(axis=None)))
    assume(bool((known.sum() > 0).all()))
    accounts = method.fit(case.panel(**roles))
    assert_same(accounts.contributions, by_hand(case, weigh, rates, timing, elasticity_sum))
    assert accounts.largest_gap <= IDENTITY
