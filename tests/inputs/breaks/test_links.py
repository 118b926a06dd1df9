"""A ratio of a larger area and a given factor are assumptions: named, and with their effect."""

from __future__ import annotations

import pytest

import tfp

NATIONAL = {"old": 53609.58, "new": 50072.01, "source": "labour force survey, 2021"}


def panel_of(before=349.0, after=320.0):
    frame = {"year": [2019, 2020, 2021, 2022], "l": [340.0, before, after, 325.0]}
    return tfp.Panel(frame, time="year", area="Cao Bằng", labour="l")


def test_the_national_ratio_scales_all_values_before_the_break() -> None:
    spliced = tfp.splice(panel_of(), "labour", 2021, tfp.NationalRatio(**NATIONAL))

    ratio = NATIONAL["new"] / NATIONAL["old"]
    assert spliced.values("labour") == pytest.approx([340.0 * ratio, 349.0 * ratio, 320.0, 325.0])
    (entry,) = spliced.ledger
    assert (entry.action, entry.source) == ("assumed", NATIONAL["source"])
    assert entry.fields["factor"] == pytest.approx(ratio, rel=1e-15)
    assert entry.fields["growth"] == pytest.approx(100.0 * (320.0 / (349.0 * ratio) - 1.0))
    assert entry.detail() == (
        "national ratio of Viet Nam, 50,072.01 / 53,609.58; factor 0.934012, "
        "which leaves growth of -1.83% at the break"
    )
    assert "50.072,01 / 53.609,58" in entry.detail("vi")


def test_where_the_nation_is_no_guide_the_growth_that_is_left_says_so() -> None:
    spliced = tfp.splice(panel_of(after=163.3), "labour", 2021, tfp.NationalRatio(**NATIONAL))

    (finding,) = (f for f in spliced.check() if f.code == "link-assumed")
    assert finding.fields["growth"] == pytest.approx(-49.9, abs=0.1)
    assert "growth of -49.90% at the break" in finding.part("found")


def test_a_given_factor_is_exactly_that() -> None:
    link = tfp.GivenFactor(0.94, name="factor of the survey office", source="letter of 3 May 2022")
    spliced = tfp.splice(panel_of(), "labour", 2021, link)

    assert spliced.values("labour")[:2].tolist() == [340.0 * (349.0 * 0.94 / 349.0), 349.0 * 0.94]
    (entry,) = spliced.ledger
    assert (entry.action, entry.source) == ("assumed", "letter of 3 May 2022")
    assert entry.detail().startswith("factor of the survey office; factor 0.940000")
    assert [f.fields["name"] for f in spliced.check() if f.code == "link-assumed"] == [
        "factor of the survey office"
    ]


def test_growth_before_the_break_is_untouched() -> None:
    panel = panel_of()
    links = [
        tfp.NationalRatio(**NATIONAL),
        tfp.GivenFactor(0.5, name="half", source="s"),
        tfp.AssumedGrowth(0.01, name="one per cent"),
        tfp.PublishedOverlap(326.0, source="s"),
    ]
    for link in links:
        before = tfp.splice(panel, "labour", 2021, link).values("labour")
        assert before[1] / before[0] == pytest.approx(349.0 / 340.0, rel=1e-14)
        assert before[2:].tolist() == [320.0, 325.0]


def test_a_published_overlap_is_the_only_splice() -> None:
    actions = {
        type(link).__name__: tfp.splice(panel_of(), "labour", 2021, link).ledger[0].action
        for link in (
            tfp.NationalRatio(**NATIONAL),
            tfp.GivenFactor(0.9, name="n", source="s"),
            tfp.PublishedOverlap(326.0, source="s"),
        )
    }
    assert actions == {
        "NationalRatio": "assumed", "GivenFactor": "assumed", "PublishedOverlap": "spliced",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: tfp.NationalRatio(53.6, 50.1, source=" "), "ratio-without-source"),
        (lambda: tfp.NationalRatio(0.0, 50.1, source="s"), "ratio-not-positive"),
        (lambda: tfp.NationalRatio(53.6, float("nan"), source="s"), "ratio-not-positive"),
        (lambda: tfp.GivenFactor(0.9, name="", source="s"), "assumption-without-name"),
        (lambda: tfp.GivenFactor(0.9, name="n", source=""), "factor-without-source"),
        (lambda: tfp.GivenFactor(-0.9, name="n", source="s"), "link-factor-not-positive"),
        (lambda: tfp.GivenFactor(float("inf"), name="n", source="s"), "link-factor-not-positive"),
    ],
)
def test_what_is_refused(make, code) -> None:
    with pytest.raises(tfp.MethodError) as error:
        make()

    assert error.value.code == code
