from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter, quote_sheetname

from tfp.tables.references import cell_position, cell_reference, column_letters, range_reference


@given(st.integers(1, 1_048_576), st.integers(1, 16_384))
def test_addresses_agree_with_openpyxl_and_come_back(row, column):
    address = cell_reference(row, column)
    assert address == f"{get_column_letter(column)}{row}"
    assert coordinate_to_tuple(address) == (row, column)
    assert cell_position(address) == cell_position(cell_reference(row, column, absolute=True))
    assert cell_position(address) == (row, column)


@pytest.mark.parametrize("sheet", ["Số liệu", "it's", "A1", "2024", "Data sheet"])
def test_sheet_names_are_quoted_where_a_formula_needs_it(sheet):
    assert cell_reference(1, 1, sheet=sheet) == f"{quote_sheetname(sheet)}!A1"


def test_a_plain_sheet_name_and_a_range_are_written_as_people_write_them():
    assert cell_reference(3, 2, sheet="Parameters") == "Parameters!B3"
    assert range_reference((2, 28), (15, 28), absolute=True, sheet="Data") == "Data!$AB$2:$AB$15"


@pytest.mark.parametrize("text", ["", "17", "F", "F0", "ABCD1", "F17:G18", "Ô1"])
def test_what_is_no_address_is_refused(text):
    with pytest.raises(ValueError, match="not the address"):
        cell_position(text)


def test_letters_turn_over_after_z():
    assert [column_letters(n) for n in (26, 27, 52, 53, 702, 703)] == [
        "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip
