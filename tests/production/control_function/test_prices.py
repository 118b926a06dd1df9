"""Prices of the firm's own, and what productivity is called where output is revenue."""

from __future__ import annotations

import numpy as np
import pytest

import tfp

ACF = tfp.AckerbergCavesFrazer
OWN = {"labour_timing": "predetermined at t", "degree": 2}


def with_prices(frame, *, seed, share=0.3, lasting=0.2):
    """Add a log price that answers productivity, and lasts for another time than it does."""
    rng = np.random.default_rng(seed)
    years = frame["year"].nunique()
    productivity = frame["log_productivity"].to_numpy().reshape(-1, years)
    price = np.zeros_like(productivity)
    price[:, 0] = rng.normal(0.0, 0.3, len(price))
    for t in range(1, years):
        moved = share * productivity[:, t] + rng.normal(0.0, 0.2, len(price))
        price[:, t] = lasting * price[:, t - 1] + moved
    return frame.assign(price=price.ravel())


def with_brief_labour(frame, *, seed):
    """Replace labour by one that lasts for a shorter time than productivity does."""
    rng = np.random.default_rng(seed)
    years = frame["year"].nunique()
    productivity = frame["log_productivity"].to_numpy().reshape(-1, years)
    labour = rng.normal(0.0, 0.4, productivity.shape)
    for t in range(1, years):
        labour[:, t] += 0.2 * labour[:, t - 1] + 0.5 * productivity[:, t - 1]
    labour = np.exp(labour.ravel())
    output = frame["output"] * (labour / frame["labour"]) ** 0.6
    return frame.assign(labour=labour, output=output)


@pytest.fixture(scope="module")
def firms(plain):
    return with_brief_labour(with_prices(plain(2_000, 8, seed=21), seed=22), seed=23)


def panel(panel_of, frame):
    return panel_of(frame, controls={"price": "price"})


def errors(estimate):
    return dict(zip(estimate.terms, estimate.std_errors, strict=True))


def test_a_price_that_moves_the_proxy_belongs_into_its_demand(panel_of, firms):
    """At the same productivity who pays more for materials buys less of them."""
    bought = firms.assign(materials=firms["materials"] * np.exp(-0.8 * firms["price"]))
    right = ACF(price="price", **OWN).fit(panel(panel_of, bought))
    linear = ACF(**OWN).fit(panel(panel_of, bought))
    for name, true in (("capital", 0.4), ("labour", 0.6)):
        assert abs(right.elasticities[name] - true) < 3 * errors(right)[name]
        assert errors(right)[name] < 0.02
    # A control of the first stage is taken out of output, which is something else.
    assert right.terms == ("capital", "labour")
    assert linear.terms == ("capital", "labour", "price")
    assert abs(linear.elasticities["capital"] - 0.4) > 5 * errors(linear)["capital"]
    truth = firms["log_productivity"]
    known = np.corrcoef(right.productivity["log_productivity"], truth)[0, 1]
    assert known > 0.999 > np.corrcoef(linear.productivity["log_productivity"], truth)[0, 1]


def test_expenditure_at_prices_of_its_own_is_corrected_by_the_price_of_output(panel_of, firms):
    """Labour is better paid where output is dear: the function has -0.5 x 0.6 p."""
    spent = firms.assign(labour=firms["labour"] * np.exp(0.5 * firms["price"]))
    method = ACF(price="price", price_enters="function", degree=2)
    estimate = method.fit(panel(panel_of, spent))
    assert estimate.terms == ("capital", "labour", "price")
    for name, true in (("capital", 0.4), ("labour", 0.6), ("price", -0.3)):
        place = estimate.terms.index(name)
        assert abs(estimate.estimates[place] - true) < 3 * errors(estimate)[name]
        assert errors(estimate)[name] < 0.05
    assert set(estimate.elasticities) == {"capital", "labour"}
    assert estimate.returns_to_scale == pytest.approx(1.0, abs=0.05)
    # TFP is net of the price: output less inputs as they would be at common prices.
    truth = firms["log_productivity"]
    net = estimate.productivity["log_productivity"]
    gross = net + estimate.estimates[2] * firms["price"].to_numpy()
    assert np.corrcoef(net, truth)[0, 1] > 0.99
    assert np.corrcoef(net, truth)[0, 1] > np.corrcoef(gross, truth)[0, 1]
    ignoring = ACF(degree=2).fit(panel_of(spent))
    assert abs(ignoring.elasticities["labour"] - 0.6) > 3 * errors(ignoring)["labour"]


def test_its_errors_hold_both_stages(panel_of, plain):
    frame = with_prices(plain(400, 6, seed=3), seed=4)
    options = {"price": "price", "price_enters": "function", **OWN}
    analytic = ACF(**options).fit(panel(panel_of, frame))
    drawn = ACF(**options, covariance=tfp.Bootstrap(100)).fit(panel(panel_of, frame), rng=1)
    np.testing.assert_allclose(drawn.std_errors, analytic.std_errors, rtol=0.35)


def test_what_is_refused(panel_of, firms):
    for options, code in (
        ({"price": "wage"}, "input-unknown"),
        ({"price": "price", "price_enters": "costs"}, "option-unknown"),
        ({"price": "price", "price_enters": "function", "form": "translog"}, "option-unknown"),
        ({"output_is": "profit"}, "option-unknown"),
    ):
        with pytest.raises(tfp.MethodError) as error:
            ACF(**options).fit(panel(panel_of, firms))
        assert error.value.code == code


METHODS = [tfp.AckerbergCavesFrazer, tfp.LevinsohnPetrin, tfp.OlleyPakes]
NAMES = {"quantity": ("TFPQ", "TFPR"), "deflated_revenue": ("TFPR", "TFPQ")}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("measure", NAMES)
def test_productivity_from_revenue_and_from_quantities_have_two_names(
    panel_of, plain, method, measure
):
    estimate = method(output_is=measure, degree=1).fit(panel_of(plain(60, 5, seed=1)))
    name, other = NAMES[measure]
    for language in ("en", "vi"):
        shown = estimate.summary(language)
        assert name in shown
        assert other not in shown
    assert estimate.provenance.options["output_is"] == measure
    unsaid = method(degree=1).fit(panel_of(plain(60, 5, seed=1)))
    assert "TFPR" not in unsaid.summary()
    assert "TFPQ" not in unsaid.summary()
