"""Accounts beside targets: every outcome, both operators, and the published targets."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import tfp
from tfp.datasets import targets

SHARE = 1e-9  # per cent: the growth of whole numbers, a few roundings

METHOD = tfp.preset("national", factor_weights=tfp.FixedShares(capital=0.4))
NATIONAL = [target for target in targets() if target.area == "Viet Nam"]


def panel_with_share(shares, area="Viet Nam", first=2020, growth=0.08, **options):
    """Return a panel whose TFP shares of growth are given, in per cent, by year."""
    output = [100.0]
    labour = [50.0]
    for share in shares:
        output.append(output[-1] * (1 + growth))
        # All that is not TFP comes from labour, whose share is 0.6.
        labour.append(labour[-1] * (1 + growth * (1 - share / 100) / 0.6))
    years = [first - 1 + k for k in range(len(output))]
    frame = {"year": years, "y": output, "k": [300.0] * len(output), "l": labour}
    roles = {"time": "year", "area": area, "output": "y", "capital": "k", "labour": "l"}
    return tfp.Panel(frame | options.pop("columns", {}), **(roles | options))


def accounts_with_share(shares, method=METHOD, **options):
    return method.fit(panel_with_share(shares, **options))


def target(operator="at_least", lower=45.0, first=2021, last=2022, **options):
    basis = "year" if first == last else "period_average"
    standard = {
        "area": "Viet Nam", "document": "A plan", "document_vi": "Kế hoạch", "source": "test",
        "due_year": last,
    }  # fmt: skip
    return tfp.Target(
        operator=operator, lower=lower, basis=basis, first_year=first, last_year=last,
        **(standard | options),
    )  # fmt: skip


def outcome_of(accounts, one, **options):
    (outcome,) = accounts.against([one], **options).outcomes
    return outcome


def test_a_single_target_needs_no_list():
    accounts, one = accounts_with_share([46.0] * 3), target()
    assert accounts.against(one).outcomes == accounts.against([one]).outcomes
    assert accounts.against(iter([one])).outcomes == accounts.against([one]).outcomes


class TestOutcomes:
    @pytest.mark.parametrize(
        ("operator", "share", "outcome"),
        [
            ("at_least", 46.0, "reached"),
            ("at_least", 44.0, "not_reached"),
            ("over", 46.0, "reached"),
            ("over", 44.0, "not_reached"),
        ],
    )
    @pytest.mark.parametrize("years", [(2021, 2021), (2021, 2022)])
    def test_reached_or_not(self, operator, share, outcome, years):
        found = outcome_of(
            accounts_with_share([30.0, share, share]), target(operator, 45.0, *years)
        )
        assert found.outcome == outcome
        assert found.share == pytest.approx(share, abs=SHARE)
        assert found.distance == pytest.approx(share - 45.0, abs=SHARE)
        assert found.reason == ""

    def test_the_bound_itself_tells_the_operators_apart(self):
        accounts = accounts_with_share([50.0])
        exactly = accounts.share_of_growth["tfp"].item()
        assert [
            outcome_of(accounts, target(operator, exactly, 2020, 2020)).outcome
            for operator in ("at_least", "over")
        ] == ["reached", "not_reached"]

    def test_the_lower_end_of_a_range_is_the_bound(self):
        found = outcome_of(accounts_with_share([46.0]), target(first=2020, last=2020, upper=47.0))
        assert (found.outcome, round(found.distance, 9)) == ("reached", 1.0)

    def test_not_yet_due_shows_the_share_so_far(self):
        found = outcome_of(accounts_with_share([40.0, 50.0]), target(first=2021, last=2025))
        assert (found.outcome, found.covered) == ("not_yet_due", "2021")
        assert found.share == pytest.approx(50.0, abs=SHARE)
        found = outcome_of(accounts_with_share([40.0]), target(first=2025, last=2025))
        assert (found.outcome, found.share, found.distance) == ("not_yet_due", None, None)

    def test_whether_a_target_is_due_is_read_from_the_data(self):
        for last in (2021, 2022):
            accounts = accounts_with_share([50.0] * (last - 2019))
            expected = "not_yet_due" if last < 2022 else "reached"
            assert outcome_of(accounts, target(first=2021, last=2022)).outcome == expected


class TestNotComparable:
    @pytest.mark.parametrize(
        "method",
        [
            replace(METHOD, rates="log"),
            replace(METHOD, factor_weights=tfp.IncomeShares()),
            tfp.preset("klems"),
        ],
        ids=["logs", "income shares", "klems"],
    )
    def test_by_another_method(self, method):
        panel = panel_with_share([50.0], columns={"s": [0.6, 0.6]}, labour_share="s")
        found = outcome_of(method.fit(panel), target(first=2020, last=2020))
        assert (found.outcome, found.reason, found.share) == ("not_comparable", "method", None)

    def test_with_more_inputs_than_the_indicator_knows(self):
        panel = panel_with_share([50.0], columns={"h": [1.0, 1.1]}, human_capital="h")
        found = outcome_of(METHOD.fit(panel), target(first=2020, last=2020))
        assert (found.outcome, found.reason) == ("not_comparable", "method")

    def test_unless_the_target_is_meant_for_that_method(self):
        panel = panel_with_share([50.0], columns={"s": [0.6, 0.6]}, labour_share="s")
        accounts = tfp.preset("klems").fit(panel)
        meant = target(first=2020, last=2020, method="klems")
        assert outcome_of(accounts, meant).outcome == "reached"
        assert outcome_of(METHOD.fit(panel), meant).reason == "method"

    def test_for_another_area(self):
        found = outcome_of(
            accounts_with_share([50.0], area="Hung Yen"), target(first=2020, last=2020)
        )
        assert (found.outcome, found.reason) == ("not_comparable", "area")

    def test_the_same_area_in_another_spelling_is_the_same(self):
        for spelling in ("Việt Nam", "viet nam", "VIỆT NAM"):
            accounts = accounts_with_share([50.0], area=spelling)
            assert outcome_of(accounts, target(first=2020, last=2020)).outcome == "reached"

    def test_years_that_the_accounts_lack(self):
        accounts = accounts_with_share([50.0] * 4)
        before = outcome_of(accounts, target(first=2010, last=2010))
        assert (before.outcome, before.reason, before.covered) == ("not_comparable", "years", "")
        partly = outcome_of(accounts, target(first=2018, last=2021))
        assert (partly.outcome, partly.reason, partly.covered) == (
            "not_comparable", "years", "2020-2021",
        )  # fmt: skip

    @pytest.mark.parametrize(("last", "outcome"), [(2023, "not_comparable"), (2030, "not_yet_due")])
    def test_a_hole_among_the_years(self, last, outcome):
        panel = panel_with_share([50.0] * 4)
        capital = panel.values("capital").copy()
        capital[2] = np.nan  # 2021: no growth in 2021 and 2022
        accounts = METHOD.fit(panel.with_values("capital", capital))
        found = outcome_of(accounts, target(first=2020, last=last))
        assert (found.outcome, found.share, found.covered) == (outcome, None, "")

    @pytest.mark.parametrize(
        ("growth", "reason"), [(-0.03, "negative_growth"), (0.005, "growth_below_threshold")]
    )
    def test_a_share_that_means_nothing(self, growth, reason):
        accounts = accounts_with_share([50.0], growth=growth)
        found = outcome_of(accounts, target(first=2020, last=2020))
        assert (found.outcome, found.reason, found.share) == ("not_comparable", reason, None)
        later = outcome_of(accounts, target(first=2020, last=2022))
        assert (later.outcome, later.reason, later.share) == ("not_yet_due", reason, None)


class TestOfSeveralAreas:
    @pytest.fixture
    def accounts(self):
        frame = {
            "p": ["Hung Yen"] * 2 + ["Quang Ninh"] * 2,
            "year": [2029, 2030] * 2,
            "y": [100.0, 108.0, 100.0, 104.0],
            "k": [300.0] * 4,
            "l": [50.0, 51.0, 50.0, 55.0],
        }
        roles = {"entity": "p", "time": "year", "output": "y", "capital": "k", "labour": "l"}
        return METHOD.fit(tfp.Panel(frame, **roles))

    def test_one_must_be_chosen(self, accounts):
        for options, code in (({}, "entity-needed"), ({"entity": "Hà Nội"}, "entity-unknown")):
            with pytest.raises(tfp.MethodError) as error:
                accounts.against(targets(), **options)
            assert error.value.code == code

    def test_its_own_targets_are_compared(self, accounts):
        comparison = accounts.against(targets(), entity="Hung Yen")
        assert comparison.area == "Hung Yen"
        found = {o.target.area: o for o in comparison.outcomes}
        assert found["Hung Yen"].outcome == "reached"
        assert found["Hung Yen"].share == pytest.approx(100 * (8 - 0.6 * 2) / 8, abs=SHARE)
        assert found["Viet Nam"].reason == "area"
        other = accounts.against(targets(), entity="Quang Ninh").outcomes
        (its_own,) = [o for o in other if o.target.area == "Quang Ninh"]
        assert (its_own.outcome, its_own.reason, its_own.covered) == (
            "not_comparable", "years", "2030",
        )  # fmt: skip


class TestPublishedTargets:
    def test_the_main_example_against_every_one(self):
        # TFP shares of growth of 2016-2020, 2020, 2021 and 2021-2024 on the national series.
        found = self.national().against(targets()).tidy()
        columns = ["operator", "lower", "first", "last", "outcome"]
        assert found[columns].to_numpy().tolist() == [
            ["at_least", 35.0, 2020, 2020, "not_reached"],
            ["at_least", 30.0, 2016, 2020, "reached"],
            ["at_least", 45.0, 2021, 2021, "not_reached"],
            ["at_least", 45.0, 2021, 2025, "not_yet_due"],
            ["at_least", 45.0, 2025, 2025, "not_yet_due"],
            ["at_least", 50.0, 2030, 2030, "not_yet_due"],
            ["over", 50.0, 2030, 2030, "not_yet_due"],
            ["over", 55.0, 2030, 2030, "not_yet_due"],
            ["over", 55.0, 2030, 2030, "not_yet_due"],
            ["over", 55.0, 2026, 2030, "not_yet_due"],
            ["over", 50.0, 2030, 2030, "not_comparable"],
            ["over", 55.0, 2025, 2030, "not_comparable"],
        ]
        shares = found["share"].iloc[:4].tolist()
        assert shares == pytest.approx([31.4403, 44.6427, 34.1556, 43.0348], abs=5e-5)
        distances = found["distance"].iloc[:4].tolist()
        assert distances == pytest.approx([-3.5597, 14.6427, -10.8444, -1.9652], abs=5e-5)
        assert found["status"].iloc[:4].tolist() == ["final", "final", "final", "preliminary"]
        assert found["covered"].iloc[3] == "2021-2024"

    @pytest.mark.parametrize("average", ["sum_of_rates", "log"])
    def test_the_average_may_be_another(self, average):
        accounts = self.national()
        found = accounts.against(targets(), average=average).tidy()
        share = accounts.periods("2016-2020", average=average).share_of_growth["tfp"].item()
        assert found["share"].iloc[1] == share

    @pytest.mark.parametrize("share", [50.0, 55.0, 60.0])
    @pytest.mark.parametrize("one", NATIONAL, ids=lambda t: f"{t.document}, {t.last_year}")
    def test_each_is_decided_by_its_own_operator_once_due(self, one, share):
        # Shares of 2016 to 2030, written so that the bound itself comes out exactly.
        accounts = accounts_with_share([share] * 15, first=2016)
        found = outcome_of(accounts, one)
        exact = found.share
        met = exact > one.lower if one.operator == "over" else exact >= one.lower
        assert found.outcome == ("reached" if met else "not_reached")
        assert exact == pytest.approx(share, abs=SHARE)

    @staticmethod
    def national():
        frame = tfp.datasets.vietnam().frame
        frame["employed"] = frame["employed"].fillna(frame["employed_quarterly_mean"])
        panel = tfp.Panel(
            frame, time="year", area="Viet Nam", output="gdp", labour="employed",
            investment="gfcf", definitions={"labour": "labour_definition"}, status="status",
        )  # fmt: skip
        stock = tfp.CapitalOutputRatio(2.5067903632755035, year=2010)
        panel = tfp.PerpetualInventory(depreciation=0.05, initial_stock=stock).fit(panel).panel
        link = tfp.PublishedOverlap(50072.01, source="labour force survey")
        return METHOD.fit(tfp.splice(panel, "labour", 2021, link))


def test_targets_are_set_for_years():
    frame = {"q": ["2020Q1", "2020Q2"], "y": [1.0, 2.0], "k": [1.0, 2.0], "l": [1.0, 2.0]}
    panel = tfp.Panel(frame, time="q", frequency="quarter", output="y", capital="k", labour="l")
    with pytest.raises(tfp.MethodError) as error:
        METHOD.fit(panel).against(targets())
    assert error.value.code == "targets-need-years"


def test_no_target_is_no_trouble():
    comparison = accounts_with_share([50.0]).against([])
    assert comparison.outcomes == ()
    assert len(comparison.tidy()) == 0
