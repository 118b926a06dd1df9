"""How fast Ackerberg-Caves-Frazer is, as ratios measured in one process.

The rival is what packages do: minimise the squared moments with BFGS and a numeric
gradient, the law of motion fitted at each trial, from elasticities of one half, on the same
first stage. It finds one root, if its start is near one; ours are all roots. Candidates run
once in each round, in turn; what is shown is the median over the rounds of the ratio within
a round. The rival's answer is compared with ours before anything is timed.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from growth_core import ratio, show, time_rounds
from scipy.optimize import minimize

import tfp
from tfp.numerics.innovation_roots import innovation_roots
from tfp.numerics.replications import single_threaded
from tfp.production.control_function.firm_sample import firm_sample
from tfp.production.control_function.technology import technology

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.numerics.innovation_roots import RootSearch
    from tfp.production.control_function.innovation_problem import InnovationProblem

FIRMS, YEARS, REPLICATIONS = 1_000, 10, 200
LAW = 3
START = (0.5, 0.5)


@dataclass(frozen=True, eq=False)
class Sample:
    """Firms as a panel, and the problem that they are to both candidates."""

    panel: tfp.Panel
    problem: InnovationProblem


def make_sample() -> Sample:
    """Draw firms of the first design."""
    frame = tfp.datasets.generate_firms("DGP1", FIRMS, YEARS, rng=20_240).frame
    panel = tfp.Panel(
        frame,
        entity="firm",
        time="year",
        output="output",
        capital="capital",
        labour="labour",
        further_inputs={"materials": "materials"},
    )
    inputs = ("capital", "labour")
    rows = firm_sample(panel, inputs=inputs, proxy="materials", method="benchmark")
    form = technology("cobb_douglas", inputs, rows.logs.log_inputs.T)
    method = tfp.AckerbergCavesFrazer(law_degree=LAW)
    return Sample(panel, method._problem(rows, form, ("capital",)))  # noqa: SLF001


def all_roots(sample: Sample) -> RootSearch:
    """First stage, and every root of the second."""
    return innovation_roots(sample.problem.rows(sample.problem.first_stage()), LAW)


def numeric(sample: Sample) -> FloatArray:
    """First stage, and BFGS with a numeric gradient on the squared moments."""
    rows = sample.problem.rows(sample.problem.first_stage())
    spread = rows.instruments.std(axis=1)
    instruments = (rows.instruments - rows.instruments.mean(axis=1, keepdims=True)) / (
        spread[:, None]
    )
    n = len(rows.proxied)

    def criterion(elasticities: FloatArray) -> float:
        present = rows.proxied - elasticities @ rows.inputs
        past = rows.past_proxied - elasticities @ rows.past_inputs
        past = (past - past.mean()) / past.std()
        law = np.vstack([np.ones(n), past, past**2, past**3])
        fitted = np.linalg.solve(law @ law.T, law @ present)
        moments = instruments @ (present - fitted @ law) / n
        return float(moments @ moments)

    found = minimize(criterion, START, method="BFGS", options={"gtol": 1e-9})
    return np.asarray(found.x)


def main() -> None:
    """Read the options, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    sample = make_sample()
    estimate = tfp.AckerbergCavesFrazer(law_degree=LAW)
    replicated = tfp.AckerbergCavesFrazer(law_degree=LAW, covariance=tfp.Bootstrap(REPLICATIONS))
    with single_threaded():
        np.testing.assert_allclose(
            numeric(sample), all_roots(sample).roots[0].elasticities, rtol=0, atol=1e-3
        )
        seconds = time_rounds(
            {
                "all roots": lambda: all_roots(sample),
                "first stage": sample.problem.first_stage,
                "numeric BFGS": lambda: numeric(sample),
                "fit": lambda: estimate.fit(sample.panel),
                "fit with replications": lambda: replicated.fit(sample.panel, rng=1),
            },
            options.rounds,
        )
    base, fit = seconds["all roots"], seconds["fit"]
    print(f"numpy {np.__version__}; {options.rounds} rounds; one thread")
    print(f"{FIRMS:,} firms, {YEARS} years, cubic first stage and law")
    show("numeric BFGS / all roots", ratio(seconds["numeric BFGS"], base), "at least 10")
    show("numeric BFGS / whole fit", ratio(seconds["numeric BFGS"], fit))
    show("all roots / first stage", ratio(base, seconds["first stage"]))
    show("whole fit / all roots", ratio(fit, base))
    many = ratio(seconds["fit with replications"], fit)
    show(f"fit with {REPLICATIONS} replications / fit", many, "at most 80")


if __name__ == "__main__":
    main()
