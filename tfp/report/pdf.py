"""A report as PDF: from its Word file by LibreOffice, else by typst, else a reason.

Neither program must be there. What fails is said, and never stops a run: the Word file
holds the same.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tfp.report.document import Document

TIME_LIMIT = 120.0  # seconds; the first start of a slow office PC takes one minute
_WINDOWS_FOLDERS = ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA")
_MAC_PROGRAM = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")


@dataclass(frozen=True, kw_only=True)
class MadePDF:
    """A PDF, or why there is none.

    Attributes
    ----------
    data : bytes
        Empty where there is none.
    program : str
        What made it, or failed to: ``"LibreOffice"``, ``"typst"``; empty where neither
        is installed.
    reason : str
        What the program said when it failed.
    """

    data: bytes = b""
    program: str = ""
    reason: str = ""


def make_pdf(document: Document, word: bytes, *, seconds: float = TIME_LIMIT) -> MadePDF:
    """Return a document as PDF.

    Parameters
    ----------
    document : Document
    word : bytes
        The same document as a Word file.
    seconds : float
        How long LibreOffice may take.
    """
    office = office_program()
    made = MadePDF()
    if office is not None:
        made = _by_office(office, word, document, seconds)
    if made.data:
        return made
    other = _by_typst(document)
    return other if other.data or not made.program else made


def office_program() -> Path | None:
    """Return the program of LibreOffice; None where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found:
        return Path(found)
    folders = (Path(os.environ[name]) for name in _WINDOWS_FOLDERS if os.environ.get(name))
    places = (folder / "LibreOffice" / "program" / "soffice.exe" for folder in folders)
    return next((place for place in (*places, _MAC_PROGRAM) if place.is_file()), None)


def _by_office(program: Path, word: bytes, document: Document, seconds: float) -> MadePDF:
    """Convert in a folder of its own, whose path has no letters that programs stumble over.

    A profile of its own: a LibreOffice that somebody has open is neither asked nor
    disturbed.
    """
    name = "LibreOffice"
    try:
        with TemporaryDirectory(dir=_plain_folder(), ignore_cleanup_errors=True) as place:
            folder = Path(place)
            (folder / "report.docx").write_bytes(word)
            command = [
                str(program),
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--headless",
                "--norestore",
                "--nolockcheck",
                "--convert-to",
                "pdf",
                "--outdir",
                str(folder),
                str(folder / "report.docx"),
            ]
            said = _finished(command, seconds)
            made = folder / "report.pdf"
            if made.is_file():
                return MadePDF(data=settled(made.read_bytes(), document.dated), program=name)
    except subprocess.TimeoutExpired:
        return MadePDF(program=name, reason=f"> {seconds:g} s")
    except OSError as error:
        return MadePDF(program=name, reason=error.strerror or str(error))
    return MadePDF(program=name, reason=said or "no file")


def _finished(command: list[str], seconds: float) -> str:
    """Run a program to its end, or end it with all that it started; return what it said."""
    options: dict[str, Any] = {} if sys.platform == "win32" else {"start_new_session": True}
    process = subprocess.Popen(  # noqa: S603  (the program of an installed LibreOffice)
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        **options,
    )
    try:
        _, said = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        _end(process)
        raise
    return str(said, errors="replace").strip().partition("\n")[0]


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and those that it started: the one that converts is not the first."""
    if sys.platform == "win32":
        ending = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(ending, check=False, capture_output=True)  # noqa: S603
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _plain_folder() -> str | None:
    """Return a folder for temporary files whose path is plain ASCII, if there is one."""
    return next(filter(str.isascii, _temporary_folders()), None)


def _temporary_folders() -> Iterator[str]:
    yield gettempdir()
    for name in ("PUBLIC", "ProgramData"):
        folder = os.environ.get(name, "")
        if folder and os.access(folder, os.W_OK):
            yield folder


def settled(pdf: bytes, dated: date | None) -> bytes:
    """Return a PDF of LibreOffice without the time of writing and what is drawn from it.

    Only what has the same length is replaced, behind the last stream: all that the table
    of contents of the file points to stays where it is.
    """
    at = pdf.rfind(b"endstream")
    body, end = pdf[:at], pdf[at:]
    day = f"{dated:%Y%m%d}" if dated else "20000101"
    end = re.sub(rb"/CreationDate\(D:\d{14}", f"/CreationDate(D:{day}000000".encode(), end)
    end = re.sub(rb"[0-9A-F]{32}(?=>| ?\s*>>)", b"0" * 32, end)
    digest = hashlib.sha256(body + end).hexdigest()[:32].upper().encode()
    return body + end.replace(b"0" * 32, digest)


def _by_typst(document: Document) -> MadePDF:
    """Set the document anew; nothing where typst is not installed."""
    from tfp.report.typst.writing import typst_bytes

    try:
        return MadePDF(data=typst_bytes(document), program="typst")
    except ImportError:
        return MadePDF()
    except RuntimeError as error:  # typst's own, whatever it did not understand
        return MadePDF(program="typst", reason=str(error).partition("\n")[0])
