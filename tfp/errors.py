"""Everything that can go wrong, in one tree.

::

    TFPError (a ValueError)
    ├── PanelError     the data cannot become, or be used as, a panel
    ├── TableError     a file of figures cannot be read as a table
    ├── MethodError    a method cannot be applied to these data or options
    ├── PlanError      a plan (tfp.toml) cannot be understood
    ├── StorageError   a saved result cannot be read back
    ├── OutputError    a result cannot be written
    └── CommandError   a command line cannot be understood

An error has a stable ``code``, named ``fields`` and the ``places`` where the
trouble sits. Its words live in the language catalogues, so that the library says
it in English and the command in the language of the plan: what was found, where,
what was expected, what to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tfp.language.catalogue import subject, text
from tfp.language.form_words import in_words_of_forms
from tfp.language.terms import boundary_name, role_and_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tfp.language.catalogue import Language

SHOWN_PLACES = 5
NOTHING = "–"  # what a message shows where there is nothing to name
# Fields that are a sentence of their own in the catalogue, or no words where they are empty.
SENTENCES = ("nearest", "as_fraction", "meant")


@dataclass(frozen=True)
class Place:
    """Where something was found; only what is known is filled in."""

    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    entity: str | None = None
    time: int | str | None = None
    column: str | None = None
    key: str | None = None
    line: str | None = None

    def show(self, language: Language = "en") -> str:
        """Return the place in words, the widest part first."""
        parts = (
            ("file", self.file),
            ("sheet", self.sheet),
            ("cell", self.cell),
            ("entity", self.entity),
            ("time", self.time),
            ("column", self.column),
            ("key", self.key),
            ("line", self.line),
        )
        return ", ".join(
            text(f"errors.place.{name}", language, value=str(value))
            for name, value in parts
            if value is not None
        )


class TFPError(ValueError):
    """The root of the tree; see the module's docstring.

    Parameters
    ----------
    code
        Stable name of this kind of error, a table of ``language/*/errors.toml``.
    places
        Where it was found; the first five are shown, the rest counted.
    **fields
        What fills the sentences of the catalogue.
    """

    # Whether the plan was filled in as a form, which has its own names for things.
    in_form = False

    def __init__(self, code: str, *, places: Iterable[Place] = (), **fields: Any) -> None:
        self.code = code
        self.places = tuple(places)
        self.fields = fields
        super().__init__(code)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.code, self.places, self.fields)

    def part(self, name: str, language: Language = "en") -> str:
        """Return one sentence of the error: ``found``, ``expected``, ``remedy``, ``plan``.

        An empty field, or name in a list, is shown as a dash. Where it is a sentence of its
        own, as the nearest name is ("Did you mean labour?"), there is none instead.
        """
        fields = {name: _shown(name, value, language) for name, value in self.fields.items()}
        if language != "en" and "role" in self.fields:
            fields["role"] = role_and_key(str(self.fields["role"]), language)
        return text(f"errors.{self.code}.{name}", language, **fields)

    def where(self, language: Language = "en") -> str:
        """Return the first places in words, and how many more there are."""
        shown = "; ".join(place.show(language) for place in self.places[:SHOWN_PLACES])
        more = len(self.places) - SHOWN_PLACES
        count = self.fields.get("count")
        if more > 0 and isinstance(count, int):
            # Whoever lists more places than are shown need not list them all.
            more = max(more, count - SHOWN_PLACES)
        if more > 0:
            shown += text("errors.place.more", language, count=more)
        return shown

    def remedy(self, language: Language = "en", *, in_plan: bool = False) -> str:
        """Return what to do; of a plan in its own keys, where the catalogue has such words."""
        told = in_plan and "plan" in subject("errors", language)[self.code]
        said = self.part("plan" if told else "remedy", language)
        return in_words_of_forms(said, language) if in_plan and self.in_form else said

    def message(self, language: Language = "en", *, in_plan: bool = False) -> str:
        """Return the whole error in words: found, where, expected, what to do.

        To whoever wrote a plan it speaks of the keys of plans, not of Python.
        """
        lines = [f"[{self.code}] {self.part('found', language)}"]
        if self.places:
            lines.append(text("errors.label.where", language, where=self.where(language)))
        remedy = self.remedy(language, in_plan=in_plan)
        lines.append(
            text("errors.label.expected", language, expected=self.part("expected", language))
        )
        lines.append(text("errors.label.remedy", language, remedy=remedy))
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.message()


class PanelError(TFPError):
    """The data cannot become, or be used as, a panel."""


class TableError(TFPError):
    """A file of figures cannot be read as a table."""


class MethodError(TFPError):
    """A method cannot be applied to these data or options."""


class PlanError(TFPError):
    """A plan cannot be understood."""


class StorageError(TFPError):
    """A saved result cannot be read back."""


class OutputError(TFPError):
    """A result cannot be written."""


class CommandError(TFPError):
    """A command line cannot be understood."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name most like `name`, or the empty string."""
    from difflib import get_close_matches

    matches = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return matches[0] if matches else ""


def _shown(name: str, value: Any, language: Language) -> Any:
    empty = _is_empty(value)
    if name in SENTENCES:
        said = not empty and value != NOTHING
        return text(f"errors.sentence.{name}", language, value=value) if said else ""
    if name in ("boundary", "other_boundary") and not empty:
        return boundary_name(str(value), language)
    if isinstance(value, (list, tuple)):
        # The one area of a panel may have no name.
        value = [NOTHING if item == "" else item for item in value]
    return NOTHING if empty else value


def _is_empty(value: Any) -> bool:
    return isinstance(value, (str, list, tuple)) and not value


def check_choice(option: str, value: object, choices: Collection[str]) -> None:
    """Refuse a word that an option does not know."""
    if value not in choices:
        raise MethodError(
            "option-unknown",
            option=option,
            value=str(value),
            choices=list(choices),
            nearest=nearest(str(value), choices),
        )


def _rebuild(
    cls: type[TFPError], code: str, places: tuple[Place, ...], fields: dict[str, Any]
) -> TFPError:
    return cls(code, places=places, **fields)
