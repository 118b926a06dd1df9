"""Every root, without a starting value."""

from __future__ import annotations

import numpy as np
import pytest

from tfp.datasets import generate_firms
from tfp.numerics.autoregressive_roots import autoregressive_roots
from tfp.numerics.innovation_moments import InnovationRows, innovation_moments
from tfp.numerics.innovation_products import innovation_products
from tfp.numerics.innovation_roots import innovation_roots, newton, refined
from tfp.numerics.polynomial_basis import polynomial_basis


def second_stage(firms, degree=2):
    logs = {name: np.log(values).ravel() for name, values in firms.observed.items()}
    inputs = np.vstack([logs["labour"], logs["capital"]])
    basis = polynomial_basis(np.vstack([inputs, logs["materials"]]), degree)
    proxied = np.linalg.lstsq(basis.T, logs["output"], rcond=None)[0] @ basis
    count, years = firms.log_productivity.shape
    now = np.arange(count * years).reshape(count, years)[:, 1:].ravel()
    return InnovationRows(
        proxied=proxied[now],
        past_proxied=proxied[now - 1],
        inputs=inputs[:, now],
        past_inputs=inputs[:, now - 1],
        instruments=np.vstack([inputs[0, now - 1], inputs[1, now]]),
        shifters=np.empty((0, len(now))),
    )


def normal_equation(sample, rho):
    """Return what is left of it at a persistence, times what removes its poles."""
    centred = {
        name: values - values.mean(axis=-1, keepdims=True)
        for name, values in sample.field_values().items()
    }
    Z = centred["instruments"]
    left = Z @ (centred["inputs"] - rho * centred["past_inputs"]).T
    b = np.linalg.solve(left, Z @ (centred["proxied"] - rho * centred["past_proxied"]))
    past = centred["past_proxied"] - b @ centred["past_inputs"]
    present = centred["proxied"] - b @ centred["inputs"]
    return np.linalg.det(left) ** 2 * (present @ past - rho * past @ past)


@pytest.fixture(scope="module")
def sample():
    return second_stage(generate_firms("DGP1", 200, 6, rng=2))


def test_the_polynomial_finds_what_a_fine_scan_finds_and_what_it_cannot_miss(sample):
    products = innovation_products(sample, 1).first_order
    exact = np.sort([rho for rho, _ in autoregressive_roots(products, 2)])
    scan = np.linspace(-2.0, 2.0, 2_001)
    signs = np.sign([normal_equation(sample, rho) for rho in scan])
    scanned = scan[np.flatnonzero(np.diff(signs) != 0)]
    inside = exact[np.abs(exact) < 2.0]
    np.testing.assert_allclose(scanned, inside, rtol=0, atol=0.002)
    assert len(inside) >= 2


def test_all_roots_satisfy_the_moments(sample):
    search = innovation_roots(sample, 1)
    assert len(search.roots) == 3
    assert search.lost == 0
    for root in search.roots:
        assert innovation_moments(sample, root.elasticities, 1).norm < 1e-11
        past = sample.past_proxied - root.elasticities @ sample.past_inputs
        present = sample.proxied - root.elasticities @ sample.inputs
        assert root.persistence == pytest.approx(np.polyfit(past, present, 1)[0], abs=1e-9)
    persistence = [root.persistence for root in search.roots]
    assert persistence == sorted(persistence, reverse=True)


@pytest.mark.parametrize("degree", [2, 3])
def test_roots_are_followed_to_higher_degrees(sample, degree):
    search = innovation_roots(sample, degree)
    assert search.followed == 3
    assert len(search.roots) + search.lost == 3
    for root in search.roots:
        assert root.norm < 1e-11
        place, moments = refined(sample, root.elasticities, degree)
        assert moments.norm < 1e-13
        np.testing.assert_allclose(place, root.elasticities, rtol=1e-8)


def test_the_same_root_from_a_hundred_starts_or_none(sample):
    """Pitfall 1 of other programs: the answer depends on the start."""
    roots = [root.elasticities for root in innovation_roots(sample, 1).roots]
    products = innovation_products(sample, 1)
    reached = 0
    for start in np.random.default_rng(4).uniform(-1.0, 2.0, (100, 2)):
        place, norm, _ = newton(products, start, 1)
        if norm < 1e-9:
            ending, _ = refined(sample, place, 1)
            reached += 1
            assert min(np.abs(ending - root).max() for root in roots) < 1e-7
    assert reached > 50


def test_the_units_of_output_and_inputs_do_not_matter(sample):
    """Pitfall 3: a criterion in squared units stops where it happens to be small."""
    values = sample.field_values()
    small = InnovationRows(**{**values, "instruments": 1e-6 * values["instruments"]})
    shifted = InnovationRows(**{**values, "inputs": values["inputs"] + 20.0})
    expected = [root.elasticities for root in innovation_roots(sample, 3).roots]
    for changed in (small, shifted):
        found = [root.elasticities for root in innovation_roots(changed, 3).roots]
        for one, other in zip(found, expected, strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-7, atol=1e-8)
