"""Sentences are found by key and filled in the language's own style."""

from __future__ import annotations

import math
import pickle
import tomllib
from fractions import Fraction

import numpy as np
import pytest

import tfp
from tfp.language import catalogue
from tfp.language.catalogue import LANGUAGES, UnknownLanguageError, text, text_or
from tfp.panel.roles import ROLES, STATUSES


@pytest.fixture
def sentence(monkeypatch):
    """Put one sentence into a catalogue of its own and return what fills it."""

    def fill(template: str, language: str = "en", **fields):
        monkeypatch.setattr(catalogue, "subject", lambda _name, _language: {"it": template})
        return text("any.it", language, **fields)

    return fill


@pytest.mark.parametrize(
    ("template", "fields", "english", "vietnamese"),
    [
        ("{x}", {"x": 1234.565}, "1,234.57", "1.234,57"),
        ("{x:0}", {"x": 1234.5}, "1,235", "1.235"),
        ("{x:+1}", {"x": 1.25}, "+1.3", "+1,3"),
        ("{x:1}", {"x": np.float64(2.25)}, "2.3", "2,3"),
        ("{x:1}", {"x": np.float32(2.5)}, "2.5", "2,5"),
        ("{x:2}", {"x": Fraction(1, 8)}, "0.13", "0,13"),
        ("{x:2}", {"x": math.nan}, "–", "–"),
        ("{year}", {"year": 2021}, "2021", "2021"),
        ("{count:2}", {"count": np.int64(2021)}, "2021", "2021"),
        ("{names}", {"names": ["Huế", "Đà Nẵng"]}, "Huế, Đà Nẵng", "Huế, Đà Nẵng"),
        ("{sums:1}", {"sums": (0.25, 3)}, "0.3, 3", "0,3, 3"),
        ("{a} {{b}}", {"a": "{c}"}, "{c} {b}", "{c} {b}"),
        ("{flag}", {"flag": True}, "True", "True"),
        ("", {}, "", ""),
    ],
)
def test_fields_are_shown(sentence, template, fields, english, vietnamese) -> None:
    assert sentence(template, "en", **fields) == english
    assert sentence(template, "vi", **fields) == vietnamese


def test_fields_may_be_called_key_and_language(sentence) -> None:
    assert sentence("{key}", key="capital_share") == "capital_share"


def test_fields_that_no_sentence_asks_for_are_left_aside() -> None:
    assert text("errors.label.where", "en", where="here", language="x") == "Where: here."


def test_a_field_that_is_not_given_is_an_error(sentence) -> None:
    with pytest.raises(KeyError, match="count"):
        sentence("{count} rows", rows=3)


@pytest.mark.parametrize(
    "key", ["terms.factor.nobody", "terms.nobody.capital", "errors.not-a-code.found"]
)
def test_a_missing_key_is_an_error_or_the_default(key) -> None:
    with pytest.raises(KeyError):
        text(key)
    assert text_or(key, "vi", "năng lượng") == "năng lượng"


@pytest.mark.parametrize("language", ["fr", "EN", "", None, ["en"]])
def test_an_unknown_language_is_answered_in_those_there_are(language) -> None:
    for speak in (
        lambda: text("terms.factor.capital", language),
        lambda: text_or("terms.factor.capital", language, "capital"),
        lambda: tfp.TFPError("no-role-given", roles=[]).message(language),
    ):
        with pytest.raises(UnknownLanguageError) as caught:
            speak()
        assert isinstance(caught.value, ValueError)
        assert repr(language) in str(caught.value)
        assert '"en", "vi"' in str(caught.value)
        assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301


def test_a_missing_file_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        text("nobody.x")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_is_read_once_and_is_toml(language) -> None:
    folder = catalogue._FOLDER / language
    for path in folder.glob("*.toml"):
        assert catalogue.subject(path.stem, language) == tomllib.loads(
            path.read_text(encoding="utf-8")
        )
        assert catalogue.subject(path.stem, language) is catalogue.subject(path.stem, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_and_status_has_a_word(language) -> None:
    roles = {role: text(f"terms.role.{role}", language) for role in ROLES}
    assert all(roles.values())
    assert len(set(roles.values())) == len(roles)
    statuses = [text(f"report.status.{status}", language) for status in STATUSES]
    assert len(set(statuses)) == len(STATUSES)
