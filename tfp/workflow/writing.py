"""A run as the files of its folder."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tfp.workflow.charts import chart_files
from tfp.workflow.copies import copy_files
from tfp.workflow.documents import WORD, document_writers, pdf_files
from tfp.workflow.folders.folder_state import RESULTS
from tfp.workflow.manifest import manifest_bytes
from tfp.workflow.results_file import results_bytes

if TYPE_CHECKING:
    from tfp.panel.findings import Finding
    from tfp.workflow.folders.folder import Repair, RunFolder
    from tfp.workflow.run import Run

WORKBOOK = "workbook.xlsx"


@dataclass(frozen=True)
class Written:
    """What writing a run did beside writing it.

    Attributes
    ----------
    repairs : tuple of Repair
        As :meth:`tfp.workflow.folders.folder.RunFolder.put`.
    remarks : tuple of Finding
        Documents that could not be made, and why; tables that the outside copy lacks.
    """

    repairs: tuple[Repair, ...]
    remarks: tuple[Finding, ...] = ()


def run_files(run: Run) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """Return the files of a run by their names, manifest and PDF aside, and remarks on them."""
    from tfp.report.building import build_document
    from tfp.report.document import drawn_once
    from tfp.report.workbook import build_workbook
    from tfp.tables.workbook_writing import workbook_bytes

    document = drawn_once(build_document(run.content))
    writers = document_writers(run.plan)
    public, remarks = copy_files(run.plan.copies, document, run.content, writers)
    files = {
        **{name: write(document) for name, write in writers.items()},
        WORKBOOK: workbook_bytes(build_workbook(run.content)),
        RESULTS: results_bytes(run),
        **chart_files(run),
        **public,
    }
    return files, remarks


def write_run(run: Run, plan: bytes, folder: RunFolder) -> Written:
    """Write a run into its folder, whole or not at all.

    Parameters
    ----------
    run : Run
    plan : bytes
        The plan as its file stands.
    folder : RunFolder

    Returns
    -------
    Written

    Raises
    ------
    OutputError
        As :meth:`tfp.workflow.folders.folder.RunFolder.put`.
    """
    folder.check()
    files, of_copies = run_files(run)
    pdf, of_pdf = pdf_files(run, files.get(WORD))
    files |= pdf
    remarks = (*of_copies, *of_pdf)
    findings = (*run.content.findings, *remarks)
    told = replace(run, content=replace(run.content, findings=findings))
    manifest = manifest_bytes(told, files, plan)
    repairs = folder.put(files, manifest, hashlib.sha256(manifest).hexdigest())
    return Written(repairs, remarks)
