"""Every kind of bad input has its own answer: code, words in two languages, place, remedy.

Kinds of bad plans are tested beside the plan. Each row provokes one kind on the same
inputs, which must be as they were afterwards.
"""

from __future__ import annotations

import pickle
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

import tfp
from tfp.errors import PanelError, Place, TFPError
from tfp.language.catalogue import LANGUAGES, subject
from tfp.panel.roles import Column

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

YEARS = range(2015, 2020)
ROLES = {"output": "grdp", "capital": "stock", "labour": "workers"}
KEYS = {"entity": "province", "time": "year"}
HALF = tfp.FixedShares(capital=0.4)


def make_frame() -> pd.DataFrame:
    """Two provinces in disorder, so that a place is only right if rows are followed."""
    rows = [
        {
            "province": province,
            "year": year,
            "grdp": 100.0 * size * 1.07 ** (year - 2015),
            "stock": 250.0 * size * 1.08 ** (year - 2015),
            "workers": 50.0 * size * 1.01 ** (year - 2015),
            "gfcf": 30.0 * size * 1.06 ** (year - 2015),
            "share": 0.4,
            "definition": "ICLS-13" if year < 2018 else "ICLS-19",
            "status": "final",
        }
        for year in reversed(YEARS)
        for province, size in (("Huế", 1.0), ("Đà Nẵng", 3.0))
    ]
    return pd.DataFrame(rows)


@dataclass
class Inputs:
    """What a row may use, or spoil a copy of."""

    frame: pd.DataFrame
    folder: Path

    def panel(self, **options: Any) -> tfp.Panel:
        return tfp.Panel(self.frame, **{**KEYS, **ROLES, "investment": "gfcf", **options})

    def spoilt(self, column: str, value: Any, province: str = "Huế", year: int = 2017) -> Any:
        """Return a panel built of a copy of the frame in which one cell is another."""
        frame = self.frame.astype({column: object})
        frame.loc[(frame["province"] == province) & (frame["year"] == year), column] = value
        return Inputs(frame.infer_objects(), self.folder)

    def one(self, **options: Any) -> tfp.Panel:
        """Return a panel of Huế alone, without an entity column."""
        own = self.frame[self.frame["province"] == "Huế"]
        return tfp.Panel(own, time="year", **{**ROLES, "investment": "gfcf", **options})

    def accounts(self) -> tfp.GrowthAccounts:
        return tfp.growth_accounts(self.panel(), capital_share=0.4)

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def saved(self) -> Path:
        path = self.folder / "accounts.tfp"
        self.accounts().save(path)
        return path


@dataclass(frozen=True)
class Bad:
    """One kind of bad input.

    `place` is the first place that the error must name, None where there is none to name;
    `words` must stand in the message in both languages.
    """

    name: str
    provoke: Callable[[Inputs], Any]
    code: str
    place: Place | None = None
    words: tuple[str, ...] = ()


HUE_2017 = {"entity": "Huế", "time": 2017}


def fit(inputs: Inputs, weights: Any = HALF, **options: Any) -> Any:
    panel = {key: options.pop(key) for key in list(options) if key in PANEL_OPTIONS}
    return tfp.GrowthAccounting(factor_weights=weights, **options).fit(inputs.panel(**panel))


PANEL_OPTIONS = {
    "capital", "labour", "further_inputs", "definitions", "vintages", "price_bases", "boundaries",
    "labour_share", "capital_share", "labour_income", "capital_income", "frequency",
}  # fmt: skip


def by_cohort(inputs: Inputs, panel: dict[str, Any] | None = None, **options: Any) -> Any:
    given = {
        "efficiency": tfp.Hyperbolic(0.5), "retirement": tfp.FixedLife(10), "discount_rate": 0.04,
        "initial_stock": tfp.BackcastInvestment(growth=0.06, years=20),
    }  # fmt: skip
    method = tfp.CohortInventory(**{**given, **options})
    return method.fit(inputs.panel(capital=None, **(panel or {})))


def inventory(inputs: Inputs, depreciation: Any = 0.05, stock: Any = None, **panel: Any) -> Any:
    rule = tfp.CapitalOutputRatio(2.5, year=2015) if stock is None else stock
    return tfp.PerpetualInventory(depreciation=depreciation, initial_stock=rule).fit(
        inputs.panel(capital=None, **panel)
    )


PRICES = {"ict": "share", "buildings": "share"}


def services(inputs: Inputs, **panel: Any) -> Any:
    """Weigh the stock and the workers as if they were assets."""
    assets = {"capital": {"ict": "stock", "buildings": "workers"}, "capital_income": "gfcf"}
    rule = tfp.UserCost(
        rate_of_return="ex_post", depreciation={"ict": 0.3, "buildings": 0.03}, source="stated"
    )
    return tfp.CapitalServices(user_cost=rule).fit(inputs.panel(**(assets | panel)))


def labour_share(inputs: Inputs, treatment: str = "compensation_only", **options: Any) -> Any:
    """Take the workers' column for wages, and the product for income."""
    roles = {"labour": None, "income": "grdp", "compensation": "workers", "capital": None}
    panel = {key: options.pop(key) for key in list(options) if key in LABOUR_OPTIONS}
    way = tfp.LabourShare(
        treatment=treatment, **{"production_taxes": "in", "source": "yearbook"} | options
    )
    return way.add_to(inputs.panel(**(roles | panel)))


LABOUR_OPTIONS = {"income", "compensation", "mixed_income", "employees", "labour", "units"}
GROUPS = {"labour": None, "labour_by_group": {"trained": "workers", "others": "gfcf"}}


