"""What to do, said to whoever filled in an Excel form: its sheets, tables and lines.

Remedies speak of plans as they are written, ``[[splice]]`` or ``[data.columns]``. On the
form the same things have titles and labels, which stand in the catalogue ``template``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tfp.language.catalogue import subject, text

if TYPE_CHECKING:
    from tfp.language.catalogue import Language

# A table of several lines, alone or as one of two, and the keys that are named of it.
_TABLE = re.compile(
    r"(?P<noun>\b(?:bảng|table|a|the) )?\[\[(?P<name>[\w.]+)\]\]"
    r"(?P<keys> (?:với|with) (?:[a-z_]+, )*[a-z_]+(?: (?:và|and) [a-z_]+)?(?![\w=]| =))?"
)
_KEY = re.compile(r"[a-z_]+")
_SECTION = re.compile(r"(?P<noun>\b(?:bảng|table|the) )?\[(?P<name>[a-z_]+(?:\.\w+)*)\]")
_LINE = re.compile(r"(?<![\w.\[])[a-z_]+(?:\.[a-z_]+)+(?![\w.\]])")
_DECIMAL = re.compile(r"\bdecimal = ")
# Where the part of the form is not called as the first table of its keys.
_PARTS = {
    "method": "weights",
    "report": "output",
    "output": "inputs",
    "investment": "inputs",
    "periods": "results",
    "targets": "results",
}
# Words that only those know who write plans or programs.
_SYNTAX = re.compile(r"\[|=|\w_\w|\w\(|\btfp\b")
_CLAUSE = re.compile(r"(?<=[.;:])\s+")
_SHORT = 3  # words before a colon that lead to nothing by themselves
_WORDS = ("với", "with", "và", "and")


def in_words_of_forms(words: str, language: Language) -> str:
    """Return some words with the tables and keys of plans as the form calls them.

    Examples
    --------
    >>> in_words_of_forms("Use [[splice]] with role and at.", "en")
    'Use the table “Series carried over a change of definition” with “Quantity” and “First year of the new definition”.'
    >>> in_words_of_forms("Name the column in [data.columns].", "en")
    'Name the column in the sheet “Data”.'
    """  # noqa: E501
    decimal = _line("data.decimal", language) + " = "
    words = _DECIMAL.sub(decimal, words)
    words = _TABLE.sub(lambda match: _table(match, language), words)
    words = _SECTION.sub(lambda match: _section(match["name"], language), words)
    return _LINE.sub(lambda match: _line(match[0], language), words)


def in_words_of_readers(words: str, language: Language) -> str:
    """Return what to do without the words of plans and programs, for a report on paper.

    Where nothing else is said, it is said as the form calls it.

    Examples
    --------
    >>> in_words_of_readers("Compare with the source. In the plan: [[correct]] with value.", "en")
    'Compare with the source.'
    """
    if _SYNTAX.search(words) is None:
        return words
    clauses = _CLAUSE.split(words)
    kept = [
        clause
        for clause in clauses
        if _SYNTAX.search(clause) is None
        and not (clause.endswith(":") and len(clause.split()) <= _SHORT)
    ]
    if not kept:
        return in_words_of_forms(words, language)
    said = " ".join(kept)
    return said.rstrip(".;:") + "."


def _table(match: re.Match[str], language: Language) -> str:
    titles = subject("template", language)["block"]
    name = match["name"]
    if name not in titles:
        return text("template.said.further", language, name=name) + (match["keys"] or "")
    said = text("template.said.table", language, title=titles[name])
    lines = subject("template", language)["line"]

    def label(key: re.Match[str]) -> str:
        line = lines.get(f"{name}.{key[0]}")
        if key[0] in _WORDS or line is None:
            return key[0]
        return text("template.said.label", language, label=line["label"])

    return said + _KEY.sub(label, match["keys"] or "")


def _section(name: str, language: Language) -> str:
    template = subject("template", language)
    if name in ("data", "data.columns", "data.units", "data.price_bases", "data.vintages"):
        return text("template.said.sheet", language, title=template["sheet"]["data"])
    begins = f"{name}."
    if any(key.startswith(begins) for key in template["line"]):
        first = name.partition(".")[0]
        title = template["part"].get(_PARTS.get(first, first))
        if title is not None:
            return text("template.said.part", language, title=title)
    return text("template.said.further", language, name=name)


def _line(key: str, language: Language) -> str:
    line = subject("template", language)["line"].get(key)
    return key if line is None else text("template.said.line", language, label=line["label"])
