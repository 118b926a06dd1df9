"""Frozen records whose arrays nobody can write to."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from tfp.numerics.arrays import read_only

if TYPE_CHECKING:
    from collections.abc import Callable


class Record:
    """Base of frozen dataclasses that own arrays.

    Arrays, and tuples of arrays, become read-only views. Pickling goes through the
    constructor, so that they are read-only again in the process where they arrive;
    a copy is the record itself.
    """

    def __post_init__(self) -> None:
        for item in fields(self):  # type: ignore[arg-type]  # every subclass is a dataclass
            value = getattr(self, item.name)
            if isinstance(value, np.ndarray):
                object.__setattr__(self, item.name, read_only(value))
            elif isinstance(value, tuple) and any(isinstance(v, np.ndarray) for v in value):
                frozen = tuple(read_only(v) if isinstance(v, np.ndarray) else v for v in value)
                object.__setattr__(self, item.name, frozen)

    def field_values(self) -> dict[str, Any]:
        """Return the record's fields by name, without copying."""
        return {item.name: getattr(self, item.name) for item in fields(self)}  # type: ignore[arg-type]

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return _rebuild, (type(self), self.field_values())

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


def _rebuild(cls: type[Any], values: dict[str, Any]) -> Any:
    return cls(**values)
