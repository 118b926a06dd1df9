"""A fault of our own: what is kept of it for the developers, and nothing else.

The file names no user, host or folder, and holds no figures: functions, lines and the
kind of the fault only.
"""

from __future__ import annotations

import hashlib
import platform
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from tfp.language.catalogue import text
from tfp.version import VERSION
from tfp.workflow.reasons import reason_in
from tfp.workflow.telling import shown_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tfp.language.catalogue import Language

ID_LENGTH = 8


def report_fault(error: BaseException, folders: Iterable[Path], language: Language) -> list[str]:
    """Write what is known of a fault into the first folder that takes it; say where it is."""
    words = "\n".join(fault_lines(error)) + "\n"
    identity = hashlib.sha256(words.encode()).hexdigest()[:ID_LENGTH]
    message = text("command.fault.message", language)
    reason = ""
    for folder in folders:
        path = folder / f"tfp-fault-{identity}.txt"
        try:
            path.write_text(words, encoding="utf-8")
        except OSError as problem:
            reason = reason_in(problem.strerror or type(problem).__name__, language)
        else:
            return [message, text("command.fault.file", language, file=str(shown_path(path)))]
    return [message, text("command.fault.no_file", language, reason=reason)]


def fault_lines(error: BaseException) -> Iterator[str]:
    """Give the lines of the report of a fault, causes first."""
    yield f"tfp {VERSION}, Python {platform.python_version()}, {platform.system()}"
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or link.__context__
    for each in reversed(chain):
        # Not the message of the exception: it may quote figures, names and folders.
        yield f"{type(each).__module__}.{type(each).__qualname__}"
        for frame in traceback.extract_tb(each.__traceback__):
            yield f"  {_module(frame.filename)}:{frame.lineno} in {frame.name}"


def _module(filename: str) -> str:
    """Return the part of a file's path that says which module it is, not where it lies."""
    parts = Path(filename).parts
    for root in ("site-packages", "tfp"):
        if root in parts:
            start = len(parts) - parts[::-1].index(root) - (root == "tfp")
            return "/".join(parts[start:])
    return parts[-1] if parts else filename
