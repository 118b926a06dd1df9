"""What every result promises: it never changes, and it can be shown and kept."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from tfp.numerics.records import Record
from tfp.results import door

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from tfp.language.catalogue import Language


class Result(Record, ABC):
    """Base of all results.

    A result owns read-only arrays and small frozen records. Frames are built on
    access and are the caller's: editing one changes nothing here.
    """

    kind: ClassVar[str]

    @property
    def plot(self) -> door.PlotAccessor:
        """Charts of this result: ``result.plot()`` is the main one."""
        return door.PlotAccessor(self)

    def tidy(self, *, native: bool = False) -> Any:
        """Return the result as a long frame; each kind of result says which columns.

        Parameters
        ----------
        native : bool
            Whether the frame is of the library that the data came in
            (polars, pyarrow) rather than pandas.
        """
        frame = self._tidy()
        return door.native_frame(frame, self._origin) if native else frame

    @abstractmethod
    def _tidy(self) -> pd.DataFrame:
        """Return the result as a long pandas frame."""

    @property
    def _origin(self) -> str:
        return "pandas"

    def summary(self, language: Language = "en") -> str:
        """Return the result in a few lines of text."""
        return str(door.resolve("report.summary", "summary_text")(self, language))

    def _repr_html_(self) -> str:
        return str(door.resolve("report.summary", "summary_html")(self))

    def to_excel(self, path: str | Path, *, language: Language = "en") -> None:
        """Write the result as a workbook with formulas; see :mod:`tfp.report.workbook`."""
        door.resolve("report.workbook", "write_result_workbook")(self, path, language=language)

    def to_html(self, path: str | Path, *, language: Language = "en") -> None:
        """Write the result as one self-contained page; see :mod:`tfp.report.html`."""
        door.resolve("report.html", "write_result_page")(self, path, language=language)

    def to_word(self, path: str | Path, *, language: Language = "en") -> None:
        """Write the result as a Word file; see :mod:`tfp.report.word`."""
        door.resolve("report.word.writing", "write_result_word")(self, path, language=language)

    def save(self, path: str | Path) -> None:
        """Write the result so that :func:`tfp.load` reads it back, in any later version."""
        door.resolve("results.storage", "save_result")(self, path)
