"""The collection: what goes in comes out, and nothing is overwritten."""

from __future__ import annotations

import pickle

import pandas as pd
import polars as pl
import pytest

import tfp

NAMES = {"area": "tỉnh", "variable": "chỉ tiêu", "time": "năm", "value": "số", "unit": "đơn vị"}
FRAME = {
    "tỉnh": ["Hưng Yên", "Hưng Yên", "Huế"],
    "chỉ tiêu": ["grdp", "grdp", "grdp"],
    "năm": [2011, 2010, 2010],
    "số": [29604453, 27065153, None],
    "đơn vị": ["triệu đồng"] * 3,
}


@pytest.mark.parametrize("library", [dict, pd.DataFrame, pl.DataFrame])
def test_any_frame_is_read_alike(library):
    figures = tfp.Figures(library(FRAME), **NAMES)
    assert [(f.year, f.value) for f in figures.figures] == [(2011, 29604453), (2010, 27065153)]
    assert figures.figures[0].measure == "money"


def test_a_row_without_a_value_is_no_figure():
    assert tfp.Figures(FRAME, **NAMES).areas == ("Hưng Yên",)


def test_a_read_table_gives_each_figure_its_cell(tmp_path):
    path = tmp_path / "niên giám.csv"
    path.write_text(
        "tỉnh;chỉ tiêu;năm;số;đơn vị;trạng thái\nHuế;grdp;2019;36,63;tỷ đồng;Sơ bộ\n",
        encoding="utf-8",
    )
    figures = tfp.Figures(tfp.read_table(path, decimal=","), **NAMES, status="trạng thái")
    figure = figures.figures[0]
    assert (figure.value, figure.status, figure.step) == (36.63, "preliminary", 0.01)
    assert (figure.place.file, figure.place.cell, figure.place.entity) == (
        "niên giám.csv",
        "D2",
        "Huế",
    )


def test_one_book_may_say_a_figure_twice_but_not_two_figures(make):
    assert len(make(("grdp", 2019, 100.0), ("grdp", 2019, 100.0))) == 1
    with pytest.raises(tfp.PanelError) as error:
        make(("grdp", 2019, 100.0), ("grdp", 2019, 101.0))
    assert error.value.code == "figure-twice"
    assert error.value.fields["values"] == [100.0, 101.0]
    assert len(error.value.places) == 2


def test_two_books_may_differ(make):
    figures = make(("grdp", 2019, 100.0, "old"), ("grdp", 2019, 101.0, "new"))
    assert figures.vintages("grdp") == {"old": (2019,), "new": (2019,)}
    wide = figures.side_by_side("grdp")
    assert wide.loc[("Hòa Bình", 2019)].to_dict() == {"old": 100.0, "new": 101.0}


def test_side_by_side_in_one_area_shows_its_books_alone(yearbooks):
    wide = yearbooks.side_by_side("grdp_2010p", area="Hưng Yên")
    assert wide.columns.tolist() == ["yearbook 2015", "yearbook 2022"]
    assert wide.index.tolist() == list(range(2010, 2016))
    assert wide["yearbook 2022"].isna().tolist() == [False] * 5 + [True]
    everywhere = yearbooks.side_by_side("grdp_2010p")
    assert everywhere.loc["Hưng Yên"][wide.columns].equals(wide)


def test_books_that_disagree_cannot_become_one(make):
    figures = make(("grdp", 2019, 100.0, "old"), ("grdp", 2019, 101.0, "new"))
    with pytest.raises(tfp.PanelError, match="figure-twice"):
        figures.rename_vintages({"old": "book", "new": "book"})
    renamed = figures.rename_vintages({"old": "book"})
    assert set(renamed.vintages("grdp")) == {"book", "new"}


def test_the_same_figure_in_two_units_is_one(make):
    persons = make(("employed", 2019, 338339.0), unit="person")
    thousands = make(("employed", 2019, 338.339), unit="thousand persons")
    assert len(persons.join(thousands)) == 1


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda f: f.vintages("gdrp"), "variable-unknown"),
        (lambda f: f.side_by_side("gdrp"), "variable-unknown"),
        (lambda f: f.rename_vintages({"yearbok": "x"}), "vintage-unknown"),
        (lambda f: f.check([("grdp", "growth")]), "not-a-relation"),
    ],
)
def test_unknown_names_are_refused_with_the_nearest(make, call, code):
    figures = make(("grdp", 2019, 100.0))
    with pytest.raises(tfp.MethodError) as error:
        call(figures)
    assert error.value.code == code
    assert error.value.message("en") != error.value.message("vi")


@pytest.mark.parametrize(
    ("column", "cells", "code"),
    [
        ("status", ["final?"], "status-unknown"),
        ("variable", [""], "figure-unnamed"),
        ("area", [None], "figure-unnamed"),
        ("value", ["much"], "column-not-numeric"),
    ],
)
def test_cells_that_cannot_be_read_are_refused(make, column, cells, code):
    with pytest.raises(tfp.PanelError) as error:
        make(("grdp", 2019, 100.0), **{column: cells})
    assert error.value.code == code


def test_selection_keeps_the_ledger(make):
    figures = make(("grdp", 2019, 100.0), ("labour", 2020, 5.0))
    corrected = figures.correct(
        "labour", 2020, printed=5.0, corrected=6.0, reason="misprint", source="errata"
    )
    chosen = corrected.select(variables=["labour"], years=range(2019, 2021))
    assert [f.value for f in chosen.figures] == [6.0]
    assert [entry.action for entry in chosen.ledger] == ["corrected"]
    with pytest.raises(tfp.MethodError) as error:
        corrected.select(areas=["Huế"])
    assert error.value.code == "option-unknown"


def test_a_collection_survives_pickling_and_does_not_change(yearbooks):
    again = pickle.loads(pickle.dumps(yearbooks))  # noqa: S301
    pd.testing.assert_frame_equal(again.frame, yearbooks.frame)
    with pytest.raises(AttributeError):
        again.figures = ()


def test_the_frame_is_the_table_that_went_in(yearbooks):
    original = tfp.datasets.yearbook_figures().frame
    ours = yearbooks.frame
    assert ours["value"].tolist() == original["value"].tolist()
    assert ours["vintage"].tolist() == original["vintage"].tolist()
    assert repr(yearbooks).startswith("Figures: 174 figures of 31 variables, 3 areas")


def test_an_empty_selection_says_so():
    assert repr(tfp.Figures.of([])) == "Figures: 0 figures of 0 variables, 0 areas, 0 vintages"
    assert list(tfp.Figures.of([]).check()) == []
