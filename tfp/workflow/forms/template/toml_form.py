"""An empty ``tfp.toml``: the lines of the form, each with its words as a remark."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tfp.language.catalogue import subject, text
from tfp.workflow.forms.template.choices import CHOICES
from tfp.workflow.forms.template.filling import empty
from tfp.workflow.forms.template.lines import (
    BLOCKS,
    COLUMNS,
    DESCRIPTIONS,
    OF_THE_FORM,
    PARTS,
    Line,
    label_of,
    note_of,
)
from tfp.workflow.forms.template.sheets import data_sheet, sheet_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.language.catalogue import Language

_COLUMN = 36
_EXAMPLES = {
    "number": "2.5",
    "fraction": "0.40",
    "per_cent": "45.0",
    "whole": "3",
    "year": "2020",
    "date": "2026-11-30",
    "texts": '["2011-2015", "2016-2020"]',
    "years": "[2017]",
}


def toml_form_bytes(language: Language) -> bytes:
    """Return a plan in which the figures stand in the workbook beside it, and little else."""
    return ("\n".join(_text(language)) + "\n").encode()


def _text(language: Language) -> Iterator[str]:
    yield f"# {text('template.toml.head', language)}"
    yield f"# {text('template.toml.rules', language)}"
    for part in PARTS:
        if part.name == "file":
            yield from _data(language)
            continue
        yield ""
        yield f"# --- {text(f'template.part.{part.name}', language)}"
        tables = dict.fromkeys(line.key.rpartition(".")[0] for line in part.lines)
        for table in tables:
            yield from _table(table, part.lines, language)
    for block in BLOCKS:
        if block.name in OF_THE_FORM:
            continue
        yield ""
        yield f"# --- {subject('template', language)['block'][block.name]}"
        yield f"# [[{block.name}]]"
        for line in block.fields:
            yield _line(line.key, label_of(f"{block.name}.{line.key}", language))


def _table(table: str, lines: tuple[Line, ...], language: Language) -> Iterator[str]:
    own = [line for line in lines if line.key.rpartition(".")[0] == table]
    yield ""
    stated = any(line.needed or line.standing for line in own)
    yield f"[{table}]" if stated else f"# [{table}]"
    for line in own:
        words = ". ".join(filter(None, (label_of(line.key, language), note_of(line.key, language))))
        name = line.key.rpartition(".")[2]
        if line.key == "plan.language":
            yield _line(name, words, language)
        elif line.standing or (line.needed and line.kind == "text"):
            yield _line(name, words, line.standing)
        else:
            yield _line(name, f"{words} ({_written(line)})")


def _data(language: Language) -> Iterator[str]:
    """Give ``[data]`` of the sheet of figures, with the columns that a plan needs."""
    head = data_sheet(language, empty(language)).freeze[0]
    yield ""
    yield f"# {text('template.title.data', language)}"
    yield "[data]"
    yield f"file = {_quoted(text('template.file.figures', language))}"
    yield f"sheet = {_quoted(sheet_name('data', language))}"
    yield f"header_row = {head}"
    yield f"time = {_quoted(label_of('data.time', language))}"
    yield f"# status = {_quoted(label_of('data.status', language))}"
    yield ""
    yield "[data.columns]"
    for column in COLUMNS:
        _, _, role = column.key.partition("data.columns.")
        if role:
            mark = "" if column.needed else "# "
            yield f"{mark}{role} = {_quoted(label_of(column.key, language))}"
    for name in DESCRIPTIONS:
        yield ""
        yield f"# [data.{name}]"
        yield _line("output", text(f"template.described.{name}", language))
    yield ""
    yield "# [data.definitions]"
    yield f"# labour = {_quoted(label_of('data.definitions.labour', language))}"


def _written(line: Line) -> str:
    """Return how a value of a line is written."""
    if line.kind in ("choice", "choices"):
        return ", ".join(map(_quoted, CHOICES[line.choices]))
    return _EXAMPLES.get(line.kind, _quoted("..."))


def _line(name: str, words: str, value: str | None = None) -> str:
    written = f"# {name} =" if value is None else f"{name} = {_quoted(value)}"
    return f"{written:<{_COLUMN}} # {words}"


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
