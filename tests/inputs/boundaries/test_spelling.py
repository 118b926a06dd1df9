"""Names of provinces as people and systems write them, and words that make them another area."""

from __future__ import annotations

import unicodedata

import pytest

import tfp
from tfp.inputs.boundaries.spelling import code_key, name_key

CONCORDANCE = tfp.viet_nam_concordance()
SIDES = {"old": CONCORDANCE.old, "new": CONCORDANCE.new}
CITIES = ("Hà Nội", "Hải Phòng", "Đà Nẵng", "Cần Thơ")

# Typed as they stand in yearbooks, ministries' sheets, press and foreign tables.
TYPED = {
    "Thành phố Hồ Chí Minh": (
        "TP.HCM", "TP. HCM", "TP HCM", "TPHCM", "tphcm", "Tp.HCM", "Tp Hồ Chí Minh",
        "TP. Hồ Chí Minh", "TP.Hồ Chí Minh", "T.P Hồ Chí Minh", "T.P. HCM", "Hồ Chí Minh",
        "HỒ CHÍ MINH", "Ho Chi Minh", "Ho Chi Minh City", "HoChiMinh City", "Hochiminh City",
        "Ho Chi Minh city", "HCMC", "HCM City", "HCM", "H.C.M.C.", "Sài Gòn", "Saigon",
        "Sai Gon", "SÀI GÒN", "TP Sài Gòn", "City of Ho Chi Minh", "Thanh pho Ho Chi Minh",
        "THÀNH PHỐ HỒ CHÍ MINH", "Hồ Chí Minh (TP)", "Hồ Chí Minh (thành phố)",
        "Hồ Chí Minh, TP.", "Ho Chi Minh City (1)",
    ),
    "Bà Rịa - Vũng Tàu": (
        "Bà Rịa-Vũng Tàu", "Bà Rịa – Vũng Tàu", "Bà Rịa — Vũng Tàu", "Bà Rịa Vũng Tàu",
        "Bà Rịa và Vũng Tàu", "BÀ RỊA - VŨNG TÀU", "Ba Ria - Vung Tau", "Ba Ria-Vung Tau",
        "Baria-Vungtau", "Ba Ria Vung Tau", "Ba Ria – Vung Tau", "BR-VT", "BRVT", "BR - VT",
        "br-vt", "Tỉnh Bà Rịa - Vũng Tàu", "Tỉnh BR-VT", "Bà Rịa- Vũng Tầu", "Bà Rịa/Vũng Tàu",
    ),
    "Thừa Thiên Huế": (
        "Thừa Thiên - Huế", "Thừa Thiên-Huế", "Thừa Thiên–Huế", "Thừa thiên Huế",
        "THỪA THIÊN HUẾ", "Thua Thien Hue", "Thua Thien - Hue", "ThuaThien-Hue", "TT-Huế",
        "TT. Huế", "TT Huế", "T.T. Huế", "T.T.Huế", "TTH", "Huế", "Hue", "HUE", "TP Huế",
        "TP. Huế", "Thành phố Huế", "Hue City", "Tỉnh Thừa Thiên Huế", "T. Thừa Thiên Huế",
        "Thua Thien Hue Province", "Thừa Thiên", "Thừa Thiên Huế (*)",
    ),
    "Đắk Lắk": (
        "Đăk Lăk", "Đắc Lắc", "Đắk Lắc", "Đaklak", "Đắklắk", "DakLak", "Dak Lak", "Dac Lac",
        "Dak Lac", "Daklak", "DAK LAK", "ĐẮK LẮK", "Darlac", "Tỉnh Đắk Lắk", "ðắk Lắk",
        "Ðắk Lắk", "Đak Lak", "Đăk Lắk",
    ),
    "Đắk Nông": (
        "Đăk Nông", "Đắc Nông", "Dak Nong", "Dac Nong", "Daknong", "ĐẮK NÔNG", "Đak Nông",
        "ðắk Nông", "Tỉnh Đăk Nông",
    ),
    "Bắc Kạn": ("Bắc Cạn", "Bac Can", "Bac Kan", "Backan", "BẮC CẠN", "Tỉnh Bắc Cạn", "Bắc kạn"),
    "Kon Tum": ("Kontum", "KonTum", "Kon-Tum", "KON TUM", "Công Tum", "Tỉnh KonTum"),
    "Hòa Bình": ("Hoà Bình", "Hòa bình", "HOÀ BÌNH", "HÒA BÌNH", "Hoa Binh", "Tỉnh Hoà Bình"),
    "Thanh Hóa": ("Thanh Hoá", "THANH HOÁ", "Thanhhoa", "T. Thanh Hoá", "Tỉnh Thanh Hóa"),
    "Khánh Hòa": ("Khánh Hoà", "KHÁNH HOÀ", "Khanhhoa", "Khanh Hoa province", "T.Khánh Hòa"),
    "Hà Tĩnh": ("Hà Tỉnh", "Tỉnh Hà Tĩnh", "tinh Ha Tinh", "Hatinh", "T. Hà Tĩnh", "HÀ TĨNH"),
    "Phú Yên": ("Phú Iên", "Phu Yen", "PHÚ YÊN", "Phuyen"),
    "Hà Nội": (
        "Hanoi", "Ha Noi", "HÀ NỘI", "TP Hà Nội", "TP. Hà Nội", "Thành phố Hà Nội",
        "Hanoi City", "Ha Noi city", "Hà Nội (1)", "Hà Nội(*)", "Hà Nội¹",
        "Hà Nội*", "Hanoi municipality", "City of Hanoi", "  Hà   Nội  ",
    ),
    "Hải Phòng": ("Haiphong", "TP.Hải Phòng", "Hai Phong City", "Tp. Hải phòng", "HẢI PHÒNG"),
    "Đà Nẵng": ("Danang", "Đà Nẳng", "TP. Đà Nẵng", "Da Nang City", "ĐÀ NẴNG", "Ðà Nẵng"),
    "Cần Thơ": ("Cantho", "TP Cần Thơ", "Can Tho City", "CẦN THƠ"),
    "Nghệ An": ("Nghe An", "NGHỆ AN", "Nghệ an", "Nghean", "T.Nghệ An"),
    "Lạng Sơn": ("Langson", "LẠNG SƠN", "Tỉnh Lạng Sơn", "Lang Son Province"),
    "Sơn La": ("Sonla", "SƠN LA", "T. Sơn La", "Province of Son La"),
    "Quảng Ninh": ("Quangninh", "QUẢNG NINH", "Tỉnh Quảng Ninh", "Quang Ninh Prov."),
    "Hưng Yên": ("Hungyen", "HƯNG YÊN", "Tỉnh Hưng Yên", "Hung Yen, Province", "Hưng yên"),
    "Lào Cai": ("Laocai", "Lao Cai", "LÀO CAI", "Tỉnh Lào Cai", "Lào Cai (tỉnh)"),
    "Yên Bái": ("Yenbai", "YÊN BÁI", "Iên Bái", "Tỉnh Yên Bái"),
}  # fmt: skip

