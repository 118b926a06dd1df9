"""Short names of the estimators, ours and those that other packages bring.

A package adds its own by an entry point of the group ``tfp.estimators``; it is loaded when
it is asked for, and a broken one is reported and stops nothing else.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from tfp.errors import MethodError, nearest

GROUP = "tfp.estimators"

# Short name: module below tfp.production, and the class there.
ESTIMATORS = {
    "acf": ("control_function.ackerberg_caves_frazer", "AckerbergCavesFrazer"),
    "arellano_bond": ("dynamic_panel.arellano_bond", "ArellanoBond"),
    "bayesian": ("short_series.bayesian", "BayesianCobbDouglas"),
    "between": ("between", "BetweenEffects"),
    "blundell_bond": ("dynamic_panel.blundell_bond", "BlundellBond"),
    "cce": ("common_effects", "CommonCorrelatedEffects"),
    "ces": ("ces.method", "CES"),
    "first_differences": ("first_differences", "FirstDifferences"),
    "fixed_effects": ("fixed_effects", "FixedEffects"),
    "gnr": ("control_function.gandhi_navarro_rivers", "GandhiNavarroRivers"),
    "levinsohn_petrin": ("control_function.levinsohn_petrin", "LevinsohnPetrin"),
    "kmenta": ("kmenta", "Kmenta"),
    "instrumental_variables": ("instrumental_variables", "InstrumentalVariables"),
    "mean_group": ("mean_group", "MeanGroup"),
    "olley_pakes": ("control_function.olley_pakes", "OlleyPakes"),
    "pooled": ("pooled", "PooledLeastSquares"),
    "random_effects": ("random_effects", "RandomEffects"),
    "time_varying": ("short_series.time_varying", "TimeVaryingElasticities"),
    "translog": ("translog", "Translog"),
    "wooldridge": ("control_function.wooldridge", "Wooldridge"),
}


def estimator_names() -> tuple[str, ...]:
    """Return the short names of all estimators, those of other packages included."""
    return tuple(sorted({*ESTIMATORS, *_foreign()}))


def estimator(name: str, **options: Any) -> Any:
    """Return an estimator by its short name.

    Parameters
    ----------
    name : str
        One of :func:`estimator_names`.
    **options
        Options of the estimator, as its class takes them.

    Raises
    ------
    MethodError
        ``estimator-unknown``, with the nearest name; ``estimator-broken`` where an entry
        point of another package cannot be loaded.

    Examples
    --------
    >>> estimator("fixed_effects", period_effects=True).name
    'two-way fixed effects'
    """
    if name in ESTIMATORS:
        module, attribute = ESTIMATORS[name]
        return getattr(import_module(f"tfp.production.{module}"), attribute)(**options)
    foreign = _foreign()
    if name not in foreign:
        known = estimator_names()
        raise MethodError(
            "estimator-unknown", name=name, known=list(known), nearest=nearest(name, known)
        )
    try:
        found = foreign[name].load()
    except Exception as error:
        raise MethodError(
            "estimator-broken", name=name, origin=foreign[name].value, cause=str(error)
        ) from error
    return found(**options)


def _foreign() -> dict[str, Any]:
    """Return the entry points of other packages by their names."""
    from importlib.metadata import entry_points

    return {point.name: point for point in entry_points(group=GROUP)}
