"""The report of a run as documents: a page, a Word file, and a PDF where one can be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.panel.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from tfp.report.document import Document
    from tfp.workflow.plans.plan import Format, Plan
    from tfp.workflow.run import Run

PAGE, WORD, PDF = "report.html", "report.docx", "report.pdf"
# In the order in which the command names them.
DOCUMENTS = (PAGE, WORD, PDF)
DEFAULT_FORMATS: tuple[Format, ...] = ("html", "word")


def document_writers(plan: Plan) -> dict[str, Callable[[Document], bytes]]:
    """Return what makes each document that the plan asks for, by its file name.

    A PDF is not among them: whether one can be made depends on the computer.
    """
    known: dict[Format, tuple[str, Callable[[Document], bytes]]] = {
        "html": (PAGE, _page),
        "word": (WORD, _word),
    }
    formats = plan.formats or DEFAULT_FORMATS
    return dict(known[name] for name in known if name in formats)


def pdf_files(run: Run, word: bytes | None) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """Return the PDF that the plan asks for, or a remark that says why there is none.

    Parameters
    ----------
    run : Run
    word : bytes or None
        The Word file, as far as it was made.
    """
    from tfp.report.building import build_document
    from tfp.report.pdf import make_pdf

    if "pdf" not in (run.plan.formats or DEFAULT_FORMATS):
        return {}, ()
    document = build_document(run.content)
    made = make_pdf(document, word or _word(document))
    if made.data:
        return {PDF: made.data}, ()
    if not made.program:
        return {}, (Finding(code="pdf-no-program", severity="warn"),)
    fields = {"program": made.program, "reason": made.reason}
    return {}, (Finding(code="pdf-failed", severity="warn", fields=fields),)


def _page(document: Document) -> bytes:
    from tfp.report.html import page_text

    return page_text(document).encode()


def _word(document: Document) -> bytes:
    from tfp.report.word.writing import word_bytes

    return word_bytes(document)
