"""A run as the files of its folder."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tfp.workflow.charts import chart_files
from tfp.workflow.copies import copy_files
from tfp.workflow.folder_state import RESULTS
from tfp.workflow.manifest import manifest_bytes
from tfp.workflow.results_file import results_bytes

if TYPE_CHECKING:
    from tfp.report.document import Document
    from tfp.workflow.folder import Repair, RunFolder
    from tfp.workflow.run import Run

REPORT = "report.html"
WORKBOOK = "workbook.xlsx"


def run_files(run: Run) -> dict[str, bytes]:
    """Return the files of a run by their names, the manifest aside."""
    from tfp.report.building import build_document
    from tfp.report.html import page_text
    from tfp.report.workbook import build_workbook
    from tfp.tables.workbook_writing import workbook_bytes

    def page(document: Document) -> bytes:
        return page_text(document).encode()

    document = build_document(run.content)
    return {
        REPORT: page(document),
        WORKBOOK: workbook_bytes(build_workbook(run.content)),
        RESULTS: results_bytes(run),
        **chart_files(run),
        **copy_files(run.plan.copies, document, run.content, {REPORT: page}),
    }


def write_run(run: Run, plan: bytes, folder: RunFolder) -> tuple[Repair, ...]:
    """Write a run into its folder, whole or not at all.

    Parameters
    ----------
    run : Run
    plan : bytes
        The plan as its file stands.
    folder : RunFolder

    Returns
    -------
    tuple of Repair
        As :meth:`tfp.workflow.folder.RunFolder.put`.

    Raises
    ------
    OutputError
        As :meth:`tfp.workflow.folder.RunFolder.put`.
    """
    folder.check()
    files = run_files(run)
    manifest = manifest_bytes(run, files, plan)
    return folder.put(files, manifest, hashlib.sha256(manifest).hexdigest())
