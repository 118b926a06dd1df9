"""Concordances from any table: what they hold, and tables that are none."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pytest

import tfp

VIET_NAM = tfp.viet_nam_concordance()
BEFORE = tfp.Boundary(name="64 provinces")
AFTER = tfp.Boundary(name="63 provinces")
TABLE = {"code": [1, 28, 26], "before": ["Hà Nội", "Hà Tây", "Vĩnh Phúc"],
         "code_after": [1, 1, 26], "after": ["Hà Nội", "Hà Nội", "Vĩnh Phúc"]}  # fmt: skip


def read(frame=None, old=BEFORE, new=AFTER, **options):
    given = {"old_columns": {"name": "before", "code": "code"},
             "new_columns": {"name": "after", "code": "code_after"}}  # fmt: skip
    return tfp.Concordance.from_frame(
        TABLE if frame is None else frame, old=old, new=new, **(given | options)
    )


def test_viet_nam_has_63_units_before_and_34_after():
    assert (len(VIET_NAM.old), len(VIET_NAM.new)) == (63, 34)
    sizes = [len(VIET_NAM.parts(area)) for area in VIET_NAM.new.members]
    assert sum(sizes) == 63
    assert {size: sizes.count(size) for size in (1, 2, 3)} == {1: 11, 2: 17, 3: 6}
    for area in VIET_NAM.old.members:
        assert area in VIET_NAM.parts(VIET_NAM.successor(area))


def test_parts_typed_from_the_resolution():
    assert [a.name for a in VIET_NAM.parts("Hưng Yên")] == ["Hưng Yên", "Thái Bình"]
    assert {a.name for a in VIET_NAM.parts("TP.HCM")} == {
        "Thành phố Hồ Chí Minh", "Bình Dương", "Bà Rịa - Vũng Tàu"}  # fmt: skip
    assert {a.name for a in VIET_NAM.parts(86)} == {"Vĩnh Long", "Bến Tre", "Trà Vinh"}
    assert VIET_NAM.successor("Hậu Giang").name == "Cần Thơ"


@pytest.mark.parametrize("library", [dict, pd.DataFrame, pl.DataFrame])
def test_any_frame_serves(library):
    merger = read(library(TABLE))
    assert [area.name for area in merger.parts("Hà Nội")] == ["Hà Nội", "Hà Tây"]
    assert merger.successor(28).name == "Hà Nội"
    assert merger.frame["parts"].tolist() == [2, 2, 1]
    assert merger.reused_codes == {}
    assert merger == read()
    assert repr(merger) == "Concordance: 64 provinces -> 63 provinces"


def test_codes_are_not_needed():
    merger = read(old_columns={"name": "before"}, new_columns={"name": "after"})
    assert merger.successor("Ha Tay").name == "Hà Nội"


def test_other_names_may_be_given():
    merger = read(also_called={"Hà Tây": ["Hà Sơn Bình"]})
    assert merger.old.find("HA SON BINH").name == "Hà Tây"


def test_one_name_of_several_units_is_found_by_code_only():
    communes = {
        "code": ["a1", "a2", "a3"],
        "before": ["Tân Phú", "Tân Phú", "An Phú"],
        "code_after": ["b1", "b2", "b2"],
        "after": ["Tân Phú", "An Phú", "An Phú"],
    }
    merger = read(communes)
    assert merger.successor("A2").name == "An Phú"
    with pytest.raises(tfp.PanelError, match="area-ambiguous"):
        merger.old.find("Tân Phú")


def test_a_table_read_backwards_is_refused_as_disaggregation():
    frame = VIET_NAM.frame
    with pytest.raises(tfp.MethodError, match="disaggregation-refused") as error:
        tfp.Concordance.from_frame(
            frame,
            old=VIET_NAM.new.boundary,
            new=VIET_NAM.old.boundary,
            old_columns={"name": "new_name", "code": "new_code"},
            new_columns={"name": "old_name", "code": "old_code"},
        )
    assert error.value.fields["count"] == 23
    assert "yearbooks" in error.value.part("remedy")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"before": ["Hà Nội", "", "Vĩnh Phúc"]}, "unit-blank"),
        ({"code": [1, None, 26]}, "unit-blank"),
        ({"code": [1, 1, 26]}, "unit-contradicts"),
        ({"after": ["Hà Nội", "Hanoi", "Vĩnh Phúc"]}, "unit-contradicts"),
        ({"code": [1, 28, 28], "before": ["Hà Nội", "Hà Tây", "Hà Tây"]}, "disaggregation-refused"),
    ],
)
def test_tables_that_are_no_concordance(change, code):
    with pytest.raises(tfp.TFPError, match=code):
        read(TABLE | change)


def test_boundaries_and_columns_are_told_apart():
    with pytest.raises(tfp.MethodError, match="boundary-named-twice"):
        read(new=tfp.Boundary(name="64 Provinces"))
    for columns in ({"code": "code"}, {"name": "before", "region": "code"}):
        with pytest.raises(tfp.MethodError, match="option-unknown"):
            read(old_columns=columns)
    with pytest.raises(tfp.PanelError, match="unknown-column"):
        read(old_columns={"name": "province"})
