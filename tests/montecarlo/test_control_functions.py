"""Control functions on samples whose truth is known.

The designs are those of Ackerberg, Caves and Frazer (2015), as they are recalled; the
biases with a misstated design or a blurred proxy are those that their table and a later
replication of it print: known faults of the estimator, which ours must share.
A hundred samples are drawn every time, a thousand in the slow run.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

import tfp

TRUTH = np.array([0.4, 0.6])
ROLES = {
    "entity": "firm",
    "time": "year",
    "output": "output",
    "capital": "capital",
    "labour": "labour",
    "further_inputs": {"materials": "materials"},
}
# A hundred samples: mean within 0.005, and a 90 per cent interval covers 80 to 97 times.
MEAN, COVERAGE = 0.005, (0.80, 0.97)
MANY = pytest.param(1_000, marks=pytest.mark.slow)
WAGES = {"wage_persistence": 0.9, "wage_sd": 0.1}
# Here productivity is less persistent than wages: the usual rule picks the wrong root.
WORST = {"wage_persistence": 0.8, "wage_sd": 0.3, "persistence": 0.5}


@dataclass(frozen=True)
class Samples:
    """Estimates of one method on many samples, capital first."""

    estimates: np.ndarray
    errors: np.ndarray
    roots: np.ndarray
    admissible: np.ndarray
    flagged: np.ndarray
    hansen: np.ndarray

    @property
    def mean(self):
        return np.nanmean(self.estimates, axis=0)

    @property
    def simulation_error(self):
        answered = self.estimates[~np.isnan(self.estimates).any(axis=1)]
        return answered.std(axis=0, ddof=1) / np.sqrt(len(answered))

    @property
    def coverage(self):
        from statistics import NormalDist

        reach = NormalDist().inv_cdf(0.95) * self.errors
        return (np.abs(self.estimates - TRUTH) <= reach).mean(axis=0)


@cache
def samples(count, method, design, **options):
    gathered = []
    for seed in range(count):
        firms = tfp.datasets.generate_firms(design, rng=70_000 + seed, **options)
        estimate = method.fit(tfp.Panel(firms.frame, **ROLES))
        gathered.append(
            (
                estimate.estimates[:2],
                estimate.std_errors[:2],
                len(estimate.roots),
                sum(root.admissible for root in estimate.roots),
                not (estimate.identified and estimate.converged),
                next((t.p_value for t in estimate.tests if t.name == "hansen"), np.nan),
            )
        )
    return Samples(*(np.array(column) for column in zip(*gathered, strict=True)))


ACF = tfp.AckerbergCavesFrazer()
CUBIC = tfp.AckerbergCavesFrazer(law_degree=3)
LP = tfp.LevinsohnPetrin(degree=2)


@pytest.mark.parametrize("count", [100, MANY])
@pytest.mark.parametrize("design", ["DGP1", "DGP2"])
def test_the_truth_where_the_assumptions_hold(count, design):
    found = samples(count, ACF, design)
    np.testing.assert_allclose(found.mean, TRUTH, atol=MEAN)
    low, high = COVERAGE if count == 100 else (0.87, 0.93)
    assert (found.coverage >= low).all()
    assert (found.coverage <= high).all()
    # The spurious root has labour near one: it was never reported.
    assert found.estimates[:, 1].max() < 0.7


@pytest.mark.parametrize("count", [20, MANY])
def test_the_polynomial_law_too(count):
    found = samples(count, CUBIC, "DGP1")
    np.testing.assert_allclose(found.mean, TRUTH, atol=MEAN + 3 * found.simulation_error.max())
    assert found.estimates[:, 1].max() < 0.7


@pytest.mark.parametrize(
    ("count", "design", "blurred", "known"),
    [
        (100, "DGP3", 0.0, [0.407, 0.595]),
        (100, "DGP1", 0.5, [0.405, 0.628]),
        pytest.param(1_000, "DGP3", 0.0, [0.407, 0.595], marks=pytest.mark.slow),
        pytest.param(1_000, "DGP1", 0.1, [0.427, 0.595], marks=pytest.mark.slow),
        pytest.param(1_000, "DGP1", 0.2, [0.427, 0.602], marks=pytest.mark.slow),
        pytest.param(1_000, "DGP1", 0.5, [0.405, 0.628], marks=pytest.mark.slow),
    ],
)
def test_known_biases_are_reproduced(count, design, blurred, known):
    found = samples(count, ACF, design, measurement_error=blurred)
    allowed = 3 * found.simulation_error + 0.0015
    assert (np.abs(found.mean - known) <= allowed).all()


@pytest.mark.parametrize("count", [100, MANY])
def test_three_roots_in_every_sample_with_persistent_wages(count):
    found = samples(count, ACF, "DGP1", **WAGES)
    assert (found.roots == 3).all()
    # What is reported is the true root: the wage is more persistent, its root's slope is not.
    assert found.estimates[:, 1].max() < 0.7
    assert found.flagged.mean() > 0.95


@pytest.mark.parametrize("count", [100, MANY])
def test_never_an_unflagged_estimate_where_the_rule_is_wrong(count):
    found = samples(count, ACF, "DGP1", **WORST)
    assert found.flagged.all()
    wrong = np.abs(found.estimates[:, 1] - 0.6) > 0.1
    assert wrong.mean() > 0.9, "the design no longer is one where the rule fails"


@pytest.mark.parametrize("count", [20, MANY])
@pytest.mark.parametrize("further", ["flexible_lagged_twice", "state_lagged"])
def test_more_instruments_find_the_truth_too_and_their_test_has_its_size(count, further):
    """Materials reveal productivity exactly in DGP1: nothing is wrong that J could find."""
    found = samples(count, tfp.AckerbergCavesFrazer(further_instruments=(further,)), "DGP1")
    allowed = MEAN if count == 1_000 else 3 * found.simulation_error
    assert (np.abs(found.mean - TRUTH) <= allowed).all()
    assert found.estimates[:, 1].max() < 0.7
    low, high = (0.85, 0.95) if count == 1_000 else (0.70, 1.0)
    assert (found.coverage >= low).all()
    assert (found.coverage <= high).all()
    rejected = (found.hansen < 0.1).mean()
    assert rejected <= (0.15 if count == 1_000 else 0.3)


@pytest.mark.parametrize("count", [10, pytest.param(200, marks=pytest.mark.slow)])
@pytest.mark.parametrize(("design", "known"), [("DGP1", [1.12, 0.0]), ("DGP2", [0.399, 0.6])])
def test_levinsohn_petrin_where_it_is_consistent_and_where_it_is_not(count, design, known):
    found = samples(count, LP, design)
    np.testing.assert_allclose(found.mean, known, atol=0.03)
