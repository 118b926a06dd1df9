"""What stands in a form: nothing yet, or an example with real figures."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from tfp.datasets.national import vietnam
from tfp.language.catalogue import text
from tfp.workflow.forms.template.choices import word_of
from tfp.workflow.forms.template.lines import DESCRIPTIONS, LINES, label_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tfp.language.catalogue import Language

# The ratio that the demonstration derives from the earlier vintage, as a stated figure.
RATIO = 2.5067903632755035


@dataclass(frozen=True)
class Filling:
    """The content of a form.

    Attributes
    ----------
    lines : mapping
        By key of a plan what stands in its cell.
    described : mapping
        By column of the figures its unit, year of prices and publication.
    figures : mapping
        By column its values, all of the same length.
    rows : mapping
        By table of several lines the fields of each line.
    """

    lines: Mapping[str, Any] = field(default_factory=dict)
    described: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    figures: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)


def empty(language: Language) -> Filling:
    """Return what an empty form says: the few choices that most offices keep."""
    standing = {key: line.standing for key, line in LINES.items() if line.standing}
    standing["plan.language"] = language
    return Filling(lines={key: _in_words(key, code, language) for key, code in standing.items()})


def example(language: Language) -> Filling:
    """Return a form filled in with the national figures, as the demonstration has them."""
    demo = tomllib.loads((files("tfp.workflow") / "demo" / f"{language}.toml").read_text("utf-8"))
    told = _flat({name: demo[name] for name in ("plan", "method", "targets", "capital")})
    told = {key: value for key, value in told.items() if not key.startswith("capital.initial.")}
    told |= {
        "capital.initial.method": "capital_output_ratio",
        "capital.initial.year": 2010,
        "capital.initial.ratio": RATIO,
        "capital.initial.source": text("template.example.ratio_source", language),
        "periods.list": "; ".join(demo["periods"]["list"]),
    }
    return Filling(
        lines={key: _in_words(key, value, language) for key, value in told.items()},
        described=_described(demo["data"]),
        figures=_figures(demo["data"], language),
        rows=_rows(demo, language),
    )


def _described(data: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    return {
        f"data.columns.{key}": {
            name: data[name][role]
            for name in DESCRIPTIONS
            if (role := key.partition(".")[0]) in data[name]
        }
        for key in _flat(data["columns"])
    }


def _figures(data: Mapping[str, Any], language: Language) -> dict[str, list[Any]]:
    frame = vietnam().frame
    columns = {
        "data.time": data["time"],
        **{f"data.columns.{key}": name for key, name in _flat(data["columns"]).items()},
        "data.definitions.labour": data["definitions"]["labour"],
    }
    found = {
        key: [None if value != value else value for value in frame[name].tolist()]  # noqa: PLR0124  (NaN)
        for key, name in columns.items()
    }
    found["data.status"] = [word_of("status", code, language) for code in frame[data["status"]]]
    return found


def _rows(demo: Mapping[str, Any], language: Language) -> dict[str, list[dict[str, Any]]]:
    source, (fill,), (splice,) = demo["source"][0], demo["fill"], demo["splice"]
    roles = [word_of("role", role, language) for role in source["roles"]]
    (year,) = fill["years"]
    quarterly = vietnam().frame.set_index("year")[fill["from_column"]]
    labour = word_of("role", "labour", language)
    filled = {
        "role": labour,
        "year": year,
        "value": float(quarterly[year]),
        "reason": text("template.example.fill_reason", language),
        "source": text("template.example.fill_source", language),
    }
    return {
        "source": [{**source, "roles": "; ".join(roles), "notes": "; ".join(source["notes"])}],
        "splice": [{**splice, "role": labour}],
        "fill": [filled],
        "answer": [
            {**each, "years": "; ".join(map(str, each["years"]))} for each in demo["answer"]
        ],
        "sensitivity": list(_sensitivities(demo, language)),
    }


def _sensitivities(demo: Mapping[str, Any], language: Language) -> Iterator[dict[str, Any]]:
    for each in demo["sensitivity"]:
        shares = each.get("method", {}).get("shares", {})
        initial = each.get("capital", {}).get("initial", {})
        if shares:
            changed, stated = {"method.shares.capital": shares["capital"]}, shares
        elif initial:
            changed, stated = {"capital.initial.ratio": initial["ratio"]}, initial
        elif "timing" in each.get("capital", {}):
            timing = word_of("timing", each["capital"]["timing"], language)
            changed, stated = {"capital.timing": timing}, {}
        else:
            continue
        for key, value in changed.items():
            yield {
                "name": each["name"],
                "key": label_of(key, language),
                "value": value,
                "source": stated.get("source"),
            }


def _flat(table: Mapping[str, Any], path: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in table.items():
        key = f"{path}{name}"
        found |= _flat(value, f"{key}.") if isinstance(value, dict) else {key: value}
    return found


def _in_words(key: str, value: Any, language: Language) -> Any:
    """Return what the cell of a line shows for a word of plans."""
    line = LINES[key]
    return word_of(line.choices, value, language) if line.kind == "choice" else value
