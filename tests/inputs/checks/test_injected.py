"""Errors put into generated provinces are found, named and repaired; sound figures are left alone.

The generated figures carry measurement errors of two per cent, and investment moves by more,
as in provincial yearbooks. What was put in is known, so that hits and false alarms are counted.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

import tfp

YEARS = (2010, 2024)
NOISE = 0.02
COLUMNS = {"output": "grdp", "labour": "labour", "investment": "investment", "capital": "capital"}
SEEDS = range(3)
TYPED = ("decimal-misplaced", "digits-exchanged", "outlier", "first-value-off", "last-value-off")


def generated(seed, **options):
    given = {"first_year": YEARS[0], "last_year": YEARS[1], "noise": NOISE, **options}
    frame = tfp.datasets.generate_provinces(rng=seed, **given).frame
    # Yearbooks print one decimal.
    return frame.round({"grdp": 1, "labour": 1, "investment": 1, "capital": 1})


def check(frame, **options):
    roles = {**COLUMNS, **options}
    return tfp.check_inputs(tfp.Panel(frame, entity="province", time="year", **roles))


def cells(found, codes=None):
    return {
        (place.column, place.entity, place.time)
        for finding in found
        if codes is None or finding.code in codes
        for place in finding.places
    }


def injected(seed, change, count=12, columns=("grdp", "labour", "investment")):
    """Return a panel with some cells changed, and for each its key and its right value."""
    frame = generated(seed)
    rng = np.random.default_rng(1000 + seed)
    truth = {}
    rows = rng.choice(len(frame), count, replace=False)
    for row, column in zip(rows, rng.choice(columns, count), strict=True):
        value = float(frame.loc[row, column])
        wrong = change(value, rng)
        if wrong is not None:
            frame.loc[row, column] = wrong
            key = (str(column), frame.loc[row, "province"], int(frame.loc[row, "year"]))
            truth[key] = value
    return frame, truth


def count(change, **options):
    """Return how many errors were put in, found and repaired, and how many others were found."""
    put_in = hits = repaired = false = 0
    for seed in SEEDS:
        frame, truth = injected(seed, change, **options)
        found = check(frame)
        put_in += len(truth)
        hits += len(truth.keys() & cells(found, TYPED))
        false += len(cells(found, TYPED) - truth.keys())
        repairs = {
            (p.column, p.entity, p.time): f.fields["repair"]
            for f in found
            if "repair" in f.fields
            for p in f.places
        }
        repaired += sum(repairs.get(key) == value for key, value in truth.items())
    return put_in, hits, repaired, false


def swapped(value, rng):
    """Exchange two neighbouring digits where that moves the figure by a fifth at least."""
    written = f"{value:.1f}"
    digits = [n for n, c in enumerate(written) if c.isdigit()]
    candidates = []
    for a, b in pairwise(digits):
        letters = list(written)
        letters[a], letters[b] = letters[b], letters[a]
        candidate = float("".join(letters))
        if candidate > 0.0 and abs(np.log(candidate / value)) > 0.2:
            candidates.append(candidate)
    return candidates[0] if candidates else None


def own(found):
    """Return the findings that only the closer look has."""
    panels_own = ("labour-break-suspected", "repeated-value")
    return [finding for finding in found if finding.code not in panels_own]


def test_sound_panels_are_left_alone() -> None:
    found = [finding for seed in SEEDS for finding in own(check(generated(seed)))]

    assert [(finding.code, finding.where()) for finding in found] == []


@pytest.mark.parametrize("power", [1, 2, 3, -1, -2, -3])
def test_a_misplaced_decimal_mark_is_found_and_put_right(power) -> None:
    # Seven digits more than are printed: what is left of 1234.5 / 1000 is 1.2345.
    put_in, hits, repaired, false = count(lambda value, _: round(value * 10.0**power, 7))

    assert (put_in, hits, repaired, false) == (36, 36, 36, 0)


def test_exchanged_digits_are_found_and_mostly_put_right() -> None:
    put_in, hits, repaired, false = count(swapped)

    # A fifth is five of the spreads of labour: some that are just above it are not seen.
    assert put_in > 25
    assert hits >= 0.8 * put_in
    assert repaired >= 0.85 * hits
    assert false == 0


@pytest.mark.parametrize(("factor", "column", "share"), [
    # The first and the last year have one neighbour only, and a larger spread.
    (0.7, "grdp", 0.85), (1.5, "grdp", 0.9), (0.7, "labour", 0.85), (1.5, "labour", 0.9),
    # Two wrong figures side by side look like a level that is left and come back to.
    (0.5, "grdp", 0.9), (2.0, "labour", 0.9),
    # Investment doubles in earnest; only what is far beyond that can be told from it.
    (0.3, "investment", 0.9), (4.0, "investment", 0.9),
])  # fmt: skip
def test_a_single_wrong_figure_is_found(factor, column, share) -> None:
    put_in, hits, repaired, false = count(
        lambda value, _: round(value * factor, 1), columns=(column,)
    )

    assert hits >= share * put_in
    # No power of ten, and no two digits exchanged: a repair of it would be wrong.
    assert repaired == 0
    assert false == 0


def moved(frame, province, since, factor, column="labour"):
    rows = (frame["province"] == province) & (frame["year"] >= since)
    return frame.assign(**{column: frame[column].where(~rows, frame[column] * factor)})


@pytest.mark.parametrize(("since", "code"), [
    (2011, "first-value-off"), (2016, "level-break"), (2021, "level-break"),
    (2024, "last-value-off"),
])  # fmt: skip
@pytest.mark.parametrize("column", ["grdp", "labour", "capital"])
def test_a_series_that_breaks_is_found_at_its_place(column, since, code) -> None:
    for seed in SEEDS:
        frame = generated(seed)
        name = frame["province"].unique()[10 + seed]

        found = own(check(moved(frame, name, since, 1.4, column)))

        place = (column, name, 2010 if since == 2011 else since)
        told = cells(found, (code,)) | cells(check(moved(frame, name, since, 1.4, column)),
                                              ("digits-exchanged",))  # fmt: skip
        assert place in told
        assert cells(found, (*TYPED, "level-break")) <= {place}


@pytest.mark.parametrize("share", [0.6, 0.8, 1.0])
def test_a_common_definition_is_one_finding(share) -> None:
    for seed in SEEDS:
        frame = generated(seed)
        names = frame["province"].unique()
        rng = np.random.default_rng(seed)
        hit = rng.choice(names, int(share * len(names)), replace=False)
        lost = dict(zip(hit, rng.uniform(0.6, 0.85, len(hit)), strict=True))
        for name, factor in lost.items():
            frame = moved(frame, name, 2021, factor)

        found = own(check(frame))

        (common,) = (finding for finding in found if finding.code == "moved-together")
        told = {place.entity for place in common.places}
        assert {place.time for place in common.places} == {2021}
        assert len(told & lost.keys()) >= 0.9 * len(lost)
        assert len(told - lost.keys()) <= 0.05 * len(names)
        assert common.severity == "block"


@pytest.mark.parametrize("shift", [1, -1, 2])
@pytest.mark.parametrize(("first", "last"), [(0, 62), (20, 50), (5, 16)])
def test_a_year_in_the_wrong_rows_is_one_finding_with_its_rows(shift, first, last) -> None:
    for seed in SEEDS:
        frame = generated(seed)
        names = list(frame["province"].unique())
        year = frame["year"] == 2018
        values = frame.loc[year, "labour"].to_numpy().copy()
        source = np.clip(np.arange(first, last + 1) + shift, 0, len(names) - 1)
        typed = values.copy()
        typed[first : last + 1] = values[source]
        frame.loc[year, "labour"] = typed

        (finding,) = (f for f in own(check(frame)) if f.code == "rows-misaligned")

        wrong = {name for name, old, new in zip(names, values, typed, strict=True) if old != new}
        told = {place.entity for place in finding.places}
        assert finding.fields["shift"] == shift
        assert len(told & wrong) >= 0.9 * len(wrong)
        assert len(told - wrong) <= 2
        assert {place.time for place in finding.places} == {2018}


def test_values_shuffled_among_provinces_are_one_finding_without_a_shift() -> None:
    frame = generated(3)
    year = frame["year"] == 2015
    values = frame.loc[year, "grdp"].to_numpy()
    frame.loc[year, "grdp"] = np.random.default_rng(9).permutation(values)

    (finding,) = (f for f in own(check(frame)) if f.code == "rows-misaligned")

    assert finding.fields["shift"] == 0
    assert len(finding.places) > 50
    assert cells(own(check(frame)), TYPED) == set()


def test_few_years_are_enough() -> None:
    frame = generated(1, first_year=2016, last_year=2021)
    row = 6 * 20 + 3
    frame.loc[row, "investment"] *= 10.0

    found = {finding.code: finding for finding in own(check(frame))}

    assert found.keys() == {"decimal-misplaced", "investment-ratio"}
    finding = found["decimal-misplaced"]
    assert [(place.entity, place.time) for place in finding.places] == [
        ("Generated province 21", 2019)
    ]
    assert finding.fields["repair"] == pytest.approx(frame.loc[row, "investment"] / 10.0)


def test_one_province_alone_is_enough() -> None:
    frame = generated(2)
    alone = frame[frame["province"] == frame["province"].iloc[0]].reset_index(drop=True)
    alone.loc[7, "grdp"] = round(alone.loc[7, "grdp"] / 100.0, 3)

    found = own(check(alone))

    assert [(f.code, f.places[0].time) for f in found if f.places[0].column == "grdp"] == [
        ("decimal-misplaced", 2017)
    ]
