"""Where words go: consoles and pipes of any code page, and readers that leave early.

A letter that a code page does not have is written as the nearest that it has: cp1258 keeps
every Vietnamese mark, as a letter and a mark after it; cp1252, cp437 and ASCII show the
letter without. A file has no code page: it is UTF-8, unless ``PYTHONIOENCODING`` says
otherwise.
"""

from __future__ import annotations

import codecs
import os
import stat
import sys
import unicodedata
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

WIDTH_OF_A_PIPE = 110
# Letters and signs of which Unicode knows no plainer form.
_PLAINER = {
    "đ": "d", "Đ": "D", "ơ": "o", "Ơ": "O", "ư": "u", "Ư": "U", "–": "-", "—": "-", "−": "-",
    "→": "->", "×": "x", "≥": ">=", "≤": "<=", "≈": "~", "…": "...", "“": '"', "”": '"',
    "\u2018": "'", "’": "'", "α": "alpha", "σ": "sigma", "ρ": "rho", "δ": "delta",
}  # fmt: skip


_TONES = "\u0300\u0301\u0303\u0309\u0323"


def prepare_streams() -> None:
    """Let no letter stop the command, whatever the code page."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            chosen = os.environ.get("PYTHONIOENCODING")
            encoding = "utf-8" if _is_file(stream) and not chosen else stream.encoding
            stream.reconfigure(encoding=encoding, errors=_rule_for(encoding))


def readable(letter: str, encoding: str) -> str:
    """Return a letter as an encoding can hold it, with as many of its marks as it can.

    Examples
    --------
    >>> readable("ế", "cp1252"), readable("đ", "ascii"), len(readable("ế", "cp1258"))
    ('ê', 'd', 2)
    """
    for form in _forms(letter):
        try:
            form.encode(encoding)
        except UnicodeEncodeError:
            continue
        return form
    return "?"


def console_on(stream: TextIO) -> Console:
    """Return what writes to a stream, with colours and the terminal's width on a terminal only."""
    from rich.console import Console

    class PatientConsole(Console):
        """A console whose reader may leave before the end; the work goes on."""

        def on_broken_pipe(self) -> None:
            say_no_more()

    width = None if stream.isatty() else WIDTH_OF_A_PIPE
    return PatientConsole(file=stream, width=width, highlight=False, markup=False, emoji=False)


def say_no_more() -> None:
    """Drop what is still to be said: the reader of a pipe has had enough."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(nowhere, stream.fileno())


def _rule_for(encoding: str) -> str:
    """Return the name of the rule that replaces what an encoding does not have."""

    def replaced(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        # The error itself says "charmap", whichever code page it is.
        missing = error.object[error.start : error.end]
        return "".join(readable(letter, encoding) for letter in missing), error.end

    name = f"tfp-readable-{encoding}"
    codecs.register_error(name, replaced)
    return name


def _forms(letter: str) -> Iterator[str]:
    """Give ever plainer forms of a letter: its tone apart, no tone, no marks."""
    parts = unicodedata.normalize("NFD", letter)
    base, marks = parts[0], list(parts[1:])
    if marks:
        # Hat, horn and breve make another letter; a tone is missed least.
        marks = sorted(marks, key=lambda mark: mark not in _TONES)
        for tone in marks:
            others = "".join(mark for mark in marks if mark != tone)
            yield unicodedata.normalize("NFC", base + others) + tone
        for tone in marks:
            others = "".join(mark for mark in marks if mark != tone)
            yield unicodedata.normalize("NFC", base + others)
        yield base
    yield _PLAINER.get(base, unicodedata.normalize("NFKC", letter))


def _is_file(stream: TextIO) -> bool:
    try:
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return False
