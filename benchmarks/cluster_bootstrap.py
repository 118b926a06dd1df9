"""How fast firms are drawn 999 times for a fit with firm and year effects, as ratios.

The floor is the product of the weights of all replications with the sums of products of
all firms: no way that weighs firms can do without it. Candidates run once in each round,
in turn, linear algebra on one thread; what is shown is the median over the rounds of the
ratio within a round. Before anything is timed the answers are compared.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from growth_core import MEGABYTE, ratio, show, time_rounds
from threadpoolctl import threadpool_limits

import tfp
from tfp.numerics.cluster_weights import cluster_weights
from tfp.numerics.group_means import within
from tfp.numerics.least_squares import LeastSquares, least_squares
from tfp.numerics.moment_bootstrap import (
    BLOCK,
    cluster_moments,
    inverse_root,
    moment_bootstrap,
)
from tfp.numerics.replications import replication_blocks

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray

FIRMS, YEARS, REPLICATIONS, SEED = 10_000, 10, 999, 7


@dataclass(frozen=True, eq=False)
class Sample:
    """Logarithms of generated firms, as a panel and as deviations from the firms' means."""

    panel: tfp.Panel
    frame: pd.DataFrame
    target: FloatArray
    regressors: FloatArray
    starts: IntArray
    regression: LeastSquares


def make_sample() -> Sample:
    """Draw firms whose labour follows their capital."""
    rng = np.random.default_rng(20_240)
    firm, year = np.repeat(np.arange(FIRMS), YEARS), np.tile(np.arange(YEARS), FIRMS)
    capital = rng.normal(3.0, 1.0, FIRMS)[firm] + rng.normal(0.0, 0.3, len(firm))
    labour = 0.4 * capital + rng.normal(2.0, 0.5, len(firm))
    effects = rng.normal(0.0, 0.3, FIRMS)[firm] + rng.normal(0.0, 0.1, YEARS)[year]
    output = 0.35 * capital + 0.6 * labour + effects + rng.normal(0.0, 0.1, len(firm))
    frame = pd.DataFrame(
        {"firm": firm, "year": year + 2000, "y": output, "k": capital, "l": labour}
    )
    panel = tfp.Panel(
        frame.assign(y=np.exp(output), k=np.exp(capital), l=np.exp(labour)),
        entity="firm",
        time="year",
        output="y",
        capital="k",
        labour="l",
    )
    starts = np.arange(0, len(firm), YEARS)
    dummies = (year[:, None] == np.arange(1, YEARS)).astype(float)
    regressors = within(np.column_stack([capital, labour, dummies]), starts)
    target = within(output, starts)
    regression = least_squares(target, regressors)
    return Sample(panel, frame, target, regressors, starts, regression)


def draw_all() -> list[FloatArray]:
    """Draw the weights of all replications, block by block."""
    return [
        cluster_weights(block.generator(), block.replications, FIRMS)
        for block in replication_blocks(REPLICATIONS, BLOCK, SEED)
    ]


def kernel(sample: Sample) -> FloatArray:
    """Run our kernel on the solved regression."""
    return moment_bootstrap(sample.regression, sample.regressors, sample.starts, REPLICATIONS, SEED)


def whole_fit(sample: Sample) -> tfp.ProductionEstimate:
    """Fit from the panel, with everything that an estimate holds."""
    method = tfp.FixedEffects(period_effects=True, covariance=tfp.Bootstrap(REPLICATIONS))
    return method.fit(sample.panel, rng=SEED)


def weighted_refits(sample: Sample, weights: FloatArray) -> FloatArray:
    """Solve weighted normal equations on all rows, one replication after the other."""
    answers = np.empty((len(weights), sample.regressors.shape[1]))
    for number, each in enumerate(weights):
        weighted = sample.regressors * np.repeat(each, YEARS)[:, None]
        answers[number] = np.linalg.solve(
            weighted.T @ sample.regressors, weighted.T @ sample.target
        )
    return answers


def pyfixest_loop(sample: Sample, weights: FloatArray) -> FloatArray:
    """Fit pyfixest on the drawn firms under new names, one replication after the other."""
    import pyfixest

    columns = {name: sample.frame[name].to_numpy() for name in ("year", "y", "k", "l")}
    answers = np.empty((len(weights), 2))
    for number, each in enumerate(weights):
        drawn = np.repeat(np.arange(FIRMS), each.astype(int))
        rows = (sample.starts[drawn][:, None] + np.arange(YEARS)).ravel()
        again = pd.DataFrame({name: values[rows] for name, values in columns.items()})
        again["firm"] = np.repeat(np.arange(FIRMS), YEARS)
        fit = pyfixest.feols("y ~ k + l | firm + year", data=again, vcov="iid")
        answers[number] = fit.coef().to_numpy()
    return answers


def check_answers(sample: Sample, weights: FloatArray) -> None:
    """Stop if the candidates differ."""
    ours = kernel(sample)
    few = len(weights)
    np.testing.assert_allclose(weighted_refits(sample, weights), ours[:few], rtol=0, atol=1e-12)
    # Theirs stops at a tolerance of 1e-6, relative to the variables.
    np.testing.assert_allclose(pyfixest_loop(sample, weights), ours[:few, :2], rtol=0, atol=1e-6)
    fit = whole_fit(sample)
    np.testing.assert_allclose(fit.replicates, ours, rtol=0, atol=1e-12)


def main() -> None:
    """Read the options, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--few", type=int, default=3, help="replications of the loops")
    options = parser.parse_args()
    sample = make_sample()
    weights = draw_all()
    few = weights[0][: options.few]
    orthogonal = sample.regressors @ inverse_root(sample.regression.bread)
    moments = cluster_moments(sample.regression.residuals, orthogonal, sample.starts)
    check_answers(sample, few)
    with threadpool_limits(1):
        seconds = time_rounds(
            {
                "floor": lambda: [block @ moments for block in weights],
                "kernel": lambda: kernel(sample),
                "fit": lambda: whole_fit(sample),
                "weights": draw_all,
                "refits": lambda: weighted_refits(sample, few),
                "pyfixest": lambda: pyfixest_loop(sample, few),
            },
            options.rounds,
        )
    base, ours = seconds["floor"], seconds["kernel"]
    many = REPLICATIONS / options.few
    print(f"numpy {np.__version__}; {FIRMS:,} firms, {YEARS} years, {REPLICATIONS} replications;")
    print(f"{options.rounds} rounds; loops scaled up from {options.few} replications")
    show("kernel / floor", ratio(ours, base), "at most 3")
    show("of which weights / floor", ratio(seconds["weights"], base))
    show("whole fit from the panel / floor", ratio(seconds["fit"], base))
    show("weighted refits / kernel (scaled)", many * ratio(seconds["refits"], ours))
    loop = many * ratio(seconds["pyfixest"], ours)
    show("pyfixest loop / kernel (scaled)", loop)
    loop = many * ratio(seconds["pyfixest"], seconds["fit"])
    show("pyfixest loop / whole fit (scaled)", loop, "at least 200")
    show("sums of products, MB", moments.nbytes / MEGABYTE)


if __name__ == "__main__":
    main()
