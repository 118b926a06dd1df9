"""The tree of errors: one root, codes, places, words in two languages."""

from __future__ import annotations

import copy
import pickle

import pytest

from tfp import errors
from tfp.errors import MethodError, PanelError, Place, TFPError, nearest
from tfp.language.catalogue import LANGUAGES, subject

BRANCHES = [
    value
    for value in vars(errors).values()
    if isinstance(value, type) and issubclass(value, TFPError) and value is not TFPError
]
FULL = Place(
    file="a.xlsx", sheet="Số liệu", cell="B7", entity="Huế", time=2019, column="grdp", key="data"
)


def duplicate(n: int, **fields: object) -> PanelError:
    places = [Place(entity="Huế", time=2000 + k) for k in range(n)]
    return PanelError("duplicate-keys", places=places, **{"count": n, **fields})


def test_the_tree_is_as_drawn() -> None:
    assert errors.__doc__ is not None
    assert {branch.__name__ for branch in BRANCHES} == {
        "PanelError", "TableError", "MethodError", "PlanError", "StorageError", "OutputError",
        "CommandError",
    }  # fmt: skip
    for branch in BRANCHES:
        assert branch.__bases__ == (TFPError,)
        assert branch.__name__ in errors.__doc__
    assert TFPError.__bases__ == (ValueError,)


def test_a_place_is_shown_from_the_widest_part_on() -> None:
    assert FULL.show() == "file a.xlsx, sheet Số liệu, cell B7, Huế, 2019, column grdp, key data"
    vietnamese = FULL.show("vi")
    assert vietnamese != FULL.show()
    positions = [vietnamese.index(str(part)) for part in ("a.xlsx", "B7", "Huế", 2019, "grdp")]
    assert positions == sorted(positions)


@pytest.mark.parametrize("part", ["file", "sheet", "cell", "entity", "time", "column", "key"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_part_of_a_place_is_shown_alone(part, language) -> None:
    assert "2019" in Place(**{part: "2019"}).show(language)


def test_an_empty_place_is_no_words() -> None:
    assert Place().show() == ""


def test_a_message_says_found_where_expected_and_remedy() -> None:
    lines = duplicate(1).message().splitlines()

    assert lines[0] == "[duplicate-keys] 1 pairs of entity and period stand in more than one row."
    assert lines[1] == "Where: Huế, 2000."
    assert lines[2].startswith("Expected: ")
    assert lines[3].startswith("What to do: ")
    assert len(lines) == 4
    assert "Where" not in PanelError("no-role-given", roles=["output"]).message()


@pytest.mark.parametrize(
    ("listed", "count", "more"),
    [(5, 5, ""), (6, 6, "and 1 more"), (6, 1000, "and 995 more"), (9, 3, "and 4 more")],
)
def test_the_first_five_places_are_shown_and_the_others_counted(listed, count, more) -> None:
    shown = duplicate(listed, count=count).where()

    assert shown.count("Huế") == 5
    assert shown.endswith(more or "2004")


def test_what_has_no_name_is_shown_as_a_dash() -> None:
    error = MethodError("option-unknown", option="rates", value="", choices=[], nearest="")

    for language in LANGUAGES:
        message = error.message(language)
        assert message.count("–") == 2
        assert " ." not in message


@pytest.mark.parametrize("nothing", ["", "–"])
def test_the_nearest_name_is_a_sentence_or_none(nothing) -> None:
    def option(near: str) -> MethodError:
        return MethodError("option-unknown", option="rates", value="x", choices=["a"], nearest=near)

    assert option("log").part("remedy").endswith(" Did you mean log?")
    assert option("log").part("remedy", "vi").endswith(" Có phải log không?")
    for language in LANGUAGES:
        remedy, longer = (option(near).part("remedy", language) for near in (nothing, "log"))
        assert longer.startswith(remedy)
        assert remedy.endswith(".")
        assert "–" not in option(nothing).message(language)


def test_every_sentence_of_its_own_is_known() -> None:
    for language in LANGUAGES:
        assert set(subject("errors", language)["sentence"]) == set(errors.SENTENCES)


@pytest.mark.parametrize("branch", BRANCHES)
def test_an_error_can_be_copied_and_sent(branch) -> None:
    error = branch("duplicate-keys", places=[FULL], count=2)

    for back in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error), copy.copy(error)):  # noqa: S301  (our own bytes)
        assert type(back) is branch
        assert (back.code, back.places, back.fields) == (error.code, error.places, error.fields)
        assert str(back) == str(error)


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("labor", ["labour", "output"], "labour"),
        ("zzz", ["labour", "output"], ""),
        ("x", [], ""),
        ("Lao Động", iter(["lao động"]), "lao động"),
    ],
)
def test_the_nearest_name_is_found(name, known, expected) -> None:
    assert nearest(name, known) == expected
