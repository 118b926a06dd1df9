"""``[data.long]``: figures of several books, of which a plan takes one for each column."""

from __future__ import annotations

from typing import Any

import pytest

from tfp.inputs.figures.choosing import MixedVintages
from tfp.inputs.figures.collection import Figures
from tfp.inputs.figures.relations import (
    AverageOf,
    GrowthOf,
    IncludedIn,
    IndexOf,
    JumpsIn,
    MeanOf,
    PartsOf,
    PriceChangeOf,
    PricesOf,
    RatioOf,
)
from tfp.inputs.figures.suggesting import suggest_relations
from tfp.language.catalogue import LANGUAGES
from tfp.workflow.plans.plan_keys import Keys
from tfp.workflow.relations import DeclaredRelation, read_relation

YEARS = [2016, 2017, 2018, 2019, 2020]
OLD, NEW = "yearbook 2019", "yearbook 2022"
SERIES: dict[tuple[str, str], list[float]] = {
    ("grdp_2010p", OLD): [100.0, 107.2, 115.1, 123.0],
    ("grdp_2010p", NEW): [126.1, 134.9, 144.6, 155.2, 160.3],
    ("grdp_2010p_growth", NEW): [6.5, 7.0, 7.2, 7.3, 3.3],
    ("stock", NEW): [300.4, 322.1, 345.0, 371.3, 396.2],
    ("employed_15plus", OLD): [50.11, 50.52, 51.13, 51.64],
    ("employed_15plus", NEW): [50.11, 50.52, 51.13, 51.64, 51.25],
}
COLUMNS = {"output": "grdp_2010p", "capital": "stock", "labour": "employed_15plus"}
LONG = {"area": "tinh", "variable": "chi_tieu", "value": "so", "book": "an_pham", "source": "bieu"}
BOOKS = {"output": NEW, "labour": NEW}


@pytest.fixture
def office(office):
    """Return an office with figures of two books, and those of another province."""
    columns: dict[str, list[Any]] = {
        name: [] for name in ("tinh", "chi_tieu", "nam", "so", "an_pham", "bieu")
    }
    for area, factor in (("Hoa An", 1.0), ("Hoa Binh", 2.0)):
        for (variable, book), values in SERIES.items():
            for year, value in zip(YEARS, values, strict=False):
                rate = variable.endswith("growth")
                row = (area, variable, year, value if rate else round(value * factor, 2))
                for name, cell in zip(columns, (*row, book, f"table of {variable}"), strict=True):
                    columns[name].append(cell)
    office.write("figures.csv", **columns)
    office.tables["data"] = data()
    return office


def data(**changes: Any) -> dict[str, Any]:
    long = {**LONG, "areas": ["Hoa An"], "books": BOOKS, **changes}
    return {"file": "figures.csv", "time": "nam", "columns": COLUMNS, "long": long}


def figures(office) -> Figures:
    names = {"area": "tinh", "variable": "chi_tieu", "value": "so"}
    read = Figures(
        office.figures["figures.csv"], **names, time="nam", vintage="an_pham", source="bieu"
    )
    return read.select(areas=["Hoa An"])


def test_one_book_stands_in_each_column(office) -> None:
    panel = office.run().content.panel
    expected = figures(office).panel(**COLUMNS, vintages=BOOKS)
    for role in COLUMNS:
        assert panel.values(role).tolist() == expected.values(role).tolist()
        assert panel.column(role).vintage == NEW
    assert panel.values("output").tolist() == SERIES["grdp_2010p", NEW]


def test_several_areas_make_a_panel(office) -> None:
    panel = office.run(data=data(areas=["Hoa An", "Hoa Binh"])).content.panel
    assert panel.rows.entities == ("Hoa An", "Hoa Binh")


def test_several_books_in_one_column_are_a_change_of_definition(office) -> None:
    books = {"output": [OLD, NEW], "labour": NEW}
    mixed = data(books=books, books_reason="the newer book begins late")
    rule = MixedVintages((OLD, NEW), reason="the newer book begins late")
    expected = figures(office).panel(**COLUMNS, vintages={"output": rule, "labour": NEW})
    panel = office.prepare(data=mixed).treated.panel
    assert panel.values("output").tolist() == expected.values("output").tolist()
    with pytest.raises(ValueError, match="data-blocked"):
        office.run(data=mixed)


def test_a_sensitivity_may_take_another_variable(office) -> None:
    other = {"name": "twice", "columns": {"labour": "stock"}}
    long = {**LONG, "areas": ["Hoa An"], "books": {"output": NEW, "labour": NEW}}
    run = office.run(data={**data(), "long": long}, sensitivity=[other])
    assert run.sensitivities[0][1].term("labour")[1] != run.content.accounts.term("labour")[1]


def test_what_does_not_agree_among_the_books_is_found_and_does_not_block(office) -> None:
    found = office.prepare().findings
    every = figures(office)
    codes = {finding.code for finding in every.check(suggest_relations(every))}
    assert codes
    assert codes <= {finding.code for finding in found}
    assert not found.blocking


RELATIONS: list[tuple[dict[str, Any], Any]] = [
    (
        {"kind": "parts", "total": "grdp", "parts": ["a", "b"], "tolerance": 0.1},
        PartsOf("grdp", ("a", "b"), tolerance=0.1),
    ),
    (
        {"kind": "parts", "total": 100.0, "parts": ["a"], "optional": ["t"]},
        PartsOf(100.0, ("a",), ("t",)),
    ),
    ({"kind": "included", "part": "a", "whole": "b", "swing": 5.0}, IncludedIn("a", "b", 5.0)),
    ({"kind": "growth", "level": "a", "growth": "g"}, GrowthOf("a", "g")),
    ({"kind": "index", "level": "a", "index": "i"}, IndexOf("a", "i")),
    ({"kind": "average", "whole": "g", "parts": ["h"]}, AverageOf("g", ("h",))),
    (
        {"kind": "mean", "mean": "m", "growth": "g", "first": 2017, "last": 2019},
        MeanOf("m", "g", 2017, 2019),
    ),
    (
        {"kind": "ratio", "ratio": "r", "numerator": "a", "denominator": "b", "scale": 1000.0},
        RatioOf("r", "a", "b", 1000.0),
    ),
    (
        {
            "kind": "prices",
            "current": "v",
            "constant": "x",
            "base_year": 2010,
            "reference": {"2011": 1.2},
        },
        PricesOf("v", "x", 2010, {2011: 1.2}),
    ),
    (
        {"kind": "price_change", "current": "v", "growth": "g", "tolerance": 9.0},
        PriceChangeOf("v", "g", tolerance=9.0),
    ),
    (
        {"kind": "jumps", "variable": "a", "of": "labour", "fall": 4.0, "rise": 10.0},
        JumpsIn("a", "labour", 4.0, 10.0),
    ),
]


@pytest.mark.parametrize(("stated", "relation"), RELATIONS)
def test_each_relation_is_the_library_s(stated: dict[str, Any], relation) -> None:
    assert (
        read_relation(Keys(stated, "checks.relation[1]", DeclaredRelation)).relation() == relation
    )


def test_declared_relations_are_looked_at_beside_or_in_place_of_suggested_ones(office) -> None:
    jumps = {"kind": "jumps", "variable": "stock", "of": "investment", "fall": 1.0, "rise": 1.0}

    def codes(**checks: Any) -> set[str]:
        return {finding.code for finding in office.prepare(checks=checks).findings}

    every = figures(office)
    suggested = {finding.code for finding in every.check(suggest_relations(every))}
    alone = {finding.code for finding in every.check([JumpsIn("stock", "investment", 1.0, 1.0)])}
    assert "investment-jump" in alone
    assert "investment-jump" not in suggested
    assert suggested | {"investment-jump"} <= codes(relation=[jumps])
    assert alone <= codes(relation=[jumps], suggested=False)
    assert not (suggested - alone) & codes(relation=[jumps], suggested=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_says_which_book_a_column_is_from(office, language: str) -> None:
    assert f"table of {COLUMNS['labour']}" in office.said(language)


BAD: list[tuple[str, str, dict[str, Any]]] = [
    (
        "plan-key-missing",
        "checks.relation[1].parts",
        {"checks": {"relation": [{"kind": "parts", "total": "grdp"}]}},
    ),
    (
        "plan-key-not-of-method",
        "checks.relation[1].level",
        {"checks": {"relation": [{"kind": "parts", "total": "a", "parts": ["b"], "level": "c"}]}},
    ),
    ("plan-word-unknown", "checks.relation[1].kind", {"checks": {"relation": [{"kind": "sum"}]}}),
    ("plan-not-truth", "checks.suggested", {"checks": {"suggested": "no"}}),
    ("plan-key-missing", "data.long.variable", {"data": {**data(), "long": {"area": "tinh"}}}),
    ("plan-key-unknown", "data.long.books_reasons", {"data": data(books_reasons="x")}),
    ("plan-key-missing", "data.long.books_reason", {"data": data(books={"output": [OLD, NEW]})}),
    ("plan-key-not-with", "data.entity", {"data": {**data(), "entity": "tinh"}}),
    ("vintages-to-choose", "data.long.books", {"data": data(books={})}),
    ("vintage-absent", "data.long.books", {"data": data(books={**BOOKS, "output": "x"})}),
    (
        "variable-unknown",
        "data.long.books",
        {"data": {**data(), "columns": {**COLUMNS, "output": "grdp"}}},
    ),
    ("table-column-unknown", "data.long", {"data": data(value="value")}),
    (
        "plan-key-not-with",
        "fill[1].from_column",
        {"fill": [{"role": "labour", "from_column": "so", "years": [2017], "reason": "x"}]},
    ),
]


@pytest.mark.parametrize(("code", "key", "tables"), BAD)
def test_a_slip_is_answered_at_its_key(office, code: str, key: str, tables: dict[str, Any]) -> None:
    office.refused(code, key, **tables)
