"""Nine provinces' yearbook figures, as printed: each error and break in them is found.

The files hold 700 figures of yearbooks, year-end reports and press meetings, errors and all.
``KNOWN`` lists what the people who collected them found wrong; ``CONFIRMED`` what the
checks found besides and a look at the figures confirmed. All else is a false alarm.
"""

from __future__ import annotations

import pandas as pd
import pytest

import tfp

PROVINCES = (
    "hung_yen",
    "hoa_binh",
    "quang_tri",
    "nam_dinh",
    "vinh_phuc",
    "quang_ngai",
    "nghe_an",
    "bac_giang",
    "binh_dinh",
)
# The files write remarks into the name of the book. Which book it is, and what is somebody's
# arithmetic on which of its figures, was read from the remark: book, arithmetic.
BOOKS = {
    "yearbook 2015 (2015 prel.)": ("yearbook 2015", ""),
    "yearbook 2016 (2016 prel.)": ("yearbook 2016", ""),
    "yearbook 2017 (2017 prel.)": ("yearbook 2017", ""),
    "yearbook 2019 (2019 prel.)": ("yearbook 2019", ""),
    "yearbook 2019 (OLD vintage, +6.75%)": ("yearbook 2019", ""),
    "yearbook 2019 vintage": ("yearbook 2019", ""),
    "yearbook 2020 (2020 prel.)": ("yearbook 2020", ""),
    "yearbook 2020 (sum of contributions)": ("yearbook 2020", "sum of contributions"),
    "yearbook 2021 (2021 prel.)": ("yearbook 2021", ""),
    "yearbook 2021 (2021 prel.), re-evaluated": ("yearbook 2021", ""),
    "yearbook 2021 (prel.)": ("yearbook 2021", ""),
    "yearbook 2021; 2021 preliminary": ("yearbook 2021", ""),
    "yearbook 2021 vintage (growth 2021 2.66%, 2020 3.70%)": ("yearbook 2021", ""),
    "yearbook 2021; parts exceed total by 45.00 bn: printed nonstate 10894.78 is a digit swap "
    "for 10849.78": ("yearbook 2021", ""),
    "yearbook 2021/2022 (2022 prel.); BREAK 2018/2019": ("yearbook 2022", ""),
    "yearbook 2021/2022; 2022 preliminary; break 2018/2019": ("yearbook 2022", ""),
    "yearbook 2022 (2022 prel.)": ("yearbook 2022", ""),
    "yearbook 2022 (ICLS-19)": ("yearbook 2022", ""),
    "2016-2020 report (ICLS-13)": ("2016-2020 report", ""),
    "Dec 2021 estimate (-10.33%)": ("Dec 2021 estimate", ""),
    'Dec 2022 estimate, "more than"': ("Dec 2022 estimate", ""),
    "Jan 2024 estimate (+24.71%)": ("Jan 2024 estimate", ""),
    "Jan 2024 estimate (+6.21%)": ("Jan 2024 estimate", ""),
    "secondary compilation (MIT), no FDI part": ("secondary compilation", ""),
    "secondary compilation (MIT); ICLS-19 from 2021": ("secondary compilation", ""),
    "DERIVED 34726/1.1011": ("Dec 2019 estimate", "34726 / 1.1011"),
    "DERIVED 37200/1.0825": ("yearbook 2020", "37200 / 1.0825"),
    "DERIVED 36407/0.8967 (contradicts yearbook 2020)": ("Dec 2021 estimate", "36407 / 0.8967"),
    "DERIVED 68793/1.2471": ("Jan 2024 estimate", "68793 / 1.2471"),
    "DERIVED from 2021 level and table 42 index": ("yearbook 2021", "level of 2021 and index"),
    "DERIVED 17990.42/1.086": ("yearbook 2021", "17990.42 / 1.086"),
    "DERIVED 28669.9/1.48": ("yearbook 2021", "28669.9 / 1.48"),
    "DERIVED 42366/1.104": ("yearbook 2021", "42366 / 1.104"),
    "DERIVED ICOR x growth (definition of ICOR not stated)": ("DPI database 2018", "ICOR x growth"),
    "DERIVED population x employed/population ratio (GSO 2016-17 tables, ICLS-13)": (
        "GSO 2016-17 tables",
        "population x ratio",
    ),
    "DERIVED population x ratio (GSO)": ("GSO 2016-17 tables", "population x ratio"),
}

