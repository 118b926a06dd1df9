"""``[[deflate]]``, ``[[link_base]]`` and ``[[rebase]]`` do what the library does."""

from __future__ import annotations

from typing import Any

import pytest

from tfp.accounts.fixed_shares import FixedShares
from tfp.accounts.growth import GrowthAccounting
from tfp.inputs.prices.chaining import chain_volumes
from tfp.inputs.prices.deflating import deflate, implicit_price
from tfp.inputs.prices.linking import link_bases
from tfp.inputs.prices.price_series import borrow_price, chain_price_index
from tfp.inputs.prices.rebasing import rebase
from tfp.language.catalogue import LANGUAGES
from tfp.report.treatments import treatment_sentences

YEARS = list(range(2010, 2016))
SOURCE = "yearbook 2016"
DEFLATE = {"role": "output", "base": 2012, "source": SOURCE}
COLUMNS = {"output_current": "v", "output_price": "p", "capital": "k", "labour": "l"}
DATA = {"file": "figures.csv", "time": "year", "columns": COLUMNS}


@pytest.fixture
def office(office):
    """Return an office with output at current prices and a price index."""
    office.write(
        "figures.csv",
        year=YEARS,
        v=[100.0, 118.3, 131.9, 144.2, 160.8, 171.7],
        p=[91.3, 97.7, 103.1, 107.9, 112.2, 114.6],
        change=[109.2, 107.0, 105.5, 104.7, 104.0, 102.1],
        per_cent=[9.2, 7.0, 5.5, 4.7, 4.0, 2.1],
        k=[300.0, 318.0, 335.1, 352.8, 371.0, 390.4],
        l=[50.0, 50.7, 51.2, 51.9, 52.3, 52.8],
    )
    office.write("nation.csv", nam=YEARS, gia=[100.0, 106.1, 111.9, 116.2, 121.7, 122.9])
    office.write(
        "old.csv", year=list(range(2005, 2012)), y=[30.2, 32.5, 35.0, 37.1, 39.4, 42.3, 45.1]
    )
    office.tables["data"] = DATA
    return office


def tfp_of(panel) -> list[float]:
    """Return TFP, by the library, of a panel with output."""
    accounts = GrowthAccounting(factor_weights=FixedShares(capital=0.4)).fit(panel)
    return accounts.term("tfp")[1:].tolist()


def test_output_at_constant_prices_is_the_library_s(office) -> None:
    run = office.run(deflate=[DEFLATE])
    panel = deflate(office.panel("figures.csv", **COLUMNS), "output", base=2012, source=SOURCE)
    assert run.content.panel.values("output").tolist() == panel.values("output").tolist()
    assert run.content.accounts.term("tfp")[1:].tolist() == tfp_of(panel)
    assert run.content.panel.column("output").price_base == "2012"
    # By hand: the base year keeps its value, and any other is divided by the relative price.
    assert panel.values("output")[[2, 4]] == pytest.approx([131.9, 160.8 * 103.1 / 112.2])


def test_an_index_with_the_previous_year_as_100_is_chained_first(office) -> None:
    columns = {**COLUMNS, "output_price": "change"}
    run = office.run(
        data={**DATA, "columns": columns}, deflate=[{**DEFLATE, "index": "previous_year"}]
    )
    chained = chain_price_index(office.panel("figures.csv", **columns), "output")
    expected = deflate(chained, "output", base=2012, source=SOURCE).values("output")
    assert run.content.panel.values("output").tolist() == expected.tolist()
    assert expected[3] == pytest.approx(144.2 / 1.047)


def test_the_price_index_of_another_area_is_borrowed_from_a_further_file(office) -> None:
    reason = "the province has none"
    columns = {"output_current": "v", "capital": "k", "labour": "l"}
    run = office.run(
        data={**DATA, "columns": columns},
        deflate=[
            {
                **DEFLATE,
                "reason": reason,
                "data": {"file": "nation.csv", "time": "nam", "columns": {"output_price": "gia"}},
            }
        ],
    )
    lender = office.panel("nation.csv", time="nam", area="", output_price="gia")
    panel = office.panel("figures.csv", **columns)
    panel = borrow_price(panel, "output", lender, source=SOURCE, reason=reason)
    panel = deflate(panel, "output", base=2012, source=SOURCE, reason=reason)
    assert run.content.panel.values("output").tolist() == panel.values("output").tolist()
    assert [file.name for file in run.files] == ["figures.csv", "nation.csv"]
    assert panel.values("output")[0] == pytest.approx(100.0 * 111.9 / 100.0)