WRITTEN = {
    "as it is": lambda area: area.name,
    "decomposed": lambda area: unicodedata.normalize("NFD", area.name),
    "in English": lambda area: area.name_en,
    "in capitals": lambda area: area.name.upper(),
    "in one word": lambda area: area.name_en.lower().replace(" ", "").replace("-", ""),
    "in capitals, decomposed": lambda area: unicodedata.normalize("NFD", area.name.upper()),
}


def variants(side):
    """Yield every way to write every unit of a boundary, with the unit."""
    for area in SIDES[side].members:
        for write in WRITTEN.values():
            yield write(area), area
        city = "city" in area.kinds
        bare = area.name.removeprefix("Thành phố ")
        yield f"{'Thành phố' if city else 'Tỉnh'} {bare}", area
        yield f"{'TP.' if city else 'T.'} {bare}", area
        yield f"{area.name_en.removesuffix(' City')} {'City' if city else 'Province'}", area
        yield f"{area.name} (2)", area


def test_typed_names_resolve():
    wrong = [
        label
        for name, labels in TYPED.items()
        for label in labels
        if tfp.resolve_area(label, "63 provinces").name != name
    ]
    assert wrong == []
    assert len({label for labels in TYPED.values() for label in labels}) >= 200


@pytest.mark.parametrize(("side", "least"), [("old", 300), ("new", 170)])
def test_generated_names_resolve(side, least):
    found = dict(variants(side))
    wrong = [label for label, area in found.items() if SIDES[side].find(label) is not area]
    assert wrong == []
    assert len(found) >= least


def test_variants_are_many_and_none_is_read_as_two():
    labels = {label for side in SIDES for label, _ in variants(side)}
    labels |= {label for names in TYPED.values() for label in names}
    assert len(labels) > 700
    for areas in SIDES.values():
        keys = [name_key(area.name) for area in areas.members]
        assert len(set(keys)) == len(areas)


@pytest.mark.parametrize(
    "label",
    ["TP Thái Nguyên", "Thành phố Hòa Bình", "TP. Hải Dương", "Bac Ninh City", "Tỉnh Hải Phòng",
     "Cần Thơ Province", "City of Vinh Long", "Quảng Ngãi (TP.)"],
)  # fmt: skip
def test_a_city_is_not_the_province_of_its_name(label):
    with pytest.raises(tfp.PanelError, match="area-of-another-kind"):
        tfp.resolve_area(label, "63 provinces")


def test_dong_nai_is_province_and_city_and_hue_both():
    for label in ("Tỉnh Đồng Nai", "Thành phố Đồng Nai", "Đồng Nai"):
        assert tfp.resolve_area(label, "34 units").code == "75"
    for label in ("Thành phố Huế", "Huế", "Thừa Thiên Huế"):
        assert tfp.resolve_area(label, "34 units").name == "Huế"
        assert tfp.resolve_area(label, "63 provinces").name == "Thừa Thiên Huế"


@pytest.mark.parametrize(
    ("label", "near"),
    [("Hưng Yêm", "Hưng Yên"), ("Bac Giangg", "Bắc Giang"), ("Tỉnh Lang Sonn", "Lạng Sơn")],
)
def test_an_unknown_name_is_refused_with_those_like_it(label, near):
    with pytest.raises(tfp.PanelError, match="area-unknown") as error:
        tfp.resolve_area(label, "63 provinces")
    assert near in error.value.fields["nearest"]
    assert near in error.value.message("vi")


@pytest.mark.parametrize("label", ["Cả nước", "Việt Nam", "Đông Nam Bộ", "WHOLE COUNTRY", "", "99"])
def test_totals_regions_and_nothing_are_no_units(label):
    with pytest.raises(tfp.PanelError, match="area-unknown"):
        tfp.resolve_area(label, "63 provinces")


@pytest.mark.parametrize("code", ["01", "1", 1, 1.0, "1.0", " 01 "])
def test_codes_are_one_however_a_sheet_writes_them(code):
    assert code_key(code) == "1"
    assert tfp.resolve_area(code, "63 provinces").name == "Hà Nội"