DISAGREE, OTHER_BOOK = "vintages-disagree", "level-of-other-vintage"
FALL, SWING, JUMP = "labour-fall", "share-swing", "investment-jump"
GRDP_PARTS = ("agri", "industry_construction", "industry_only", "services")
VINH_PHUC = ("state", "nonstate", "fdi", "product_taxes", "agri", "manufacturing")

# (area, variable, year): the finding that must name it.
KNOWN = {
    # Two vintages of Hung Yen's GRDP; the older has product taxes inside the sectors.
    **{("Hung Yen", "grdp_2010p", year): DISAGREE for year in range(2010, 2015)},
    **{
        ("Hung Yen", f"grdp_2010p_{part}", year): DISAGREE
        for part in GRDP_PARTS
        for year in range(2010, 2014)
    },
    # Hoa Binh's GRDP of 2019 in the yearbook of 2019 against what that of 2021 implies.
    ("Hoa Binh", "grdp_2010p", 2019): OTHER_BOOK,
    # Vinh Phuc before and after the re-evaluation of 2019.
    ("Vinh Phuc", "grdp_cur", 2015): DISAGREE,
    **{("Vinh Phuc", f"grdp_cur_{part}", 2015): DISAGREE for part in VINH_PHUC},
    # Investment of Hung Yen revised after the fact: level against the growth of the next year.
    ("Hung Yen", "social_investment_cur", 2019): DISAGREE,
    ("Hung Yen", "social_investment_cur", 2020): DISAGREE,
    ("Hung Yen", "social_investment_cur", 2022): DISAGREE,
    # Breaks in labour.
    ("Hoa Binh", "employed_15plus", 2019): FALL,
    ("Quang Tri", "employed_15plus", 2021): FALL,
    ("Viet Nam", "employed_15plus", 2021): FALL,
    ("Hung Yen", "labour_force_15plus", 2021): FALL,
    # A typing error: 10,894.78 printed for 10,849.78.
    ("Hoa Binh", "social_investment_cur_nonstate", 2021): "parts-several-repairs",
    # Wind power in Quang Tri: real, and once.
    ("Quang Tri", "social_investment_2010p", 2021): JUMP,
    ("Quang Tri", "social_investment_2010p_outlays", 2021): SWING,
    ("Quang Tri", "social_investment_2010p_fixed_assets_bought", 2021): SWING,
}

