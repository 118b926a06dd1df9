"""What to do is said in the words of whoever reads it: of plans, of forms, of reports."""

from __future__ import annotations

import re

import pytest

from tfp.errors import PlanError
from tfp.language.catalogue import LANGUAGES, subject
from tfp.language.form_words import in_words_of_forms, in_words_of_readers
from tfp.panel.findings import Finding
from tfp.workflow.plans.written import FormCell, Written


def told(language):
    """Give code and remedy, in the words of plans, of every finding and error."""
    for name in ("findings", "errors"):
        for code, entry in subject(name, language).items():
            words = entry.get("plan") or entry.get("remedy")
            if isinstance(words, str):
                yield code, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_table_of_plans_is_left_in_the_words_of_forms(language) -> None:
    changed = 0
    for code, words in told(language):
        said = in_words_of_forms(words, language)
        assert re.search(r"\[\[?[a-z_]+[a-z_.]*\]", said) is None, code
        changed += said != words
    assert changed > 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_on_paper_names_no_table_of_plans(language) -> None:
    for code, words in told(language):
        said = in_words_of_readers(words, language)
        assert re.search(r"\[\[?[a-z_]+[a-z_.]*\]", said) is None, code
        assert said.endswith((".", "}")) or said == words, code


def test_a_break_of_a_level_is_answered_in_three_ways() -> None:
    finding = Finding(code="level-break", severity="warn")
    assert "[[splice]]" in finding.remedy("vi", in_plan=True)
    form = Finding(code="level-break", severity="warn", in_form=True).remedy("vi", in_plan=True)
    assert "“Nối chuỗi khi khái niệm thay đổi”" in form
    assert "“Năm thay đổi”" in form
    paper = finding.advice("vi")
    assert paper == "Đưa về một địa giới hoặc một định nghĩa, hoặc xử lý điểm thay đổi."


def test_an_error_speaks_of_the_form_where_the_plan_is_one() -> None:
    error = PlanError("unspliced-break")
    for written, words in (
        (Written("ke-hoach.xlsx", {"a": FormCell("s", "A1", "a")}), "trang Bảng kê"),
        (Written(), "[[splice]]"),
    ):
        with pytest.raises(PlanError) as raised, written.telling():
            raise PlanError(error.code)
        assert words in raised.value.remedy("vi", in_plan=True)


def test_the_decimal_sign_is_declared_on_a_line_of_the_form() -> None:
    words = subject("errors", "vi")["decimal-ambiguous"]["plan"]
    assert "Dấu thập phân của số ghi dạng chữ" in in_words_of_forms(words, "vi")
