"""``manifest.json``: what was run, on what, with what, and the hash of every file.

It holds no user, host, path or time: the same plan, data and packages give the same
manifest, wherever and whenever.
"""

from __future__ import annotations

import hashlib
import platform
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from tfp.panel.roles import STATUSES
from tfp.report.building import all_findings
from tfp.version import VERSION
from tfp.workflow.copies import FOLDER as PUBLIC
from tfp.workflow.folders.folder_state import MANIFEST_KIND
from tfp.workflow.results_file import json_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.workflow.run import Run

SCHEMA = 1
# Whose versions can change a figure or the look of a file.
PACKAGES = ("numpy", "pandas", "matplotlib", "xlsxwriter", "openpyxl", "jinja2", "narwhals")


def manifest_bytes(run: Run, files: Mapping[str, bytes], plan: bytes) -> bytes:
    """Return the content of the manifest.

    Parameters
    ----------
    run : Run
    files : mapping of str to bytes
        Every other file of the run folder.
    plan : bytes
        The plan as its file stands.
    """
    content = run.content
    statuses = {status for status in content.accounts.statuses if status}
    document: dict[str, Any] = {
        "kind": MANIFEST_KIND,
        "schema": SCHEMA,
        "tfp": VERSION,
        "title": content.title,
        "area": content.area,
        "language": content.language,
        "content_sha256": content_hash(run, files),
        "status": max(statuses, key=STATUSES.index) if statuses else None,
        "draft": list(content.draft_reasons),
        "approval": _approval(run),
        "audience": content.audience,
        "formats": sorted({name.rpartition(".")[2] for name in files if "/" not in name}),
        "outside": _outside(run, files),
        "plan": {
            "file": run.plan.written.file,
            "sha256": _sha256(plan),
            "normalised_sha256": content.plan_hash,
            "normalised": run.plan.normalised(),
        },
        "inputs": [
            {"file": file.name, "sha256": file.sha256, "rows": file.rows} for file in run.files
        ],
        "warnings": _warnings(run),
        "rows_lost": [
            {"entity": entity, "time": time, "reason": entry.reason}
            for entry in content.accounts.lost
            for entity, time in entry.rows
        ],
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "files": {
            name: {"sha256": _sha256(data), "bytes": len(data)}
            for name, data in sorted(files.items())
        },
    }
    return json_bytes(document)


def content_hash(run: Run, files: Mapping[str, bytes]) -> str:
    """Return a hash of plan, inputs and results, whatever program wrote the documents."""
    digest = hashlib.sha256()
    for part in (
        run.content.plan_hash,
        *(file.sha256 for file in run.files),
        _sha256(files["results.json"]),
    ):
        digest.update(part.encode())
    return digest.hexdigest()


def _outside(run: Run, files: Mapping[str, bytes]) -> dict[str, Any] | None:
    """Return what the plan asks of the outside copy, and whether there is one."""
    copies = run.plan.copies
    if copies is None:
        return None
    when = run.content.prepared_on
    return {
        "tables": list(copies.outside),
        "embargo": None if copies.embargo is None else copies.embargo.isoformat(),
        "under_embargo": copies.under_embargo(when),
        "written": any(name.startswith(f"{PUBLIC}/") for name in files),
    }


def _approval(run: Run) -> dict[str, Any] | None:
    """Return the options of the run beside those approved."""
    approval = run.content.approval
    if approval is None:
        return None
    return {
        "approved": approval.approved,
        "options_sha256": approval.options,
        "approved_options_sha256": approval.approved_options or None,
        "document": approval.document or None,
        "date": None if approval.date is None else approval.date.isoformat(),
        "differing": list(approval.differing),
    }


def _warnings(run: Run) -> list[dict[str, str]]:
    found = all_findings(run.content)
    return [{"code": finding.code, "severity": finding.severity} for finding in found]


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
