"""Units as offices write them, and the only factors by which figures are converted.

A unit is known by its measure (money, persons, ratios) and its factor to the measure's own
unit. What is not in the list below is never converted: it is compared with itself alone.
"""

from __future__ import annotations

from functools import cache

from tfp.panel.keys import bare_spelling

# Measure, factor to its own unit, spellings.
_KNOWN: tuple[tuple[str, float, tuple[str, ...]], ...] = (
    ("money", 1.0, ("VND", "dong", "đồng")),
    ("money", 1e3, ("thousand VND", "nghìn đồng", "ngàn đồng")),
    ("money", 1e6, ("million VND", "triệu đồng")),
    ("money", 1e9, ("billion VND", "tỷ đồng", "tỉ đồng")),
    ("money", 1e12, ("trillion VND", "nghìn tỷ đồng", "nghìn tỉ đồng", "ngàn tỷ đồng")),
    ("persons", 1.0, ("person", "persons", "people", "worker", "workers", "người", "lao động")),
    ("persons", 1e3, ("thousand persons", "thousand people", "nghìn người", "ngàn người")),
    ("persons", 1e6, ("million persons", "million people", "triệu người")),
    ("ratio", 1.0, ("ratio", "times", "lần")),
    ("ratio", 1e-2, ("%", "per cent", "percent", "phần trăm")),
    ("ratio", 1e-2, ("percentage points", "points", "điểm phần trăm", "điểm %")),
    ("index", 1e-2, ("previous year = 100", "năm trước = 100")),
)


@cache
def measure_of(unit: str) -> tuple[str, float]:
    """Return the measure of a unit and the factor to the measure's own unit.

    A unit that is not in the list is a measure of its own, with the factor one.

    Examples
    --------
    >>> measure_of("tỷ đồng"), measure_of("million VND per worker"), measure_of("tonnes")
    (('money', 1000000000.0), ('money/persons', 1000000.0), ('tonnes', 1.0))
    """
    known = _spellings()
    above, per, below = _split(unit)
    if bare_spelling(above) in known and (not per or bare_spelling(below) in known):
        measure, factor = known[bare_spelling(above)]
        if not per:
            return measure, factor
        divisor, size = known[bare_spelling(below)]
        return f"{measure}/{divisor}", factor / size
    return bare_spelling(unit), 1.0


def is_known(unit: str) -> bool:
    """Tell whether a unit is one of those that can be converted."""
    above, per, below = _split(unit)
    return bare_spelling(above) in _spellings() and (
        not per or bare_spelling(below) in _spellings()
    )


def factor_between(unit: str, target: str) -> float | None:
    """Return the factor that turns figures in `unit` into `target`; None if none is known.

    Examples
    --------
    >>> factor_between("million VND", "tỷ đồng"), factor_between("person", "million VND")
    (0.001, None)
    """
    if bare_spelling(unit) == bare_spelling(target):
        return 1.0
    (measure, factor), (wanted, size) = measure_of(unit), measure_of(target)
    return factor / size if measure == wanted else None


def _split(unit: str) -> tuple[str, str, str]:
    return unit.partition("/") if "/" in unit else unit.partition(" per ")


@cache
def _spellings() -> dict[str, tuple[str, float]]:
    return {
        bare_spelling(spelling): (measure, factor)
        for measure, factor, spellings in _KNOWN
        for spelling in spellings
    }
