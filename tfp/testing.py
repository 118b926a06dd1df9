"""The public contract suite for estimators: what every one of them keeps, ours and yours.

:func:`check_estimator` runs all of it; ``CHECKS`` are its parts, for a test of each::

    @pytest.mark.parametrize("check", tfp.testing.CHECKS, ids=lambda check: check.__name__)
    def test_mine(check):
        check(MyEstimator(), tfp.testing.firms(), 1)
"""

from __future__ import annotations

import pickle
from dataclasses import fields, is_dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.datasets.generated_firms import generate_firms
from tfp.panel.panel import Panel
from tfp.results.estimate import ProductionEstimate
from tfp.results.storage import load_result

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from tfp.numerics.arrays import FloatArray

__all__ = [
    "check_estimator",
    "columns_are_tidy",
    "docstring_tells",
    "firms",
    "it_can_be_kept",
    "missing_rows_are_told",
    "options_stay",
    "order_is_no_matter",
    "result_is_whole",
    "same_rng_same_answer",
    "units_are_no_matter",
]
COLUMNS = ("term", "estimate", "std_error", "statistic", "p_value", "conf_low", "conf_high")
CONCEPTS, UNITS = ("value_added", "gross_output"), ("firm", "aggregate")
# Sums in another order, and solvers that stop when a step is of this size.
SAME, NEARLY = 1e-9, 1e-5


def check_estimator(estimator: Any, panel: Panel | None = None, *, rng: int = 1) -> None:
    """Check that an estimator keeps what every estimator of the package keeps.

    Its options do not change, and the panel does not; the same rng gives the same answer;
    neither the order of rows nor units move elasticities; rows that cannot be used are in
    the ledger and count for nothing; the result has the columns of broom, can be stored and
    read back, and cannot be written to; the docstring says what identifies it and where it
    comes from.

    Parameters
    ----------
    estimator
        An instance, with the options to be checked.
    panel : Panel, optional
        What it is fitted on: :func:`firms` if None. An estimator for a single area needs
        one of its own.
    rng : int
        The seed that is given to every fit.

    Raises
    ------
    AssertionError
        Names the promise that is broken.

    Examples
    --------
    >>> import tfp
    >>> tfp.testing.check_estimator(tfp.FixedEffects())
    """
    for check in CHECKS:
        check(estimator, firms() if panel is None else panel, rng)


def firms(n_firms: int = 60, n_years: int = 8) -> Panel:
    """Return generated firms with output, capital, labour, materials and investment."""
    made = generate_firms("DGP3", n_firms, n_years, rng=5)
    return Panel(
        made.frame,
        entity="firm",
        time="year",
        output="output",
        capital="capital",
        labour="labour",
        investment="investment",
        further_inputs={"materials": "materials"},
    )


def options_stay(estimator: Any, panel: Panel, rng: int) -> None:
    """Check that it is a frozen dataclass of options which a fit does not touch."""
    _promise(is_dataclass(estimator), "an estimator is a dataclass of options")
    for item in fields(estimator):
        _promise(
            _is_frozen(estimator, item.name),
            f"the option {item.name} can be changed: freeze the dataclass",
        )
    _promise(isinstance(estimator.name, str) and bool(estimator.name), "it has a name")
    _promise(all(isinstance(role, str) for role in estimator.requires), "requires names roles")
    _promise(estimator.output_concept in CONCEPTS, f"output_concept is one of {CONCEPTS}")
    before = repr(estimator)
    estimator.fit(panel, rng=rng)
    _promise(repr(estimator) == before, "a fit does not change the options")
    again = pickle.loads(pickle.dumps(estimator))  # noqa: S301  (our own bytes)
    _promise(repr(again) == before, "it can be sent to another process")


def docstring_tells(estimator: Any, panel: Panel, rng: int) -> None:
    """Check that the docstring says what identifies it and where it comes from."""
    del panel, rng
    words = type(estimator).__doc__ or ""
    for section in ("Assumptions", "References"):
        _promise(f"{section}\n" in words, f"the docstring has a section {section}")


