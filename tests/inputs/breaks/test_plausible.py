"""A link is a figure, too: what it leaves at the break shows a mistyped one."""

from __future__ import annotations

import pytest

import tfp
from tfp.language.catalogue import LANGUAGES

LEVELS = [655.2, 660.2, 663.9, 666.3, 670.0, 623.3, 628.7, 630.7, 634.0]
YEARS = list(range(2016, 2025))


def panel_of(levels=LEVELS, *, definitions=True, role="labour"):
    frame = {"year": YEARS, "l": levels, "d": ["old"] * 5 + ["new"] * 4}
    more = {"definitions": {role: "d"}} if definitions else {}
    return tfp.Panel(frame, time="year", area="Hoa An", **{role: "l"}, **more)


def overlap(value):
    return tfp.PublishedOverlap(value, source="survey")


def refused(link, code, at=2021, **options):
    with pytest.raises(tfp.MethodError) as raised:
        tfp.splice(panel_of(**options), next(iter(panel_of(**options).columns)), at, link)
    assert raised.value.code == code
    assert all("{" not in raised.value.message(language) for language in LANGUAGES)
    return raised.value


@pytest.mark.parametrize(
    ("link", "meant"),
    [
        (overlap(619500.0), 619.5),
        (overlap(0.6195), 619.5),
        (tfp.GivenFactor(94.0, name="own", source="s"), 0.94),
    ],
)
def test_a_figure_in_another_unit_is_refused_with_the_one_that_was_meant(link, meant) -> None:
    error = refused(link, "link-implausible")
    assert error.fields["meant"] == pytest.approx(meant)
    assert str(error.places[0].time) == "2021"
    assert f"{meant:.2f} may have been meant" in error.message("en")


def test_a_growth_e_fold_is_refused_and_nothing_guessed() -> None:
    error = refused(overlap(200.0), "link-implausible")
    assert error.fields["growth"] == pytest.approx(100 * (623.3 / 200.0 - 1))
    assert "may have been meant" not in error.message("en")


def test_a_sound_link_is_none_of_it() -> None:
    spliced = tfp.splice(panel_of(), "labour", 2021, overlap(619.5))
    assert not [f for f in tfp.check_inputs(spliced) if f.code == "link-widens-break"]


def test_investment_may_do_what_labour_may_not() -> None:
    tfp.splice(panel_of(role="investment"), "investment", 2021, overlap(200.0))
    refused(overlap(619500.0), "link-implausible", role="investment")


def test_old_and_new_the_wrong_way_round_make_the_break_larger() -> None:
    wrong = tfp.NationalRatio(50072.01, 53609.58, source="survey")
    right = tfp.NationalRatio(53609.58, 50072.01, source="survey")

    def doubted(link):
        panel = tfp.splice(panel_of(), "labour", 2021, link)
        return [f for f in tfp.check_inputs(panel) if f.code == "link-widens-break"]

    assert doubted(right) == []
    (finding,) = doubted(wrong)
    assert finding.severity == "block"
    assert finding.fields["growth"] == pytest.approx(100 * (623.3 / (670 / 0.934012) - 1), abs=1e-3)
    assert finding.fields["unlinked"] == pytest.approx(100 * (623.3 / 670.0 - 1))
    (published,) = doubted(overlap(720.0))
    assert published.severity == "warn", "it may be right against all appearance"


def test_where_definitions_are_declared_only_a_change_is_spliced() -> None:
    error = refused(overlap(660.0), "break-undeclared", at=2019)
    assert error.fields["changes"] == [2021]
    assert "old" in error.message("vi")


def test_without_declared_definitions_the_splice_says_where_the_change_is() -> None:
    panel = tfp.splice(panel_of(definitions=False), "labour", 2021, overlap(619.5))
    assert [entry.action for entry in panel.ledger] == ["spliced"]
