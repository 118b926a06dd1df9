"""How fast Ackerberg-Caves-Frazer is, as ratios measured in one process.

The rival is what packages do: minimise the squared moments with BFGS and a numeric
gradient, the law of motion fitted at each trial, from elasticities of one half, on the same
first stage. It finds one root, if its start is near one; ours are all roots. Candidates run
once in each round, in turn; what is shown is the median over the rounds of the ratio within
a round. The rival's answer is compared with ours before anything is timed.
"""

from __future__ import annotations

import argparse
import warnings
from dataclasses import dataclass
from importlib.util import find_spec
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
    import pandas as pd

    from tfp.numerics.arrays import FloatArray
    from tfp.numerics.innovation_roots import RootSearch
    from tfp.production.control_function.innovation_problem import InnovationProblem

FIRMS, YEARS, REPLICATIONS = 1_000, 10, 200
LAW = 3
PEER_ROUNDS, PEER_FITS = 3, 20
START = (0.5, 0.5)


@dataclass(frozen=True, eq=False)
class Sample:
    """Firms as a panel, and the problem that they are to both candidates."""

    panel: tfp.Panel
    logs: pd.DataFrame
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
        investment="investment",
    )
    inputs = ("capital", "labour")
    rows = firm_sample(panel, inputs=inputs, proxy="materials", method="benchmark")
    form = technology("cobb_douglas", inputs, rows.logs.log_inputs.T)
    method = tfp.AckerbergCavesFrazer(law_degree=LAW)
    logs = frame.assign(
        y=np.log(frame["output"]),
        l=np.log(frame["labour"]),
        k=np.log(frame["capital"]),
        m=np.log(frame["materials"]),
    )
    return Sample(panel, logs, method._problem(rows, form, ("capital",)))  # noqa: SLF001


def all_roots(sample: Sample) -> RootSearch:
    """First stage, and every root of the second."""
    return innovation_roots(sample.problem.rows(sample.problem.first_stage(), exact=True), LAW)


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


def statspai_estimate(sample: Sample) -> dict[str, float]:
    """Fit with StatsPAI: cubic first stage and law, no standard errors."""
    import statspai

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that there are two roots
        fit = statspai.prod_fn(
            sample.logs, output="y", free="l", state="k", proxy="m",
            panel_id="firm", time="year", method="acf",
        )  # fmt: skip
    return dict(fit.coef)


def check_answers(sample: Sample, *, peer: bool) -> None:
    """Stop if the candidates differ."""
    roots = [root.elasticities for root in all_roots(sample).roots]
    np.testing.assert_allclose(numeric(sample), roots[0], rtol=0, atol=1e-3)
    if peer:
        theirs = statspai_estimate(sample)
        nearest = min(np.abs(root - [theirs["k"], theirs["l"]]).max() for root in roots)
        assert nearest < 1e-6, f"StatsPAI's root is none of ours, by {nearest}"


def peer_ratio(sample: Sample, fit: object) -> float:
    """Return the median ratio of StatsPAI to our whole fit, in turn."""
    from time import perf_counter

    ratios = []
    for _ in range(PEER_ROUNDS):
        first = perf_counter()
        statspai_estimate(sample)
        second = perf_counter()
        for _ in range(PEER_FITS):
            fit()  # type: ignore[operator]
        ratios.append(PEER_FITS * (second - first) / (perf_counter() - second))
    return float(np.median(ratios))


def of_two_stages(sample: Sample, rounds: int) -> None:
    """Print what replications of Olley-Pakes and Levinsohn-Petrin cost in single fits."""
    candidates = {"OP": tfp.OlleyPakes, "LP": tfp.LevinsohnPetrin}
    for name, method in candidates.items():
        one, many = method(), method(covariance=tfp.Bootstrap(REPLICATIONS))
        seconds = time_rounds(
            {
                "one": lambda one=one: one.fit(sample.panel),
                "many": lambda many=many: many.fit(sample.panel, rng=1),
            },
            rounds,
        )
        label = f"{name}: fit with {REPLICATIONS} replications / fit"
        show(label, ratio(seconds["many"], seconds["one"]), "at most 80")


def main() -> None:
    """Read the options, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    sample = make_sample()
    estimate = tfp.AckerbergCavesFrazer(law_degree=LAW)
    replicated = tfp.AckerbergCavesFrazer(law_degree=LAW, covariance=tfp.Bootstrap(REPLICATIONS))
    peer = find_spec("statspai") is not None
    with single_threaded():
        check_answers(sample, peer=peer)
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
    with single_threaded():
        of_two_stages(sample, options.rounds)
        if peer:
            theirs = peer_ratio(sample, lambda: estimate.fit(sample.panel))
            show("StatsPAI, no errors / whole fit with errors", theirs, "at least 20")


if __name__ == "__main__":
    main()
