"""No secret can be computed from what is printed; tried by hand, by sums, and by bounds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

import tfp
from tfp.language.numbers import round_half_away
from tfp.panel.panel import Panel
from tfp.report.content import RunContent
from tfp.report.disclosure import Withheld, times_in, withheld_cells
from tfp.report.document import Column, Table
from tfp.report.run_identities import identities_of

YEARS = list(range(2016, 2022))
PARTS = {
    "agriculture": [800.0, 823.5, 851.2, 870.9, 902.4, 931.7],
    "industry": [900.0, 991.3, 1080.8, 1192.1, 1240.3, 1391.6],
    "services": [700.0, 741.2, 799.9, 861.4, 870.2, 921.5],
}
TOTAL = np.sum(list(PARTS.values()), axis=0).round(1)
LABOUR = [500.0, 504.1, 509.3, 511.0, 507.2, 515.8]
PROTECTION = 0.1


@pytest.fixture(scope="module")
def content() -> RunContent:
    data = {"year": YEARS, "grdp": TOTAL, "k": 2.4 * TOTAL * 1.01 ** np.arange(6), "l": LABOUR}
    data |= PARTS
    panel = Panel(
        data, time="year", area="Hoa An", output="grdp", capital="k", labour="l",
        output_by_part={name: name for name in PARTS},
    )  # fmt: skip
    accounts = tfp.GrowthAccounting(factor_weights=tfp.FixedShares(capital=0.4)).fit(panel)
    periods = (accounts.periods(["2017-2021"], average="sum_of_rates"),)
    return RunContent(area="Hoa An", language="en", accounts=accounts, panel=panel, periods=periods)


def table(number: str, columns: dict[str, Any], digits: int = 2, years: list[int] = YEARS) -> Table:
    """Return a table with years in rows; a missing number is None."""
    heads = (
        Column(label="Year", style="year"),
        *(Column(label=name, digits=digits) for name in columns),
    )
    cells = zip(*columns.values(), strict=True)
    rows = tuple((year, *values) for year, values in zip(years, cells, strict=True))
    return Table(name=number, number=number, title=number, columns=heads, rows=rows)


def levels() -> Table:
    return table("B1", {"Total": TOTAL.tolist(), **PARTS}, digits=1)


def growth_of(values: Any) -> list[float | None]:
    values = np.asarray(values)
    return [None, *(100.0 * (values[1:] / values[:-1] - 1.0)).tolist()]


def growth() -> Table:
    return table(
        "B2",
        {"Total": growth_of(TOTAL), **{name: growth_of(part) for name, part in PARTS.items()}},
    )


def structure() -> Table:
    return table(
        "B1b", {name: (100.0 * np.array(part) / TOTAL).tolist() for name, part in PARTS.items()}
    )


def hide(content: RunContent, *tables: Table, role: str, year: int, **options: Any) -> Withheld:
    system = identities_of(content)
    secret = system.number(role, "Hoa An", str(year))
    assert secret is not None
    return withheld_cells(tables, system, [secret], **{"protection": PROTECTION, **options})


def shown(tables: tuple[Table, ...], withheld: Withheld) -> list[list[list[Any]]]:
    """Return what is printed, numbers as long as printed and None for what is not."""
    return [
        [
            [
                None
                if (number, row, column) in withheld or cell is None
                else cell
                if table.columns[column].style == "year"
                else float(round_half_away(cell, table.columns[column].digits))
                for column, cell in enumerate(cells)
            ]
            for row, cells in enumerate(table.rows)
        ]
        for number, table in enumerate(tables)
    ]


def range_of_secret(
    printed: list[list[list[Any]]], part: int, year: int, kinds: str
) -> tuple[float, float]:
    """Return the smallest and the largest value of a part that the printed tables allow.

    The attack of somebody who holds the tables and knows what they are: unknown are the
    parts of every year, none of them negative; printed numbers hold up to their rounding.
    """
    count, years = len(PARTS), len(YEARS)
    rows: list[np.ndarray] = []
    highest: list[float] = []

    def between(coefficients: np.ndarray, low: float, high: float) -> None:
        rows.extend([coefficients, -coefficients])
        highest.extend([high, -low])

    def unit(which: int | None, at: int) -> np.ndarray:
        found = np.zeros((years, count))
        found[at, slice(None) if which is None else which] = 1.0
        return found.ravel()

    for table, kind in zip(printed, kinds, strict=True):
        half = 0.05 if kind == "l" else 0.005
        for at, cells in enumerate(table):
            for column, value in enumerate(cells[1:]):
                if value is None:
                    continue
                # Tables of levels and growth have the total first, that of structure has none.
                which = column if kind == "s" else column - 1
                which_or_all = None if which < 0 else which
                now = unit(which_or_all, at)
                if kind == "l":
                    between(now, value - half, value + half)
                elif kind == "s":
                    between(now - (value - half) / 100.0 * unit(None, at), 0.0, np.inf)
                    between((value + half) / 100.0 * unit(None, at) - now, 0.0, np.inf)
                else:
                    before = unit(which_or_all, at - 1)
                    between(now - (1.0 + (value - half) / 100.0) * before, 0.0, np.inf)
                    between((1.0 + (value + half) / 100.0) * before - now, 0.0, np.inf)
    finite = np.isfinite(highest)
    ends = [
        sign
        * linprog(
            sign * unit(part, YEARS.index(year)),
            A_ub=np.array(rows)[finite],
            b_ub=np.array(highest)[finite],
            bounds=(0.0, 1e5),
        ).fun
        for sign in (1.0, -1.0)
    ]
    return ends[0], ends[1]


@pytest.mark.parametrize("kinds", ["l", "lg", "ls", "lgs", "gs"])
def test_a_secret_stays_uncertain_across_tables_whatever_their_combination(
    content: RunContent, kinds: str
) -> None:
    made = {"l": levels, "g": growth, "s": structure}
    tables = tuple(made[kind]() for kind in kinds)
    withheld = hide(content, *tables, role="output_by_part:industry", year=2020)
    low, high = range_of_secret(shown(tables, withheld), 1, 2020, kinds)
    secret = PARTS["industry"][YEARS.index(2020)]
    assert low <= secret <= high
    assert high - low > PROTECTION * secret, (low, high)
    cells = sum(cell is not None for t in shown(tables, withheld) for row in t for cell in row)
    everything = sum(cell is not None for t in tables for row in t.rows for cell in row)
    assert cells > 0.6 * everything, "most of the tables can still be printed"


@pytest.mark.parametrize("kinds", ["l", "lg", "lgs"])
def test_the_attack_finds_the_secret_if_it_alone_is_withheld(
    content: RunContent, kinds: str
) -> None:
    made = {"l": levels, "g": growth, "s": structure}
    tables = tuple(made[kind]() for kind in kinds)
    alone = Withheld(secrets=frozenset({(0, YEARS.index(2020), 3)}))
    low, high = range_of_secret(shown(tables, alone), 1, 2020, kinds)
    assert high - low < 0.001 * PARTS["industry"][YEARS.index(2020)]


def test_one_number_beside_the_secret_is_enough_in_one_table_of_sums(content: RunContent) -> None:
    withheld = hide(content, levels(), role="output_by_part:industry", year=2020)
    row = YEARS.index(2020)
    assert withheld.secrets == {(0, row, 3)}
    (other,) = withheld.others
    assert other in {(0, row, 2), (0, row, 4)}, "another part of the year, not the total"


def test_growth_beside_the_levels_gives_a_secret_away(content: RunContent) -> None:
    tables = (levels(), growth())
    withheld = hide(content, *tables, role="output_by_part:industry", year=2020)
    row = YEARS.index(2020)
    # Growth of that year from the level before, growth of the next year to the level after.
    assert {(1, row, 3), (1, row + 1, 3)} <= withheld.others


def accounts_tables(content: RunContent) -> tuple[Table, ...]:
    """Return results and productivity of the years after the first."""
    frame, shares = content.accounts.contributions, content.accounts.share_of_growth
    rates = content.accounts.factor_growth
    results = {f"rate {name}": rates[name].tolist() for name in ("output", "capital", "labour")}
    results |= {f"points {n}": frame[n].tolist() for n in ("capital", "labour", "tfp")}
    results |= {f"share {n}": shares[n].tolist() for n in ("capital", "labour", "tfp")}
    productivity = (TOTAL / np.array(LABOUR)).tolist()
    return (
        table("B7", results, years=YEARS[1:]),
        table("B10", {"Productivity": productivity, "Output": TOTAL.tolist(), "Labour": LABOUR}),
    )


def test_productivity_points_and_shares_give_labour_away(content: RunContent) -> None:
    results, productivity = accounts_tables(content)
    withheld = hide(content, results, productivity, role="labour", year=2019)
    row = YEARS.index(2019)
    assert (1, row, 3) in withheld.secrets
    # Y / L beside Y is L: one of the two goes.
    assert withheld.others & {(1, row, 1), (1, row, 2)}
    # Growth of labour, its points, and what gives those: each way from 2018 or to 2020 is cut.
    for year in (2019, 2020):
        at = YEARS.index(year) - 1
        assert (0, at, 3) in withheld.others
        assert (0, at, 5) in withheld.others
        points = {(0, at, 1), (0, at, 4), (0, at, 6)}
        assert withheld.others & points, "growth is the sum of the points"
        shares = {(0, at, 7), (0, at, 8), (0, at, 9)}
        assert withheld.others & shares


def test_what_is_known_elsewhere_counts_as_known(content: RunContent) -> None:
    _, productivity = accounts_tables(content)
    alone = table("B10", {"Productivity": [row[1] for row in productivity.rows]})
    row = YEARS.index(2019)
    free = hide(content, alone, role="labour", year=2019)
    assert not free.others, "without output nothing follows from productivity"
    system = identities_of(content)
    output = [n for n, quantity in enumerate(system.quantities) if quantity.name == "output"]
    bound = hide(content, alone, role="labour", year=2019, known=output)
    assert (0, row, 1) in bound.others


def test_a_period_gives_the_one_hidden_year_away(content: RunContent) -> None:
    tfp_points = content.accounts.contributions["tfp"].tolist()
    mean = 100.0 * float(content.periods[0].term("tfp")[0])
    years = table("B7", {"TFP": tfp_points}, years=YEARS[1:])
    period = Table(
        name="B8", number="B8", title="B8", rows=(("2017–2021", mean),),
        columns=(Column(label="Period", style="text"), Column(label="TFP")),
    )  # fmt: skip
    withheld = hide(content, years, period, role="points:tfp", year=2020)
    assert withheld.secrets == {(0, 3, 1)}
    assert len(withheld.others) == 1, "the mean, or another year of it"


def test_a_small_part_is_no_protection_for_a_large_one(content: RunContent) -> None:
    small = [0.4, 0.5, 0.4, 0.6, 0.5, 0.5]
    tables = (
        table("B1", {"Total": TOTAL.tolist(), **PARTS}, digits=1),
        table("B1b", {"Total": (TOTAL + small).tolist(), "Output": TOTAL.tolist(), "Rest": small}),
    )
    exact = hide(content, tables[0], role="output_by_part:industry", year=2020, protection=0.0)
    wide = hide(content, tables[0], role="output_by_part:industry", year=2020, protection=0.5)
    assert len(exact.others) == 1
    assert len(wide.others) >= len(exact.others)
    with_others = hide(content, *tables, role="output", year=2020, protection=0.1)
    row = YEARS.index(2020)
    assert not with_others.others <= {(1, row, 3)}, "half a unit hides nothing of three thousand"


def test_a_number_of_which_nothing_is_known_goes_with_the_year(content: RunContent) -> None:
    own = table("B12", {"Patents": [3.0, 5.0, 7.0, 11.0, 13.0, 17.0]}, digits=0)
    withheld = hide(content, levels(), own, role="output_by_part:industry", year=2020)
    assert {spot for spot in withheld.others if spot[0] == 1} == {(1, YEARS.index(2020), 1)}


def test_nothing_is_withheld_where_nothing_is_secret(content: RunContent) -> None:
    assert withheld_cells((levels(), growth()), identities_of(content), []) == Withheld()


def test_years_and_periods_are_read_off_words() -> None:
    assert times_in("712/QĐ-TTg, 2016–2020 và 2024") == ("2016-2020", "2024")
    assert times_in("B7, 27065 tỷ đồng") == ()
