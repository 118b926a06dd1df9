"""Colours can be told apart in grey, and a factor keeps its own."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from tfp.plots.style import (
    ACCENT,
    COLOURS,
    COMPARED,
    LINES,
    MARKERS,
    NO_FACTORS,
    legible,
    lightness,
    term_colours,
)

APART = 0.1  # of lightness, for bars that touch
MAIN_APART = 0.2

STACKS = [
    ["capital", "labour", "tfp"],
    ["capital", "labour", "human_capital", "tfp"],
    ["capital", "labour", "hours_per_worker", "human_capital", "tfp"],
    ["capital", "labour", "hours_per_worker", "labour_composition", "tfp"],
    ["capital", "labour", "labour_composition", "tfp"],
    ["capital", "labour", "returns_to_scale", "tfp"],
    ["capital_ict", "capital_other", "labour", "tfp"],
    ["capital", "labour", "energy", "tfp"],
    ["capital", "labour", "energy", "materials", "services", "tfp"],
]


@pytest.mark.parametrize("names", STACKS, ids="-".join)
def test_neighbours_in_a_stack_differ_in_grey(names):
    colours = term_colours(names)
    for one, other in pairwise(names):
        assert abs(lightness(colours[one]) - lightness(colours[other])) >= APART, (one, other)


def test_the_three_main_factors_differ_well_in_grey():
    for one, other in combinations(("capital", "labour", "tfp"), 2):
        assert abs(lightness(COLOURS[one]) - lightness(COLOURS[other])) >= MAIN_APART


def test_every_colour_shows_on_white():
    assert all(lightness(colour) < 0.85 for colour in COLOURS.values())


def test_a_known_factor_keeps_its_colour_whatever_stands_beside_it():
    for names in STACKS:
        colours = term_colours(names)
        assert all(colours[name] == COLOURS[name] for name in names if name in COLOURS)
        assert colours["tfp"] == ACCENT


def test_no_two_terms_of_a_stack_look_the_same():
    for names in STACKS:
        assert len(set(term_colours(names).values())) == len(names)


def test_no_factor_is_both_a_factor_and_none():
    assert not set(NO_FACTORS) & {"capital", "labour", "tfp"}


def test_letters_are_dark_enough_on_white():
    assert all(lightness(legible(colour)) <= 0.51 for colour in COLOURS.values())
    assert legible("#222222") == "#222222"


def test_lines_that_share_a_style_differ_in_marker_and_colour():
    assert len(set(COMPARED)) == len(COMPARED) == len(MARKERS) == len(set(MARKERS))
    assert len({str(style) for style in LINES}) == len(LINES)
