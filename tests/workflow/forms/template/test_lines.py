"""Every line of the form is a key of plans, has its words, and shows what plans accept."""

from __future__ import annotations

import io
import tomllib
from copy import deepcopy
from dataclasses import fields
from typing import Any

import pytest
from openpyxl import load_workbook

from tfp.errors import TFPError
from tfp.language.catalogue import LANGUAGES, subject
from tfp.workflow.demonstration import demo_files
from tfp.workflow.forms.template.choices import CHOICES, code_of, word_of
from tfp.workflow.forms.template.form import form_bytes
from tfp.workflow.forms.template.lines import BLOCKS, COLUMNS, LINES, OF_THE_FORM, PARTS
from tfp.workflow.plans.key_paths import put_at, steps_of
from tfp.workflow.plans.plan_reading import plan_of
from tfp.workflow.yearbooks.yearbook_form import Sheet

UNKNOWN = {"plan-key-unknown", "plan-role-unknown", "plan-role-without-column"}
OF_A_FILL = {"year", "value"}  # together they are `values`


DEMO = tomllib.loads(demo_files("en")["tfp.toml"].decode())
del DEMO["sensitivity"]


def sound() -> dict[str, Any]:
    return deepcopy(DEMO)


def code_with(key: str, value: Any) -> str:
    """Return how a plan with something strange at a key is answered."""
    tables = sound()
    assert put_at(tables, steps_of(key), value)
    with pytest.raises(TFPError) as raised:
        plan_of(tables)
    return raised.value.code


@pytest.mark.parametrize("key", LINES)
def test_every_line_is_a_key_of_plans(key: str) -> None:
    # What no key takes: an unknown one is refused before its value is looked at.
    assert code_with(key, object()) not in UNKNOWN
    assert code_with(f"{key}x", object()) in UNKNOWN


@pytest.mark.parametrize(
    "key",
    [
        f"{block.name}[1].{line.key}"
        for block in BLOCKS
        if block.name not in OF_THE_FORM
        for line in block.fields
        if block.name != "fill" or line.key not in OF_A_FILL
    ],
)
def test_every_column_of_a_table_is_a_key_of_plans(key: str) -> None:
    name, _, field = key.partition("[1].")
    tables = sound() | {"copies": {"outside": ["B1"]}}
    put_at(tables, steps_of(name), [{field: object(), f"{field}x": 1}])
    with pytest.raises(TFPError) as raised:
        plan_of(tables)
    assert raised.value.fields["key"] == f"{key}x"
    assert field in raised.value.fields["known"]


def test_rows_of_yearbooks_are_keys_of_their_sheets() -> None:
    (block,) = (each for each in BLOCKS if each.name == "data.sheet")
    asked = {line.key for line in block.fields} - {"role", "part", "label"}
    assert asked <= {field.name for field in fields(Sheet)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_has_its_words_and_none_is_left_over(language: str) -> None:
    words = subject("template", language)
    named = {f"{block.name}.{line.key}" for block in BLOCKS for line in block.fields}
    assert set(words["line"]) == named | set(LINES) | {column.key for column in COLUMNS}
    assert set(words["part"]) == {part.name for part in PARTS}
    assert set(words["block"]) == set(words["block_note"]) == {block.name for block in BLOCKS}
    labels = [words["line"][column.key]["label"] for column in COLUMNS]
    assert len(labels) == len(set(labels)), "they are the names of columns"


@pytest.mark.parametrize("kind", CHOICES)
def test_a_word_of_a_list_stands_for_one_word_of_plans(kind: str) -> None:
    for language in LANGUAGES:
        shown = [word_of(kind, code, language) for code in CHOICES[kind]]
        assert len(set(shown)) == len(shown)
        assert [code_of(kind, word.upper()) for word in shown] == list(CHOICES[kind])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_looks_as_an_office_prints_it(language: str) -> None:
    book = load_workbook(io.BytesIO(form_bytes(language)))
    sheets = {name: book[word] for name, word in subject("template", language)["sheet"].items()}
    assert [sheet.title for sheet in book] == [
        sheets[name].title
        for name in (
            "guide", "declaration", "data", "tables",
            "example", "example_data", "example_tables", "lists",
        )
    ]  # fmt: skip
    for name in ("declaration", "data", "tables"):
        sheet = sheets[name]
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.freeze_panes is not None
        filled = [c for row in sheet.iter_rows() for c in row if c.fill.fgColor.rgb == "FFFFF8DC"]
        assert filled
        assert {cell.font.name for cell in filled} == {"Times New Roman"}
        lists = [each for each in sheet.data_validations.dataValidation if each.type == "list"]
        assert lists
        for each in lists:
            # What a list offers is there, and is understood.
            where, _, cells = each.formula1.lstrip("=").rpartition("!")
            offered = [row[0].value for row in book[where.strip("'")][cells.replace("$", "")]]
            assert all(offered)
    assert sheets["data"]["B10"].number_format == "#,##0.0"


def test_the_same_form_is_the_same_bytes() -> None:
    assert form_bytes("vi") == form_bytes("vi")
