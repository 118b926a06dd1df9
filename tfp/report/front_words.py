"""Letterhead, recipients and signatures in words, dotted where somebody writes by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tfp.language.catalogue import text

if TYPE_CHECKING:
    from datetime import date

    from tfp.language.catalogue import Language
    from tfp.report.front_matter import FrontMatter, Letterhead, Signature, SignatureRole

_LETTERHEAD_LETTERS = 26  # capitals that fit the left half of the head
_ROLES: tuple[SignatureRole, ...] = ("prepared", "checked", "head")


@dataclass(frozen=True, kw_only=True)
class HeadWords:
    """What the head of the first page says, line by line."""

    superior: str
    body: str
    number: str
    nation: str
    motto: str
    place_and_date: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class SignatureWords:
    """One place for a signature: who signs, what is asked for, and the name below."""

    title: str
    request: str
    name: str


def head_words(letterhead: Letterhead, language: Language) -> HeadWords:
    """Return the head of the first page; what is not known becomes dots."""
    blank = text("office.blank", language)
    return HeadWords(
        superior=in_even_lines(letterhead.superior),
        body=in_even_lines(letterhead.body) or blank,
        number=text(
            "office.number",
            language,
            number=letterhead.number or text("office.number_blank", language),
        ),
        nation=text("office.nation", language),
        motto=text("office.motto", language),
        place_and_date=place_and_date(letterhead.place or blank, letterhead.date, language),
        kind=text("office.kind", language),
    )


def in_even_lines(name: str) -> str:
    """Return a name that fills more than its line in two of about the same length.

    Where the name has lines of its own, they stay.

    Examples
    --------
    >>> in_even_lines("ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN").splitlines()
    ['ỦY BAN NHÂN DÂN', 'TỈNH HƯNG YÊN']
    """
    if len(name) <= _LETTERHEAD_LETTERS or "\n" in name:
        return name
    words = name.split()
    lines = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words)))
    return "\n".join(min(lines, key=lambda pair: max(map(len, pair)), default=(name,)))


def place_and_date(place: str, when: date | None, language: Language) -> str:
    """Return the line of place and date.

    Examples
    --------
    >>> from datetime import date
    >>> place_and_date("Hưng Yên", date(2026, 2, 5), "vi")
    'Hưng Yên, ngày 05 tháng 02 năm 2026'
    >>> place_and_date("Hung Yen", date(2026, 2, 5), "en")
    'Hung Yen, 5 February 2026'
    """
    if when is None:
        return text("office.date_blank", language, place=place)
    return text(
        "office.date",
        language,
        place=place,
        day=f"{when.day:02}" if language == "vi" else when.day,
        month=text(f"office.month.{when.month}", language),
        year=when.year,
    )


def recipient_lines(recipients: tuple[str, ...], language: Language) -> tuple[str, ...]:
    """Return the recipients as a list that ends with a full stop; dotted if none is known.

    Examples
    --------
    >>> recipient_lines(("Như trên", "Lưu: VT."), "vi")
    ('- Như trên;', '- Lưu: VT.')
    """
    names = recipients or (text("office.blank", language),)
    bare = [name.strip().lstrip("-").strip().rstrip(";.") for name in names]
    lines = [f"- {name};" for name in bare]
    lines[-1] = f"- {bare[-1]}." if recipients else f"- {names[0]}"
    return tuple(lines)


def head_signature(front: FrontMatter, language: Language) -> SignatureWords:
    """Return the signature of the head of the body, at the end of the report."""
    return _words(_signature(front, "head"), "head", "head_request", language)


def sheet_signatures(front: FrontMatter, language: Language) -> tuple[SignatureWords, ...]:
    """Return the three places of the signature sheet: prepared, checked, head."""
    return tuple(
        _words(_signature(front, role), role, f"{role}_request", language) for role in _ROLES
    )


def _signature(front: FrontMatter, role: SignatureRole) -> Signature | None:
    return next((each for each in front.signatures if each.role == role), None)


def _words(
    signature: Signature | None, role: SignatureRole, request: str, language: Language
) -> SignatureWords:
    title = signature.title if signature else ""
    return SignatureWords(
        title=(title or text(f"office.role.{role}", language)).upper(),
        request=text(f"office.{request}", language),
        name=signature.name if signature else "",
    )
