"""``tfp-log.txt``: one line for each run of a plan, beside the plan and its results.

It stands outside the run folders, which are the same whenever they are made. It holds
date and time, what was run and how it ended; no user, host or folder, and no figures. The
checksum of the manifest tells which results a line is about.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tfp.language.catalogue import text
from tfp.version import VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from tfp.language.catalogue import Language

LOG_NAME = "tfp-log.txt"
SHOWN_HASH = 12


@dataclass(frozen=True)
class LogEntry:
    """How a command ended.

    Attributes
    ----------
    command : str
        Its name alone.
    exit_code : int
    codes : tuple of str
        Of errors and findings.
    manifest : str
        Checksum of the manifest that was written, empty without one.
    """

    command: str
    exit_code: int
    codes: tuple[str, ...]
    manifest: str = ""


def append_log(folder: Path, entry: LogEntry, language: Language) -> None:
    """Add a line to the log in `folder`, which begins with the names of its columns.

    Parameters
    ----------
    folder : Path
        That of the plan.
    entry : LogEntry
    language : {"en", "vi"}
        Of the names of the columns, where the log is begun.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    path = folder / LOG_NAME
    now = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    cells = (
        now, f"tfp {VERSION}", entry.command, str(entry.exit_code),
        entry.manifest[:SHOWN_HASH] or "-", " ".join(entry.codes) or "-",
    )  # fmt: skip
    new = not path.exists()
    with path.open("a", encoding="utf-8", newline="\r\n") as stream:
        if new:
            # Notepad and Excel know by the mark that it is UTF-8.
            stream.write(f"\ufeff{text('command.log.head', language)}\n")
        stream.write("\t".join(cells) + "\n")
