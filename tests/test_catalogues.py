"""Both languages say the same things, and the code says nothing that they do not hold."""

from __future__ import annotations

import ast
import re
import unicodedata
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

import tfp
from tfp import errors
from tfp.language.catalogue import LANGUAGES, subject

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(tfp.__file__).parent
FILES = {
    language: sorted(path.name for path in (PACKAGE / "language" / language).iterdir())
    for language in LANGUAGES
}
SUBJECTS = [Path(name).stem for name in FILES["en"] if name in FILES["vi"]]
ERRORS = {
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, errors.TFPError)
}
PARTS = ("found", "expected", "remedy")
# Tables that hold the words around the entries, not an entry.
FRAMES = {"label", "place", "sentence", "severity"}
# From this many words on, a sentence that is equal in both languages was not translated.
TRANSLATED_FROM = 4


def sentences(table: dict[str, Any], prefix: str) -> dict[str, str]:
    """Return a catalogue as one flat table, key path -> sentence."""
    flat: dict[str, str] = {}
    for name, value in table.items():
        key = f"{prefix}.{name}"
        flat |= sentences(value, key) if isinstance(value, dict) else {key: value}
    return flat


def fields(sentence: str) -> set[str]:
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(sentence) if name}


CATALOGUES = {
    language: {
        key: sentence
        for name in SUBJECTS
        for key, sentence in sentences(subject(name, language), name).items()
    }
    for language in LANGUAGES
}
ENGLISH = CATALOGUES["en"]


class Use(NamedTuple):
    """One place that names the code of an error, and the fields that it fills."""

    where: str
    codes: tuple[str, ...]
    given: frozenset[str]
    open_ended: bool


TREES = {
    str(path.relative_to(PACKAGE)): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
}


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def called(node: ast.Call) -> str:
    return ast.unparse(node.func).rpartition(".")[2]


def literals(node: ast.expr | None) -> tuple[str, ...]:
    """Return the strings that an expression can be, if they stand in the code."""
    if isinstance(node, ast.IfExp):
        return literals(node.body) + literals(node.orelse)
    return (node.value,) if isinstance(node, ast.Constant) and isinstance(node.value, str) else ()


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def codes_within(function: ast.FunctionDef) -> tuple[str, ...]:
    """Return what looks like a code in a function that chooses one of several."""
    return tuple(
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", node.value)
    )


def makers() -> dict[str, tuple[int, frozenset[str], bool]]:
    """Return the functions that make an error of a code that they are given.

    Each with the position of the code among its arguments and the fields that it fills.
    """
    found = {}
    for tree in TREES.values():
        for function in functions(tree):
            arguments = [a.arg for a in function.args.args if a.arg != "self"]
            for node in calls(function):
                first = node.args[0] if called(node) in ERRORS and node.args else None
                if isinstance(first, ast.Name) and first.id in arguments:
                    found[function.name] = (arguments.index(first.id), *filled(node))
    return found


def filled(node: ast.Call) -> tuple[frozenset[str], bool]:
    """Return the fields that a call names, and whether it hands on further ones."""
    names = [keyword.arg for keyword in node.keywords]
    return frozenset(name for name in names if name), None in names


def raised() -> Iterator[Use]:
    """Yield every construction of one of our errors, directly or through a maker."""
    handed_on = makers()
    for path, tree in TREES.items():
        for function in functions(tree):
            for node in calls(function):
                name = called(node)
                if name in handed_on:
                    position, more, _ = handed_on[name]
                elif name in ERRORS and function.name not in handed_on:
                    position, more = 0, frozenset()
                else:
                    continue
                given, open_ended = filled(node)
                code = node.args[position] if len(node.args) > position else None
                if isinstance(code, ast.Attribute) and code.attr == "code":
                    continue  # the same error once more, with its place
                codes = literals(code) or (codes_within(function) if code else ())
                yield Use(f"{path}:{node.lineno}", codes, given | more, open_ended)


def spoken() -> Iterator[tuple[str, ast.expr]]:
    """Yield the key of every call of `text` and `text_or`."""
    for path, tree in TREES.items():
        for node in calls(tree):
            # The functions themselves; methods of these names are others.
            if ast.unparse(node.func) in {"text", "text_or"} and node.args:
                yield f"{path}:{node.lineno}", node.args[0]


def test_both_languages_have_the_same_files() -> None:
    assert FILES["en"] == FILES["vi"]
    assert SUBJECTS


@pytest.mark.parametrize("name", SUBJECTS)
def test_both_languages_have_the_same_keys_in_the_same_order(name: str) -> None:
    english, vietnamese = (list(sentences(subject(name, lang), name)) for lang in LANGUAGES)
    assert english == vietnamese


def test_a_sentence_has_the_same_fields_in_both_languages() -> None:
    different = {
        key: (fields(sentence), fields(CATALOGUES["vi"].get(key, "")))
        for key, sentence in ENGLISH.items()
        if fields(sentence) != fields(CATALOGUES["vi"].get(key, ""))
    }
    assert different == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_composed_and_trimmed(language: str) -> None:
    # Spreadsheets of some systems hand out decomposed letters; ours are composed (NFC).
    assert [
        key
        for key, sentence in CATALOGUES[language].items()
        if not sentence or not unicodedata.is_normalized("NFC", sentence) or "  " in sentence
    ] == []


def test_sentences_are_translated() -> None:
    assert [
        key
        for key, sentence in ENGLISH.items()
        if CATALOGUES["vi"].get(key) == sentence
        and len(re.findall(r"[A-Za-z]{2,}", re.sub(r"\{.*?\}", "", sentence))) >= TRANSLATED_FROM
    ] == []


def test_every_error_names_its_code_where_it_is_raised() -> None:
    assert [use.where for use in raised() if not use.codes] == []


def test_every_code_raised_has_its_sentences() -> None:
    missing = {
        f"{code}.{part} ({use.where})"
        for use in raised()
        for code in use.codes
        for part in PARTS
        if f"errors.{code}.{part}" not in ENGLISH
    }
    assert missing == set()


def test_every_error_of_the_catalogue_is_raised() -> None:
    known = set(subject("errors", "en")) - FRAMES
    assert known - {code for use in raised() for code in use.codes} == set()


def test_an_error_fills_every_field_of_its_sentences() -> None:
    unfilled = {
        f"{code}: {name} ({use.where})"
        for use in raised()
        if not use.open_ended
        for code in use.codes
        for part in (*PARTS, "plan")
        for name in fields(ENGLISH.get(f"errors.{code}.{part}", "")) - use.given
    }
    assert unfilled == set()


def test_every_key_spoken_exists() -> None:
    missing = {
        f"{key} ({where})"
        for where, node in spoken()
        for key in literals(node)
        if key not in ENGLISH
    }
    assert missing == set()


def test_every_pattern_of_keys_spoken_matches_some() -> None:
    patterns = {
        where: "".join(
            re.escape(part.value) if isinstance(part, ast.Constant) else ".+"
            for part in node.values
        )
        for where, node in spoken()
        if isinstance(node, ast.JoinedStr)
    }
    assert [
        f"{pattern} ({where})"
        for where, pattern in patterns.items()
        if not any(re.fullmatch(pattern, key) for key in ENGLISH)
    ] == []
