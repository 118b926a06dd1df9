"""A document as PDF by typst: the extra ``pdf``, for PCs without LibreOffice.

The same layout as the Word file.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tfp.report.flow import on_paper
from tfp.report.typst.blocks import piece_of
from tfp.report.typst.front import ending_of, head_of, page_set, sheet_of

if TYPE_CHECKING:
    from tfp.report.document import Document


def typst_bytes(document: Document) -> bytes:
    """Return a document as the content of a PDF file; the same document, the same bytes."""
    import typst

    source, pictures = typst_source(document)
    with TemporaryDirectory(ignore_cleanup_errors=True) as place:
        folder = Path(place)
        for name, data in {"main.typ": source.encode(), **pictures}.items():
            (folder / name).write_bytes(data)
        made: bytes = typst.compile(folder / "main.typ", root=folder, format="pdf")
    return made


def typst_source(document: Document) -> tuple[str, dict[str, bytes]]:
    """Return what typst reads: the text, and the pictures in it by their names."""
    pictures: dict[str, bytes] = {}
    language = document.language
    lines = [page_set(document), *head_of(document)]
    ended = document.front is None
    for (in_annex, lying), group in groupby(
        on_paper(document), key=lambda placed: (placed.in_annex, placed.lying)
    ):
        if in_annex and not ended and document.front is not None:
            lines += ending_of(document.front, language)
            ended = True
        pieces = [line for placed in group for line in piece_of(placed, language, pictures)]
        text = "\n".join(pieces)
        lines.append(f"#page(flipped: true)[\n{text}\n]" if lying else text)
    if document.front is not None:
        if not ended:
            lines += ending_of(document.front, language)
        lines += sheet_of(document, document.front)
    return "\n".join(lines) + "\n", pictures
