"""Where a result comes from: version, method, options, and a fingerprint of the data."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.numerics.records import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """What was run.

    Attributes
    ----------
    version : str
        Version of tfp.
    method : str
        Name of the method or preset.
    options : dict
        Every option as a plain value.
    columns : tuple of dict
        What is known of each column used: role, name, unit, price base, vintage,
        boundary.
    """

    version: str
    method: str
    options: dict[str, Any] = field(default_factory=dict)
    columns: tuple[dict[str, str | None], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "options", frozen(self.options))
        object.__setattr__(self, "columns", frozen(self.columns))

    def described(self, role: str, what: str) -> str | None:
        """Return what is known of a column: its ``unit``, ``vintage``, ..."""
        for column in self.columns:
            if column["role"] == role:
                return column[what]
        return None


def fingerprint(arrays: Iterable[np.ndarray[Any, Any] | float | None]) -> str:
    """Return the sha256 of some arrays, the same on every machine.

    Examples
    --------
    >>> fingerprint([np.array([1.0, 2.0])])[:8]
    '5c898b03'
    """
    digest = hashlib.sha256()
    for array in arrays:
        plain = np.ascontiguousarray(np.nan if array is None else array)
        digest.update(f"{plain.dtype.kind}{plain.shape}".encode())
        digest.update(plain.astype(plain.dtype.newbyteorder("<")).tobytes())
    return digest.hexdigest()
