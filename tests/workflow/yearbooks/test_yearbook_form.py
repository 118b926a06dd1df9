"""Sheets of yearbooks, read by nothing but their name and what their rows mean.

The workbooks are built from the reference files in the layout of the originals; what is known
to be wrong in those figures must be found.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, ClassVar

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font

from tfp.errors import PlanError, TFPError
from tfp.tables.old_letters import tcvn3_table, vni_table
from tfp.workflow.plans.plan_reading import plan_of
from tfp.workflow.run import findings_beside, prepare, run_plan

TOTAL = "TỔNG SỐ"
EMPLOYED = "Lao động từ 15 tuổi trở lên đang làm việc"
SECTORS = {
    "agriculture": "Nông, lâm nghiệp và thủy sản",
    "industry": "Công nghiệp và xây dựng",
    "services": "Dịch vụ",
}
TAXES = {"taxes": "Thuế sản phẩm trừ trợ cấp sản phẩm"}
OWNERS = {
    "state": "Kinh tế Nhà nước",
    "nonstate": "Kinh tế ngoài Nhà nước",
    "fdi": "Khu vực có vốn đầu tư nước ngoài",
}
CAPITAL = {
    "depreciation": 0.05,
    "timing": "end",
    "initial": {"method": "capital_output_ratio", "ratio": 2.5, "year": 2010, "source": "s"},
}


def plan(file: str, *sheets: dict[str, Any], data: dict[str, Any] | None = None, **tables: Any):
    return plan_of(
        {
            "plan": {"title": "t", "area": "Hòa An", "language": "vi"},
            "data": {"file": file, "sheet": list(sheets), **(data or {})},
            "method": {"shares": {"capital": 0.4, "source": "s"}},
            **tables,
        }
    )


def rows(sheet: str, **roles: Any) -> dict[str, Any]:
    return {"sheet": sheet, "rows": roles}


LABOUR = {"file": "lao-dong.xlsx", **rows("20", labour=EMPLOYED)}


def found(findings, code: str) -> set[tuple[str | None, str | None, Any]]:
    return {
        (place.sheet, place.cell, place.time)
        for finding in findings
        if finding.code == code
        for place in finding.places
    }


class TestHungYen:
    """Two vintages of GRDP, two figures of investment, a fall of the labour force."""

    @pytest.fixture
    def folder(self, tmp_path, yearbooks):
        for write in ("hung_yen_2022", "hung_yen_2015", "hung_yen_investment", "hung_yen_labour"):
            getattr(yearbooks, write)(tmp_path)
        return tmp_path

    labour: ClassVar = LABOUR

    def test_a_sheet_is_read_as_printed(self, folder) -> None:
        read = prepare(
            plan(
                "nien-giam-2022.xlsx",
                rows("39", output=TOTAL, output_by_part={**SECTORS, **TAXES}),
                self.labour,
            ),
            folder,
        )
        panel, figures = read.data.panel, read.data.figures
        assert panel.values("output").tolist()[:5] == [
            27065153.0,
            29604453.0,
            31871009.0,
            33927875.0,
            36190549.0,
        ]
        output = panel.column("output")
        assert (output.unit, output.price_base) == ("Triệu đồng", "2010")
        first = figures.series("Hòa An", "output_by_part:taxes")[2010][0]
        assert (first.value, first.unit) == (1571903.0, "Triệu đồng")
        assert (first.found_at.file, first.found_at.sheet, first.found_at.cell) == (
            "nien-giam-2022.xlsx",
            "39",
            "B12",
        )
        assert [f.name for f in read.data.files] == ["nien-giam-2022.xlsx", "lao-dong.xlsx"]
        assert {e.source for e in panel.ledger if e.role == "output"} == {
            "[nien-giam-2022.xlsx]39!B7:F7"
        }
        assert ("39", "F8", None) in found(read.findings, "marked-missing"), "... is not known"

    def test_two_vintages_are_never_chained_silently(self, folder) -> None:
        both = (
            rows("39", output=TOTAL),
            {
                "file": "nien-giam-2015.xlsx",
                "section": "Triệu đồng",
                **rows("28", output=TOTAL),
            },
            self.labour,
        )
        with pytest.raises(TFPError) as caught:
            prepare(plan("nien-giam-2022.xlsx", *both), folder)
        assert caught.value.code == "vintages-to-choose"
        assert "nien-giam-2015 (2010–2015)" in caught.value.message("vi", in_plan=True)
        assert "books" in caught.value.message("vi", in_plan=True)
        chosen = plan("nien-giam-2022.xlsx", *both, data={"books": {"output": "nien-giam-2022"}})
        read = prepare(chosen, folder)
        assert read.data.panel.values("output")[0] == 27065153.0
        apart = found(read.findings, "vintages-disagree")
        assert {
            ("39", f"{cell}7", year) for cell, year in zip("BCDEF", range(2010, 2015), strict=True)
        } <= apart
        assert found(read.findings, "vintages-growth"), "growth differs too"

    def test_two_figures_of_investment_in_one_file(self, folder) -> None:
        invested = [
            {"file": "von-dau-tu.xlsx", **rows(sheet, investment_current=TOTAL)}
            for sheet in ("95", "Báo cáo 2021")
        ]
        base = rows("39", output=TOTAL)
        with pytest.raises(TFPError) as caught:
            prepare(plan("nien-giam-2022.xlsx", base, *invested, self.labour), folder)
        error = caught.value
        assert error.code == "sheets-disagree"
        cells = {(place.sheet, place.cell) for place in error.places if place.cell}
        assert cells == {("95", "B7"), ("Báo cáo 2021", "C7")}
        named = [{**each, "vintage": each["sheet"]} for each in invested]
        data = {"books": {"investment_current": "Báo cáo 2021"}}
        read = prepare(plan("nien-giam-2022.xlsx", base, *named, self.labour, data=data), folder)
        years = {time for _, _, time in found(read.findings, "vintages-disagree")}
        assert years == {2019, 2020}
        column = read.data.panel.column("investment_current")
        assert column.unit == "Triệu đồng", "as output has it"
        by_year = dict(zip(read.data.panel.rows.times.tolist(), column.values, strict=True))
        assert by_year[2019] == 34726000.0

    def test_billions_become_millions_and_the_ledger_tells(self, folder) -> None:
        invested = {"file": "von-dau-tu.xlsx", **rows("95", investment_current=TOTAL)}
        read = prepare(
            plan("nien-giam-2022.xlsx", rows("39", output=TOTAL), invested, self.labour), folder
        )
        panel = read.data.panel
        assert float(panel.values("investment_current")[-1]) == 37200000.0
        (entry,) = [e for e in panel.ledger if e.action == "converted"]
        assert entry.detail("vi") == "từ Tỷ đồng sang Triệu đồng, nhân 1.000"

    def test_the_fall_of_the_labour_force(self, folder) -> None:
        force = {"file": "lao-dong.xlsx", **rows("20", labour="Lực lượng lao động")}
        read = prepare(plan("nien-giam-2022.xlsx", rows("39", output=TOTAL), force), folder)
        assert found(read.findings, "labour-fall") == {("20", "M7", 2021)}


class TestHoaBinh:
    """An index, a transposed digit, a break in labour, an older vintage."""

    @pytest.fixture
    def folder(self, tmp_path, yearbooks):
        yearbooks.hoa_binh_2021(tmp_path)
        yearbooks.hoa_binh_2019(tmp_path)
        return tmp_path

    sheets = (
        {"section": "Triệu đồng", **rows("42", output=TOTAL)},
        {"section": "Chỉ số phát triển", **rows("42", output_growth=TOTAL)},
        {**rows("95", investment_current=TOTAL), "parts": {"investment_current": OWNERS}},
        rows("23", labour=TOTAL),
    )
    chain: ClassVar = {"output": {"from_growth": {"level_year": 2021, "source": "niên giám 2021"}}}

    def test_an_index_is_growth_and_levels_follow_it(self, folder) -> None:
        read = prepare(plan("nien-giam-hoa-binh-2021.xlsx", *self.sheets, **self.chain), folder)
        growth = read.data.panel.values("output_growth").tolist()[:5]
        assert growth == [9.04, 8.57, 0.86, 3.7, 2.66]
        assert read.data.panel.column("output_growth").unit == "%"
        levels = read.treated.panel.values("output").tolist()[:5]
        # Those that the reference file derives, to its rounding.
        assert [round(level, -1) for level in levels] == pytest.approx(
            [25847939, 28063107, 28304450, 29351714, 30132470], abs=10
        )
        assert len(found(read.findings, "indices-read-as-growth")) == 5

    def test_the_exchanged_digits_and_the_break(self, folder) -> None:
        read = prepare(plan("nien-giam-hoa-binh-2021.xlsx", *self.sheets, **self.chain), folder)
        (parts,) = [f for f in read.findings if f.code == "parts-several-repairs"]
        assert ("95", "B9") in {(place.sheet, place.cell) for place in parts.places}
        assert "10.849" in parts.part("found", "vi") + parts.part("remedy", "vi")
        assert found(read.findings, "labour-break-suspected") == {("23", "D7", 2019)}
        assert not found(read.findings, "labour-fall"), "said once, by its closer name"

    def test_the_level_of_the_older_book(self, folder) -> None:
        older = {"file": "nien-giam-hoa-binh-2019.xlsx", "rows": {"output": TOTAL}}
        data = {"books": {"output": "nien-giam-hoa-binh-2021"}}
        read = prepare(
            plan("nien-giam-hoa-binh-2021.xlsx", *self.sheets, older, data=data, **self.chain),
            folder,
        )
        assert found(read.findings, "level-of-other-vintage") == {("42", "B7", 2019)}

    def test_a_level_against_published_growth_is_refused_without_a_reason(self, folder) -> None:
        older = {"file": "nien-giam-hoa-binh-2019.xlsx", "rows": {"output": TOTAL}}
        books = ["nien-giam-hoa-binh-2021", "nien-giam-hoa-binh-2019"]
        data = {"books": {"output": books}, "books_reason": "thử"}
        mixed = plan("nien-giam-hoa-binh-2021.xlsx", *self.sheets, older, data=data, **self.chain)
        with pytest.raises(TFPError) as caught:
            prepare(mixed, folder)
        assert caught.value.code == "levels-contradict-growth"
        assert any(place.cell == "B7" for place in caught.value.places), "the cell is named"


class TestQuangTri:
    """Items that add up, gaps between the columns of a book, dashes, a break."""

    @pytest.fixture
    def folder(self, tmp_path, yearbooks):
        yearbooks.quang_tri_2021(tmp_path)
        return tmp_path

    def test_items_dashes_and_the_break(self, folder) -> None:
        items = {
            "outlays": "Vốn đầu tư xây dựng cơ bản",
            "bought": "Vốn đầu tư mua sắm TSCĐ không qua XDCB",
            "repair": "Vốn đầu tư sửa chữa, nâng cấp TSCĐ",
            "working": "Vốn đầu tư bổ sung vốn lưu động",
            "other": "Vốn đầu tư khác",
        }
        sheets = (
            {**rows("51", investment=TOTAL), "parts": {"investment": items}},
            {**rows("21", labour=EMPLOYED), "further": {"abroad": "working abroad"}},
            {"section": "Triệu đồng", **rows("GRDP", output=TOTAL)},
            {"section": "Tốc độ tăng", **rows("GRDP", output_growth=TOTAL)},
        )
        described = plan("nien-giam-quang-tri-2021.xlsx", *sheets, capital=CAPITAL)
        with pytest.raises(TFPError) as caught:
            prepare(described, folder)
        assert caught.value.code in {"investment-missing", "year-missing"}
        findings = findings_beside(caught.value, described, folder)
        assert found(findings, "labour-fall") == {("21", "H7", 2021)}
        assert found(findings, "dashes-read-as-zero") == {("21", "B8", None), ("21", "C8", None)}
        assert not found(findings, "parts-do-not-add"), "items add up to 2 million"


class TestNamDinh:
    """Current prices stored as numbers; prices that a role does not have are refused."""

    @pytest.fixture
    def folder(self, tmp_path, yearbooks):
        yearbooks.nam_dinh_2022(tmp_path)
        return tmp_path

    def test_current_prices_by_sector(self, folder) -> None:
        sheets = (
            rows("30", output_current=TOTAL, output_current_by_part={**SECTORS, **TAXES}),
            rows("31", output=TOTAL),
            rows("12", labour=TOTAL),
        )
        panel = prepare(plan("nien-giam-nam-dinh-2022.xlsx", *sheets), folder).data.panel
        years = panel.rows.times.tolist()
        at = years.index(2022)
        assert panel.values("output_current")[at] == 91965673.0
        assert panel.status is not None
        assert panel.status.tolist()[at] == 2
        parts = [panel.values(f"output_current_by_part:{part}") for part in (*SECTORS, *TAXES)]
        assert sum(parts)[at] == pytest.approx(91965673.0, abs=2)

    @pytest.mark.parametrize(
        ("sheet", "role", "code"),
        [
            ("30", "output", "rows-at-current-prices"),
            ("31", "output_current", "rows-at-constant-prices"),
        ],
    )
    def test_prices_of_another_kind_are_refused(self, folder, sheet, role, code) -> None:
        sheets = [rows(sheet, **{role: TOTAL}), rows("12", labour=TOTAL)]
        if role != "output":
            sheets.append(rows("31", output=TOTAL))
        with pytest.raises(TFPError) as caught:
            prepare(plan("nien-giam-nam-dinh-2022.xlsx", *sheets), folder)
        assert caught.value.code == code
        assert caught.value.places[-1].cell in {"A7", "B7"}


class TestVietNam:
    """A whole run: final, preliminary and estimated years."""

    @pytest.fixture
    def folder(self, tmp_path, yearbooks):
        yearbooks.viet_nam(tmp_path)
        return tmp_path

    sheets = (
        {
            "section": "Giá so sánh 2010",
            **rows("1", output=TOTAL, output_by_part={**SECTORS, **TAXES}),
        },
        {"section": "Giá hiện hành", **rows("1", output_current=TOTAL)},
        rows("2", investment="Tích lũy tài sản cố định"),
        {**rows("3", labour=EMPLOYED), "further": {"quarters": "Mean of four quarters"}},
    )
    tables: ClassVar = {
        "capital": {**CAPITAL, "initial": {**CAPITAL["initial"], "ratio": 2.506790}},
        "fill": [{"role": "labour", "values": {"2017": 53646.9}, "reason": "r", "source": "quý"}],
        "splice": [{"role": "labour", "at": 2021, "previous": 50072.01, "source": "TCTK"}],
    }

    def test_the_accounts_are_those_of_the_tidy_file(self, folder) -> None:
        run = run_plan(plan("nien-giam-ca-nuoc.xlsx", *self.sheets, **self.tables), folder)
        tfp = run.content.accounts.contributions["tfp"]
        expected = {2011: 1.476130, 2017: 3.184848, 2021: 0.872241, 2024: 3.697836}
        for year, points in expected.items():
            assert float(tfp.loc[year]) == pytest.approx(points, abs=2e-5)

    def test_the_national_break_is_found_and_settled_by_the_splice(self, folder) -> None:
        unspliced = {name: self.tables[name] for name in ("capital", "fill")}
        read = prepare(plan("nien-giam-ca-nuoc.xlsx", *self.sheets, **unspliced), folder)
        broken = found(read.findings, "labour-fall") | found(
            read.findings, "labour-break-suspected"
        )
        assert {time for _, _, time in broken} == {2021}
        settled = prepare(plan("nien-giam-ca-nuoc.xlsx", *self.sheets, **self.tables), folder)
        assert not found(settled.findings, "labour-fall")

    def test_the_running_year_is_an_estimate_and_so_is_what_follows(self, folder) -> None:
        source = "báo cáo tháng 11 năm 2025"
        estimates = [
            {"role": "output", "year": 2025, "growth": 8.0, "source": source},
            {"role": "investment", "year": 2025, "index": 107.5, "source": source},
            {"role": "labour", "year": 2025, "value": 52300.0, "source": source},
        ]
        sheets = ({**self.sheets[0], "rows": {"output": TOTAL}}, *self.sheets[1:])
        described = plan(
            "nien-giam-ca-nuoc.xlsx", *sheets, **{**self.tables, "estimate": estimates}
        )
        content = run_plan(described, folder).content
        accounts, panel = content.accounts, content.panel
        assert list(accounts.rows.times[-2:]) == [2024, 2025]
        output = panel.values("output")
        assert float(output[-1] / output[-2]) == pytest.approx(1.08)
        grown = {
            role: 100 * float(panel.values(role)[-1] / panel.values(role)[-2] - 1)
            for role in ("output", "capital", "labour")
        }
        residual = grown["output"] - 0.4 * grown["capital"] - 0.6 * grown["labour"]
        assert float(accounts.contributions["tfp"].loc[2025]) == pytest.approx(residual)
        assert accounts.statuses[-4:] == ("final", "preliminary", "preliminary", "estimate")
        by_year = dict(zip(panel.rows.times.tolist(), panel.status.tolist(), strict=True))
        assert [by_year[year] for year in (2022, 2023, 2024, 2025)] == [0, 2, 2, 3]
        told = [entry for entry in panel.ledger if entry.source == source]
        assert {entry.why("vi") for entry in told} == {
            "ước tính của năm hiện tại, theo số đã công bố"
        }
        assert "8% so với năm 2024" in " ".join(entry.detail("vi") for entry in told)

    def test_a_book_half_a_year_older_gives_fewer_years(self, tmp_path, yearbooks) -> None:
        yearbooks.viet_nam(tmp_path, last=2023)
        read = prepare(plan("nien-giam-ca-nuoc.xlsx", *self.sheets, **self.tables), tmp_path)
        assert read.data.panel.rows.times.tolist()[-1] == 2023


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"rows": {"outptu": TOTAL}}, "plan-role-unknown"),
        ({"rows": {"output": {"a": TOTAL}}}, "plan-one-column-only"),
        ({"parts": {"nothing": {"a": "b"}}}, "plan-role-unknown"),
        ({"header_row": 0}, "plan-out-of-range"),
        ({"decimal": ";"}, "plan-word-unknown"),
        ({"row": {"output": TOTAL}}, "plan-key-unknown"),
        ({"rows": {"labour": TOTAL}}, "plan-row-missing"),
    ],
)
def test_a_slip_in_the_plan_names_its_key(changed, code) -> None:
    with pytest.raises(PlanError) as caught:
        plan("a.xlsx", {"sheet": "1", "rows": {"output": TOTAL}, **changed})
    assert caught.value.code == code
    assert (caught.value.places[0].key or "").startswith("data.sheet")


@pytest.mark.parametrize("key", ["columns", "time", "header_row", "status"])
def test_keys_of_other_tables_do_not_go_with_sheets(key) -> None:
    with pytest.raises(PlanError) as caught:
        plan("a.xlsx", rows("1", output=TOTAL), data={key: 1})
    assert caught.value.code == "plan-key-not-with"


@pytest.mark.parametrize("page", ["prepare_your_data", "prepare_your_data_vi"])
def test_the_pieces_on_the_page_for_offices_are_understood(page) -> None:
    words = (Path(__file__).parents[3] / "docs" / f"{page}.md").read_text(encoding="utf-8")
    pieces = [tomllib.loads(piece) for piece in re.findall(r"```ini\n(.+?)```", words, re.DOTALL)]
    whole = {name: table for piece in pieces for name, table in piece.items()}
    deflated = {"role": "investment", "base": 2010, "source": "s"}
    described = plan(
        "", data=whole["data"], capital=CAPITAL, deflate=[deflated], estimate=whole["estimate"]
    )
    assert set(whole) == {"data", "estimate"}
    assert len(described.data.sheets) == 4
    assert described.treatment.estimate[0].growth == 8.0


@pytest.mark.parametrize(
    ("font", "table"), [(".VnTime", tcvn3_table()), ("VNI-Times", vni_table()), ("Arial", None)]
)
def test_a_yearbook_from_before_unicode_is_read_by_unicode_labels(
    tmp_path, yearbooks, font, table
) -> None:
    path = yearbooks.hung_yen_2022(tmp_path)
    signs = {letter: sign for sign, letter in reversed((table or tcvn3_table()).items())}
    book = load_workbook(path)
    for cell in (cell for row in book["39"].iter_rows() for cell in row):
        if isinstance(cell.value, str):
            letters = (signs.get(c, signs.get(c.lower(), c)) for c in cell.value)
            cell.value = "".join(letters)
            cell.font = Font(font)
    book.save(path)
    yearbooks.hung_yen_labour(tmp_path)
    described = plan(path.name, rows("39", output=TOTAL, output_by_part=SECTORS), LABOUR)
    read = prepare(described, tmp_path)
    assert float(read.data.panel.values("output")[0]) == 27065153.0
    assert read.data.panel.column("output").unit == "Triệu đồng"
    (told,) = [each for each in read.findings if each.code == "old-letters-converted"]
    assert told.fields["encoding"] == ("VNI" if font == "VNI-Times" else "TCVN3")
    assert "Thuế sản phẩm trừ trợ cấp sản phẩm" in told.part("found", "vi")


def test_a_text_file_as_excel_writes_it(tmp_path, yearbooks, yearbook_layout) -> None:
    lines = yearbook_layout.lines_of(
        yearbooks.reference("hung_yen"), "grdp_2010p", yearbook_layout.SECTORS, "yearbook 2022"
    )
    sheet = yearbook_layout.Sheet(
        "39",
        yearbook_layout.CONSTANT,
        yearbook_layout.MILLION,
        (2010, 2011, 2012, 2013, 2014),
        (yearbook_layout.Section(None, lines),),
        preliminary=(2014,),
    )
    text = yearbook_layout.as_csv(sheet)
    (tmp_path / "39.csv").write_bytes(text.encode("utf-16"))
    yearbooks.hung_yen_labour(tmp_path)
    panel = prepare(plan("39.csv", {"rows": {"output": TOTAL}}, LABOUR), tmp_path).data.panel
    assert float(panel.values("output")[4]) == 36190549.0
    assert panel.column("output").status.tolist()[:5] == [0, 0, 0, 0, 2]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_refusal_names_key_sheet_cell_code_and_remedy(tmp_path, yearbooks, language) -> None:
    yearbooks.hung_yen_2022(tmp_path)
    with pytest.raises(TFPError) as caught:
        prepare(plan("nien-giam-2022.xlsx", rows("39", output="TỔNG SÔ", labour="x")), tmp_path)
    said = caught.value.message(language, in_plan=True)
    where = {"en": "sheet 39, cell A7", "vi": "trang tính 39, ô A7"}[language]
    for expected in ("[label-unknown]", where, "TỔNG SỐ - TOTAL", "data.sheet[1]", "section"):
        assert expected in said
