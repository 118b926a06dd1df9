"""The growth equation on arrays: against plain loops, and the identities over any panel."""

from __future__ import annotations

import math
import tracemalloc
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tfp.numerics import growth as growth_module
from tfp.numerics.growth import growth_rates, growth_terms, mean_weights
from tfp.numerics.ordering import plan_rows

IDENTITY = 1e-12  # relative to the sum of the terms, as the design promises
# A few roundings of a number near one; a residual inherits that of its largest term.
ROUNDING = 4e-15
RATES = ["simple", "log"]
TIMINGS = ["average", "current", "previous"]


@dataclass
class Rows:
    """Sorted rows of a panel with gaps, three inputs and their weights."""

    codes: np.ndarray
    times: np.ndarray
    output: np.ndarray
    inputs: list[np.ndarray]
    weights: list[np.ndarray]
    breaks: np.ndarray

    def terms(self, weights=None, **options):
        options = {"rates": "log", "share_timing": "average"} | options
        return growth_terms(
            self.output, self.inputs, weights or self.weights, self.breaks, **options
        )


def make_rows(seed, n_entities, most_years=12, gap_chance=0.2, spread=1.0):
    rng = np.random.default_rng(seed)
    codes, times = [], []
    for code in range(n_entities):
        steps = 1 + (rng.random(rng.integers(1, most_years + 1)) < gap_chance)
        times.extend(2000 + rng.integers(5) + np.cumsum(steps))
        codes.extend([code] * steps.size)
    codes, times = np.array(codes, dtype=np.int32), np.array(times, dtype=np.int64)
    output, *inputs = np.exp(rng.normal(scale=spread, size=(4, codes.size)))
    weights = list(rng.dirichlet([2.0, 3.0, 4.0], size=codes.size).T.copy())
    return Rows(codes, times, output, inputs, weights, plan_rows(codes, times, n_entities).breaks)


def by_hand(rows, rates, timing):
    """Return output growth, contributions and residual from loops over Python numbers."""

    def change(now, before):
        return math.log(now / before) if rates == "log" else (now - before) / before

    result = np.full((2 + len(rows.inputs), rows.codes.size), np.nan)
    for t in range(1, rows.codes.size):
        if rows.codes[t] != rows.codes[t - 1] or rows.times[t] != rows.times[t - 1] + 1:
            continue
        parts = []
        for column, weight in zip(rows.inputs, rows.weights, strict=True):
            pair = {"previous": [weight[t - 1]], "current": [weight[t]]}
            used = pair.get(timing, [weight[t - 1], weight[t]])
            parts.append(sum(used) / len(used) * change(column[t], column[t - 1]))
        total = change(rows.output[t], rows.output[t - 1])
        result[:, t] = [total, *parts, math.fsum([total, *(-part for part in parts)])]
    return result


def stacked(terms):
    return np.array([terms.output_growth, *terms.contributions, terms.residual])


panels = st.builds(
    make_rows,
    seed=st.integers(0, 2**32),
    n_entities=st.integers(1, 9),
    most_years=st.sampled_from([1, 2, 12]),
    gap_chance=st.sampled_from([0.0, 0.3, 1.0]),
    spread=st.sampled_from([0.01, 1.0, 4.0]),
)


@pytest.mark.parametrize("timing", TIMINGS)
@pytest.mark.parametrize("rates", RATES)
@settings(max_examples=25)
@given(rows=panels)
def test_terms_are_those_of_plain_loops(rates, timing, rows):
    ours = stacked(rows.terms(rates=rates, share_timing=timing))
    theirs = by_hand(rows, rates, timing)
    size = np.nan_to_num(np.abs(theirs)).sum(axis=0)
    np.testing.assert_array_equal(np.isnan(ours), np.isnan(theirs))
    assert np.nanmax(np.abs(ours - theirs) / (1 + size), initial=0.0) <= ROUNDING


