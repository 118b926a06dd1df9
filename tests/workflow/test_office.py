"""`[office]` and `[report] formats`: what stands around the report, and as what it is written."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tfp.errors import PlanError
from tfp.report import pdf
from tfp.report.front_matter import FrontMatter, Letterhead, Signature
from tfp.report.pdf import MadePDF
from tfp.workflow import documents
from tfp.workflow.documents import DEFAULT_FORMATS, document_writers, pdf_files
from tfp.workflow.office import front_of
from tfp.workflow.plans.plan_reading import plan_of

if TYPE_CHECKING:
    from tfp.workflow.plans.plan import Plan

TABLES: dict[str, Any] = {
    "plan": {"title": "A province", "area": "Hoa An", "language": "vi"},
    "data": {
        "file": "figures.csv",
        "time": "year",
        "columns": {"output": "grdp", "capital": "k", "labour": "l"},
    },
    "method": {"shares": {"capital": 0.4}},
}


def plan(**tables: Any) -> Plan:
    return plan_of({**TABLES, **tables})


def test_everything_said_of_the_office_comes_around_the_report() -> None:
    office = {
        "superior": "ỦY BAN NHÂN DÂN TỈNH",
        "body": "SỞ",
        "number": "1/BC",
        "place": "Huế",
        "date": date(2026, 3, 5),
        "recipients": ["UBND tỉnh"],
        "signatures": {"head": {"title": "Giám đốc", "name": "A"}, "prepared": {"name": "B"}},
    }
    assert front_of(plan(office=office).office, "en") == FrontMatter(
        letterhead=Letterhead(
            superior="ỦY BAN NHÂN DÂN TỈNH",
            body="SỞ",
            number="1/BC",
            place="Huế",
            date=date(2026, 3, 5),
        ),
        recipients=("UBND tỉnh",),
        signatures=(
            Signature(role="prepared", name="B"),
            Signature(role="head", title="Giám đốc", name="A"),
        ),
    )


def test_without_an_office_there_are_dots_in_vietnamese_and_nothing_in_english() -> None:
    assert plan().office is None
    assert front_of(None, "vi") == FrontMatter(letterhead=Letterhead())
    assert front_of(None, "en") is None


@pytest.mark.parametrize(
    ("office", "code", "key"),
    [
        ({"dte": 1}, "plan-key-unknown", "office.dte"),
        ({"date": "5/3/2026"}, "plan-not-date", "office.date"),
        ({"signatures": {"boss": {}}}, "plan-key-unknown", "office.signatures.boss"),
        ({"signatures": {"head": "A"}}, "plan-not-table", "office.signatures.head"),
    ],
)
def test_what_is_not_understood_is_named(office: dict[str, Any], code: str, key: str) -> None:
    with pytest.raises(PlanError) as raised:
        plan(office=office)
    assert (raised.value.code, raised.value.places[0].key) == (code, key)


def test_a_page_and_a_word_file_are_written_unless_the_plan_says_otherwise() -> None:
    assert list(document_writers(plan())) == ["report.html", "report.docx"]
    assert DEFAULT_FORMATS == ("html", "word")
    assert list(document_writers(plan(report={"formats": ["word", "pdf"]}))) == ["report.docx"]
    with pytest.raises(PlanError) as raised:
        plan(report={"formats": ["doc"]})
    assert raised.value.places[0].key == "report.formats.1"


class Stub:
    """A run of which only the plan counts."""

    content = None

    def __init__(self, formats: list[str]) -> None:
        self.plan = plan(report={"formats": formats})


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (MadePDF(), "pdf-no-program"),
        (MadePDF(program="LibreOffice", reason="> 120 s"), "pdf-failed"),
    ],
)
def test_a_pdf_that_cannot_be_made_is_a_remark(
    made: MadePDF, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "make_pdf", lambda *_: made)
    monkeypatch.setattr("tfp.report.building.build_document", lambda content: content)
    files, (remark,) = pdf_files(Stub(["word", "pdf"]), b"word")  # type: ignore[arg-type]
    assert files == {}
    assert remark.code == code
    for language in ("en", "vi"):
        assert "{" not in remark.part("found", language) + remark.remedy(language)
    assert made.reason in remark.part("found", "vi")


def test_a_pdf_is_made_only_if_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "make_pdf", lambda *_: MadePDF(data=b"%PDF"))
    monkeypatch.setattr("tfp.report.building.build_document", lambda content: content)
    assert pdf_files(Stub(["word"]), b"word") == ({}, ())  # type: ignore[arg-type]
    asked = pdf_files(Stub(["html", "pdf"]), b"word")  # type: ignore[arg-type]
    assert asked == ({documents.PDF: b"%PDF"}, ())
