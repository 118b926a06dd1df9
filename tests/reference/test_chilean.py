"""Control functions on the Chilean plants of prodest, 1996 to 2006.

The exact root of Ackerberg-Caves-Frazer was found from two hundred random starts and by
another program; it is held to 1e-9. The minima of the one-dimensional criteria were solved
for in forty decimal digits from the same file; what was printed before came from a search
over the criterion, which is flat at its minimum, and is right to 1e-8.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tfp

EXACT = 1e-9
SOLVED = 1e-12
PRINTED = 1e-8
FREE = ("labour", "unskilled")
ROOT = [0.250807588377716, 0.645673912292428, 0.644030218142602]
ROOT_ERRORS = [0.04042939, 0.11326639, 0.13872103]
AUTOREGRESSIVE = [0.22757910, 0.71270612, 0.71522197]
AUTOREGRESSIVE_ERRORS = [0.03776546, 0.10369894, 0.13975708]
FREE_ELASTICITIES = {
    ("op", 2): [0.3143462581696292, 0.2555817951740502],
    ("op", 3): [0.3189106616803915, 0.2577059951913381],
    ("lp", 2): [0.19852419929907153, 0.16937101096486626],
    ("lp", 3): [0.2011151116081406, 0.1696221546317817],
}
# Method, degree, convention: in forty digits, as printed, and the criterion.
STATE = {
    ("op", 2, "productivity"): (0.16754196390046146, 0.16754196980973365, 996.34700888385664),
    ("op", 2, "output"): (0.15723838062467517, 0.15723837779272468, 981.74603514616113),
    ("op", 3, "productivity"): (0.16175062511398785, 0.16175061929476328, 994.09329731599760),
    ("op", 3, "output"): (0.12936663737781732, 0.1293666407342033, 985.44619495447521),
    ("lp", 2, "productivity"): (0.11654241287597209, 0.11654240817366494, 774.96088484855975),
    ("lp", 2, "output"): (0.12056588088338585, 0.12056588093123329, 768.68791242029601),
    ("lp", 3, "productivity"): (0.12003581734052080, 0.12003582627252235, 743.09955963588346),
    ("lp", 3, "output"): (0.12661848717168593, 0.12661848273631937, 740.12364832788936),
}


@pytest.fixture(scope="module")
def plants(reference_data):
    logs = pd.read_csv(reference_data("chilean_prodest.csv"))
    levels = np.exp(logs[["Y", "sX", "fX1", "fX2", "pX", "inv"]])
    return tfp.Panel(
        levels.assign(plant=logs["idvar"], year=logs["timevar"]),
        entity="plant",
        time="year",
        output="Y",
        capital="sX",
        labour="fX1",
        further_inputs={"unskilled": "fX2", "electricity": "pX"},
        investment="inv",
    )


def acf(**options):
    return tfp.AckerbergCavesFrazer(proxy="electricity", flexible=FREE, degree=2, **options)


def two_stages(name, **options):
    if name == "op":
        return tfp.OlleyPakes(flexible=FREE, **options)
    return tfp.LevinsohnPetrin(proxy="electricity", flexible=FREE, **options)


def test_the_exact_root_of_the_cubic_law(plants):
    estimate = acf(law_degree=3).fit(plants)
    np.testing.assert_allclose(estimate.estimates, ROOT, rtol=0, atol=EXACT)
    np.testing.assert_allclose(estimate.std_errors, ROOT_ERRORS, rtol=0, atol=1e-8)
    assert estimate.converged
    assert estimate.identified
    assert len(estimate.roots) == 1
    assert estimate.diagnostics["moment_norm"] < 1e-14
    assert estimate.roots[0].moment_norm < 1e-11
    assert estimate.diagnostics["rows_with_past"] == 1944


def test_its_returns_to_scale_are_flagged(plants):
    estimate = acf(law_degree=3).fit(plants)
    assert estimate.returns_to_scale == pytest.approx(1.5405, abs=1e-4)
    flags = [finding.code for finding in estimate.warnings]
    assert flags == ["mass-at-one", "mass-at-one", "returns-not-credible"]
    assert "1.54" in estimate.summary("en")
    assert "1,54" in estimate.summary("vi")


def test_the_exact_root_of_the_autoregressive_law(plants):
    estimate = acf().fit(plants)
    np.testing.assert_allclose(estimate.estimates, AUTOREGRESSIVE, rtol=0, atol=5e-9)
    np.testing.assert_allclose(estimate.std_errors, AUTOREGRESSIVE_ERRORS, rtol=0, atol=5e-9)
    assert estimate.diagnostics["persistence"] == pytest.approx(0.74064377, abs=5e-9)


def test_the_exact_root_with_a_cubic_first_stage(plants):
    estimate = tfp.AckerbergCavesFrazer(
        proxy="electricity", flexible=FREE, degree=3, law_degree=3
    ).fit(plants)
    printed = [0.20034253623796447, 0.7061489018495852, 0.7494085754257322]
    np.testing.assert_allclose(estimate.estimates, printed, rtol=0, atol=EXACT)


def test_false_minima_of_other_programs_are_no_roots(plants):
    """Prodest publishes the third of these, from its own starting point."""
    roots = acf(law_degree=3).fit(plants).roots
    for false in ((0.47226, 1.34644), (2.07805, -1.55407), (0.15207, 0.15619)):
        assert all(abs(root.coefficients[1] - false[0]) > 0.1 for root in roots)


@pytest.mark.parametrize(("name", "degree", "convention"), STATE)
def test_two_stages_under_both_conventions(plants, name, degree, convention):
    solved, printed, criterion = STATE[name, degree, convention]
    estimate = two_stages(name, degree=degree, law_fitted_to=convention).fit(plants)
    capital, *free = estimate.estimates.tolist()
    assert capital == pytest.approx(solved, abs=SOLVED)
    assert capital == pytest.approx(printed, abs=PRINTED)
    assert free == pytest.approx(FREE_ELASTICITIES[name, degree], abs=1e-12)
    assert estimate.diagnostics["criterion"] == pytest.approx(criterion, rel=1e-12)


def test_errors_of_the_two_stages_against_printed_replications(plants):
    """A hundred replications of prodest: 0.041, 0.032 and 0.031 for Olley-Pakes."""
    estimate = two_stages("op", degree=2, law_fitted_to="productivity").fit(plants)
    np.testing.assert_allclose(estimate.std_errors, [0.031, 0.041, 0.032], rtol=0.25)
