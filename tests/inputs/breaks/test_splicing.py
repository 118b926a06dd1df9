"""Breaks of definition: spliced, assumed over, accepted, or refused."""

from __future__ import annotations

import numpy as np
import pytest

import tfp

YEARS = list(range(2010, 2022))
# Definitions a, b and c; the level jumps at 2015 and at 2020.
NAMES = ["a"] * 5 + ["b"] * 5 + ["c"] * 2
LEVELS = [100.0, 102.0, 101.0, 104.0, 105.0, 54.0, 56.0, 55.0, 57.0, 58.0, 300.0, 310.0]
# 105 * (PREVIOUS / 105) is not PREVIOUS in floating point: the figure itself must be kept.
PREVIOUS = 52.51
AT_2015 = tfp.PublishedOverlap(PREVIOUS, source="yearbook 2015")
AT_2020 = tfp.PublishedOverlap(290.0, source="yearbook 2020")


def panel_of(levels=LEVELS, years=YEARS, names=NAMES, entities=("",)):
    n = len(entities)
    frame = {
        "p": np.repeat(entities, len(years)),
        "year": list(years) * n,
        "y": [1.0] * len(years) * n,
        "l": list(levels) * n,
        "d": list(names) * n,
    }
    roles = {"time": "year", "output": "y", "labour": "l", "definitions": {"labour": "d"}}
    return tfp.Panel(frame, **(roles | ({"entity": "p"} if n > 1 else {})))


def growth(panel):
    levels = panel.values("labour")
    return levels[1:] / levels[:-1] - 1


def refusal(function, *arguments, **options):
    with pytest.raises(tfp.TFPError) as error:
        function(*arguments, **options)
    assert error.value.message("en") != error.value.message("vi")
    return error.value


class TestSplice:
    def test_growth_at_the_break_is_that_of_the_overlap_and_no_other_changes(self):
        panel = panel_of()
        spliced = tfp.splice(panel, "labour", 2015, AT_2015)
        expected = growth(panel)
        expected[4] = 54 / PREVIOUS - 1
        np.testing.assert_allclose(growth(spliced), expected, rtol=1e-13)
        assert growth(spliced)[4] == 54 / PREVIOUS - 1
        assert spliced.values("labour")[5:].tolist() == LEVELS[5:]

    @pytest.mark.parametrize("rate", [0.0, -0.02, 0.5])
    def test_growth_at_the_break_is_that_of_the_assumption(self, rate):
        spliced = tfp.splice(panel_of(), "labour", 2015, tfp.AssumedGrowth(rate, name="assumed"))
        assert growth(spliced)[4] == pytest.approx(rate, abs=2e-16)

    def test_two_breaks_from_the_earliest_on(self):
        panel = tfp.splice(panel_of(), "labour", 2015, AT_2015)
        panel = tfp.splice(panel, "labour", 2020, AT_2020)
        expected = growth(panel_of())
        expected[[4, 9]] = 54 / PREVIOUS - 1, 300 / 290 - 1
        np.testing.assert_allclose(growth(panel), expected, rtol=1e-13)

    def test_a_published_level_after_a_later_splice_is_refused(self):
        # The values around 2015 stand on the level of 2020 then; the figure is not on it.
        panel = tfp.splice(panel_of(), "labour", 2020, AT_2020)
        error = refusal(tfp.splice, panel, "labour", 2015, AT_2015)
        assert (error.code, error.places[0].time) == ("level-spliced", 2015)

    def test_an_assumed_growth_has_no_level_and_may_come_later(self):
        panel = tfp.splice(panel_of(), "labour", 2020, AT_2020)
        panel = tfp.splice(panel, "labour", 2015, tfp.AssumedGrowth(0.01, name="assumed"))
        assert growth(panel)[4] == pytest.approx(0.01, abs=1e-15)
        assert growth(panel)[9] == pytest.approx(300 / 290 - 1, abs=1e-15)

    def test_only_the_entity_named_is_touched(self):
        panel = tfp.splice(panel_of(entities=("a", "b")), "labour", 2015, AT_2015, entity="b")
        assert panel.values("labour")[:12].tolist() == LEVELS
        assert panel.values("labour")[16] == PREVIOUS
        assert {entity for entity, _ in panel.ledger[0].rows} == {"b"}

    def test_the_panel_that_went_in_is_as_it_was(self):
        panel = panel_of()
        tfp.splice(panel, "labour", 2015, AT_2015)
        assert panel.values("labour").tolist() == LEVELS
        assert (panel.ledger, panel.column("labour").accepted) == ((), ())


