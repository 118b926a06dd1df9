"""Words around the plotted area: wrapped, cut, and never read as formulas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfp.plots.sheet import axes_for, cut, surround, text_width, wrapped
from tfp.plots.style import WIDTH

WORDS = st.text(alphabet="aăâđêô ơưẾệ.-", min_size=1, max_size=200)


@given(WORDS, st.floats(60.0, 400.0))
def test_lines_fit_and_nothing_is_lost(words, width):
    lines = wrapped(words, width, 7.0)
    assert all(text_width(line, 7.0) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(words.split())


@given(WORDS, st.floats(30.0, 400.0))
def test_cut_words_fit(words, width):
    short = cut(words, width, 7.0)
    assert text_width(short, 7.0) <= width
    assert short == words or short.endswith("…")


def test_an_address_longer_than_a_line_is_broken():
    lines = wrapped("https://example.org/" + "a" * 300, 200.0, 7.0)
    assert len(lines) > 2
    assert all(text_width(line, 7.0) <= 200.0 for line in lines)


def test_further_lines_of_a_key_are_indented():
    first, *others = wrapped("a) " + "word " * 60, 200.0, 7.0, indent="   ")
    assert not first.startswith(" ")
    assert others
    assert all(line.startswith("   ") for line in others)


@pytest.mark.parametrize("notes", [0, 1, 12])
def test_the_plotted_area_keeps_its_size_however_long_the_notes(notes):
    ax, own = axes_for(None, 2.5)
    surround(ax, own=own, subtitle="Subtitle", notes=["A note."] * notes)
    height = ax.get_position().height * ax.figure.get_figheight()
    assert height == pytest.approx(2.5)
    assert ax.figure.get_figwidth() == WIDTH
    page, inside = ax.figure.bbox, ax.get_tightbbox(ax.figure.canvas.get_renderer())
    assert page.y0 <= inside.y0
    assert inside.y1 <= page.y1


def test_dollar_signs_are_letters():
    ax, own = axes_for(None, 2.5)
    surround(ax, own=own, subtitle="$x$ and $y", title="$", notes=["cost $5"])
    assert not any(words.get_parse_math() for words in ax.texts)
    ax.figure.canvas.draw()