def result_is_whole(estimator: Any, panel: Panel, rng: int) -> None:
    """Check the shapes, the names and the meaning of the result's parts."""
    found = estimator.fit(panel, rng=rng)
    _promise(isinstance(found, ProductionEstimate), "fit returns a ProductionEstimate")
    rows, terms, inputs = len(panel), len(found.terms), len(found.factor_names)
    for name, array, shape in (
        ("estimates", found.estimates, (terms,)),
        ("covariance", found.covariance, (terms, terms)),
        ("elasticity_map", found.elasticity_map, (inputs, terms)),
        ("log_tfp", found.log_tfp, (rows,)),
        ("residuals", found.residuals, (rows,)),
        *((f"row_elasticities[{i}]", v, (rows,)) for i, v in enumerate(found.row_elasticities)),
    ):
        _promise(array.shape == shape, f"{name} has the shape {shape}, not {array.shape}")
        _promise(not array.flags.writeable, f"{name} cannot be written to")
    _promise(bool(np.isfinite(list(found.elasticities.values())).all()), "elasticities exist")
    _promise(found.output_concept == estimator.output_concept, "it says what output is")
    _promise(found.observed_units in UNITS, f"observed_units is one of {UNITS}")
    _promise(bool(found.provenance.method), "its provenance names the method")
    known = found.covariance[np.isfinite(found.covariance).all(axis=1)]
    if len(known) == terms:
        scale = float(np.abs(found.covariance).max())
        gap = float(np.abs(found.covariance - found.covariance.T).max())
        _promise(gap <= SAME * scale, "the covariance is symmetric")
        _promise(bool((np.diag(found.covariance) >= 0.0).all()), "variances are not negative")


def same_rng_same_answer(estimator: Any, panel: Panel, rng: int) -> None:
    """Check that two fits with one seed agree to the last bit, and leave the panel alone."""
    before = {role: column.values.copy() for role, column in panel.columns.items()}
    first, second = (estimator.fit(panel, rng=rng) for _ in range(2))
    for name in ("estimates", "covariance", "log_tfp", "residuals"):
        same = np.array_equal(getattr(first, name), getattr(second, name), equal_nan=True)
        _promise(same, f"the same seed gives the same {name}")
    for role, values in before.items():
        same = np.array_equal(panel.columns[role].values, values, equal_nan=True)
        _promise(same, f"the column {role} of the panel is left alone")


def order_is_no_matter(estimator: Any, panel: Panel, rng: int) -> None:
    """Check that rows, and entities, may come in any order."""
    shuffled = np.random.default_rng(17).permutation(len(panel))
    first = estimator.fit(_again(panel), rng=rng)
    second = estimator.fit(_again(panel, order=shuffled), rng=rng)
    _near(first, second, "the order of rows moves", NEARLY)


def units_are_no_matter(estimator: Any, panel: Panel, rng: int) -> None:
    """Check that thousands instead of millions, heads instead of thousands, change nothing."""
    first = estimator.fit(_again(panel), rng=rng)
    quantities = {"capital": 1e3, "investment": 1e3, "labour": 1e-2}
    money = {"output": 1e-3, "further_inputs": 1e-3}
    for what, factors in (("capital and labour", quantities), ("money", money)):
        second = estimator.fit(_again(panel, factors=factors), rng=rng)
        _near(first, second, f"the unit of {what} moves", NEARLY)


