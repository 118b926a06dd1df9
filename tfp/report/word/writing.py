"""A document as a Word file that an office can edit, sign and send.

Layout: Decree 30/2020/NĐ-CP. Text and tables are Word's own, so that they can be
changed; charts are pictures with a text for those who cannot see them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.tables.suffix import check_suffix
from tfp.tables.whole_file import write_whole_file

if TYPE_CHECKING:
    import os

    from tfp.language.catalogue import Language
    from tfp.report.document import Document
    from tfp.results.result import Result


def word_bytes(document: Document) -> bytes:
    """Return a document as the content of a ``.docx`` file.

    The same document gives the same bytes.
    """
    from tfp.report.word.body import written
    from tfp.report.word.package import file_bytes, new_file

    return file_bytes(written(document, new_file(document)))


def write_word(document: Document, path: str | os.PathLike[str]) -> None:
    """Write a document as a Word file, whole or not at all.

    Raises
    ------
    OutputError
        As :func:`tfp.tables.whole_file.write_whole_file`.
    """
    write_whole_file(path, word_bytes(document))


def write_result_word(
    result: Result, path: str | os.PathLike[str], *, language: Language = "en"
) -> None:
    """Write one result as a Word file; what ``result.to_word`` does.

    Raises
    ------
    OutputError
        ``output-suffix``, and as :func:`write_word`.
    """
    from tfp.report.lone_result import document_of_result

    check_suffix(path, ".docx")
    write_word(document_of_result(result, language), path)
