"""The letters that the bytes of a text file write.

UTF-8 and UTF-16 say what they are. A file of Windows before them (code page 1258, or one of
Western Europe read with the fonts .VnTime or VNI) does not; it is read where its words leave
no doubt, and refused otherwise.
"""

from __future__ import annotations

import codecs
import unicodedata
from typing import TYPE_CHECKING

from tfp.errors import Place, TableError
from tfp.tables.old_letters import FONTS, from_old
from tfp.tables.syllables import is_syllable

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WINDOWS_VIETNAMESE = "cp1258"
LEAST_WORDS = 2


def decoded(data: bytes, file: str) -> str:
    """Return the text of a file, accents composed.

    Parameters
    ----------
    data
        The file's bytes.
    file
        The file's name, for messages.

    Raises
    ------
    TableError
        ``file-not-utf8``, ``text-encoding-unclear``, ``file-not-text``.
    """
    text = _decode(data, file)
    if "\0" in text:
        raise TableError("file-not-text", places=[Place(file=file)], file=file)
    return text


def _decode(data: bytes, file: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding).removeprefix("\ufeff")
            except UnicodeDecodeError as error:
                raise TableError("file-not-text", places=[Place(file=file)], file=file) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _of_windows(data, file, error)


def _of_windows(data: bytes, file: str, error: UnicodeDecodeError) -> str:
    """Return the text of a file of Windows, whose words must be Vietnamese in one way only."""
    found = dict(_candidates(data))
    if len(set(found.values())) == 1:
        return next(iter(found.values()))
    line = data.count(b"\n", 0, error.start) + 1
    where = [Place(file=file)]
    if not found:
        raise TableError("file-not-utf8", places=where, file=file, line=line) from error
    raise TableError(
        "text-encoding-unclear", places=where, file=file, line=line, candidates=list(found)
    ) from error


def _candidates(data: bytes) -> Iterator[tuple[str, str]]:
    """Give each encoding in which all words with accents are Vietnamese, and the text."""
    vietnamese = _read(data, WINDOWS_VIETNAMESE)
    if vietnamese is not None:
        text = unicodedata.normalize("NFC", vietnamese)
        if _is_vietnamese(text, ""):
            yield "Windows-1258", text
    western = _read(data, "cp1252") or data.decode("latin-1")
    for _, encoding in FONTS:
        text = from_old(western, encoding)
        if _is_vietnamese(text, western):
            yield encoding, text


def _is_vietnamese(text: str, signs: str) -> bool:
    """Tell whether every word with accents is a syllable, abbreviations aside.

    `signs` is the text before it was converted: words that stay as they are say nothing for
    the encoding.
    """
    words = {word for word in _words(text) if not word.isascii()}
    words = {word for word in words if is_syllable(word) or not word.isupper()}
    said = words.difference(_words(signs))
    return len(said) >= LEAST_WORDS and all(map(is_syllable, words))


def _read(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _words(text: str) -> list[str]:
    separated = "".join(letter if letter.isalpha() else " " for letter in text)
    return separated.split()
