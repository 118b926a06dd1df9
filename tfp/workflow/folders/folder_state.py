"""What a folder is to the run-folder protocol: its manifest tells, by the hashes in it."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MANIFEST = "manifest.json"
RESULTS = "results.json"
MANIFEST_KIND = "tfp run"
REVISIONS_KIND = "tfp revisions"

State = Literal["absent", "empty", "foreign", "changed", "intact"]

# Written by other programs into any folder that somebody looks at.
_BYSTANDERS = {".ds_store", "thumbs.db", "desktop.ini"}


def state_of(folder: Path) -> State:
    """Return what stands at `folder`.

    ``absent``, or an ``empty`` folder; ``foreign``: no manifest of a run, so it is a
    folder of somebody else's or a run that was cut off; ``changed``: a whole run of
    which files were edited, added or removed; ``intact``: a whole run, all hashes hold.
    """
    if not folder.is_dir():
        return "foreign" if folder.exists() else "absent"
    present = set(files_in(folder))
    if not present:
        return "empty"
    recorded = _recorded_hashes(folder)
    if recorded is None:
        return "foreign"
    if present - {MANIFEST} != set(recorded):
        return "changed"
    holds = all(sha256_of(folder / name) == digest for name, digest in recorded.items())
    return "intact" if holds else "changed"


def lacks_manifest(folder: Path) -> bool:
    """Tell whether a folder holds results of a run, but no manifest."""
    return (folder / RESULTS).is_file() and not (folder / MANIFEST).exists()


def files_in(folder: Path) -> Iterator[str]:
    """Give the files of a run folder by their names from there, with ``/``."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not _is_bystander(path):
            yield path.relative_to(folder).as_posix()


def sha256_of(path: Path) -> str:
    """Return the checksum of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _recorded_hashes(folder: Path) -> dict[str, str] | None:
    try:
        manifest: Any = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if manifest["kind"] not in (MANIFEST_KIND, REVISIONS_KIND):
            return None
        return {str(name): str(entry["sha256"]) for name, entry in manifest["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _is_bystander(path: Path) -> bool:
    return path.name.startswith("~$") or path.name.casefold() in _BYSTANDERS
