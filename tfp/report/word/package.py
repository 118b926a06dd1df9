"""The parts of a Word file that are not its text, and the file as bytes.

Left alone, a file would carry the names of a template, its picture and the time of
writing: here the same document gives the same bytes.
"""

from __future__ import annotations

import zipfile
from datetime import datetime, time
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

import docx
from docx.oxml import parse_xml

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

    from tfp.language.catalogue import Language
    from tfp.report.document import Document

_LOCALES = {"vi": "vi-VN", "en": "en-GB"}
_DECIMAL = {"vi": ",", "en": "."}
# What the template of python-docx brings and a report has no use for.
_UNUSED = ("/thumbnail", "/customXml", "/stylesWithEffects", "/extended-properties")
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a zip file can say


def new_file(document: Document) -> WordFile:
    """Return an empty file with our styles, numbering, language and properties."""
    file = docx.Document()
    for owner in (file.part.rels, file.part.package.rels):
        for key in [key for key, link in owner.items() if link.reltype.endswith(_UNUSED)]:
            del owner[key]
    for held, name in (
        (file.styles.element, "styles"),
        (file.part.numbering_part.element, "numbering"),
        (file.settings.element, "settings"),
    ):
        _replace(held, _part(name, document.language))
    _describe(file, document)
    return file


def file_bytes(file: WordFile) -> bytes:
    """Return a file as bytes, without the time of writing."""
    written, fixed = BytesIO(), BytesIO()
    file.save(written)
    with (
        zipfile.ZipFile(written) as source,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            info = zipfile.ZipInfo(entry.filename, _EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            target.writestr(info, source.read(entry))
    return fixed.getvalue()


def _replace(held: Element, wanted: Element) -> None:
    for old in list(held):
        held.remove(old)
    for new in list(wanted):
        held.append(new)


def _part(name: str, language: Language) -> Element:
    words = (files("tfp.report.word") / "parts" / f"{name}.xml").read_text(encoding="utf-8")
    words = words.replace("LANGUAGE", _LOCALES[language]).replace("DECIMAL", _DECIMAL[language])
    made: Element = parse_xml(words)
    return made


def _describe(file: WordFile, document: Document) -> None:
    """State title, language and date, and leave out who wrote the file where."""
    held = file.core_properties
    for old in list(held._element):  # noqa: SLF001  (they cannot be removed otherwise)
        held._element.remove(old)  # noqa: SLF001
    held.title, held.subject = document.title, document.subtitle
    held.keywords = " · ".join(document.marks)
    held.language = _LOCALES[document.language]
    if document.dated is not None:
        held.created = held.modified = datetime.combine(document.dated, time())
