"""The catalogue of bundled tables: ``catalogue.toml`` as records."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from tfp.datasets.source import Column, Dataset, Source


def list_datasets() -> tuple[Dataset, ...]:
    """Return every bundled table, in the order of the catalogue.

    Returns
    -------
    tuple of Dataset
        Records only; a table is read when its ``frame`` is asked for.

    Examples
    --------
    >>> [data.name for data in list_datasets()]
    ['vietnam', 'vietnam_old_vintage', 'vietnam_household_income', 'published_tfp', 'provinces',
     'yearbook_figures', 'solow_1957']
    """
    return tuple(_catalogue().values())


def find_dataset(name: str) -> Dataset:
    """Return the table of that name.

    Raises
    ------
    KeyError
        If the catalogue has no such table.
    """
    return _catalogue()[name]


@cache
def _catalogue() -> dict[str, Dataset]:
    content = (files("tfp.datasets") / "catalogue.toml").read_text(encoding="utf-8")
    return {name: _dataset(name, entry) for name, entry in tomllib.loads(content).items()}


def _dataset(name: str, entry: dict[str, Any]) -> Dataset:
    source = {**entry["source"], "notes": tuple(entry["source"].get("notes", ()))}
    return Dataset(
        name=name,
        source=Source(**source),
        columns=tuple(
            Column(name=column, **details) for column, details in entry["columns"].items()
        ),
        file=entry["file"],
        recorded_sha256=entry["sha256"],
    )