@pytest.mark.parametrize("rates", RATES)
@settings(max_examples=40)
@given(rows=panels)
def test_contributions_and_residual_add_to_output_growth(rates, rows):
    terms = rows.terms(rates=rates)
    parts = np.array([*terms.contributions, terms.residual])
    gap = np.abs(parts.sum(axis=0) - terms.output_growth)
    allowed = IDENTITY * np.maximum(1, np.abs(parts).sum(axis=0))
    defined = ~np.isnan(terms.output_growth)
    assert (gap[defined] <= allowed[defined]).all()
    assert np.flatnonzero(~defined).tolist() == rows.breaks.tolist()
    assert np.isnan(parts[:, rows.breaks]).all()


@settings(max_examples=30)
@given(rows=panels, unit=st.sampled_from([2.0**17, 2.0**-17, 1e5, 1e-5]))
def test_units_do_not_matter(rows, unit):
    expected = stacked(rows.terms())
    rows.output = rows.output * unit
    rows.inputs[1] = rows.inputs[1] * unit
    scaled = stacked(rows.terms())
    if math.frexp(unit)[0] == 0.5:  # a power of two changes no digit
        np.testing.assert_array_equal(scaled, expected)
    else:
        size = np.nan_to_num(np.abs(expected)).sum(axis=0)
        assert np.nanmax(np.abs(scaled - expected) / (1 + size), initial=0.0) <= ROUNDING


@settings(max_examples=30)
@given(rows=panels, seed=st.integers(0, 2**32))
def test_order_of_rows_does_not_matter(rows, seed):
    expected = stacked(rows.terms())
    mixed = np.random.default_rng(seed).permutation(rows.codes.size)
    plan = plan_rows(rows.codes[mixed], rows.times[mixed], int(rows.codes[-1]) + 1)
    order = np.arange(mixed.size) if plan.order is None else plan.order
    rows.output, *columns = (
        column[mixed][order] for column in (rows.output, *rows.inputs, *rows.weights)
    )
    rows.inputs, rows.weights, rows.breaks = columns[:3], columns[3:], plan.breaks
    np.testing.assert_array_equal(stacked(rows.terms()), expected)


@pytest.mark.parametrize("timing", TIMINGS)
@pytest.mark.parametrize("missing", [0, 1, 2])
def test_the_weight_left_out_is_what_the_others_leave(missing, timing):
    rows = make_rows(1, 20)
    weights = [None if i == missing else weight for i, weight in enumerate(rows.weights)]
    ours = stacked(rows.terms(weights, share_timing=timing))
    expected = stacked(rows.terms(share_timing=timing))
    np.testing.assert_allclose(ours, expected, rtol=0, atol=5 * ROUNDING)


def test_constants_columns_and_the_rest_may_be_mixed():
    rows = make_rows(2, 20)
    n = rows.codes.size
    mixed = stacked(rows.terms([0.25, None, rows.weights[2]]))
    columns = [np.full(n, 0.25), 1 - 0.25 - rows.weights[2], rows.weights[2]]
    np.testing.assert_allclose(mixed, stacked(rows.terms(columns)), rtol=0, atol=ROUNDING)
    constants = stacked(rows.terms([0.25, None, 0.5]))
    columns = [np.full(n, share) for share in (0.25, 0.25, 0.5)]
    np.testing.assert_allclose(constants, stacked(rows.terms(columns)), rtol=0, atol=ROUNDING)


@pytest.mark.parametrize("rates", RATES)
def test_size_of_the_chunks_changes_no_digit(monkeypatch, rates):
    rows = make_rows(3, 30)
    weights = [rows.weights[0], None, rows.weights[2]]
    expected = stacked(rows.terms(weights, rates=rates))
    n = rows.codes.size
    for size in (1, 7, n - 1, n):
        monkeypatch.setattr(growth_module, "CHUNK_ROWS", size)
        np.testing.assert_array_equal(stacked(rows.terms(weights, rates=rates)), expected)
        np.testing.assert_array_equal(growth_rates(rows.output, rows.breaks, rates), expected[0])


