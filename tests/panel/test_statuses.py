"""A status is understood as tables and reports write it, and nothing else is."""

from __future__ import annotations

import unicodedata

import pytest

import tfp
from tfp.language.catalogue import LANGUAGES, text
from tfp.panel.roles import STATUSES
from tfp.panel.statuses import ALSO_WRITTEN, status_of


@pytest.mark.parametrize("status", STATUSES)
def test_what_reports_print_can_be_read_again(status) -> None:
    printed = [text(f"report.status.{status}", language) for language in LANGUAGES]
    for word in (status, *printed, *ALSO_WRITTEN[status]):
        for written in (word, word.upper(), f" {word.title()}", unicodedata.normalize("NFD", word)):
            assert status_of(written) == status


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Prel.", "preliminary"),
        ("Est.", "estimate"),
        ("SƠ BỘ", "preliminary"),
        ("so bo", "preliminary"),
        ("Đã điều chỉnh", "revised"),
        ("chính thức", "final"),
    ],
)
def test_words_of_yearbooks(word, status) -> None:
    assert status_of(word) == status


@pytest.mark.parametrize("word", ["", ".", "p", "e", "finale", "sb", "không", "0"])
def test_what_is_no_status(word) -> None:
    assert status_of(word) is None


def test_a_column_may_mix_them() -> None:
    frame = {"year": [2021, 2022, 2023, 2024], "y": [1.0, 1.1, 1.2, 1.3],
             "s": ["Final", "final", "Sơ bộ", "Ước tính"]}  # fmt: skip

    panel = tfp.Panel(frame, time="year", output="y", status="s")

    assert panel.status is not None
    assert [STATUSES[code] for code in panel.status] == [
        "final", "final", "preliminary", "estimate",
    ]  # fmt: skip
