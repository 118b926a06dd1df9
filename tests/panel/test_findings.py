"""Findings speak both languages, and do not change."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from tfp.errors import Place
from tfp.language.catalogue import LANGUAGES, subject, text
from tfp.panel.findings import Finding, Findings

KINDS = [code for code in subject("findings", "en") if code not in ("severity", "touches")]


def finding(severity="warn", n=7, **options):
    given = {
        "code": "jump",
        "severity": severity,
        "places": tuple(Place(entity="Huế", time=2010 + k) for k in range(n)),
        "fields": {"column": "k1", "role": "capital:ict", "change": 1234.56, "count": n},
    }
    return Finding(**{**given, **options})


def test_roles_are_named_in_the_language() -> None:
    assert "k1 (capital (ict)) jumps by 1,234.6 per cent" in finding().part("found")
    assert "k1 (vốn (ict))" in finding().part("found", "vi")
    assert "1.234,6" in finding().part("found", "vi")


def test_a_role_of_the_users_own_keeps_its_name() -> None:
    fields = {"column": "x", "role": "energy", "change": 1.0, "count": 1}

    assert "x (energy)" in finding(fields=fields).part("found", "vi")


@pytest.mark.parametrize(
    ("n", "more", "shown", "end"),
    [(1, 0, 5, "2010"), (7, 0, 5, "; and 2 more"), (7, 993, 5, "; and 995 more"),
     (7, 0, 2, "; and 5 more"), (0, 0, 5, "")],
)  # fmt: skip
def test_the_first_places_are_shown_and_the_others_counted(n, more, shown, end) -> None:
    assert finding(n=n, more_places=more).where(shown=shown).endswith(end)
    assert finding(n=n, more_places=more).where(shown=shown).count("Huế") == min(n, shown)


def test_fields_belong_to_the_finding() -> None:
    given = {"names": ["a", "b"]}
    one = Finding(code="entity-names-alike", severity="warn", fields=given)
    given["names"].append("c")

    assert one.part("found") == "These names may be one entity: a, b."
    with pytest.raises(TypeError, match="cannot be changed"):
        one.fields["names"] = ()
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301  (our own bytes)


def test_findings_are_a_tuple_with_a_frame() -> None:
    found = Findings([finding("block"), finding("note")])

    assert found.blocking == (found[0],)
    assert isinstance(found.blocking, Findings)
    assert not Findings().blocking
    frame = found.frame("vi")
    assert frame["severity"].tolist() == [
        text("findings.severity.block", "vi"), text("findings.severity.note", "vi"),
    ]  # fmt: skip
    assert list(frame.columns) == [
        "severity", "code", "where", "found", "effect_on_tfp", "remedy",
    ]  # fmt: skip
    assert "k1 (capital (ict))" in found._repr_html_()
    assert Findings().frame().shape == (0, 6)
    back = pickle.loads(pickle.dumps(found))  # noqa: S301  (our own bytes)
    assert type(back) is Findings
    assert back == found


@pytest.mark.parametrize("code", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_says_what_was_found_what_it_does_and_what_to_do(code, language) -> None:
    words = subject("findings", language)[code]

    assert set(words) - {"plan"} == {"found", "effect", "remedy"}
    assert all((len(sentence.split()) >= 3 and sentence.endswith(".")) or "{" in sentence
               for sentence in words.values())  # fmt: skip


def test_numbers_of_numpy_are_shown_like_any_other() -> None:
    fields = {"column": "x", "role": "capital", "change": np.float32(2.5), "count": np.int64(3)}

    assert "2,5 phần trăm" in finding(fields=fields).part("found", "vi")


def test_figures_and_boundaries_are_written_as_the_language_writes_them() -> None:
    ratio = {"role": "labour", "area": "Việt Nam", "old": 53609.58, "new": 50072.01, "growth": 1.0}
    linked = Finding(code="link-assumed", severity="warn", fields={**ratio, "name": "x"})
    assert "Việt Nam: 50.072,01 / 53.609,58" in linked.part("found", "vi")
    fields = {"old": "63 provinces (to 30 June 2025)", "new": "34 units (from 1 July 2025)"}
    unsaid = Finding(
        code="boundary-unsaid",
        severity="warn",
        fields={**fields, "area": "x", "first": 2016, "last": 2024},
    )
    said = "".join(unsaid.part(part, "vi") for part in ("found", "effect", "remedy"))
    assert "provinces" not in said


def test_a_column_called_what_it_is_is_not_called_so_twice() -> None:
    fields = {"column": "Lao động", "role": "labour", "change": 2.5, "count": 3}
    assert "(lao động)" not in finding(fields=fields).part("found", "vi")
    assert "(labour)" in finding(fields=fields).part("found", "en")
