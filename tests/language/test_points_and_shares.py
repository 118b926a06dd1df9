"""Points and shares are never mixed, in the catalogues as in a rendered report."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import tfp

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(tfp.__file__).parent / "language" / "vi"


def sentences(table: dict[str, Any], path: str) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from sentences(value, f"{path}.{name}")
        elif isinstance(value, str):
            yield f"{path}.{name}", value


SENTENCES = {
    key: words
    for file in sorted(FOLDER.glob("*.toml"))
    for key, words in sentences(tomllib.loads(file.read_text(encoding="utf-8")), file.stem)
}
# A number or its field, and what follows it.
SHARE_IN_POINTS = re.compile(
    r"tỷ trọng đóng góp[^.;:()]*?(?:\d[\d.,]*|\{[^}]*\}) ?điểm", re.IGNORECASE
)
POINTS_IN_PER_CENT = re.compile(
    r"(?<!tỷ trọng )đóng góp (?:của \w+ )?(?:là |-)?(?:\d[\d.,]*|\{[^}]*\}) ?(?:%|phần trăm)",
    re.IGNORECASE,
)


def test_the_patterns_find_what_they_are_meant_to_find() -> None:
    assert SHARE_IN_POINTS.search("Tỷ trọng đóng góp của TFP là 35,02 điểm phần trăm")
    assert POINTS_IN_PER_CENT.search("TFP đóng góp 3,70%")
    assert not SHARE_IN_POINTS.search("TFP đóng góp 3,70 điểm phần trăm, tỷ trọng đóng góp 52%")
    assert not POINTS_IN_PER_CENT.search("TFP đóng góp 3,70 điểm phần trăm, tỷ trọng đóng góp 52%")


@pytest.mark.parametrize("pattern", [SHARE_IN_POINTS, POINTS_IN_PER_CENT])
def test_no_sentence_of_a_catalogue_mixes_them(pattern: re.Pattern[str]) -> None:
    assert {key: words for key, words in SENTENCES.items() if pattern.search(words)} == {}


def test_points_are_written_out() -> None:
    short = {key for key, words in SENTENCES.items() if re.search(r"điểm\s*%", words)}
    assert short == set()


def test_fields_of_points_and_shares_have_their_units() -> None:
    wrong = {}
    for key, words in SENTENCES.items():
        for name, after in re.findall(r"\{(points|share)\b[^}]*\}(.{0,20})", words):
            if name == "share" and after.startswith((" điểm", " {unit}")):
                wrong[key] = words
            if name == "points" and after.startswith("%"):
                wrong[key] = words
    assert wrong == {}
