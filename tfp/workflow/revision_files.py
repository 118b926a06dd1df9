"""The documents of two runs side by side: page, workbook and Word, whole or not at all."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from tfp.report.revision_tables import revision_document
from tfp.report.tables_book import tables_bytes
from tfp.version import VERSION
from tfp.workflow.folders.folder_state import REVISIONS_KIND
from tfp.workflow.results_file import json_bytes

if TYPE_CHECKING:
    from tfp.language.catalogue import Language
    from tfp.report.revision_tables import Revisions
    from tfp.workflow.folders.folder import Repair, RunFolder

PAGE = "revisions.html"
WORKBOOK = "revisions.xlsx"
WORD = "revisions.docx"
SCHEMA = 1


def revision_files(revisions: Revisions, language: Language) -> dict[str, bytes]:
    """Return the documents by their names."""
    from tfp.report.html import page_text
    from tfp.report.word.writing import word_bytes

    document = revision_document(revisions, language)
    return {
        PAGE: page_text(document).encode(),
        WORKBOOK: tables_bytes(document),
        WORD: word_bytes(document),
    }


def write_revisions(
    revisions: Revisions, language: Language, folder: RunFolder
) -> tuple[Repair, ...]:
    """Write the documents into a folder of their own, whole or not at all.

    Raises
    ------
    OutputError
        As :meth:`tfp.workflow.folders.folder.RunFolder.put`.
    """
    folder.check()
    files = revision_files(revisions, language)
    manifest: dict[str, Any] = {
        "kind": REVISIONS_KIND,
        "schema": SCHEMA,
        "tfp": VERSION,
        "title": f"{revisions.old_title} → {revisions.new_title}",
        "language": language,
        "files": {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
            for name, data in sorted(files.items())
        },
    }
    content = json_bytes(manifest)
    return folder.put(files, content, hashlib.sha256(content).hexdigest())