def test_investment_may_be_deflated_by_the_price_that_output_implies(office) -> None:
    figures = office.figures["figures.csv"]
    real = [round(v / p * 100, 2) for v, p in zip(figures["v"], figures["p"], strict=True)]
    invested = [round(k / 10, 2) for k in figures["k"]]
    office.write("figures.csv", **{**figures, "y": real, "i": invested})
    columns = {"output": "y", "output_current": "v", "investment_current": "i", "labour": "l"}
    reason = "the province has no index of investment"
    by = {"role": "investment", "base": 2012, "source": SOURCE, "reason": reason}
    initial = {"method": "capital_output_ratio", "ratio": 2.4, "year": 2010, "source": "stated"}
    run = office.run(
        data={**DATA, "columns": columns},
        deflate=[{**by, "by": "output_price", "index": "implicit"}],
        capital={"depreciation": 0.05, "initial": initial},
    )
    panel = implicit_price(office.panel("figures.csv", **columns), "output")
    panel = deflate(panel, "investment", "output_price", base=2012, source=SOURCE, reason=reason)
    found = run.content.panel.values("investment")
    assert found.tolist() == panel.values("investment").tolist()


def linked(office, **more: Any):
    """Return a run whose output is carried back by an older base."""
    older = {
        "file": "old.csv",
        "time": "year",
        "columns": {"output": "y"},
        "price_bases": {"output": "1994"},
    }
    return office.run(
        deflate=[DEFLATE], link_base=[{"at": 2010, "source": SOURCE, "data": older}], **more
    )


def test_an_older_base_is_linked_by_its_growth(office) -> None:
    panel = linked(office).content.panel
    newer = deflate(office.panel("figures.csv", **COLUMNS), "output", base=2012, source=SOURCE)
    older = office.panel("old.csv", output="y", price_bases={"output": "1994"})
    expected = link_bases(older, newer, "output", at=2010, source=SOURCE).values("output")
    assert panel.values("output").tolist() == expected.tolist()
    assert panel.rows.times.tolist() == list(range(2005, 2016))
    assert expected[1] / expected[0] == pytest.approx(32.5 / 30.2)
    assert expected[5] == newer.values("output")[0]


def test_links_begin_with_the_latest_whatever_their_order_in_the_plan(office) -> None:
    office.write("oldest.csv", year=[2003, 2004, 2005], y=[11.0, 12.0, 13.2])
    data = {"time": "year", "columns": {"output": "y"}}
    links = [
        {
            "at": at,
            "source": SOURCE,
            "data": {**data, "file": name, "price_bases": {"output": base}},
        }
        for at, name, base in ((2005, "oldest.csv", "1989"), (2010, "old.csv", "1994"))
    ]
    for order in (links, links[::-1]):
        panel = office.run(deflate=[DEFLATE], link_base=order).content.panel
        growth = panel.values("output")[1:4] / panel.values("output")[:3] - 1
        assert growth.tolist() == pytest.approx([1 / 11, 0.1, 32.5 / 30.2 - 1])


def test_the_base_year_changes_last_and_growth_stays(office) -> None:
    panel = linked(office, rebase=[{"roles": ["output"], "base": 2014}]).content.panel
    before = linked(office).content.panel
    rebased = rebase(before, "output", 2014)
    assert panel.values("output").tolist() == rebased.values("output").tolist()
    assert panel.values("output")[9] == pytest.approx(160.8)
    assert panel.column("output").price_base == "2014"


@pytest.fixture
def parts(office):
    """Return the columns of parts of output, at prices of one year and current ones."""
    figures = office.figures["figures.csv"]
    shares = [0.30, 0.29, 0.29, 0.28, 0.27, 0.26]
    farms = [round(v * s, 3) for v, s in zip(figures["v"], shares, strict=True)]
    rest = [round(v - f, 3) for v, f in zip(figures["v"], farms, strict=True)]
    office.write(
        "figures.csv",
        **figures,
        f_current=farms,
        r_current=rest,
        f=[round(f / p, 3) for f, p in zip(farms, [1.0, 1.06, 1.15, 1.2, 1.22, 1.25], strict=True)],
        r=[round(r / p, 3) for r, p in zip(rest, [1.0, 1.04, 1.07, 1.1, 1.13, 1.16], strict=True)],
    )
    return {
        "capital": "k",
        "labour": "l",
        "output_by_part": {"farms": "f", "rest": "r"},
        "output_current_by_part": {"farms": "f_current", "rest": "r_current"},
    }


