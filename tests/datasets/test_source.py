"""What the bundled tables promise: their own checksum, described columns, the caller's copy."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from hashlib import sha256
from importlib.resources import files

import numpy as np
import pytest

from tfp.datasets import list_datasets, vietnam
from tfp.errors import StorageError

DATASETS = list_datasets()
every_dataset = pytest.mark.parametrize("data", DATASETS, ids=[data.name for data in DATASETS])


@every_dataset
def test_checksum_is_that_of_the_bundled_file(data):
    content = (files("tfp.datasets") / "data" / data.file).read_bytes()
    assert data.sha256 == sha256(content).hexdigest()
    assert b"\r" not in content


@every_dataset
def test_source_says_who_when_and_on_what_terms(data):
    source = data.source
    assert all((source.title, source.publisher, source.licence, source.vintage, source.reference))
    assert all(isinstance(note, str) for note in source.notes)


@every_dataset
def test_frame_has_the_described_columns_and_kinds(data):
    frame = data.frame
    assert list(frame.columns) == [column.name for column in data.columns]
    for column in data.columns:
        values = frame[column.name]
        if column.kind == "text":
            assert all(isinstance(value, str) for value in values.dropna())
        else:
            assert values.dtype == (np.int64 if column.kind == "integer" else np.float64)
            assert column.unit


@every_dataset
def test_every_column_of_the_file_is_described(data):
    content = (files("tfp.datasets") / "data" / data.file).read_text(encoding="utf-8")
    assert content.splitlines()[0].split(",") == [column.name for column in data.columns]


@every_dataset
def test_frame_is_the_callers_copy(data):
    first = data.frame
    untouched = data.frame
    first.iloc[0, 0] = first.iloc[1, 0]
    del first[first.columns[1]]
    assert data.frame.equals(untouched)


def test_a_changed_file_is_refused_in_both_languages():
    damaged = replace(vietnam(), recorded_sha256="0" * 64)
    for access in ("frame", "sha256"):
        with pytest.raises(StorageError) as caught:
            getattr(damaged, access)
        assert caught.value.code == "dataset-damaged"
        assert caught.value.places[0].file == "vietnam_2010_2024.csv"
        assert vietnam().sha256 in caught.value.message("en")
        assert vietnam().sha256 in caught.value.message("vi")


def test_a_missing_file_is_refused():
    with pytest.raises(StorageError) as caught:
        _ = replace(vietnam(), file="lost.csv").frame
    assert caught.value.code == "dataset-damaged"


def test_records_cannot_be_edited():
    with pytest.raises(FrozenInstanceError):
        vietnam().name = "another"
    with pytest.raises(FrozenInstanceError):
        vietnam().source.vintage = "another"


def test_a_column_is_found_by_name():
    assert vietnam().column("gdp_current").price_base == "current"
    with pytest.raises(KeyError):
        vietnam().column("gdpp")
