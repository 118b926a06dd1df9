"""What is known of a bundled table: where it comes from, and what its columns are.

A table is only as good as its origin, so a :class:`Dataset` cannot exist without a
:class:`Source`, and its figures are handed out only while the bundled file is still
the one whose checksum the catalogue records.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from io import StringIO
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tfp.errors import Place, StorageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

Kind = Literal["integer", "number", "text"]


@dataclass(frozen=True)
class Source:
    """Where a table comes from.

    Parameters
    ----------
    title
        What the table is.
    publisher
        Who answers for the figures.
    licence
        On what terms they may be passed on.
    vintage
        Which edition of the figures this is; two vintages are never chained.
    reference
        Address, or full citation, of what was read.
    notes
        Known problems, a sentence or two each.
    """

    title: str
    publisher: str
    licence: str
    vintage: str
    reference: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name
        Its name in the frame.
    kind
        ``"integer"``, ``"number"`` (a double; NaN where not published) or ``"text"``.
    unit
        Unit of measurement; empty for texts.
    price_base
        ``"2010"`` for constant prices of that year, ``"current"``, or empty.
    description
        What it measures.
    """

    name: str
    kind: Kind
    unit: str = ""
    price_base: str = ""
    description: str = ""


@dataclass(frozen=True)
class Dataset:
    """A bundled table with its source.

    Parameters
    ----------
    name
        Short name, that of the function that returns it.
    source
        Where the figures come from.
    columns
        What the columns are, in the order of the frame.
    file
        Name of the bundled file.
    recorded_sha256
        Checksum that the catalogue records for the file.

    Examples
    --------
    >>> from tfp.datasets import vietnam
    >>> data = vietnam()
    >>> data.column("gfcf").unit, data.column("gfcf").price_base
    ('billion VND', '2010')
    >>> data.frame["gdp"].tolist()[:2]
    [2739843.2, 2915553.9]
    """

    name: str
    source: Source
    columns: tuple[Column, ...]
    file: str
    recorded_sha256: str

    @property
    def sha256(self) -> str:
        """Checksum of the bundled file, found equal to the recorded one.

        Raises
        ------
        StorageError
            ``dataset-damaged``, if the file is missing or no longer the recorded one.
        """
        return self._checked()[1]

    @property
    def frame(self) -> pd.DataFrame:
        """The table as a new pandas frame, the caller's own.

        Raises
        ------
        StorageError
            ``dataset-damaged``, if the file is missing or no longer the recorded one.
        """
        import pandas as pd

        content, _ = self._checked()
        rows = list(csv.DictReader(StringIO(content.decode("utf-8"), newline="")))
        return pd.DataFrame(
            {
                column.name: _values([row[column.name] for row in rows], column.kind)
                for column in self.columns
            }
        )

    def column(self, name: str) -> Column:
        """Return what is known of one column.

        Raises
        ------
        KeyError
            If the table has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def _checked(self) -> tuple[bytes, str]:
        """Return the file's content and checksum, or refuse."""
        try:
            content = (files("tfp.datasets") / "data" / self.file).read_bytes()
        except FileNotFoundError:
            content = b""
        found = sha256(content).hexdigest()
        if found != self.recorded_sha256:
            raise StorageError(
                "dataset-damaged",
                places=[Place(file=self.file)],
                dataset=self.name,
                found_sha256=found,
                recorded_sha256=self.recorded_sha256,
            )
        return content, found


def _values(cells: Sequence[str], kind: Kind) -> Any:
    """Return the cells of a column as what they are; an empty cell is a missing value.

    Numbers are read by Python itself: every digit of the file counts, and pandas' own
    reading of decimals differs between its versions.
    """
    if kind == "integer":
        return np.array([int(cell) for cell in cells], dtype=np.int64)
    if kind == "number":
        return np.array([float(cell) if cell else np.nan for cell in cells])
    return [cell or None for cell in cells]
