"""The formulas of the workbook, evaluated here: no spreadsheet is needed for what they say."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from openpyxl.formula import Tokenizer
from openpyxl.utils.cell import range_boundaries

from tfp.accounts.fixed_shares import FixedShares
from tfp.accounts.growth import GrowthAccounting
from tfp.errors import Place
from tfp.inputs.breaks.links import GivenFactor
from tfp.inputs.breaks.splicing import AssumedGrowth, PublishedOverlap, splice
from tfp.inputs.capital.asset_inventory import AssetInventory
from tfp.inputs.capital.backcasting import BackcastInvestment
from tfp.inputs.capital.cohort_inventory import CohortInventory
from tfp.inputs.capital.efficiency import Hyperbolic
from tfp.inputs.capital.initial_stock import CapitalOutputRatio, GivenStock, ICORStock, SteadyState
from tfp.inputs.capital.inventory import PerpetualInventory
from tfp.inputs.capital.retirement import FixedLife
from tfp.inputs.checks.correcting import correct_values
from tfp.inputs.filling import fill_values, interpolate
from tfp.inputs.prices.deflating import deflate
from tfp.panel.panel import Panel
from tfp.report.approval import Approval
from tfp.report.content import RunContent
from tfp.report.sheets.layout import Layout
from tfp.report.workbook import build_workbook

EXACT = 1e-9
YEARS = 8
# Every function that Excel 2010 has and that a workbook of ours may use.
EXCEL_2010 = {"IF", "LN", "EXP", "ABS", "MAX", "MIN", "SUM", "SUMPRODUCT", "AVERAGE", "COUNTIF"}


class Graph:
    """The cells of a workbook, computed on demand from their formulas.

    `changes` holds other values for named cells; nothing that was written beside a formula
    is used.
    """

    def __init__(self, workbook, changes=None):
        self.cells = {
            (sheet.name, row, column): cell
            for sheet in workbook.sheets
            for row, column, cell in sheet.cells()
        }
        self.places = {
            cell.name: place for place, cell in self.cells.items() if cell.name is not None
        }
        self.changes = {self.places[name]: value for name, value in (changes or {}).items()}
        self.known = {}

    def value(self, place):
        if place in self.changes:
            return self.changes[place]
        if place not in self.known:
            cell = self.cells.get(place)
            if cell is None or cell.formula is None:
                self.known[place] = None if cell is None else cell.plain_value
            else:
                self.known[place] = self.evaluate(cell.formula, place[0])
        return self.known[place]

    def named(self, name):
        return self.value(self.places[name])

    def evaluate(self, formula, sheet):
        code = "".join(_python(token, sheet) for token in Tokenizer(formula).items)
        # Made of the tokens of our own formulas, each turned into a call or a literal.
        return eval(code, {"__builtins__": {}}, {**FUNCTIONS, "N": self.named, "R": self.range})  # noqa: S307

    def range(self, sheet, address):
        left, top, right, bottom = range_boundaries(address.replace("$", ""))
        found = [
            self.value((sheet, row, column))
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        ]
        if len(found) == 1:
            return 0.0 if found[0] is None else found[0]
        if all(isinstance(each, (int, float)) for each in found):
            return np.array(found, dtype=float)
        return np.array(found, dtype=object)

    def formulas(self):
        return {place: cell for place, cell in self.cells.items() if cell.formula is not None}


def _python(token, sheet):
    if token.type == "OPERAND" and token.subtype == "RANGE":
        if re.fullmatch(r"[^\W\d]\w*", token.value) and not re.fullmatch(
            r"\$?[A-Z]{1,3}\$?\d+", token.value
        ):
            return f"N({token.value!r})"
        where, _, address = token.value.rpartition("!")
        where = where.strip("'").replace("''", "'") or sheet
        return f"R({where!r}, {address!r})"
    if token.type == "OPERAND" and token.subtype == "TEXT":
        return repr(token.value[1:-1])
    if token.type == "OPERATOR-INFIX":
        return {"^": "**", "=": "==", "<>": "!="}.get(token.value, token.value)
    return token.value


def _numbers(values):
    flat = [each for value in values for each in np.ravel(np.asarray(value, dtype=object))]
    return [each for each in flat if isinstance(each, (int, float))]


def _sum_of_products(*arrays):
    return float(np.sum(np.prod([np.asarray(each, dtype=float) for each in arrays], axis=0)))


FUNCTIONS = {
    "IF": lambda condition, yes, no: yes if condition else no,
    "LN": np.log,
    "EXP": math.exp,
    "ABS": abs,
    "MAX": lambda *values: max(_numbers(values), default=0.0),
    "MIN": lambda *values: min(_numbers(values), default=0.0),
    "SUM": lambda *values: math.fsum(_numbers(values)),
    "SUMPRODUCT": _sum_of_products,
    "AVERAGE": lambda *values: float(np.mean(_numbers(values))),
    "COUNTIF": lambda values, wanted: sum(
        each == wanted for each in np.ravel(np.asarray(values, dtype=object))
    ),
}


def differing(graph):
    """Return every formula that does not come to the value written beside it."""
    found = {}
    for place, cell in graph.formulas().items():
        value, written = graph.value(place), cell.plain_value
        numbers = isinstance(value, (int, float)) and isinstance(written, (int, float))
        if numbers and abs(value - written) <= EXACT * max(1.0, abs(written)):
            continue
        if value != written:
            found[place] = (cell.formula, written, value)
    return found


def made_up(*areas):
    rows = len(areas) * YEARS
    step, wave = np.arange(rows, dtype=float), np.sin(np.arange(rows))
    return {
        "area": [area for area in areas for _ in range(YEARS)],
        "year": [2015 + year for _ in areas for year in range(YEARS)],
        "y": 100.0 + 5.0 * step + wave,
        "l": 50.0 + 0.7 * step - 0.3 * wave,
        "i": 30.0 + 2.0 * step + wave,
        "ic": (30.0 + 2.0 * step + wave) * (1.0 + 0.03 * step),
        "p": 100.0 * (1.0 + 0.03 * step),
        "yc": (100.0 + 5.0 * step + wave) * (1.0 + 0.02 * step),
        "py": 1.0 + 0.02 * step,
    }


def run(frame, treat, rule=None, *, several=False, **roles):
    where = {"entity": "area"} if several else {"area": frame["area"][0]}
    given = {"output": "y", "labour": "l", "investment": "i"} | roles
    raw = Panel(frame, time="year", **where, **{k: v for k, v in given.items() if v})
    used = treat(raw)
    capital = PerpetualInventory(
        depreciation=0.05, initial_stock=rule or GivenStock(300.0, 2015)
    ).fit(used)
    accounts = GrowthAccounting(factor_weights=FixedShares(capital=0.4)).fit(capital.panel)
    spans = ("2017-2018", "2019-2022")
    return RunContent(
        area="Here",
        language="en",
        accounts=accounts,
        capital=capital,
        panel=capital.panel,
        raw_panel=raw,
        periods=tuple(
            accounts.periods(spans, average=each) for each in ("increments", "sum_of_rates", "log")
        ),
    )


def gap(values, *rows):
    holed = np.array(values)
    holed[list(rows)] = np.nan
    return holed


MISPRINT = float(made_up("A")["l"][1])


def _chained(panel):
    panel = correct_values(
        panel, "labour", {2016: (MISPRINT, 51.0)}, reason="misprint", source="errata"
    )
    panel = fill_values(panel, "labour", {2017: 52.5}, reason="later book", source="book")
    panel = interpolate(panel, "labour", [2019], reason="not asked", method="geometric")
    panel = splice(panel, "labour", 2020, PublishedOverlap(48.0, source="survey"))
    return splice(panel, "labour", 2022, AssumedGrowth(0.01, name="one per cent"))


PLAIN, TWO = made_up("A"), made_up("A", "B")
HOLED = {**PLAIN, "l": gap(PLAIN["l"], 2, 4)}
DEFLATED = {"investment": None, "investment_current": "ic", "investment_price": "p"}
TRACED = {
    "deflated": lambda: run(
        PLAIN, lambda p: deflate(p, "investment", base=2016, source="book"), **DEFLATED
    ),
    "output and investment deflated": lambda: run(
        PLAIN,
        lambda p: deflate(
            deflate(p, "investment", base=2015, source="book"), "output", base=2015, source="b"
        ),
        **DEFLATED,
        output=None,
        output_current="yc",
        output_price="py",
    ),
    "empty cells deflated": lambda: run(
        {**PLAIN, "i": gap(PLAIN["ic"] / (PLAIN["p"] / 100.0), 6, 7)},
        lambda p: deflate(p, "investment", base=2015, source="book"),
        investment_current="ic",
        investment_price="p",
    ),
    "everything about labour": lambda: run(HOLED, _chained),
    "a factor": lambda: run(
        PLAIN, lambda p: splice(p, "labour", 2019, GivenFactor(0.9, name="nine tenths", source="s"))
    ),
    "straight line": lambda: run(
        HOLED, lambda p: interpolate(p, "labour", [2017, 2019], reason="not asked")
    ),
    "a link in one of two areas": lambda: run(
        TWO,
        lambda p: splice(p, "labour", 2019, PublishedOverlap(70.0, source="survey"), entity="B"),
        GivenStock({"A": 300.0, "B": 700.0}, 2015),
        several=True,
    ),
    "ratios by area": lambda: run(
        TWO, lambda p: p, CapitalOutputRatio({"A": 2.5, "B": 3.0}, 2016), several=True
    ),
    "steady state": lambda: run(
        TWO, lambda p: p, SteadyState("2016-2021", growth_of="output"), several=True
    ),
    "icor": lambda: run(PLAIN, lambda p: p, ICORStock(2015, "2016-2022")),
}


def assets_run(frame, methods, *, several=False):
    where = {"entity": "area"} if several else {"area": frame["area"][0]}
    raw = Panel(
        {**frame, "j": np.asarray(frame["i"]) / 4.0},
        time="year",
        **where,
        output="y",
        labour="l",
        investment={"built": "i", "ict": "j"},
    )
    stocks = AssetInventory(methods).fit(raw)
    shares = FixedShares(capital={"built": 0.3, "ict": 0.1})
    return RunContent(
        area="Here",
        language="en",
        accounts=GrowthAccounting(factor_weights=shares).fit(stocks.panel),
        panel=stocks.panel,
        raw_panel=raw,
        further_results=(stocks,),
    )


BUILT = PerpetualInventory(
    depreciation=0.03, initial_stock=CapitalOutputRatio(2.0, 2015), timing="mid"
)
ICT = PerpetualInventory(depreciation=0.2, initial_stock=SteadyState("2015-2020"))
BY_COHORT = CohortInventory(
    efficiency=Hyperbolic(0.5),
    retirement=FixedLife(5),
    discount_rate=0.04,
    initial_stock=BackcastInvestment(growth=0.1, years=5),
)
TRACED |= {
    "two assets": lambda: assets_run(PLAIN, {"built": BUILT, "ict": ICT}),
    "two assets in two areas": lambda: assets_run(TWO, {"built": BUILT, "ict": ICT}, several=True),
}


@cache
def traced(name):
    content = TRACED[name]()
    return content, build_workbook(content)


@pytest.fixture(params=TRACED)
def book(request):
    return traced(request.param)


def test_every_formula_comes_to_the_value_beside_it(book):
    _, workbook = book
    graph = Graph(workbook)
    assert len(graph.formulas()) > 100
    assert differing(graph) == {}
    assert graph.named("failed_checks") == 0


def test_treated_figures_are_formulas_of_those_as_read(book):
    content, workbook = book
    layout = Layout(content)
    touched = {e.role for e in content.panel.ledger if e.role.partition(":")[0] != "capital"}
    graph = Graph(workbook)
    data = [c for (sheet, _, _), c in graph.formulas().items() if sheet == "Data"]
    assert bool(data) == bool(touched)
    assert layout.untraced == ()


def test_the_initial_stock_is_a_formula_of_its_rule(book):
    _, workbook = book
    results = next(sheet for sheet in workbook.sheets if sheet.name == "Results")
    heads = [cell.value for cell in results.rows[3]]
    columns = [at for at, head in enumerate(heads) if head.startswith("Capital at the end")]
    assert len(columns) == len(Layout(book[0]).inventories) > 0
    for column in columns:
        first = next(row[column] for row in results.rows[4:] if row[column].value is not None)
        assert first.formula is not None


def functions(workbook):
    return {
        token.value.rstrip("(")
        for cell in Graph(workbook).formulas().values()
        for token in Tokenizer(cell.formula).items
        if token.type == "FUNC" and token.subtype == "OPEN"
    }


def test_functions_are_those_of_excel_2010(book):
    assert functions(book[1]) <= EXCEL_2010


def test_functions_of_the_main_example_too(national_content):
    assert functions(build_workbook(national_content("vi"))) <= EXCEL_2010


def test_the_main_example_and_another_capital_share(national_content):
    workbook = build_workbook(national_content("en"))
    before = Graph(workbook)
    assert differing(before) == {}
    changed = Graph(workbook, {"capital_share": 0.46})
    other = build_workbook(national_content("en", share=0.46))
    same = Graph(other)
    for sheet in ("Results", "Periods", "Targets"):
        places = [place for place in same.formulas() if place[0] == sheet]
        for place in places:
            assert changed.value(place) == pytest.approx(same.value(place), abs=EXACT), place
    assert changed.named("failed_checks") > 100
    moved = [
        place
        for place in same.formulas()
        if place[0] == "Results" and changed.value(place) != before.value(place)
    ]
    assert len(moved) > 80


@pytest.mark.parametrize(
    ("name", "cell", "value", "moves"),
    [
        ("everything about labour", "labour_filled_2017", 53.5, "Data"),
        ("everything about labour", "labour_overlap_2019", 50.0, "Results"),
        ("everything about labour", "labour_growth_2022", 3.0, "Results"),
        ("steady state", "depreciation", 0.07, "Results"),
        ("ratios by area", "capital_output_ratio_area_2", 2.0, "Periods"),
        ("two assets", "depreciation_ict", 0.3, "Results"),
        ("two assets", "capital_output_ratio_built", 2.5, "Results"),
    ],
)
def test_changing_what_a_step_takes_changes_what_follows(name, cell, value, moves):
    _, workbook = traced(name)
    before, after = Graph(workbook), Graph(workbook, {cell: value})
    assert before.named(cell) != value
    changed = [p for p in before.formulas() if p[0] == moves and before.value(p) != after.value(p)]
    assert changed


def test_a_step_that_no_formula_repeats_is_named_not_imitated():
    content = TRACED["everything about labour"]()
    raw = content.raw_panel.column("labour")
    # The figures as read are other ones than those that the ledger's steps began with.
    other = content.raw_panel.with_column(replace(raw, values=raw.values * 1.01))
    broken = replace(content, raw_panel=other)
    layout = Layout(broken)
    assert layout.untraced == ("input:labour",)
    data = next(s for s in build_workbook(broken).sheets if s.name == "Data")
    assert any("stated as values: Labour" in note for note in data.notes)
    graph = Graph(build_workbook(broken))
    assert differing(graph) == {}


def test_flat_data_have_one_header_and_one_row_a_value(national_content):
    content = national_content("en")
    places = tuple(
        Place(file="book.xlsx", sheet="GDP", cell=f"B{row + 2}")
        for row in range(len(content.panel))
    )
    content = replace(content, origins={"output": places, "labour": places})
    workbook = build_workbook(content)
    flat = next(sheet for sheet in workbook.sheets if sheet.name == "Flat data")
    heads, *rows = [[None if c is None else c.plain_value for c in row] for row in flat.rows]
    assert heads == [
        "area", "year", "variable", "value", "unit", "status", "source", "sheet", "cell",
    ]  # fmt: skip
    found = {(row[2], row[1]): dict(zip(heads, row, strict=True)) for row in rows}
    assert len(found) == len(rows)
    source = content.sources[0].title
    assert found["GDP", 2024] == {
        "area": "Viet Nam", "year": 2024, "variable": "GDP", "value": 6269210.0,
        "unit": "billion VND", "status": "preliminary", "source": f"{source} (book.xlsx)",
        "sheet": "GDP", "cell": "B16",
    }  # fmt: skip
    assert found["Labour", 2010]["source"] == "computed on the sheet of data"
    assert found["Labour", 2010]["cell"] is None
    assert found["Labour, as read", 2020]["cell"] == "B12"
    assert ("Labour, as read", 2017) not in found
    values = {r[3].formula for r in flat.rows[1:]}
    assert all(formula.startswith("=Data!") for formula in values)


@pytest.mark.parametrize(("language", "draft"), [("vi", "DỰ THẢO"), ("en", "DRAFT")])
def test_drafts_and_unapproved_runs_say_so_on_every_sheet_and_page(
    national_content, language, draft
):
    content = replace(
        national_content(language),
        draft_reasons=("số liệu sơ bộ",),
        approval=Approval(options="a" * 64, approved_options="b" * 64, document="15/QĐ"),
    )
    workbook = build_workbook(content)
    assert all(sheet.header.startswith(draft) for sheet in workbook.sheets)
    assert all(" · " in sheet.header for sheet in workbook.sheets)
    *others, flat = workbook.sheets
    assert all(str(sheet.rows[1][0].value) == sheet.header for sheet in others)
    assert len(flat.rows[0]) == 9
    final = build_workbook(national_content(language))
    assert not any(sheet.header for sheet in final.sheets)
    # The figures stand where they stood: nothing is pushed down by the line.
    assert [s.rows[4:] for s in workbook.sheets[1:3]] == [s.rows[4:] for s in final.sheets[1:3]]


def test_the_status_of_every_figure_is_shown(national_content):
    workbook = build_workbook(national_content("en"))
    data, results = (
        next(s for s in workbook.sheets if s.name == name) for name in ("Data", "Results")
    )
    for sheet in (data, results):
        roles = {
            row[0].value: {c.role for c in row[1:] if isinstance(c.plain_value, float)}
            for row in sheet.rows[4:]
        }
        assert roles[2024] == {"provisional"}
        assert "provisional" not in roles[2021]
        assert any("Hatched" in note for note in sheet.notes)
    periods = next(s for s in workbook.sheets if s.name == "Periods")
    shown = {
        row[0].value: {c.role for c in row[1:]}
        for row in periods.rows
        if len(row) == 9 and row[1] is not None and row[1].formula
    }
    assert shown["2021–2024"] == {"provisional"}
    assert shown["2016–2020"] == {"body"}
    targets = next(s for s in workbook.sheets if s.name == "Targets")
    assert [row[5].role for row in targets.rows[3:7]] == ["body", "body", "body", "provisional"]
    for sheet in (periods, targets):
        assert any("Hatched" in note for note in sheet.notes)


def test_the_first_sheet_has_options_findings_vintage_and_words_in_both_languages(
    national_content,
):
    first = build_workbook(national_content("vi")).sheets[0]
    cells = [str(c.value) for _, _, c in first.cells() if c.value is not None]
    for head in ("Các lựa chọn của phương pháp", "Kết quả kiểm tra số liệu", "Thuật ngữ"):
        assert head in cells
    assert "splice" in cells
    assert "nối chuỗi" in cells
    assert any("re-evaluated national accounts" in each for each in cells)
    assert any("2,506790" in each for each in cells)


def test_checks_are_summed_up_and_only_the_sum_is_printed(many_inputs, small_content):
    workbook = build_workbook(small_content(many_inputs))
    checks = next(sheet for sheet in workbook.sheets if sheet.name == "Checks")
    assert len(checks.rows) > 1000
    assert checks.printed_rows < 45
    graph = Graph(workbook)
    summary = [row for row in checks.rows[6 : checks.printed_rows - 1] if len(row) == 6]
    assert len(checks.rows) == sum(row[3].value for row in summary) + checks.printed_rows + 3
    assert graph.named("largest_difference") < EXACT


def test_an_asset_by_cohorts_beside_one_by_inventory_is_stated_and_said_to_be():
    content = assets_run(PLAIN, {"built": BUILT, "ict": BY_COHORT})
    layout, workbook = Layout(content), build_workbook(content)
    assert list(layout.inventories) == ["capital_built"]
    assert "input:capital_ict" in layout.data_columns
    results = next(s for s in workbook.sheets if s.name == "Results")
    assert any("no formula here repeats" in note for note in results.notes)
    assert differing(Graph(workbook)) == {}


def test_what_was_computed_otherwise_is_said_not_imitated(many_inputs, small_content):
    content = small_content(many_inputs, further_results=(many_inputs,))
    results = next(s for s in build_workbook(content).sheets if s.name == "Results")
    assert any("no formula here repeats" in note for note in results.notes)
    plain = next(
        s for s in build_workbook(small_content(many_inputs)).sheets if s.name == "Results"
    )
    assert not any("no formula here repeats" in note for note in plain.notes)