def test_output_is_chained_from_its_parts(office, parts) -> None:
    data = {**DATA, "columns": parts}
    run = office.run(data=data, output={"chained": {"base": 2012}})
    expected = chain_volumes(office.panel("figures.csv", **parts), base=2012).panel
    found = run.content.panel.values("output")
    assert found.tolist() == expected.values("output").tolist()
    office.refused("year-missing", "output.chained", data=data, output={"chained": {"base": 2031}})
    both = {"chained": {"base": 2012}, "from_growth": {"level_year": 2012, "source": "x"}}
    office.refused("plan-choose-one", "output.chained", data=data, output=both)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_step_stands_in_a_sentence_with_its_figures(office, language: str) -> None:
    ledger = linked(office, rebase=[{"roles": ["output"], "base": 2014}]).content.panel.ledger
    sentences = treatment_sentences(ledger, language)
    assert len(sentences) == 3
    for sentence, year in zip(sentences, ("2012", "2010", "2014"), strict=True):
        assert year in sentence
        assert "{" not in sentence
    assert SOURCE in sentences[0]


def test_a_sensitivity_may_deflate_otherwise(office) -> None:
    reason = "to compare"
    otherwise = {**DEFLATE, "by": "investment_price", "reason": reason}
    other = {"name": "by prices of investment", "deflate": [otherwise]}
    columns = {**COLUMNS, "investment_price": "change"}
    run = office.run(data={**DATA, "columns": columns}, deflate=[DEFLATE], sensitivity=[other])
    panel = office.panel("figures.csv", **columns)
    by = "investment_price"
    panel = deflate(panel, "output", by, base=2012, source=SOURCE, reason=reason)
    assert run.sensitivities[0][1].term("tfp")[1:].tolist() == tfp_of(panel)


BAD: list[tuple[str, str, dict[str, Any]]] = [
    ("plan-key-missing", "deflate[1].source", {"deflate": [{"role": "output", "base": 2012}]}),
    ("plan-key-missing", "data.columns.output", {"deflate": [{**DEFLATE, "role": "investment"}]}),
    ("plan-key-unknown", "deflate[1].bass", {"deflate": [{**DEFLATE, "bass": 2012}]}),
    ("plan-word-unknown", "deflate[1].index", {"deflate": [{**DEFLATE, "index": "chained"}]}),
    ("plan-key-missing", "deflate[1].reason", {"deflate": [{**DEFLATE, "by": "output_price"}]}),
    (
        "plan-key-not-with",
        "deflate[1].by",
        {"deflate": [{**DEFLATE, "by": "output_price", "data": {}}]},
    ),
    ("base-year-missing", "deflate[1]", {"deflate": [{**DEFLATE, "base": 2031}]}),
    (
        "price-not-of-previous",
        "deflate[1]",
        {
            "data": {**DATA, "columns": {**COLUMNS, "output_price": "per_cent"}},
            "deflate": [{**DEFLATE, "index": "previous_year"}],
        },
    ),
    ("plan-key-missing", "link_base[1].data", {"link_base": [{"at": 2010, "source": "x"}]}),
    (
        "file-not-found",
        "link_base[1].data.file",
        {
            "deflate": [DEFLATE],
            "link_base": [
                {
                    "at": 2010,
                    "source": "x",
                    "data": {"file": "older.csv", "time": "year", "columns": {"output": "y"}},
                }
            ],
        },
    ),
    (
        "plan-word-unknown",
        "link_base[1].roles.1",
        {"link_base": [{"at": 2010, "source": "x", "roles": ["labour"], "data": {}}]},
    ),
    (
        "link-value-missing",
        "link_base[1]",
        {
            "deflate": [DEFLATE],
            "link_base": [
                {
                    "at": 2014,
                    "source": "x",
                    "data": {
                        "file": "old.csv",
                        "time": "year",
                        "columns": {"output": "y"},
                        "price_bases": {"output": "1994"},
                    },
                }
            ],
        },
    ),
    ("plan-key-missing", "rebase[1].base", {"rebase": [{"roles": ["output"]}]}),
    ("plan-not-list", "rebase[1].roles", {"rebase": [{"roles": "output", "base": 2014}]}),
    (
        "plan-word-unknown",
        "rebase[1].roles.1",
        {"rebase": [{"roles": ["labour"], "base": 2014}]},
    ),
    (
        "base-year-missing",
        "rebase[1]",
        {"deflate": [DEFLATE], "rebase": [{"roles": ["output"], "base": 2031}]},
    ),
]


@pytest.mark.parametrize(("code", "key", "tables"), BAD)
def test_a_slip_is_answered_at_its_key(office, code: str, key: str, tables: dict[str, Any]) -> None:
    office.refused(code, key, **tables)