class TestLedger:
    @pytest.mark.parametrize(
        ("link", "action", "source"),
        [
            (AT_2015, "spliced", "yearbook 2015"),
            (tfp.AssumedGrowth(0.0, name="zero growth"), "assumed", ""),
            (tfp.AssumedGrowth(0.0, name="zero growth", source="x"), "assumed", "x"),
        ],
    )
    def test_says_what_was_moved_and_by_what(self, link, action, source):
        (entry,) = tfp.splice(panel_of(), "labour", 2015, link).ledger
        assert (entry.action, entry.role, entry.source) == (action, "labour", source)
        assert [time for _, time in entry.rows] == YEARS[:5]
        assert entry.fields["factor"] == link.previous(54.0, 105.0) / 105.0
        assert entry.fields["period"] == 2015
        for said in (entry.why, entry.detail):
            assert said("en") != said("vi")

    def test_names_the_assumption(self):
        link = tfp.AssumedGrowth(-0.02, name="one million fewer")
        (entry,) = tfp.splice(panel_of(), "labour", 2015, link).ledger
        assert "one million fewer" in entry.detail("vi")

    def test_keeps_the_reason_for_accepting(self):
        panel = tfp.accept_break(panel_of(), "labour", 2015, reason="to show what it does")
        (entry,) = panel.ledger
        assert (entry.action, entry.reason) == ("break accepted", "to show what it does")
        assert panel.values("labour").tolist() == LEVELS


class TestAccept:
    def test_each_break_needs_its_own_word(self):
        method = tfp.GrowthAccounting(factor_weights=tfp.IncomeShares())
        panel = panel_of()
        for settled, pending in ((None, 2015), (2015, 2020)):
            if settled:
                panel = tfp.accept_break(panel, "labour", settled, reason="left as it is")
            error = refusal(method.fit, panel)
            assert (error.code, error.places[0].time) == ("unspliced-break", pending)


@pytest.mark.parametrize("settle", [
    lambda panel, *arguments, **options: tfp.splice(panel, *arguments, AT_2015, **options),
    lambda panel, *arguments, **options: tfp.accept_break(panel, *arguments, reason="x", **options),
], ids=["splice", "accept"])  # fmt: skip
class TestBothRefuse:
    def test_a_year_that_is_not_there(self, settle):
        assert refusal(settle, panel_of(), "labour", 2030).code == "year-missing"

    def test_the_first_year_and_the_year_after_a_gap(self, settle):
        years = [*YEARS[:5], *(year + 1 for year in YEARS[5:])]
        for year, panel in ((2010, panel_of()), (2016, panel_of(years=years))):
            assert refusal(settle, panel, "labour", year).code == "break-at-start"

    def test_a_missing_value_beside_it(self, settle):
        for hole in (4, 5):
            levels = [np.nan if k == hole else level for k, level in enumerate(LEVELS)]
            assert refusal(settle, panel_of(levels), "labour", 2015).code == "break-value-missing"

    def test_to_settle_a_break_twice(self, settle):
        panel = settle(panel_of(), "labour", 2015)
        assert refusal(settle, panel, "labour", 2015).code == "break-settled"

    def test_to_guess_whose_series_is_meant(self, settle):
        panel = panel_of(entities=("a", "b"))
        assert refusal(settle, panel, "labour", 2015).code == "entity-needed"
        assert refusal(settle, panel, "labour", 2015, entity="c").code == "entity-unknown"

    def test_a_role_that_is_not_there(self, settle):
        assert refusal(settle, panel_of(), "capital", 2015).code == "role-missing"
        assert refusal(settle, panel_of(), "labor", 2015).code == "role-unknown"


@pytest.mark.parametrize(
    ("make", "arguments", "code"),
    [
        (tfp.PublishedOverlap, (190.0, " "), "overlap-without-source"),
        (tfp.PublishedOverlap, (0.0, "s"), "overlap-not-positive"),
        (tfp.PublishedOverlap, (float("nan"), "s"), "overlap-not-positive"),
        (tfp.PublishedOverlap, (float("inf"), "s"), "overlap-not-positive"),
        (tfp.AssumedGrowth, (0.0, ""), "assumption-without-name"),
        (tfp.AssumedGrowth, (-1.0, "n"), "assumed-growth-impossible"),
        (tfp.AssumedGrowth, (float("nan"), "n"), "assumed-growth-impossible"),
        (tfp.AssumedGrowth, (float("inf"), "n"), "assumed-growth-impossible"),
    ],
)
def test_links_are_named_and_possible(make, arguments, code):
    assert refusal(make, *arguments).code == code


def test_accepting_needs_a_reason():
    assert (
        refusal(tfp.accept_break, panel_of(), "labour", 2015, reason=" ").code == "reason-missing"
    )


def test_an_assumed_growth_in_per_cent():
    error = refusal(tfp.AssumedGrowth, 5, name="five")
    assert (error.code, error.fields["fraction"]) == ("fraction-in-per-cent", "0.05")


@pytest.mark.parametrize("link", [5.0, "overlap", tfp.PublishedOverlap, None])
def test_what_is_no_link(link):
    assert refusal(tfp.splice, panel_of(), "labour", 2015, link).code == "link-not-understood"
