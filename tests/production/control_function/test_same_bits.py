"""Replications of control functions are the same bits wherever they run."""

from __future__ import annotations

import joblib
import numpy as np
import pytest

import tfp
from tfp.numerics.cluster_weights import MANY

DRAWN = {"covariance": tfp.Bootstrap(30)}
METHODS = {
    "acf": tfp.AckerbergCavesFrazer(degree=2, **DRAWN),
    "acf, overidentified": tfp.AckerbergCavesFrazer(
        degree=2, further_instruments=("flexible_lagged_twice",), **DRAWN
    ),
    "lp": tfp.LevinsohnPetrin(degree=2, **DRAWN),
    "op": tfp.OlleyPakes(degree=2, **DRAWN),
    "gnr": tfp.GandhiNavarroRivers(**DRAWN),
}


@pytest.fixture(scope="module")
def panel(panel_of, firms):
    share = 0.4 * np.exp(np.random.default_rng(2).normal(0.0, 0.1, len(firms)))
    frame = firms.assign(cost=share * firms["output"], revenue=firms["output"])
    return panel_of(frame, further_incomes={"materials": "cost"}, output_current="revenue")


@pytest.fixture(scope="module")
def serial(panel):
    return {name: method.fit(panel, rng=1) for name, method in METHODS.items()}


@pytest.fixture(scope="module")
def many(panel_of):
    """Return more firms than are drawn one by one."""
    return panel_of(tfp.datasets.generate_firms("DGP1", MANY + 1, 4, rng=5).frame)


def check(panel, serial):
    for name in serial:
        method = METHODS[name]
        parallel = method.fit(panel, rng=1)
        assert parallel.replicates.tobytes() == serial[name].replicates.tobytes(), name
        assert parallel.covariance.tobytes() == serial[name].covariance.tobytes(), name


def test_other_seeds_are_other_numbers(panel, serial):
    for estimate in serial.values():
        assert len(estimate.replicates) > 20
    first = METHODS["acf"].fit(panel, rng=2).replicates
    assert not np.array_equal(first, serial["acf"].replicates)


@pytest.mark.parametrize("backend", ["threading", "loky"])
def test_threads_and_processes(panel, serial, backend):
    with joblib.parallel_config(backend, n_jobs=2):
        check(panel, serial)


@pytest.mark.parametrize("backend", ["threading", "loky"])
def test_firms_drawn_in_two_steps(many, backend):
    serial = {"lp": METHODS["lp"].fit(many, rng=1)}
    assert len(serial["lp"].replicates) > 20
    with joblib.parallel_config(backend, n_jobs=2):
        check(many, serial)


def test_a_dask_cluster(panel, serial):
    distributed = pytest.importorskip("distributed", reason="dask is not installed")
    cluster = distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=True, dashboard_address=None
    )
    with cluster, distributed.Client(cluster), joblib.parallel_config("dask"):
        check(panel, serial)
