"""All checks together, and what they say."""

from __future__ import annotations

import pytest

import tfp
from tfp.language.catalogue import LANGUAGES


@pytest.fixture
def findings(yearbooks):
    return yearbooks.check(tfp.suggest_relations(yearbooks))


def test_the_bundled_figures_tell_their_story(findings):
    told = {
        (finding.code, place.entity, place.time) for finding in findings for place in finding.places
    }
    assert {
        ("vintages-disagree", "Hưng Yên", 2010),
        ("level-of-other-vintage", "Hòa Bình", 2019),
        ("level-of-other-vintage", "Hưng Yên", 2020),
        ("parts-swap", "Hòa Bình", 2021),
        ("parts-share-confirms", "Hòa Bình", 2021),
        ("ratio-contradicted", "Hòa Bình", 2021),
        ("labour-fall", "Hòa Bình", 2019),
        ("labour-fall", "Quảng Trị", 2021),
        ("labour-fall", "Hưng Yên", 2021),
        ("investment-jump", "Quảng Trị", 2021),
        ("data-preliminary", "Hòa Bình", 2021),
        ("figures-derived", "Hưng Yên", 2010),
    } <= told


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_says_found_effect_and_remedy(findings, language):
    for finding in findings:
        for part in ("found", "effect", "remedy"):
            assert finding.part(part, language)
            assert "{" not in finding.part(part, language)
        assert finding.where(language)


def test_the_gravest_come_first_and_a_frame_shows_them(findings):
    order = [("block", "warn", "note").index(finding.severity) for finding in findings]
    assert order == sorted(order)
    frame = findings.frame("vi")
    assert len(frame) == len(findings)
    assert frame["effect_on_tfp"].str.len().min() > 0


def test_without_relations_only_vintages_and_remarks(yearbooks):
    codes = {finding.code for finding in yearbooks.check()}
    assert codes == {
        "vintages-disagree",
        "vintages-growth",
        "figures-derived",
        "figure-units",
        "data-preliminary",
        "data-estimate",
    }


def misprints(value):
    """Yield the figure with each pair of neighbouring digits exchanged, and ten times itself."""
    digits = str(int(value))
    for place in range(len(digits) - 3):
        one, other = digits[place], digits[place + 1]
        if one != other and not (place == 0 and other == "0"):
            yield float(digits[:place] + other + one + digits[place + 2 :])
    yield 10.0 * value


def test_every_misprint_put_into_a_clean_split_is_found_and_its_figure_named(yearbooks):
    clean = yearbooks.select(
        areas=["Quảng Trị"],
        variables=[v for v in yearbooks.variables if v.startswith("social_investment_2010p")],
    )
    splits = [r for r in tfp.suggest_relations(clean) if isinstance(r, tfp.PartsOf)]
    assert len(splits) == 2
    tried = named_alone = 0
    for figure in clean.figures:
        for wrong in misprints(figure.value):
            spoilt = clean.correct(
                figure.variable, figure.year, printed=figure.value, corrected=wrong,
                reason="spoilt on purpose", source="this test",
            )  # fmt: skip
            found = [f for f in spoilt.check(splits) if f.code.startswith("parts-")]
            suspects = {
                (place.column, place.time)
                for f in found
                for place in f.places
                if f.code != "parts-differ"
            }
            assert (figure.variable, figure.year) in suspects
            tried += 1
            named_alone += len(suspects) == 1
    assert tried > 150
    # Where a figure is named with others, another one would close the same gap.
    assert named_alone > 0.6 * tried
