"""A code needs its boundary, and so does a name that a larger unit has kept."""

from __future__ import annotations

from datetime import date

import pytest

import tfp
from tfp.language.terms import boundary_name

CONCORDANCE = tfp.viet_nam_concordance()
# Typed from the two lists of codes: the unit of 2004, the unit of 2025.
REUSED = {
    "15": ("Yên Bái", "Lào Cai"),
    "24": ("Bắc Giang", "Bắc Ninh"),
    "44": ("Quảng Bình", "Quảng Trị"),
    "52": ("Bình Định", "Gia Lai"),
    "80": ("Long An", "Tây Ninh"),
    "82": ("Tiền Giang", "Đồng Tháp"),
    "91": ("Kiên Giang", "An Giang"),
}
SAME_TERRITORY = [
    "Hà Nội", "Cao Bằng", "Điện Biên", "Lai Châu", "Sơn La", "Lạng Sơn", "Quảng Ninh",
    "Thanh Hóa", "Nghệ An", "Hà Tĩnh",
]  # fmt: skip


def test_the_table_reuses_exactly_these_codes():
    found = {code: (old.name, new.name) for code, (old, new) in CONCORDANCE.reused_codes.items()}
    assert found == REUSED


@pytest.mark.parametrize("code", sorted(REUSED))
@pytest.mark.parametrize("kind", [str, int, float])
def test_a_reused_code_is_refused_without_vintage_and_differs_with_it(code, kind):
    with pytest.raises(tfp.MethodError, match="code-without-vintage") as error:
        tfp.resolve_area(kind(code))
    for name in REUSED[code]:
        assert name in str(error.value)
    old, new = REUSED[code]
    assert tfp.resolve_area(kind(code), "63 provinces").name == old
    assert tfp.resolve_area(kind(code), "34 units").name == new


@pytest.mark.parametrize("side", ["old", "new"])
def test_every_code_is_refused_without_vintage_and_found_with_it(side):
    areas = getattr(CONCORDANCE, side)
    for area in areas.members:
        with pytest.raises(tfp.MethodError, match="code-without-vintage"):
            tfp.resolve_area(area.code)
        assert tfp.resolve_area(area.code, areas.boundary) is area


def test_a_code_that_is_gone_is_unknown_under_the_new_boundary():
    with pytest.raises(tfp.PanelError, match="area-unknown"):
        tfp.resolve_area("10", "34 units")  # Lào Cai was 10 until 2025


@pytest.mark.parametrize("name", ["Hưng Yên", "lao cai", "TP.HCM", "Đồng Nai", "Quảng Trị"])
def test_a_name_that_a_larger_unit_keeps_needs_its_vintage(name):
    with pytest.raises(tfp.MethodError, match="area-needs-vintage"):
        tfp.resolve_area(name)
    old, new = tfp.resolve_area(name, "63 provinces"), tfp.resolve_area(name, "34 units")
    assert old.name == new.name
    assert old.boundary != new.boundary
    assert len(CONCORDANCE.parts(new)) > 1


def test_23_names_need_a_vintage_29_are_gone_and_11_mean_one_territory():
    outcomes = {"needs": [], "gone": [], "same": []}
    for area in CONCORDANCE.old.members:
        try:
            found = tfp.resolve_area(area.name)
        except tfp.MethodError:
            outcomes["needs"].append(area.name)
        else:
            outcomes["gone" if found is area else "same"].append(area.name)
    assert {key: len(names) for key, names in outcomes.items()} == {
        "needs": 23, "gone": 29, "same": 11,
    }  # fmt: skip
    assert sorted(outcomes["same"]) == sorted([*SAME_TERRITORY, "Thừa Thiên Huế"])


@pytest.mark.parametrize(
    ("vintage", "name"),
    [
        (2024, "Yên Bái"), ("2010", "Yên Bái"), (date(2025, 6, 30), "Yên Bái"),
        ("2025-06-30", "Yên Bái"), ("63 tỉnh", "Yên Bái"), (63, "Yên Bái"),
        ("63 TINH, THANH PHO", "Yên Bái"), (2026, "Lào Cai"), (date(2025, 7, 1), "Lào Cai"),
        ("2025-07-01", "Lào Cai"), ("34 tỉnh", "Lào Cai"), (34, "Lào Cai"),
        ("34 units (from 1 July 2025)", "Lào Cai"),
    ],
)  # fmt: skip
def test_a_vintage_is_a_name_a_year_or_a_day(vintage, name):
    assert tfp.resolve_area(15, vintage).name == name


@pytest.mark.parametrize("side", ["old", "new"])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_boundary_may_be_asked_for_by_the_name_that_messages_give_it(side, language):
    boundary = getattr(CONCORDANCE, side).boundary
    shown = boundary_name(boundary.name, language)
    assert CONCORDANCE.areas(shown).boundary is boundary


@pytest.mark.parametrize("year", [2025, "2025"])
def test_2025_has_both_boundaries(year):
    with pytest.raises(tfp.MethodError, match="year-of-both-boundaries"):
        tfp.resolve_area(15, year)


@pytest.mark.parametrize("vintage", ["Đàng Trong", 2007, "2008-07-31", "64 provinces", ""])
def test_an_unknown_boundary_is_refused(vintage):
    with pytest.raises(tfp.MethodError, match="boundary-unknown"):
        tfp.resolve_area(15, vintage)


@pytest.mark.parametrize(
    ("label", "vintage", "meant"),
    [
        ("Hòa Bình", "34 units", ["Phú Thọ"]),
        ("Binh Duong", 2026, ["Thành phố Hồ Chí Minh"]),
        ("Hà Nam", 2026, ["Ninh Bình"]),
    ],
)
def test_a_province_that_was_merged_is_answered_with_what_it_became(label, vintage, meant) -> None:
    with pytest.raises(tfp.PanelError) as error:
        tfp.resolve_area(label, vintage)
    assert error.value.code == "area-of-other-boundary"
    assert error.value.fields["meant"] == meant
    assert "63 tỉnh" in error.value.message("vi")
    frame = {"p": [label] * 2, "year": [2026, 2027], "y": [1.0, 2.0]}
    panel = tfp.Panel(frame, entity="p", time="year", output="y")
    with pytest.raises(tfp.PanelError) as error:
        tfp.assign_areas(panel, "34 units")
    assert error.value.code == "area-of-other-boundary"
