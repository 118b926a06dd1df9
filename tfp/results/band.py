"""A range around a number, which always says what it covers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tfp.errors import MethodError
from tfp.numerics.records import Record

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray


@dataclass(frozen=True, eq=False, kw_only=True)
class Band(Record):
    """Low and high around a centre, element by element.

    Attributes
    ----------
    low, centre, high : (n,) arrays
        In the unit of what they surround.
    level : float
        Share of the draws, or of the declared assumptions, between low and high.
    covers : str
        What varies, in words: ``"sampling"``, ``"capital share 0.36 to 0.46"``.

    Raises
    ------
    MethodError
        ``band-out-of-order`` where low is above high.
    """

    low: FloatArray
    centre: FloatArray
    high: FloatArray
    level: float
    covers: str

    def __post_init__(self) -> None:
        super().__post_init__()
        if bool((self.low > self.high).any()):
            raise MethodError("band-out-of-order", count=int((self.low > self.high).sum()))
