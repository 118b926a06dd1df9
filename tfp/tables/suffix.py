"""The name of a file says what is in it, and programs that open it believe the name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tfp.errors import OutputError, Place

if TYPE_CHECKING:
    import os


def check_suffix(path: str | os.PathLike[str], *known: str) -> None:
    """Refuse a file name that ends otherwise than its content asks for.

    Raises
    ------
    OutputError
        ``output-suffix``.
    """
    name = Path(path).name
    if Path(name).suffix.lower() not in known:
        raise OutputError(
            "output-suffix",
            places=[Place(file=name)],
            file=name,
            known=list(known),
            wanted=f"{Path(name).stem}{known[0]}",
        )