def missing_rows_are_told(estimator: Any, panel: Panel, rng: int) -> None:
    """Check that a row that lacks a value is in the ledger, and counts for nothing."""
    known = np.flatnonzero(np.isfinite(panel.values("output")))
    row = int(known[len(known) // 2])
    output = panel.values("output").copy()
    output[row] = np.nan
    holed = estimator.fit(_again(panel.with_values("output", output)), rng=rng)
    _promise(bool(np.isnan(holed.log_tfp[row])), "a row without output has no TFP")
    entity, time = holed.rows.keys([row])[0]
    told = any((entity, time) in entry.rows for entry in holed.lost)
    _promise(told, "a row that cannot be used is in the ledger, with the reason")
    order = np.delete(np.arange(len(panel)), row)
    without = estimator.fit(_again(panel, order=order), rng=rng)
    _near(holed, without, "a row that lacks a value moves", NEARLY)


def columns_are_tidy(estimator: Any, panel: Panel, rng: int) -> None:
    """Check that the long frame has the columns of broom, and that editing it changes nothing."""
    found = estimator.fit(panel, rng=rng)
    frame = found.tidy()
    _promise(tuple(frame.columns[: len(COLUMNS)]) == COLUMNS, f"tidy() begins with {COLUMNS}")
    _promise(tuple(frame["term"]) == found.terms, "tidy() has a row for each term")
    kept = found.estimates.copy()
    frame["estimate"] = 0.0
    _promise(np.array_equal(found.estimates, kept), "editing a frame changes no result")
    errors = frame["std_error"].to_numpy()
    inside = (frame["conf_low"] <= kept) & (kept <= frame["conf_high"])
    _promise(bool(inside[np.isfinite(errors)].all()), "intervals hold their estimate")


def it_can_be_kept(estimator: Any, panel: Panel, rng: int) -> None:
    """Check that the result is the same after a file, and after another process."""
    found = estimator.fit(panel, rng=rng)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "estimate.tfp"
        found.save(path)
        read = load_result(path)
    sent = pickle.loads(pickle.dumps(found))  # noqa: S301  (our own bytes)
    for how, other in (("a file", read), ("another process", sent)):
        same = found.tidy().equals(other.tidy()) and found.diagnostics == other.diagnostics
        _promise(same or _nan_alike(found, other), f"it is the same after {how}")
        _promise(not other.estimates.flags.writeable, f"it is read-only after {how}")


CHECKS: tuple[Callable[[Any, Panel, int], None], ...] = (
    options_stay,
    docstring_tells,
    result_is_whole,
    same_rng_same_answer,
    order_is_no_matter,
    units_are_no_matter,
    missing_rows_are_told,
    columns_are_tidy,
    it_can_be_kept,
)


def _promise(kept: bool, promise: str) -> None:  # noqa: FBT001  (the first word is the verdict)
    if not kept:
        message = f"broken promise: {promise}"
        raise AssertionError(message)


def _is_frozen(estimator: Any, name: str) -> bool:
    try:
        setattr(estimator, name, getattr(estimator, name))
    except AttributeError:
        return True
    return False


def _near(first: ProductionEstimate, second: ProductionEstimate, what: str, gap: float) -> None:
    for name, value in first.elasticities.items():
        other = second.elasticities[name]
        close = abs(other - value) <= gap * max(1.0, abs(value))
        _promise(close, f"{what} the elasticity of {name}: {value!r}, then {other!r}")


def _nan_alike(first: ProductionEstimate, second: ProductionEstimate) -> bool:
    """Tell whether two results differ at most in which of the NaN they hold."""
    numbers = (list(first.diagnostics.values()), list(second.diagnostics.values()))
    return first.tidy().equals(second.tidy()) and np.array_equal(*numbers, equal_nan=True)


def _again(
    panel: Panel,
    *,
    order: np.ndarray[Any, Any] | None = None,
    factors: Mapping[str, float] | None = None,
) -> Panel:
    """Return a panel of the same columns: rows in another order or fewer, or other units."""
    rows, chosen = panel.rows, np.arange(len(panel)) if order is None else order
    frame: dict[str, Any] = {"the time": rows.time_labels(np.arange(len(panel)))[chosen]}
    options: dict[str, Any] = {"time": "the time", "frequency": rows.frequency}
    if rows.entity_name is not None:
        names = np.array(rows.entities, dtype=object)[rows.codes]
        frame["the entity"] = names[chosen]
        options["entity"] = "the entity"
    for role, column in panel.columns.items():
        kind, _, part = role.partition(":")
        frame[role] = column.values[chosen] * (factors or {}).get(kind, 1.0)
        if part:
            options.setdefault(kind, {})[part] = role
        else:
            options[kind] = role
    return Panel(_frame(frame), **options)


def _frame(columns: Mapping[str, FloatArray]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(dict(columns))
