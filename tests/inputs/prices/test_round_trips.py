"""Base 1994 to 2010 to 2020, there and back, on generated economies whose truth is known.

Quantities and prices of parts are drawn, so that the volume of each part at the prices of
any year is known beforehand. What is not known beforehand is the discrepancy: it is tested
against the total and the parts that are computed apart from each other.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import tfp

YEARS = np.arange(1994, 2025)
AREAS = ("Huế", "Đà Nẵng")
NAMES = ("agriculture", "industry", "services")
TOLERANCE = 1e-12
SOURCE = "generated"
GENERATED = settings(max_examples=40)
BASES = st.sampled_from([1994, 2010, 2020])
REFERENCES = st.sampled_from([1994, 2015, 2024])


class World:
    """Quantities and prices of the parts of two areas, (area, year, part)."""

    def __init__(self, quantity, price):
        self.quantity, self.price = quantity, price

    def at(self, base):
        """Return the parts at the prices of a year, one row for each area and year."""
        return (self.quantity * self.price[:, base == YEARS]).reshape(-1, len(NAMES))

    @property
    def current(self):
        return (self.quantity * self.price).reshape(-1, len(NAMES))

    def panel(self, base, first=1994, last=2024, **options):
        volumes, current = self.at(base), self.current
        years = np.tile(YEARS, len(AREAS))
        frame = {
            "area": np.repeat(AREAS, len(YEARS)),
            "year": years,
            "total": volumes.sum(axis=1),
            "current": current.sum(axis=1),
        }
        frame |= {name: volumes[:, k] for k, name in enumerate(NAMES)}
        frame |= {f"{name}_current": current[:, k] for k, name in enumerate(NAMES)}
        kept = (years >= first) & (years <= last)
        return tfp.Panel(
            {name: values[kept] for name, values in frame.items()},
            time="year", entity="area", output="total", output_current="current",
            output_by_part={name: name for name in NAMES},
            output_current_by_part={name: f"{name}_current" for name in NAMES},
            price_bases={"output": str(base), "output_by_part": str(base)}, **options,
        )  # fmt: skip


@st.composite
def worlds(draw):
    """Quantities move by up to a third a year, prices double at most; sizes differ by 1,000."""
    shape = (len(AREAS), len(YEARS), len(NAMES))
    first = draw(arrays(float, (2, len(AREAS), 1, len(NAMES)), elements=st.floats(0.03, 30.0)))
    moves = draw(arrays(float, shape, elements=st.floats(0.75, 1.33)))
    prices = draw(arrays(float, shape, elements=st.floats(0.9, 2.0)))
    return World(first[0] * np.cumprod(moves, axis=1), first[1] * np.cumprod(prices, axis=1))


def parts(panel):
    return np.column_stack([panel.values(f"output_by_part:{name}") for name in NAMES])


def discrepancy(panel):
    return panel.values("output_by_part:statistical_discrepancy")


def growth(values, panel):
    rows = np.setdiff1d(np.arange(len(panel)), panel.rows.breaks)
    return values[rows] / values[rows - 1]


def close(left, right):
    np.testing.assert_allclose(left, right, rtol=TOLERANCE)


def assert_adds_up(panel):
    total = panel.values("output")
    added = parts(panel).sum(axis=1) + discrepancy(panel)
    scale = np.abs(parts(panel)).sum(axis=1) + np.abs(total)
    assert (np.abs(added - total) <= TOLERANCE * scale).all()


class TestRebase:
    @GENERATED
    @given(worlds())
    def test_there_and_back_is_where_it_was(self, world):
        panel = world.panel(1994)
        moved = tfp.rebase(tfp.rebase(panel, "output", 2010), "output", 2020)
        back = tfp.rebase(moved, "output", 1994)
        close(back.values("output"), panel.values("output"))
        close(parts(back), parts(panel))
        scale = panel.values("output")
        assert (np.abs(discrepancy(back)) <= TOLERANCE * scale).all()

    @GENERATED
    @given(worlds())
    def test_by_way_of_2010_is_the_same_as_directly(self, world):
        panel = world.panel(1994)
        directly = tfp.rebase(panel, "output", 2020)
        by_way = tfp.rebase(tfp.rebase(panel, "output", 2010), "output", 2020)
        close(by_way.values("output"), directly.values("output"))
        close(parts(by_way), parts(directly))

    @GENERATED
    @given(worlds())
    def test_growth_is_untouched_and_parts_are_those_at_the_prices_of_the_year(self, world):
        panel = world.panel(1994)
        moved = tfp.rebase(panel, "output", 2010)
        close(growth(moved.values("output"), moved), growth(panel.values("output"), panel))
        close(parts(moved), world.at(2010))

    @GENERATED
    @given(worlds())
    def test_parts_and_discrepancy_add_up_and_it_is_none_in_the_base_year(self, world):
        moved = tfp.rebase(world.panel(1994), "output", 2010)
        assert_adds_up(moved)
        rows = moved.rows.rows_at(2010)
        assert (np.abs(discrepancy(moved)[rows]) <= TOLERANCE * moved.values("output")[rows]).all()
        assert moved.column("output").price_base == "2010"
        assert {c.price_base for c in moved.several("output_by_part").values()} == {"2010"}


def linked(older, newer, at):
    return tfp.link_bases(older, newer, ["output", "output_by_part"], at=at, source=SOURCE)


class TestLink:
    def books(self, world):
        spans = {1994: (1994, 2012), 2010: (2010, 2022), 2020: (2020, 2024)}
        return [world.panel(base, *span) for base, span in spans.items()]

    @GENERATED
    @given(worlds())
    def test_each_series_keeps_its_growth_inside_its_span(self, world):
        first, second, third = self.books(world)
        panel = linked(linked(first, second, 2010), third, 2020)
        found = growth(panel.values("output"), panel).reshape(len(AREAS), -1)
        for base, (since, until) in {
            1994: (1995, 2010), 2010: (2011, 2020), 2020: (2021, 2024),
        }.items():  # fmt: skip
            years = (YEARS[1:] >= since) & (YEARS[1:] <= until)
            total = world.at(base).sum(axis=1).reshape(len(AREAS), -1)
            close(found[:, years], (total[:, 1:] / total[:, :-1])[:, years])

    @GENERATED
    @given(worlds())
    def test_parts_are_those_at_the_prices_of_the_last_base(self, world):
        first, second, third = self.books(world)
        panel = linked(linked(first, second, 2010), third, 2020)
        close(parts(panel), world.at(2020))
        assert panel.column("output").price_base == "2020"

    @GENERATED
    @given(worlds())
    def test_parts_and_discrepancy_add_up_to_the_total(self, world):
        first, second, third = self.books(world)
        panel = linked(linked(first, second, 2010), third, 2020)
        assert_adds_up(panel)
        late = panel.rows.times >= 2020
        assert (np.abs(discrepancy(panel)[late]) <= TOLERANCE * panel.values("output")[late]).all()

    @GENERATED
    @given(worlds())
    def test_the_order_of_the_links_does_not_matter(self, world):
        first, second, third = self.books(world)
        forwards = linked(linked(first, second, 2010), third, 2020)
        backwards = linked(first, linked(second, third, 2020), 2010)
        close(forwards.values("output"), backwards.values("output"))
        close(parts(forwards), parts(backwards))

    @GENERATED
    @given(worlds())
    def test_a_link_to_a_rebased_series_is_the_series(self, world):
        # At the prices of 2010 the older book ends where the newer begins: nothing moves.
        panel = world.panel(1994, 1994, 2012)
        moved = tfp.rebase(panel, "output", 2010)
        again = linked(panel, moved, 2010)
        close(again.values("output"), moved.values("output"))
        close(parts(again), parts(moved))


class TestChain:
    @GENERATED
    @given(worlds(), BASES, REFERENCES)
    def test_the_chain_does_not_depend_on_the_prices_that_the_parts_were_at(
        self, world, base, reference
    ):
        one = tfp.chain_volumes(world.panel(base), base=reference)
        other = tfp.chain_volumes(world.panel(2003), base=reference)
        close(one.panel.values("output"), other.panel.values("output"))
        close(parts(one.panel), parts(other.panel))

    @GENERATED
    @given(worlds(), BASES, REFERENCES)
    def test_contributions_add_up_to_growth(self, world, base, reference):
        chained = tfp.chain_volumes(world.panel(base), base=reference)
        added, total = chained.part_contributions.sum(axis=1), chained.output_growth
        rows = ~np.isnan(total)
        scale = np.maximum(1.0, np.abs(chained.part_contributions).sum(axis=1))
        assert (np.abs(added - total)[rows] <= TOLERANCE * scale[rows]).all()
        output = chained.panel.values("output")
        close(growth(output, chained.panel), 1.0 + total[rows])
        assert np.count_nonzero(rows) == len(rows) - len(AREAS)

    @GENERATED
    @given(worlds(), BASES, REFERENCES)
    def test_groups_add_up_as_their_parts_and_leave_output_alone(self, world, base, reference):
        panel = world.panel(base)
        whole = tfp.chain_volumes(panel, base=reference)
        goods = tfp.chain_volumes(
            panel, base=reference, groups={"goods": ["agriculture", "services"]}
        )
        assert goods.parts == ("goods", "industry")
        close(goods.panel.values("output"), whole.panel.values("output"))
        added = whole.part_contributions[:, [0, 2]].sum(axis=1)
        scale = 1.0 + np.abs(whole.part_contributions).sum(axis=1)
        rows = ~np.isnan(added)
        apart = np.abs(goods.part_contributions[:, 0] - added)[rows]
        assert (apart <= TOLERANCE * scale[rows]).all()
        # A group is the chain of its own parts, whatever else there is.
        alone = tfp.Panel(
            {
                "area": np.repeat(AREAS, len(YEARS)), "year": np.tile(YEARS, len(AREAS)),
                "a": world.at(base)[:, 0], "s": world.at(base)[:, 2],
                "av": world.current[:, 0], "sv": world.current[:, 2],
            },
            time="year", entity="area", output_by_part={"a": "a", "s": "s"},
            output_current_by_part={"a": "av", "s": "sv"},
        )  # fmt: skip
        alone = tfp.chain_volumes(alone, base=reference).panel.values("output")
        close(goods.panel.values("output_by_part:goods"), alone)

    @GENERATED
    @given(worlds(), BASES, REFERENCES)
    def test_chained_parts_and_discrepancy_add_up_and_equal_current_prices_in_the_base(
        self, world, base, reference
    ):
        panel = tfp.chain_volumes(world.panel(base), base=reference).panel
        assert_adds_up(panel)
        rows = panel.rows.rows_at(reference)
        close(parts(panel)[rows], world.current[rows])
        close(panel.values("output")[rows], world.current[rows].sum(axis=1))

    @GENERATED
    @given(worlds(), BASES, REFERENCES)
    def test_parts_at_previous_prices_give_the_same_chain(self, world, base, reference):
        given_parts = tfp.chain_volumes(world.panel(base), base=reference)
        columns = {"area": np.repeat(AREAS, len(YEARS)), "year": np.tile(YEARS, len(AREAS))}
        columns |= {n: given_parts.at_previous_prices[:, k] for k, n in enumerate(NAMES)}
        columns |= {f"{n}_current": world.current[:, k] for k, n in enumerate(NAMES)}
        panel = tfp.Panel(
            columns, time="year", entity="area", output_by_part={n: n for n in NAMES},
            output_current_by_part={n: f"{n}_current" for n in NAMES},
        )  # fmt: skip
        again = tfp.chain_volumes(panel, base=reference, parts_at="previous_year_prices")
        close(again.panel.values("output"), given_parts.panel.values("output"))
        close(parts(again.panel), parts(given_parts.panel))
        assert np.isnan(again.added_growth).all()

    @GENERATED
    @given(worlds(), BASES, REFERENCES)
    def test_contributions_over_years_add_up(self, world, base, reference):
        chained = tfp.chain_volumes(world.panel(base), base=reference)
        table = chained.contributions_over("2001-2010")
        output = chained.panel.values("output").reshape(len(AREAS), -1)
        expected = 100 * (output[:, YEARS == 2010] / output[:, YEARS == 2000] - 1)[:, 0]
        scale = 100 + np.abs(table).sum(axis=1).to_numpy()
        assert table.index.tolist() == list(AREAS)
        assert (np.abs(table["output"] - expected) <= TOLERANCE * scale).all()
        added = table[list(NAMES)].sum(axis=1)
        assert (np.abs(added - table["output"]) <= TOLERANCE * scale).all()


@GENERATED
@given(worlds())
def test_deflating_by_the_implicit_price_gives_the_volume_back(world):
    volumes, current = world.at(2010)[:, 0], world.current[:, 0]
    keys = {"area": np.repeat(AREAS, len(YEARS)), "year": np.tile(YEARS, len(AREAS))}
    panel = tfp.Panel(
        keys | {"x": volumes, "v": current}, time="year", entity="area", output="x",
        output_current="v",
    )  # fmt: skip
    price = tfp.implicit_price(panel, "output").values("output_price")
    # In any base, and each area in its own.
    price = price * np.repeat([137.0, 0.9], len(YEARS))
    panel = tfp.Panel(
        keys | {"p": price, "v": current}, time="year", entity="area",
        output_price="p", output_current="v",
    )  # fmt: skip
    again = tfp.deflate(panel, "output", base=2010, source=SOURCE)
    close(again.values("output"), volumes)


def test_the_parts_really_stop_adding_up():
    # Without this, every additivity test above would hold for a discrepancy of zero.
    years = (len(AREAS), len(YEARS), 1)
    quantity = np.concatenate([np.full(years, 1.0), np.full(years, 1.0)], axis=2)
    quantity = np.concatenate([quantity, np.cumsum(np.ones(years), axis=1)], axis=2)
    price = np.concatenate([np.cumsum(np.ones(years), axis=1), quantity[:, :, :2]], axis=2)
    moved = tfp.rebase(World(quantity, price).panel(1994), "output", 2010)
    at_1994 = moved.rows.rows_at(1994)[0]
    # At 1994 prices the total is 3 in 1994 and 19 in 2010, where it is worth 35 at current.
    assert moved.values("output")[at_1994] == pytest.approx(3 * 35 / 19)
    assert discrepancy(moved)[at_1994] == pytest.approx(3 * 35 / 19 - (17 + 1 + 1))