# Found by the checks, looked up by eye, and real.
CONFIRMED = {
    # The nation's change of definition, in the same table of the office.
    ("Ha Noi", "employed_15plus", 2021): FALL,
    # 636,134 in 2018 by ICLS-13, 592,728 in 2022 by ICLS-19, as the book itself says.
    ("Vinh Phuc", "labour_force_15plus", 2022): FALL,
    # 99,875 and 99,859.2 billion: two editions, 0.02 per cent apart.
    ("Hung Yen", "grdp_cur", 2020): DISAGREE,
    # 42 per cent at current prices in a year of 12 per cent inflation: until 2009 another
    # series, from 2010 the one that is constant prices in its own base year.
    ("Hung Yen", "grdp_cur", 2010): "current-output-jump",
    # Industry is 87 per cent of industry and construction in 2007, 60 in 2008, 86 in 2009.
    ("Hung Yen", "grdp_cur_industry_only", 2008): SWING,
    # 6.52, 13.4 and 10.05 per cent average 9.96, not 9.91.
    ("Hung Yen", "grdp_2010p_growth_mean_2021_2023", 2023): "mean-contradicts-growth",
    # State, non-state and foreign all grow by 2.26 per cent in the preliminary year.
    **{
        ("Hoa Binh", f"grdp_2010p_index_{part}", 2021): "parts-move-as-one"
        for part in ("state", "nonstate", "fdi")
    },
    # All three shares of 2013 once more.
    **{
        ("Quang Tri", f"employed_share_{part}", 2014): "year-repeated"
        for part in ("state", "nonstate", "fdi")
    },
    # The sectors add to the total until 2014; from 2015 the total is about 1.5 per cent more.
    **{("Bac Giang", "gva_cur", year): "parts-remainder" for year in (2015, 2016, 2017)},
    # Growth at current prices against published real growth: agriculture 36.6 against 3.5 per
    # cent between 8.8 and -7.3 at current prices in the years beside it, industry 37.3 against
    # 13.1 and 50.6 against 14.1, in years of hardly any inflation. Levels of this database are
    # no good, as those say who collected it.
    ("Bac Giang", "gva_cur_agri", 2016): "prices-implausible",
    ("Bac Giang", "gva_cur_industry_construction", 2013): "prices-implausible",
    ("Bac Giang", "gva_cur_industry_construction", 2015): "prices-implausible",
    # The province's investment prices are 6 to 7 per cent above the nation's.
    ("Quang Tri", "social_investment_2010p", 2020): "prices-off-reference",
    # The wind power of 2021 at current prices: 48 per cent.
    ("Quang Tri", "social_investment_cur", 2021): JUMP,
}
REMARKS = {"figures-derived", "figure-units"}
MOST_FALSE_ALARMS = 0.05


def read(path, vintage):
    frame = pd.read_csv(path, comment="#", dtype={"code": str})
    books = frame[vintage].map(lambda text: BOOKS.get(text, (text, "")))
    frame["book"], frame["arithmetic"] = books.str[0], books.str[1]
    return tfp.Figures(
        frame,
        area="area",
        variable="variable",
        time="year",
        value="value",
        unit="unit",
        vintage="book",
        source="source",
        derivation="arithmetic",
    )


@pytest.fixture(scope="module")
def figures(reference_data):
    spot = read(reference_data("vn_spot_series.csv"), "vintage_note")
    spot = spot.convert({"employed_15plus": "person"}, factors={("thousand", "person"): 1_000.0})
    provinces = [read(reference_data(f"province_{name}.csv"), "vintage") for name in PROVINCES]
    return spot.join(*provinces)


def relations_of(figures):
    nation = tfp.datasets.vietnam().frame.set_index("year")
    deflator = (nation["gfcf_current"] / nation["gfcf"]).to_dict()
    prices = tfp.PricesOf(
        "social_investment_cur", "social_investment_2010p", base_year=2010, reference=deflator
    )
    suggested = [
        relation
        for relation in tfp.suggest_relations(figures)
        if getattr(relation, "constant", None) != prices.constant
    ]
    return [*suggested, prices, *price_changes(nation)]


def price_changes(nation):
    """Bac Giang's database has values at current prices and real growth: the nation has both."""
    sectors = {
        "": "gdp",
        "_agri": "agriculture",
        "_industry_construction": "industry",
        "_services": "services",
    }
    for suffix, name in sectors.items():
        change = 100 * (nation[f"{name}_current"] / nation[name]).pct_change().dropna()
        yield tfp.PriceChangeOf(
            f"gva_cur{suffix}", f"grdp_2010p_growth{suffix}", reference=change.to_dict()
        )


@pytest.fixture(scope="module")
def findings(figures):
    return figures.check(relations_of(figures))


def cells_of(findings):
    return {
        (place.entity, place.column, place.time): finding.code
        for finding in findings
        if finding.code not in REMARKS
        for place in finding.places
    }


def test_the_files_are_read_whole(figures, reference_data):
    frames = [
        pd.read_csv(reference_data(f"province_{name}.csv"), comment="#") for name in PROVINCES
    ]
    spot = pd.read_csv(reference_data("vn_spot_series.csv"), comment="#")
    # Of 51 spot figures all that are in the provinces' files as well agree with them.
    keys = {(row.area, row.variable, row.year) for frame in frames for row in frame.itertuples()}
    new = [row for row in spot.itertuples() if (row.area, row.variable, row.year) not in keys]
    assert len(new) == 11
    assert len(figures) == sum(map(len, frames)) + len(new)


