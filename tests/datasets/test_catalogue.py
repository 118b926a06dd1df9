"""The catalogue lists what the functions return."""

from __future__ import annotations

import pytest

from tfp import datasets
from tfp.datasets.catalogue import find_dataset, list_datasets


def test_every_table_has_the_function_of_its_name():
    for data in list_datasets():
        assert getattr(datasets, data.name)() is data


def test_an_unknown_table_is_a_key_error():
    with pytest.raises(KeyError):
        find_dataset("vietnam_2050")
