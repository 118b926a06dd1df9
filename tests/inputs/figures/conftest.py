"""Small collections of figures, written as a table."""

from __future__ import annotations

import pytest

import tfp

COLUMNS = ("area", "variable", "year", "value", "unit", "vintage", "source", "status", "derivation")


def collect(*rows, **given):
    """Return figures of rows (variable, year, value[, vintage]) and whole columns besides."""
    frame = {
        "area": ["Hòa Bình"] * len(rows),
        "variable": [row[0] for row in rows],
        "year": [row[1] for row in rows],
        "value": [row[2] for row in rows],
        "vintage": [row[3] if len(row) > 3 else "yearbook" for row in rows],
    }
    for name, values in given.items():
        frame[name] = [values] * len(rows) if isinstance(values, str) else list(values)
    named = {name: name for name in frame if name != "year"}
    return tfp.Figures(frame, time="year", **named)


@pytest.fixture
def yearbooks():
    """Return the bundled figures of three provinces."""
    return tfp.Figures(
        tfp.datasets.yearbook_figures().frame,
        time="year",
        **{name: name for name in COLUMNS if name != "year"},
    )


@pytest.fixture
def make():
    """Return the function that makes a collection of a few rows."""
    return collect


@pytest.fixture
def found():
    """Return the function that checks one relation and gives codes with their cells."""

    def check(figures, *relations):
        return [
            (finding.code, [(place.column, place.time) for place in finding.places])
            for finding in figures.check(relations)
        ]

    return check
