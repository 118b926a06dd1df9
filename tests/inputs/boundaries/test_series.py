"""63 units to 2025 and 34 from then on read as one series, and the seam is in the open."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tfp

SEEDS = st.integers(0, 2**32 - 1)
UNITS = ["Hưng Yên", "Phú Thọ", "Huế"]
OLD_YEARS, NEW_YEARS = range(2020, 2026), range(2025, 2030)
ROLES = ("output", "capital", "labour")


def published(former, years=NEW_YEARS, gap=0.0, seed=1, **options):
    """Return figures on the new boundary: in 2025 the sums, off by `gap` per cent."""
    rng = np.random.default_rng(seed)
    sums = tfp.merge_areas(former).frame
    rows = []
    for unit in UNITS:
        base = sums.loc[(unit, 2025)] / (1.0 - gap / 100.0)
        for year in years:
            growth = 1.0 if year == 2025 else np.exp(rng.normal(0.05, 0.02) * (year - 2025))
            rows.append({"area": unit, "year": year, **(base * growth)})
    frame = {key: [row[key] for row in rows] for key in rows[0]}
    panel = tfp.Panel(frame, entity="area", time="year", **{role: role for role in ROLES},
                      **options)  # fmt: skip
    return tfp.assign_areas(panel, "34 units")


def typed(parts, whole, years=(2024, 2025), later=(2025, 2026), **options):
    """Return two panels of Hưng Yên from typed figures."""
    n = len(years)
    former = tfp.Panel(
        {"p": ["Hưng Yên"] * n + ["Thái Bình"] * n, "year": [*years] * 2, "y": parts},
        entity="p", time="year", output="y", **options,
    )  # fmt: skip
    new = tfp.Panel({"year": list(later), "y": whole}, area="Hưng Yên", time="year", output="y",
                    **options)  # fmt: skip
    return tfp.assign_areas(former, "63 provinces"), tfp.assign_areas(new, "34 units")


def refusal(*arguments, **options):
    with pytest.raises(tfp.TFPError) as error:
        tfp.one_series(*arguments, **options)
    assert error.value.message("en") != error.value.message("vi")
    return error.value


@pytest.fixture
def former(make_panel):
    return make_panel(5, UNITS, roles=ROLES, years=OLD_YEARS)


class TestOneSeries:
    @pytest.mark.parametrize("link", ["growth", "levels"])
    def test_figures_that_agree_are_joined_as_they_are(self, former, link):
        new = published(former)
        series = tfp.one_series(former, new, link=link, tolerance=1e-9)
        sums = tfp.merge_areas(former)
        assert series.rows.entities == new.rows.entities
        for unit in UNITS:
            assert series.frame.loc[unit].index.tolist() == list(range(2020, 2030))
            np.testing.assert_allclose(
                series.frame.loc[unit].loc[:2025], sums.frame.loc[unit], rtol=1e-12
            )
            assert series.frame.loc[unit].loc[2025:].equals(new.frame.loc[unit])

    @given(seed=SEEDS, gap=st.floats(-5.0, 5.0))
    def test_growth_keeps_the_growth_of_sums_before_and_of_figures_after(
        self, make_panel, seed, gap
    ):
        former = make_panel(seed, UNITS, roles=ROLES, years=OLD_YEARS)
        new = published(former, gap=gap, seed=seed)
        series = tfp.one_series(former, new, link="growth", tolerance=6.0)
        sums = tfp.merge_areas(former).frame
        for unit in UNITS:
            growth = series.frame.loc[unit].pct_change()
            before, after = sums.loc[unit].pct_change(), new.frame.loc[unit].pct_change()
            np.testing.assert_allclose(growth.loc[2021:2025], before.loc[2021:], atol=1e-12)
            np.testing.assert_allclose(growth.loc[2026:], after.loc[2026:], atol=1e-12)

    def test_levels_put_the_discrepancy_into_the_growth_of_2025(self):
        former, new = typed([70.0, 76.0, 60.0, 64.0], [141.4, 152.0])
        series = tfp.one_series(former, new, link="levels", tolerance=1.5)
        assert series.values("output").tolist() == [130.0, 141.4, 152.0]

    def test_a_published_back_cast_replaces_sums_from_its_first_year(self):
        former, new = typed(
            [1.0, 2.0, 3.0, 4.0] * 2, [4.4, 6.6, 8.8, 9.9],
            years=(2022, 2023, 2024, 2025), later=(2023, 2024, 2025, 2026),
        )  # fmt: skip
        series = tfp.one_series(former, new, link="growth", tolerance=10.0)
        np.testing.assert_allclose(series.values("output"), [2.2, 4.4, 6.6, 8.8, 9.9], rtol=1e-14)

    def test_shares_are_not_moved_to_another_level(self):
        frame = {"p": ["Quảng Ninh"] * 2, "year": [2024, 2025], "y": [1.0, 2.0], "s": [0.50, 0.52]}
        later = {"p": ["Quảng Ninh"] * 2, "year": [2025, 2026], "y": [2.2, 3.0], "s": [0.53, 0.54]}
        options = {"entity": "p", "time": "year", "output": "y", "labour_share": "s"}
        old = tfp.assign_areas(tfp.Panel(frame, **options), 2024)
        new = tfp.assign_areas(tfp.Panel(later, **options), 2026)
        joined = tfp.one_series(old, new, link="growth", tolerance=10.0)
        np.testing.assert_allclose(joined.values("output"), [1.1, 2.2, 3.0], rtol=1e-14)
        assert joined.values("labour_share").tolist() == [0.50, 0.53, 0.54]

    def test_accounts_of_2021_2025_and_2026_2029_in_one(self, former):
        new = published(former, gap=0.4)
        series = tfp.one_series(former, new, link="growth", tolerance=0.5)
        accounts = tfp.growth_accounts(series, capital_share=0.4)
        periods = accounts.periods(["2021-2025", "2026-2029"])
        whole = tfp.growth_accounts(tfp.merge_areas(former), capital_share=0.4)
        keys = ["area", "period", "term"]
        expected = whole.periods(["2021-2025"]).tidy()
        expected = expected.rename(columns={"province": "area"}).set_index(keys)["points"]
        found = periods.tidy().set_index(keys)["points"]
        assert len(found) == 2 * len(expected)
        np.testing.assert_allclose(found[expected.index], expected, rtol=1e-10)

    def test_unchecked_needs_that_nothing_could_be_checked_and_a_reason(self):
        former, new = typed([70.0, 76.0, 60.0, 64.0], [152.0, 160.0], later=(2026, 2027))
        assert refusal(former, new, link="growth", tolerance=1.0).code == "overlap-missing"
        assert refusal(former, new, link="unchecked", tolerance=1.0).code == "reason-missing"
        series = tfp.one_series(
            former, new, link="unchecked", tolerance=1.0, reason="2025 is not published"
        )
        assert series.values("output").tolist() == [130.0, 140.0, 152.0, 160.0]
        assert series.ledger[-1].why("vi") == "2025 is not published"
        former, new = typed([70.0, 76.0, 60.0, 64.0], [141.4, 152.0])
        error = refusal(former, new, link="unchecked", tolerance=1.0, reason="x")
        assert error.code == "overlap-present"


class TestDiscrepancy:
    def test_it_is_named_and_measured(self):
        former, new = typed([70.0, 76.0, 60.0, 64.0], [141.4, 152.0])
        (line,) = tfp.boundary_discrepancies(former, new).to_dict("records")
        assert line == {
            "role": "output", "area": "Hưng Yên", "year": 2025, "sum_of_parts": 140.0,
            "published": 141.4, "statistical_discrepancy": pytest.approx(1.4),
            "per_cent": pytest.approx(100 * 1.4 / 141.4),
        }  # fmt: skip

    def test_a_large_one_is_refused_without_a_word(self):
        former, new = typed([70.0, 76.0, 60.0, 64.0], [144.0, 152.0])
        for link in ("growth", "levels"):
            error = refusal(former, new, link=link, tolerance=2.5)
            assert error.code == "discrepancy-too-large"
            assert error.fields["largest"] == pytest.approx(100 * 4 / 144)
            tfp.one_series(former, new, link=link, tolerance=3.0)
            accepted = tfp.one_series(former, new, link=link, tolerance=2.5, reason="re-evaluated")
            assert accepted.ledger[-1].why() == "re-evaluated"

    def test_it_is_in_the_ledger(self):
        former, new = typed([70.0, 76.0, 60.0, 64.0], [141.4, 152.0])
        entry = tfp.one_series(former, new, link="growth", tolerance=1.0).ledger[-1]
        assert (entry.action, entry.rows) == ("back-cast", (("Hưng Yên", 2024),))
        assert "0.99%" in entry.detail("en")
        assert "0,99%" in entry.detail("vi")
        assert "1.010000" in entry.detail("en")

    @pytest.mark.parametrize("tolerance", [-1.0, float("nan"), float("inf"), "1", None])
    def test_a_tolerance_is_a_number_of_per_cent(self, tolerance):
        former, new = typed([1.0] * 4, [2.0, 2.0])
        error = refusal(former, new, link="levels", tolerance=tolerance)
        assert error.code == "tolerance-not-a-number"

    def test_a_figure_of_zero_links_nothing(self):
        former, new = typed([0.0, 0.0, 0.0, 0.0], [0.0, 1.0])
        error = refusal(former, new, link="growth", tolerance=1.0)
        assert error.code == "link-not-positive"
        series = tfp.one_series(former, new, link="levels", tolerance=1.0)
        assert series.values("output").tolist() == [0.0, 0.0, 1.0]


class TestAgreement:
    def test_roles_are_the_same_or_chosen(self, former):
        new = published(former)
        without = tfp.Panel.of(
            new.rows, {r: c for r, c in new.columns.items() if r != "capital"}, new.ledger
        )
        error = refusal(former, without, link="levels", tolerance=1.0)
        assert (error.code, error.fields["roles"]) == ("series-roles-differ", ["capital"])
        series = tfp.one_series(
            former, without, link="levels", tolerance=1.0, roles=("output", "labour")
        )
        assert set(series.columns) == {"output", "labour"}

    def test_areas_are_the_same(self, make_panel, former):
        more = make_panel(5, [*UNITS, "Lào Cai"], roles=ROLES, years=OLD_YEARS)
        error = refusal(more, published(former), link="levels", tolerance=1.0)
        assert (error.code, error.fields["areas"]) == ("series-areas-differ", ["Lào Cai"])

    @pytest.mark.parametrize("what", ["units", "price_bases"])
    def test_units_and_price_bases_are_the_same(self, former, what):
        new = published(former, **{what: {"output": "2020"}})
        old = tfp.Panel.of(former.rows, former.columns, former.ledger)
        column = old.column("output")
        old = old.with_column(replace(column, **{what.removesuffix("s"): "2010"}))
        error = refusal(old, new, link="levels", tolerance=1.0)
        assert error.code == "series-descriptions-differ"

    def test_published_figures_declare_their_boundary(self, former):
        new = published(former)
        silent = without_boundary(new)
        assert refusal(former, silent, link="levels", tolerance=1.0).code == "boundary-undeclared"
        assert refusal(former, former, link="levels", tolerance=1.0).code == "boundary-contradicts"

    def test_merged_sums_are_taken_as_they_are(self, former):
        new, sums = published(former), tfp.merge_areas(former)
        one, other = (
            tfp.one_series(panel, new, link="growth", tolerance=1.0) for panel in (former, sums)
        )
        assert one.frame.equals(other.frame)


class TestWhatIsKnownOfTheFigures:
    def make(self, link):
        former = tfp.Panel(
            {"p": ["Quảng Ninh"] * 3, "year": [2023, 2024, 2025], "y": [1.0] * 3,
             "l": [10.0, 11.0, 12.0], "d": ["a"] * 3, "s": ["final", "final", "estimate"]},
            entity="p", time="year", output="y", labour="l", definitions={"labour": "d"},
            status="s", vintages={"labour": "yearbook 2024"},
        )  # fmt: skip
        new = tfp.Panel(
            {"p": ["Quảng Ninh"] * 2, "year": [2025, 2026], "y": [1.0] * 2, "l": [6.0, 6.3],
             "d": ["b"] * 2, "s": ["final", "preliminary"]},
            entity="p", time="year", output="y", labour="l", definitions={"labour": "d"},
            status="s", vintages={"labour": "yearbook 2026"},
        )  # fmt: skip
        return tfp.one_series(
            tfp.assign_areas(former, "63 provinces"), tfp.assign_areas(new, "34 units"),
            link=link, tolerance=0.0, reason="new definition",
        ).column("labour")  # fmt: skip

    def test_status_vintage_and_definition_follow_the_figure(self):
        labour = self.make("levels")
        assert labour.status.tolist() == [0, 0, 0, 2]
        assert labour.vintage == "yearbook 2024; yearbook 2026"
        assert [labour.definition_of(row) for row in range(4)] == ["a", "a", "b", "b"]
        assert labour.boundary == "34 units (from 1 July 2025)"

    def test_growth_over_a_change_of_definition_is_settled_only_by_growth(self):
        assert self.make("levels").accepted == ()
        growth = self.make("growth")
        assert growth.accepted == (2,)
        np.testing.assert_allclose(growth.values, [5.0, 5.5, 6.0, 6.3], rtol=1e-14)


def without_boundary(panel):
    columns = {role: replace(column, boundary=None) for role, column in panel.columns.items()}
    return tfp.Panel.of(panel.rows, columns, panel.ledger)