@pytest.mark.parametrize("n", [0, 1])
def test_panels_without_any_growth(n):
    rows = np.arange(n)
    terms = growth_terms(np.ones(n), [np.ones(n)], [0.4], rows, rates="log", share_timing="average")
    assert [part.size for part in (terms.output_growth, *terms.contributions)] == [n, n]
    assert np.isnan(stacked(terms)).all()
    assert np.isnan(mean_weights(np.ones(n), rows, "average")).all()


def test_without_inputs_all_growth_is_residual():
    terms = growth_terms(
        np.array([1.0, 1.5]), [], [], np.array([0]), rates="simple", share_timing="average"
    )
    np.testing.assert_array_equal(terms.residual, [np.nan, 0.5])


def test_what_has_no_growth_gives_no_warning():
    # Warnings are errors here: a zero before, a sign change under the logarithm, a NaN.
    values = np.array([0.0, 1.0, -1.0, np.nan, 2.0, 3.0])
    assert np.isnan(growth_rates(values, np.array([0]), "log")[[0, 2, 3, 4]]).all()
    simple = growth_rates(values, np.array([0]), "simple")
    np.testing.assert_array_equal(simple, [np.nan, np.inf, -2.0, np.nan, np.nan, 0.5])


def test_falling_output_is_ordinary():
    terms = growth_terms(
        np.array([100.0, 90.0]),
        [np.array([100.0, 110.0])],
        [0.5],
        np.array([0]),
        rates="simple",
        share_timing="current",
    )
    expected = [-0.1, 0.05, -0.15]
    np.testing.assert_allclose(stacked(terms)[:, 1], expected, rtol=1e-15)


def test_logs_of_ratios_keep_the_digits_of_small_changes():
    levels = 1e12 * (1 + np.arange(5) * 1e-9)
    expected = [math.log1p((b - a) / a) for a, b in pairwise(levels.tolist())]
    ours = growth_rates(levels, np.array([0]), "log")[1:]
    # The ratio is rounded once, to 1.1e-16; differences of logarithms are off by 1e-15.
    np.testing.assert_allclose(ours, expected, rtol=0, atol=1.2e-16)


def test_a_hundred_thousand_entities_and_read_only_columns():
    n_entities, years = 100_000, 3
    rng = np.random.default_rng(4)
    output, capital, share = rng.uniform(0.2, 0.8, size=(3, n_entities * years))
    for column in (output, capital, share):
        column.flags.writeable = False
    breaks = np.arange(0, output.size, years)
    terms = growth_terms(output, [capital], [share], breaks, rates="log", share_timing="average")
    table = np.log(output).reshape(-1, years)
    inside = terms.output_growth.reshape(-1, years)
    assert np.isnan(inside[:, 0]).all()
    np.testing.assert_allclose(inside[:, 1:], np.diff(table), rtol=0, atol=1e-15)
    rest = terms.output_growth - terms.contributions[0]
    np.testing.assert_array_equal(terms.residual, rest)


def test_memory_is_that_of_the_results_and_two_megabytes():
    n = 400_000
    output, capital, labour, share = np.random.default_rng(5).uniform(0.2, 0.8, size=(4, n))
    breaks = np.arange(0, n, 10)
    tracemalloc.start()
    terms = growth_terms(
        output, [capital, labour], [None, share], breaks, rates="log", share_timing="average"
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak - stacked(terms).nbytes <= 2 * 2**20


@pytest.mark.parametrize(
    ("timing", "expected"),
    [
        ("average", [np.nan, 0.375, np.nan, 0.25]),
        ("current", [np.nan, 0.5, np.nan, 0.25]),
        ("previous", [np.nan, 0.25, np.nan, 0.25]),
    ],
)
def test_mean_weights(timing, expected):
    weight = np.array([0.25, 0.5, 0.25, 0.25])
    np.testing.assert_array_equal(mean_weights(weight, np.array([0, 2]), timing), expected)