@pytest.mark.parametrize(("cell", "code"), (KNOWN | CONFIRMED).items(), ids=str)
def test_every_error_and_break_is_found(findings, cell, code):
    codes = {
        finding.code
        for finding in findings
        for place in finding.places
        if (place.entity, place.column, place.time) == cell
    }
    assert code in codes


def test_false_alarms_are_few(figures, findings, record_property):
    cells = {(figure.area, figure.variable, figure.year) for figure in figures.figures}
    found = cells_of(findings)
    alarms = {cell: code for cell, code in found.items() if cell not in KNOWN | CONFIRMED}
    share = len(alarms) / len(cells)
    counted = f"{len(KNOWN)} known, {len(CONFIRMED)} confirmed, {len(alarms)} of {len(cells)}"
    print(f"{counted} cells false alarms: {share:.2%} {sorted(alarms)}")  # noqa: T201
    record_property("false alarms", counted)
    assert share < MOST_FALSE_ALARMS
    assert set(alarms) == {
        # Two exchanged digits explain the gap in two parts: without the printed share of
        # non-state investment the sound one is named as well.
        ("Hoa Binh", "social_investment_cur_state", 2021),
        # Prices of industry rose by 26 per cent nationally, oil among them, and by 11 here.
        ("Bac Giang", "gva_cur_industry_construction", 2011),
    }


def test_the_printed_share_tells_the_misprint_from_the_other_candidate(figures):
    share = tfp.Figures(
        {"a": ["Hoa Binh"], "v": ["social_investment_cur_share_nonstate"], "y": [2021],
         "x": [60.31], "u": ["%"], "b": ["yearbook 2021"]},
        area="a", variable="v", time="y", value="x", unit="u", vintage="b",
    )  # fmt: skip
    known = figures.join(share)
    codes = {
        finding.code: finding
        for finding in known.check(relations_of(known))
        if finding.code.startswith("parts-s")
    }
    assert set(codes) == {"parts-swap", "parts-share-confirms"}
    swap = codes["parts-swap"]
    assert swap.places[0].column == "social_investment_cur_nonstate"
    assert (swap.fields["printed"], swap.fields["repaired"]) == (10_894_780.0, 10_849_780.0)


@pytest.mark.parametrize("area", ["Quang Ngai", "Nghe An", "Binh Dinh", "Nam Dinh"])
def test_nothing_is_found_where_nothing_is_wrong(findings, area):
    assert [cell for cell in cells_of(findings) if cell[0] == area] == []


def test_mixing_two_books_of_hoa_binh_turns_growth_into_a_fall(findings):
    finding = next(f for f in findings if f.code == OTHER_BOOK)
    assert finding.fields["published"] == pytest.approx(3.70)
    assert finding.fields["mixed"] == pytest.approx(-2.02, abs=0.005)
    assert finding.fields["implied"] == pytest.approx(28_304_450, abs=1.0)
    assert "-2.02%" in finding.part("effect")
    assert "-2,02%" in finding.part("effect", "vi")


def test_what_is_derived_is_said_of_exactly_the_derived(figures, findings):
    told = {
        (place.entity, place.column, place.time)
        for finding in findings
        if finding.code == "figures-derived"
        for place in finding.places
    }
    assert told == {(f.area, f.variable, f.year) for f in figures.figures if f.derivation}


def test_the_same_is_found_with_the_remarks_left_in_the_names_of_books(reference_data):
    frame = pd.read_csv(reference_data("province_hoa_binh.csv"), comment="#")
    columns = {"area": "area", "variable": "variable", "time": "year", "value": "value"}
    figures = tfp.Figures(frame, **columns, unit="unit", vintage="vintage")
    codes = {finding.code for finding in figures.check(tfp.suggest_relations(figures))}
    assert {OTHER_BOOK, DISAGREE, FALL, "parts-several-repairs", "parts-move-as-one"} <= codes
