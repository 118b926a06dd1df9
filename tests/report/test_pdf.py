"""A PDF by whichever program is there, and a reason where none is."""

from __future__ import annotations

import os
import stat
import sys
import time
from datetime import date

import pytest

from tfp.report import pdf
from tfp.report.document import Document, Heading, Paragraph
from tfp.report.pdf import MadePDF, make_pdf, office_program, settled
from tfp.report.word.writing import word_bytes

DOCUMENT = Document(
    title="Đóng góp của TFP",
    subtitle="",
    language="vi",
    area="Hưng Yên",
    dated=date(2026, 3, 5),
    marks=("Mã lần tính 0123456789ab",),
    blocks=(Heading(text="Kết quả"), Paragraph(text="Số liệu sơ bộ.")),
)
SAME = b"%PDF-1.6 stream \x00\xff endstream\n"
TAIL = (
    b"/CreationDate(D:20261122164545Z')>>\nxref\n/ID [ <%s>\n<%s> ]\n"
    b"/DocChecksum /%s\n>>\nstartxref\n42\n"
)


def program(folder, lines):
    """Return a program that does what some lines of shell say."""
    path = folder / "soffice"
    path.write_text("#!/bin/sh\n" + lines, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def written(moment, number):
    return SAME + TAIL.replace(b"20261122164545", moment) % (number, number, number)


def test_the_time_of_writing_is_taken_out_and_nothing_moves():
    first = settled(written(b"20261122164545", b"A" * 32), date(2026, 3, 5))
    second = settled(written(b"20261231235959", b"B7" * 16), date(2026, 3, 5))
    assert first == second
    assert b"/CreationDate(D:20260305000000Z')" in first
    assert len(first) == len(written(b"20261122164545", b"A" * 32))
    assert first.startswith(SAME)
    assert first != settled(b"other " + written(b"20261122164545", b"A" * 32), date(2026, 3, 5))


@pytest.fixture
def no_typst(monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)


@pytest.mark.usefixtures("no_typst")
def test_without_any_program_there_is_no_pdf_and_no_error(monkeypatch):
    monkeypatch.setattr(pdf, "office_program", lambda: None)
    assert make_pdf(DOCUMENT, b"") == MadePDF()


needs_shell = pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")


@needs_shell
@pytest.mark.usefixtures("no_typst")
def test_a_program_that_hangs_is_ended_with_what_it_started(tmp_path, monkeypatch):
    alive = tmp_path / "alive"
    hanging = program(tmp_path, f"(sleep 0.6; touch {alive}) & wait\n")
    monkeypatch.setattr(pdf, "office_program", lambda: hanging)
    made = make_pdf(DOCUMENT, b"", seconds=0.2)
    assert made == MadePDF(program="LibreOffice", reason="> 0.2 s")
    time.sleep(0.7)
    assert not alive.exists()


@needs_shell
@pytest.mark.usefixtures("no_typst")
def test_a_program_that_fails_is_quoted(tmp_path, monkeypatch):
    failing = program(tmp_path, "echo 'no export filter' >&2\nexit 1\n")
    monkeypatch.setattr(pdf, "office_program", lambda: failing)
    made = make_pdf(DOCUMENT, b"")
    assert (made.program, made.reason) == ("LibreOffice", "no export filter")


@needs_shell
def test_the_program_gets_a_profile_of_its_own_and_plain_paths(tmp_path, monkeypatch):
    asked = tmp_path / "asked"
    telling = program(tmp_path, f'echo "$@" > {asked}\nexit 1\n')
    monkeypatch.setattr(pdf, "office_program", lambda: telling)
    odd = tmp_path / "Nguyễn Văn A"
    odd.mkdir()
    monkeypatch.setattr(pdf, "gettempdir", lambda: str(odd))
    monkeypatch.setenv("PUBLIC", str(tmp_path))
    make_pdf(DOCUMENT, b"")
    words = asked.read_text(encoding="utf-8").split()
    assert words[0].startswith("-env:UserInstallation=file:///")
    assert words[-1].startswith(str(tmp_path))
    assert all(map(str.isascii, words))


@pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")
@pytest.mark.slow
def test_libreoffice_makes_the_same_file_twice():
    word = word_bytes(DOCUMENT)
    made = make_pdf(DOCUMENT, word)
    assert made.program == "LibreOffice"
    assert made.data.startswith(b"%PDF")
    assert make_pdf(DOCUMENT, word) == made


def test_typst_takes_over_where_libreoffice_is_not_installed(monkeypatch):
    monkeypatch.setattr(pdf, "office_program", lambda: None)
    made = make_pdf(DOCUMENT, b"")
    assert made.program == "typst"
    assert made.data.startswith(b"%PDF")
