"""How the numbers of a sheet are shown: what is typed as 7.5 % is stored as 0.075."""

from __future__ import annotations

import io
import warnings


def per_cent_cells(data: bytes, sheet: str) -> frozenset[str]:
    """Return the addresses of the numbers that a sheet shows in per cent.

    Parameters
    ----------
    data
        The bytes of a workbook.
    sheet
        The name of one of its sheets.
    """
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # Remarks on validations and print settings that do not concern the figures.
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            worksheet = book[sheet]
            worksheet.reset_dimensions()
            return frozenset(
                str(cell.coordinate)
                for row in worksheet.iter_rows()
                for cell in row
                if isinstance(cell.value, (int, float)) and "%" in str(cell.number_format)
            )
        finally:
            book.close()