def composition(inputs: Inputs, column: str = "workers", value: Any = 1.0, **options: Any) -> Any:
    panel = inputs.spoilt(column, value).panel(**GROUPS)
    wages = {"relative_wages": {"trained": 1.4, "others": 1.0}, "source": "survey"}
    return tfp.labour_composition(panel, **(wages | options))


def figures_of(*rows: tuple[Any, ...]) -> tfp.Figures:
    columns = ("variable", "year", "value", "book")
    frame = pd.DataFrame([(*row, "book")[:4] for row in rows], columns=columns).assign(area="Huế")
    return tfp.Figures(
        frame, area="area", variable="variable", time="year", value="value", vintage="book"
    )


BAD = [
    # Labour and its share.
    Bad("a labour share without its components", lambda i: labour_share(i, "mixed_as_rest"),
        "labour-share-components", words=("mixed_income",)),
    Bad("a labour share without a source", lambda i: labour_share(i, source=" "),
        "share-source-missing"),
    Bad("a treatment that does not exist", lambda i: labour_share(i, "gollin"), "option-unknown",
        words=("gollin", "mixed_as_rest")),
    Bad("wages above income", lambda i: labour_share(i, income="workers", compensation="grdp"),
        "labour-share-impossible", Place(entity="Huế", time=2015)),
    Bad("wages in millions, income in billions",
        lambda i: labour_share(i, units={"income": "billion VND", "compensation": "million VND"}),
        "labour-share-units", words=("million VND",)),
    Bad("taxes split without a part", lambda i: labour_share(i, production_taxes="split"),
        "labour-share-option", words=("taxes_to_labour",)),
    Bad("a year without a share, to be held", lambda i: labour_share(i, hold=1999),
        "labour-share-year-missing", words=("1999", "Huế")),
    Bad("groups without wages", lambda i: composition(i, relative_wages=None),
        "group-incomes-missing", words=("trained",)),
    Bad("a group missing in a year", lambda i: composition(i, value=None), "group-cells-missing",
        Place(**HUE_2017), ("trained",)),
    Bad("a group that comes and goes", lambda i: composition(i, value=0.0), "group-new",
        Place(**HUE_2017), ("trained",)),
    Bad("composition without a source", lambda i: composition(i, source=""), "source-required",
        words=("labour_composition",)),
    Bad("schooling that is a share", lambda i: tfp.human_capital(
            i.panel(schooling="grdp"), returns="pwt", source="census"),
        "schooling-outside", Place(entity="Huế", time=2015, column="grdp")),
    Bad("a rate of return in per cent", lambda _: tfp.Mincer(8.0, source="survey"),
        "mincer-rate-outside"),
    Bad("another area's row of a table of shares", lambda _: tfp.input_output_shares(
            {"area": ["Viet Nam"], "first_year": [2011], "last_year": [2015], "share": [0.4],
             "source": ["table"]}, share="share", of="capital", areas="area", area="Huế"),
        "share-table-area", words=("Viet Nam", "Huế")),
    # Frames and their columns.
    Bad("a bare array", lambda _: tfp.Panel(np.ones((2, 2)), **KEYS, **ROLES), "not-a-frame"),
    Bad("nothing", lambda _: tfp.Panel(None, **KEYS, **ROLES), "not-a-frame", words=("NoneType",)),
    Bad("no rows", lambda i: replace(i, frame=i.frame[:0]).panel(), "empty-frame"),
    Bad("a name spelt wrong", lambda i: i.panel(output="grpd"), "unknown-column",
        words=("grpd", "grdp")),
    Bad("two columns of one name",
        lambda i: replace(i, frame=i.frame.rename(columns={"gfcf": "grdp"})).panel(),
        "duplicate-columns", words=("grdp",)),
    Bad("columns of different length",
        lambda _: tfp.Panel({"year": [2019, 2020], "y": [1.0]}, time="year", output="y"),
        "columns-differ-in-length", words=("year: 2", "y: 1")),
    Bad("a scalar for a column",
        lambda _: tfp.Panel({"year": 2019, "y": 1.0}, time="year", output="y"),
        "not-a-column", words=("year",)),
    Bad("text in a column of figures", lambda i: i.spoilt("grdp", "1.234,5").panel(),
        "column-not-numeric", Place(**HUE_2017, column="grdp"), ("1.234,5",)),
    Bad("infinity in a column of figures", lambda i: i.spoilt("workers", np.inf).panel(),
        "infinite-values", Place(**HUE_2017, column="workers")),
    # Keys.
    Bad("a key twice",
        lambda i: replace(i, frame=pd.concat([i.frame, i.frame[i.frame.year == 2017]])).panel(),
        "duplicate-keys", Place(entity="Huế", time=2017), ("2",)),
    Bad("entity and time exchanged", lambda i: i.panel(entity="year", time="province"),
        "entity-and-time-exchanged", words=("year", "province")),
    Bad("one column for both keys", lambda i: i.panel(entity="year"), "keys-in-one-column",
        words=("year",)),
    Bad("a row without entity", lambda i: i.spoilt("province", None).panel(), "missing-key",
        Place(column="province")),
    Bad("a row without year", lambda i: i.spoilt("year", None).panel(), "missing-time",
        Place(column="year")),
    Bad("a year marked as preliminary",
        lambda i: replace(i, frame=i.frame.assign(year=[f"{y} (p)" for y in i.frame.year])).panel(),
        "time-not-understood", Place(column="year"), ("2019 (p)",)),
    Bad("amounts in the year column", lambda i: i.panel(entity=None, time="gfcf", output="year"),
        "time-not-understood", Place(column="gfcf")),
    Bad("a year that is none", lambda i: i.spoilt("year", 217).panel(), "implausible-year",
        Place(column="year"), ("217",)),
    Bad("a frequency that is not known", lambda i: i.panel(frequency="week"),
        "frequency-not-supported", words=("week",)),
    Bad("a name composed in two ways",
        lambda i: i.spoilt("province", "Hu\u00ea\u0301").panel(), "entity-spelling",
        Place(entity="Huế", column="province"), ("Huế",)),
    Bad("an area beside entities", lambda i: i.panel(area="Viet Nam"), "area-beside-entity",
        words=("Viet Nam", "province")),
    Bad("an area that is no text", lambda i: i.one(area=45), "area-not-text", words=("int",)),
    # Roles and what is said of them.
    Bad("no role at all", lambda i: tfp.Panel(i.frame, **KEYS), "no-role-given", words=("output",)),
    Bad("several columns for one role", lambda i: i.panel(labour={"men": "workers"}),
        "one-column-only"),
    Bad("further inputs without names", lambda i: i.panel(further_inputs="gfcf"),
        "input-names-needed", words=("further_inputs",)),
    Bad("a further input named as a term", lambda i: i.panel(further_inputs={"tfp": "gfcf"}),
        "input-name-taken", words=("tfp",)),
    Bad("a further input named as an asset",
        lambda i: i.panel(capital={"ict": "stock"}, further_inputs={"capital_ict": "gfcf"}),
        "input-name-taken", words=("capital_ict",)),
    Bad("a unit of what is not there", lambda i: i.panel(units={"labuor": "persons"}),
        "described-role-absent", words=("labuor", "labour")),
    Bad("one vintage for everything", lambda i: i.panel(vintages="2019"),
        "description-not-by-role", words=("vintages",)),
    Bad("a status that is no status", lambda i: i.spoilt("status", "sb").panel(status="status"),
        "status-unknown", Place(**HUE_2017, column="status"), ("sb", "preliminary")),
    Bad("a cell without status", lambda i: i.spoilt("status", None).panel(status="status"),
        "status-missing", Place(**HUE_2017, column="status"), ("1",)),
    Bad("a role that does not exist", lambda i: i.panel().column("labor"), "role-unknown",
        words=("labor", "labour")),
    Bad("a role that the panel has not", lambda i: i.panel().column("hours_per_worker"),
        "role-missing", words=("hours_per_worker",)),
    Bad("a column of another length",
        lambda i: i.panel().with_column(Column(role="income", name="x", values=np.ones(3))),
        "column-length", words=("3", "10")),
    Bad("the whole beside its parts",
        lambda i: i.panel(capital={"ict": "stock"}).with_column(
            Column(role="capital", name="k", values=np.ones(10))),
        "role-one-and-several", words=("capital", "capital:ict")),
    Bad("a span that is none", lambda i: i.accounts().periods(["2016 to 2018"]),
        "span-not-understood", words=("2016 to 2018",)),
    # Methods and their options.
    Bad("no share", lambda _: tfp.FixedShares(), "shares-missing"),
    Bad("a share in per cent", lambda _: tfp.FixedShares(capital=40.0),
        "share-outside-unit-interval", words=("capital",)),
    Bad("a share in quotation marks", lambda _: tfp.FixedShares(capital="0.4"),
        "share-not-a-number", words=("capital", "'0.4'")),
    Bad("a share with a decimal comma", lambda _: tfp.FixedShares(capital=(0, 4)),
        "share-not-a-number", words=("(0, 4)",)),
    Bad("a share that is not known", lambda _: tfp.FixedShares(labour=float("nan")),
        "share-not-a-number", words=("labour",)),
    Bad("a share of labour equivalents in quotation marks",
        lambda _: tfp.LabourEquivalents(capital_share="0.4", base=2015), "share-not-a-number",
        words=("'0.4'",)),
    Bad("a number for a table of shares",
        lambda _: tfp.FixedShares(by_period={"2016-2020": 0.4}), "shares-table-needed",
        words=("by_period", "0.4", "2016-2020")),
    Bad("a number for all tables of shares", lambda _: tfp.FixedShares(by_period=0.4),
        "shares-table-needed", words=("by_period",)),
    Bad("a number for further shares", lambda _: tfp.FixedShares(capital=0.4, further=0.1),
        "shares-table-needed", words=("further", "0.1")),
    Bad("a frame for a panel", lambda i: tfp.growth_accounts(i.frame, capital_share=0.4),
        "panel-expected", words=("DataFrame", "tfp.Panel(")),
    Bad("a frame for a panel of investment",
        lambda i: tfp.PerpetualInventory(
            depreciation=0.05, initial_stock=tfp.CapitalOutputRatio(2.5, year=2015)
        ).fit(i.frame),
        "panel-expected", words=("DataFrame",)),
    Bad("a frame to interpolate in",
        lambda i: tfp.interpolate(i.frame, "labour", [2017], reason="x"), "panel-expected"),
    Bad("a frame to fill", lambda i: tfp.fill_values(i.frame, "labour", {2017: 1.0}, reason="x"),
        "panel-expected"),
    Bad("a frame to splice",
        lambda i: tfp.splice(i.frame, "labour", 2017, tfp.AssumedGrowth(0.0, "zero growth")),
        "panel-expected"),
    Bad("bare elasticities", lambda _: tfp.OutputElasticities({"capital": 0.4, "labour": 0.6}),
        "estimate-not-elasticities", words=("dict", "StatedElasticities")),
    Bad("one elasticity for all",
        lambda _: tfp.StatedElasticities(0.4, "value_added", "aggregate"),
        "estimate-not-elasticities", words=("float",)),
    Bad("a rule without its parentheses", lambda i: fit(i, tfp.IncomeShares),
        "factor-weights-class", words=("IncomeShares()",)),
    Bad("shares without their parentheses", lambda i: fit(i, tfp.FixedShares),
        "factor-weights-class", words=("FixedShares(capital=...)",)),
    Bad("a threshold in quotation marks", lambda i: fit(i, share_threshold="1"),
        "threshold-not-a-number", words=("'1'",)),
    Bad("a table of values for a target",
        lambda i: i.accounts().against([{"lower": 45.0}], entity="Huế"), "target-expected",
        words=("dict",)),
    Bad("a number for a target", lambda i: i.accounts().against(45.0, entity="Huế"),
        "target-expected", words=("float",)),
    Bad("shares that do not add",
        lambda i: fit(i, tfp.FixedShares(capital=0.4, labour=0.5)), "shares-do-not-add",
        words=("capital",)),
    Bad("a share without its input",
        lambda i: fit(i, tfp.FixedShares(capital=0.3, further={"energy": 0.1})),
        "share-without-factor", words=("energy",)),
    Bad("shares that end too early",
        lambda i: fit(i, tfp.FixedShares(by_period={"2015-2017": {"capital": 0.4}})),
        "shares-do-not-cover", Place(entity="Huế", time=2018), ("2015-2017",)),
    Bad("shares of one period twice",
        lambda i: fit(i, tfp.FixedShares(
            by_period={"2015-2017": {"capital": 0.4}, "2017-2019": {"capital": 0.5}})),
        "shares-overlap", words=("2017-2019",)),
    Bad("elasticities in per cent",
        lambda _: tfp.StatedElasticities({"capital": 35, "labour": 60}, "value_added", "aggregate"),
        "elasticity-implausible", words=("capital, labour",)),
    Bad("an elasticity that is no number",
        lambda _: tfp.StatedElasticities({"capital": "0,35"}, "value_added", "aggregate"),
        "elasticity-not-a-number", words=("capital", "'0,35'")),
    Bad("incomes that are not there", lambda i: fit(i, tfp.IncomeShares()), "incomes-missing",
        words=("labour_income",)),
    Bad("a share column in per cent",
        lambda i: fit(i.spoilt("share", 40.0), tfp.IncomeShares(), capital_share="share"),
        "share-in-per-cent", Place(**HUE_2017, column="share")),
    Bad("a word that an option does not know", lambda i: fit(i, rates="logs"), "option-unknown",
        words=("logs", "log")),
    Bad("a bare number for weights", lambda i: fit(i, 0.4), "factor-weights-not-a-rule",
        words=("float",)),
    Bad("a threshold below zero", lambda i: fit(i, share_threshold=-1.0), "threshold-negative"),
    Bad("a quotient of logs", lambda i: fit(i, rates="log", index_form="quotient"),
        "quotient-needs-simple-rates"),
    Bad("a level of zero", lambda i: fit(i.spoilt("stock", 0.0)), "not-positive",
        Place(**HUE_2017, column="stock")),
    Bad("an empty column",
        lambda i: fit(replace(i, frame=i.frame.assign(workers=np.nan))), "column-empty",
        words=("workers",)),
    Bad("no input", lambda i: fit(i, capital=None, labour=None), "no-input", words=("labour",)),
    Bad("a break that nobody spliced", lambda i: fit(i, definitions={"labour": "definition"}),
        "unspliced-break", Place(entity="Huế", time=2018, column="workers"),
        ("ICLS-13", "ICLS-19")),
    Bad("a cell without definition",
        lambda i: fit(i.spoilt("definition", None), definitions={"labour": "definition"}),
        "definition-blank", Place(**HUE_2017, column="workers"), ("ICLS-13",)),
    Bad("two vintages", lambda i: fit(i, vintages={"output": "2020", "capital": "2015"}),
        "mixed-vintages", words=("output: 2020", "capital: 2015")),
    Bad("two price bases", lambda i: fit(i, price_bases={"output": "2010", "capital": "current"}),
        "mixed-price-bases", words=("capital: current",)),
    Bad("two boundaries", lambda i: fit(i, boundaries={"output": "63", "labour": "34"}),
        "mixed-boundaries", words=("labour: 34",)),
    Bad("a preset that is none", lambda _: tfp.preset("nationl"), "preset-unknown",
        words=("nationl", "national")),
    Bad("a preset without its weights", lambda _: tfp.preset("national"), "preset-needs-weights",
        words=("FixedShares",)),
    Bad("a period without data", lambda i: i.accounts().periods(["2019-2025"]),
        "period-not-covered", Place(entity="Huế", time=2020), ("2019-2025",)),
    Bad("a period beyond all data", lambda i: i.accounts().periods(["2030-2035"]),
        "period-not-covered", words=("2030-2035", "2015", "2019")),
    Bad("no period", lambda i: i.accounts().periods([]), "periods-missing"),
    Bad("a base year without data", lambda i: i.accounts().tfp_index(base=2010),
        "base-period-missing", words=("2010", "Huế")),
    Bad("a term that is none", lambda i: i.accounts().term("energy"), "term-unknown",
        words=("energy", "tfp")),
    Bad("a term of periods that is none",
        lambda i: i.accounts().periods(["2016-2019"]).term("energy"), "term-unknown",
        words=("energy", "tfp")),
    Bad("targets for nobody in particular", lambda i: i.accounts().against([]), "entity-needed",
        words=("Huế",)),
    Bad("targets for a stranger", lambda i: i.accounts().against([], entity="Vinh"),
        "entity-unknown", words=("Vinh",)),
    Bad("a range upside down",
        lambda _: tfp.Band(low=np.ones(2), centre=np.ones(2), high=np.zeros(2), level=0.9,
                           covers="sampling"), "band-out-of-order", words=("2",)),
    # Inputs.
    Bad("depreciation in per cent", lambda i: inventory(i, 5.0), "depreciation-out-of-range"),
    Bad("depreciation of some", lambda i: inventory(i, tfp.Geometric({"Huế": 0.05})),
        "depreciation-missing", Place(entity="Đà Nẵng", time=2015)),
    Bad("an initial stock of some",
        lambda i: inventory(i, stock=tfp.GivenStock({"Huế": 250.0}, year=2015)),
        "initial-stock-missing", words=("Đà Nẵng",)),
    Bad("an initial stock of another year",
        lambda i: inventory(i, stock=tfp.CapitalOutputRatio(2.5, year=2010)), "year-missing",
        Place(entity="Huế", time=2010), ("2010", "Đà Nẵng")),
    Bad("a year that a nameless area has not",
        lambda i: tfp.fill_values(i.one(), "labour", {2030: 1.0}, reason="x"), "year-missing",
        Place(time=2030), ("2030",)),
    Bad("a ratio of output in another unit than investment",
        lambda i: inventory(i, units={"output": "billion VND", "investment": "million VND"}),
        "mixed-units", words=("billion VND", "million VND")),
    Bad("an ICOR of output in another unit than investment",
        lambda i: inventory(i, stock=tfp.ICORStock(year=2015, years="2016-2018"),
                            units={"output": "billion VND", "investment": "million VND"}),
        "mixed-units", words=("billion VND", "million VND")),
    Bad("an inventory over capital that is there",
        lambda i: tfp.PerpetualInventory(
            depreciation=0.05, initial_stock=tfp.CapitalOutputRatio(2.5, year=2015)
        ).fit(i.panel()),
        "capital-present", words=("stock",)),
    Bad("an inventory over assets that are there",
        lambda i: tfp.PerpetualInventory(
            depreciation=0.05, initial_stock=tfp.CapitalOutputRatio(2.5, year=2015)
        ).fit(i.panel(capital={"ict": "stock"})),
        "capital-present", words=("stock",)),
    Bad("a hole in investment", lambda i: inventory(i.spoilt("gfcf", np.nan)),
        "investment-missing", Place(**HUE_2017, column="gfcf")),
    Bad("a year missing in investment",
        lambda i: inventory(replace(i, frame=i.frame[i.frame["year"] != 2017])),
        "investment-gap", Place(entity="Huế", time=2017), ("2 ",)),
    Bad("a number of years for a distribution of lives", lambda i: by_cohort(i, retirement=20),
        "retirement-not-a-distribution", words=("int", "FixedLife(")),
    Bad("a number for a profile of efficiency", lambda i: by_cohort(i, efficiency=0.5),
        "efficiency-not-a-profile", words=("float", "Hyperbolic(")),
    Bad("a profile in per cent", lambda _: tfp.GeometricEfficiency(5.0),
        "efficiency-out-of-range", words=("rate",)),
    Bad("a straight line without an end", lambda i: by_cohort(i, efficiency=tfp.StraightLine(),
                                                            retirement=tfp.NoRetirement()),
        "profile-needs-life", words=("straight line", "GeometricEfficiency")),
    Bad("a life of nothing", lambda _: tfp.FixedLife(0), "service-life-not-positive"),
    Bad("lives cut away", lambda _: tfp.NormalLife(15, 0.2, shortest=20, longest=10),
        "lives-none-left"),
    Bad("survivors that do not end", lambda _: tfp.StatedSurvival([1.0, 0.8, 0.5]),
        "survival-not-declining"),
    Bad("a stated stock whose decay is not",
        lambda i: by_cohort(i, initial_stock=tfp.GivenStock(250.0, year=2015)),
        "initial-decay-missing", words=("initial_decay", "BackcastInvestment")),
    Bad("a decay of nothing stated", lambda i: by_cohort(i, initial_decay=0.05),
        "initial-decay-unused", words=("initial_decay",)),
    Bad("cohorts that the data do not reach back to", lambda i: by_cohort(i, initial_stock=None),
        "investment-too-short", Place(entity="Huế"), ("BackcastInvestment",)),
    Bad("a discount rate below the change of price",
        lambda i: by_cohort(i, efficiency=tfp.GeometricEfficiency(0.01),
                            retirement=tfp.NoRetirement(), price_change=0.06),
        "price-without-limit"),
    Bad("growth of some before the data",
        lambda i: inventory(i, stock=tfp.BackcastInvestment(growth={"Huế": 0.05}, years=9)),
        "backcast-growth-missing", words=("Đà Nẵng",)),
    Bad("investment of nothing carried back",
        lambda i: inventory(i.spoilt("gfcf", 0.0, year=2015),
                            stock=tfp.BackcastInvestment(growth=0.05, years=9)),
        "backcast-impossible", Place(entity="Huế", time=2015)),
    Bad("an asset without a method",
        lambda i: tfp.AssetInventory({"machinery": tfp.PerpetualInventory(
            depreciation=0.1, initial_stock=tfp.GivenStock(90.0, year=2015))}
        ).fit(i.panel(capital=None, investment={"ict": "gfcf"})),
        "assets-differ", words=("ict", "machinery")),
    Bad("one method for all assets",
        lambda _: tfp.AssetInventory(tfp.PerpetualInventory(
            depreciation=0.1, initial_stock=tfp.GivenStock(90.0, year=2015))),
        "assets-no-table", words=("PerpetualInventory",)),
    Bad("a rate for the method of an asset", lambda _: tfp.AssetInventory({"ict": 0.3}),
        "asset-method-unknown", words=("ict", "float")),
    Bad("a steady state in one year", lambda i: inventory(i, stock=tfp.SteadyState("2015")),
        "steady-state-window", words=("2015",)),
    Bad("a ratio of capital formation in per cent",
        lambda i: tfp.fixed_capital_formation(i.panel(), ratio=79.9, source="yearbook"),
        "ratio-out-of-range"),
    Bad("a ratio of capital formation for some",
        lambda i: tfp.fixed_capital_formation(i.panel(), ratio={"Huế": 0.8}, source="yearbook"),
        "ratio-missing", Place(entity="Đà Nẵng", time=2015, column="gfcf"), ("5",)),
    Bad("an item of investment that nobody declared",
        lambda i: tfp.fixed_capital_formation(
            i.panel(investment={"outlays": "gfcf", "repairs": "workers"}),
            items={"outlays": 1.0}, source="yearbook"),
        "items-undeclared", words=("repairs",)),
    Bad("research in a stock already",
        lambda i: tfp.separate_research(
            i.panel(investment={"total": "gfcf", "research": "share"}),
            accounts="SNA 2008", source="yearbook"),
        "research-counted-twice", words=("stock",)),
    Bad("a stated rate of return that is not stated",
        lambda _: tfp.UserCost(rate_of_return="ex_ante"), "external-rate-missing"),
    Bad("a real rate of return in per cent",
        lambda _: tfp.UserCost(rate_of_return="ex_ante", real_rate=4.0, inflation=0.03,
                               source="yearbook"),
        "fraction-in-per-cent", words=("real_rate", "0.04")),
    Bad("a real rate of return that nothing uses",
        lambda _: tfp.UserCost(rate_of_return="ex_post", real_rate=0.04, source="yearbook"),
        "option-unused", words=("real_rate", "ex_post")),
    Bad("investment carried back at a growth in per cent",
        lambda _: tfp.BackcastInvestment(growth=8, years=20),
        "fraction-in-per-cent", words=("growth", "0.08")),
    Bad("a spread of service lives in years", lambda _: tfp.NormalLife(15, 4),
        "life-variation-in-years", words=("0.2667",)),
    Bad("a service life of seven and a half years", lambda _: tfp.FixedLife(7.5),
        "service-life-not-whole", words=("NormalLife",)),
    Bad("a ratio rescaled by nothing",
        lambda _: tfp.rescaled_ratio(2.3, old_investment=0, old_output=1.0, new_investment=1.0,
                                     new_output=1.0),
        "rescaling-figure-not-positive", words=("old_investment",)),
    Bad("a break linked by a number", lambda i: tfp.splice(i.one(), "labour", 2018, 5.0),
        "link-not-understood", words=("5.0",)),
    Bad("a user cost without source",
        lambda _: tfp.UserCost(rate_of_return="ex_post", depreciation={"ict": 0.3}),
        "user-cost-source-missing"),
    Bad("services of one stock", lambda i: services(i, capital="stock"), "assets-missing",
        words=("capital",)),
    Bad("services of assets without prices", services, "asset-price-missing",
        words=("investment_price:ict",)),
    Bad("services at prices of no year", lambda i: services(i, investment_price=PRICES),
        "price-reference-missing"),
    Bad("a figure for what is known",
        lambda i: tfp.fill_values(i.one(), "labour", {2017: 1.0}, reason="x"), "value-present",
        Place(time=2017, column="workers")),
    Bad("a figure without reason",
        lambda i: tfp.fill_values(i.one(), "labour", {2017: 1.0}, reason=" "), "reason-missing"),
    Bad("an interpolation beyond the data",
        lambda i: tfp.interpolate(i.spoilt("workers", np.nan, year=2019).one(), "labour", [2019],
                                  reason="x"), "interpolation-at-the-edge",
        Place(time=2019, column="workers")),
    Bad("a splice at the first year",
        lambda i: tfp.splice(i.one(), "labour", 2015, tfp.AssumedGrowth(0.0, "zero growth")),
        "break-at-start", Place(time=2015, column="workers")),
    Bad("an overlap from nowhere", lambda _: tfp.PublishedOverlap(50.0, source=""),
        "overlap-without-source"),
    Bad("an assumption without name", lambda _: tfp.AssumedGrowth(0.0, name=""),
        "assumption-without-name"),
    # Prices.
    Bad("investment at constant prices that deflating contradicts",
        lambda i: tfp.deflate(
            i.panel(investment_current="grdp", investment_price="share"), "investment",
            base=2015, source="x"),
        "constant-prices-contradict", Place(entity="Huế", time=2015, column="gfcf"), ("30",)),
    Bad("a price index that ends too early",
        lambda i: tfp.deflate(
            i.spoilt("share", np.nan).panel(output=None, output_current="grdp",
                                            output_price="share"),
            "output", base=2015, source="x"),
        "price-missing", Place(**HUE_2017, column="share"), ("1",)),
    Bad("a price index of which each value has another base",
        lambda i: tfp.deflate(
            i.panel(output=None, output_current="grdp", output_price="share",
                    units={"output_price": "năm trước = 100"}),
            "output", base=2015, source="x"),
        "price-not-chained", words=("năm trước = 100",)),
    Bad("a deflated series from nowhere",
        lambda i: tfp.deflate(i.panel(output_current="grdp"), "output", base=2015, source=""),
        "prices-without-source"),
    Bad("a base year of prices without data",
        lambda i: tfp.rebase(
            i.panel(output_current="stock", investment=None), "output", 2010),
        "base-year-missing", Place(entity="Huế", time=2010, column="stock"), ("2010", "Đà Nẵng")),
    Bad("output moved away from investment of an unknown base",
        lambda i: tfp.rebase(i.panel(output_current="stock"), "output", 2016),
        "price-base-unstated", words=("gfcf",)),
    Bad("two series that nothing tells apart",
        lambda i: tfp.link_bases(i.panel(), i.panel(), at=2017, source="x"),
        "link-without-difference"),
    Bad("a link in a year without data",
        lambda i: tfp.link_bases(
            i.panel(price_bases={"output": "1994"}), i.panel(price_bases={"output": "2010"}),
            at=2010, source="x"),
        "link-value-missing", Place(entity="Huế", time=2010, column="grdp"), ("2010",)),
    Bad("an index for growth",
        lambda i: tfp.contradicting_growth(i.panel(output_growth="workers").with_column(
            Column(role="output_growth", name="index", values=np.full(10, 106.4)))),
        "growth-looks-like-index", words=("index",)),
    Bad("levels that contradict the published growth",
        lambda i: tfp.levels_from_growth(
            i.panel().with_column(Column(role="output_growth", name="g", values=np.full(10, 5.0))),
            level_year=2015, source="x"),
        "levels-contradict-growth", Place(entity="Huế", time=2016, column="grdp")),
    Bad("a chain of nothing", lambda i: tfp.chain_volumes(i.panel(), base=2015),
        "chain-without-parts"),
    # Corrections and links.
    Bad("a correction of another figure",
        lambda i: tfp.correct_values(i.one(), "labour", {2017: (1.0, 50.0)}, reason="typing error",
                                     source="yearbook"),
        "correction-mismatch", Place(entity=None, time=2017, column="workers"), ("1",)),
    Bad("a correction without its source",
        lambda i: tfp.correct_values(i.one(), "labour", {2017: (1.0, 50.0)}, reason="x", source=""),
        "correction-without-source"),
    Bad("a correction without the old figure",
        lambda i: tfp.correct_values(i.one(), "labour", {2017: 50.0}, reason="x", source="y"),
        "correction-not-a-number", Place(time=2017, column="workers")),
    Bad("a correction that changes nothing",
        lambda i: tfp.correct_values(
            i.one(), "labour", {2017: (float(i.one().values("labour")[2]),) * 2}, reason="x",
            source="y"),
        "correction-without-change", Place(time=2017, column="workers")),
    Bad("a national ratio from nowhere", lambda _: tfp.NationalRatio(53609.6, 50072.0, source=""),
        "ratio-without-source"),
    Bad("a national ratio of nothing", lambda _: tfp.NationalRatio(0.0, 50072.0, source="x"),
        "ratio-not-positive"),
    Bad("a factor from nowhere", lambda _: tfp.GivenFactor(0.94, name="survey", source=""),
        "factor-without-source", words=("survey",)),
    Bad("a factor below zero", lambda _: tfp.GivenFactor(-0.94, name="survey", source="x"),
        "link-factor-not-positive"),
    # Files.
    Bad("a table that is not there", lambda i: tfp.read_table(i.folder / "grdp.csv"),
        "file-not-found", Place(file="grdp.csv")),
    Bad("a figure with a note",
        lambda i: tfp.read_table(i.file("a.csv", "year,grdp\n2019,12 (p)\n")).numbers("grdp"),
        "cell-not-a-number", Place(file="a.csv", cell="B2", column="grdp"), ("12 (p)",)),
    Bad("a saved result that is not there", lambda i: tfp.load(i.folder / "x.tfp"),
        "result-not-found", Place(file="x.tfp")),
    Bad("a saved result cut short",
        lambda i: tfp.load(i.file("cut.tfp", i.saved().read_bytes()[:200])), "result-damaged",
        Place(file="cut.tfp")),
    Bad("a folder that is not there",
        lambda i: i.accounts().save(i.folder / "none" / "a.tfp"), "output-folder-missing",
        Place(file="a.tfp")),
    Bad("a target written as a fraction",
        lambda _: replace(tfp.datasets.targets()[0], lower=0.35), "target-as-fraction",
        Place(entity="Viet Nam", key="Decision 712/QD-TTg, 21 May 2010"), ("lower",)),
    Bad("a target that is no number",
        lambda _: replace(tfp.datasets.targets()[0], lower="35"), "target-bound-not-a-number",
        Place(entity="Viet Nam", key="Decision 712/QD-TTg, 21 May 2010"), ("'35'",)),
    Bad("a target of another kind",
        lambda _: replace(tfp.datasets.targets()[0], operator="about"), "target-option",
        Place(entity="Viet Nam", key="Decision 712/QD-TTg, 21 May 2010"), ("about",)),
    Bad("a code without its vintage",
        lambda _: tfp.resolve_area(15), "code-without-vintage", None, ("Yên Bái", "Lào Cai")),
    Bad("a name of two areas",
        lambda _: tfp.resolve_area("Hưng Yên"), "area-needs-vintage", None, ("63", "34")),
    Bad("a year of two boundaries",
        lambda i: tfp.assign_areas(i.panel(), 2025), "year-of-both-boundaries", None, ("2025",)),
    Bad("an area that is none",
        lambda _: tfp.resolve_area("Đà Năngg", 2024), "area-unknown",
        Place(entity="Đà Năngg"), ("Đà Nẵng",)),
    Bad("a city for its province",
        lambda _: tfp.resolve_area("TP. Thái Nguyên", 2024), "area-of-another-kind",
        Place(entity="TP. Thái Nguyên"), ("Thái Nguyên",)),
    Bad("a merger without a boundary",
        lambda i: tfp.merge_areas(i.panel()), "boundary-undeclared", None, ("63",)),
    Bad("a sum of some parts only",
        lambda i: tfp.merge_areas(tfp.assign_areas(i.panel(), "63 provinces")), "parts-absent",
        Place(entity="Quảng Nam"), ("Đà Nẵng",)),
    Bad("an area to be divided",
        lambda i: tfp.merge_areas(tfp.assign_areas(i.panel(), "34 units")),
        "disaggregation-refused", None, ("Đà Nẵng",)),
    # Published figures.
    Bad("two values of one figure in one book",
        lambda _: figures_of(("grdp", 2019, 15.0), ("grdp", 2019, 25.0)), "figure-twice",
        Place(entity="Huế", time=2019, column="grdp"), ("15", "25")),
    Bad("a figure of nothing", lambda _: figures_of(("", 2019, 1.5)), "figure-unnamed"),
    Bad("several books and no choice",
        lambda _: figures_of(("grdp", 2019, 1.5, "A"), ("grdp", 2020, 2.5, "B")).panel(
            output="grdp"),
        "vintages-to-choose", Place(entity="Huế", column="grdp"), ("A (2019)", "B (2020)")),
    Bad("a book that does not print it",
        lambda _: figures_of(("grdp", 2019, 1.5)).choose({"grdp": "bok"}), "vintage-absent",
        Place(entity="Huế", column="grdp"), ("book",)),
    Bad("a book that is none",
        lambda _: figures_of(("grdp", 2019, 1.5)).rename_vintages({"bok": "A"}),
        "vintage-unknown", None, ("book",)),
    Bad("a variable spelt wrong",
        lambda _: figures_of(("grdp", 2019, 1.5)).panel(output="grpd"), "variable-unknown",
        None, ("grpd", "grdp")),
    Bad("figures without a factor",
        lambda _: figures_of(("grdp", 2019, 1.5)).convert({"grdp": "tonnes"}), "factor-unknown",
        Place(entity="Huế", time=2019, column="grdp"), ("tonnes",)),
    Bad("a correction of what is not printed",
        lambda _: figures_of(("grdp", 2019, 15.0)).correct(
            "grdp", 2019, printed=51.0, corrected=16.0, reason="x", source="y"),
        "figure-differs", Place(entity="Huế", time=2019, column="grdp"), ("15", "51")),
    Bad("a relation that is none",
        lambda _: figures_of(("grdp", 2019, 1.5)).check(["grdp"]), "not-a-relation", None,
        ("str",)),
]  # fmt: skip


@pytest.fixture
def inputs(tmp_path: Path) -> Inputs:
    return Inputs(make_frame(), tmp_path)


def snapshot(inputs: Inputs) -> bytes:
    panel = inputs.panel()
    return pickle.dumps((inputs.frame.to_dict("list"), panel.frame.to_dict("list")))


def test_there_are_many_kinds() -> None:
    assert len({bad.code for bad in BAD}) >= 45
    assert len({bad.name for bad in BAD}) == len(BAD)


@pytest.mark.parametrize("bad", BAD, ids=[bad.name for bad in BAD])
def test_bad_input_is_answered(bad: Bad, inputs: Inputs, capfd: pytest.CaptureFixture[str]) -> None:
    before = snapshot(inputs)

    with pytest.raises(TFPError) as caught:
        bad.provoke(inputs)

    error = caught.value
    assert error.code == bad.code
    assert isinstance(error, ValueError)
    assert (error.places[0] if error.places else None) == bad.place
    english, vietnamese = (error.message(language) for language in LANGUAGES)
    assert english != vietnamese
    assert str(error) == english
    for language in LANGUAGES:
        message = error.message(language)
        parts = set(subject("errors", language)[error.code]) - {"plan"}  # said in plans only
        assert parts == {"found", "expected", "remedy"}
        assert f"[{bad.code}]" in message
        assert re.search(r"\{\w+(:[^}]*)?\}", message) is None
        assert "nan" not in message.split()
        assert not re.search(r": \.|  ", message)
        assert all(word in message for word in bad.words)
        if bad.place is not None:
            assert bad.place.show(language) in message
    assert snapshot(inputs) == before
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("bad", BAD, ids=[bad.name for bad in BAD])
def test_an_error_survives_the_way_from_a_worker(bad: Bad, inputs: Inputs) -> None:
    with pytest.raises(TFPError) as caught:
        bad.provoke(inputs)

    back = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  (our own bytes)

    assert type(back) is type(caught.value)
    assert [back.message(language) for language in LANGUAGES] == [
        caught.value.message(language) for language in LANGUAGES
    ]


def test_a_million_wrong_cells_are_counted_not_listed() -> None:
    frame = {"year": np.arange(1000, 1000 + 1500), "y": np.array(["n/a"] * 1500, dtype=object)}

    with pytest.raises(PanelError) as caught:
        tfp.Panel(frame, time="year", output="y")

    message = caught.value.message()
    assert "and 1495 more" in message
    assert len(message) < 1_000
