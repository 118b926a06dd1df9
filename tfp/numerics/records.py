"""Frozen records whose arrays and mappings nobody can write to."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar

import numpy as np

from tfp.numerics.arrays import read_only

if TYPE_CHECKING:
    from collections.abc import Callable

Key = TypeVar("Key")
Value = TypeVar("Value")


class FrozenMapping(dict[Key, Value]):
    """A dictionary that nobody can change; otherwise one like any other.

    Examples
    --------
    >>> options = FrozenMapping(rates="simple")
    >>> options["rates"] = "log"
    Traceback (most recent call last):
        ...
    TypeError: this mapping belongs to a record and cannot be changed; dict(...) gives a copy
    """

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        message = "this mapping belongs to a record and cannot be changed; dict(...) gives a copy"
        raise TypeError(message)

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return FrozenMapping, (dict(self),)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


def frozen(value: Any) -> Any:
    """Return a value whose dictionaries, at any depth, are frozen and whose lists are tuples."""
    if isinstance(value, dict):
        return FrozenMapping({key: frozen(item) for key, item in value.items()})
    if type(value) in (list, tuple):  # not their subclasses: named tuples stay what they are
        return tuple(frozen(item) for item in value)
    return value


class Record:
    """Base of frozen dataclasses that own arrays.

    Arrays, and tuples of arrays, become read-only views, dictionaries become frozen.
    Pickling goes through the constructor, so that they are so again in the process where
    they arrive; a copy is the record itself.
    """

    def __post_init__(self) -> None:
        for item in fields(self):  # type: ignore[arg-type]  # every subclass is a dataclass
            value = getattr(self, item.name)
            if isinstance(value, np.ndarray):
                object.__setattr__(self, item.name, read_only(value))
            elif isinstance(value, tuple) and any(isinstance(v, np.ndarray) for v in value):
                views = tuple(read_only(v) if isinstance(v, np.ndarray) else v for v in value)
                object.__setattr__(self, item.name, views)
            elif isinstance(value, dict):
                object.__setattr__(self, item.name, frozen(value))

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
