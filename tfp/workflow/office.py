"""``[office]``: what the office puts around the report, in the layout of official documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, get_args

from tfp.report.front_matter import FrontMatter, Letterhead, Signature, SignatureRole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tfp.language.catalogue import Language
    from tfp.workflow.plans.plan_keys import Keys

ROLES: tuple[SignatureRole, ...] = get_args(SignatureRole)


@dataclass(frozen=True, kw_only=True)
class Signatory:
    """One key of ``[office.signatures]``: the office held, and the name."""

    title: str = ""
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Office:
    """``[office]``: letterhead, recipients and signatures; whatever is left out is dotted.

    Attributes
    ----------
    superior, body : str
        The body above the one that reports, and the one that reports.
    number, place : str
        Number and sign of the document; where it is signed.
    date : date or None
        When it is signed.
    recipients : tuple of str
    signatures : mapping of str to Signatory
        By ``prepared``, ``checked`` and ``head``.
    """

    superior: str = ""
    body: str = ""
    number: str = ""
    place: str = ""
    date: date | None = None
    recipients: tuple[str, ...] = ()
    signatures: Mapping[str, Signatory] = field(default_factory=dict)

    def front(self) -> FrontMatter:
        """Return what goes around the report."""
        return FrontMatter(
            letterhead=Letterhead(
                superior=self.superior,
                body=self.body,
                number=self.number,
                place=self.place,
                date=self.date,
            ),
            recipients=self.recipients,
            signatures=tuple(
                Signature(role=role, title=who.title, name=who.name)
                for role in ROLES
                if (who := self.signatures.get(role)) is not None
            ),
        )


def read_office(keys: Keys) -> Office:
    """Return what the tables of an office say."""
    signatures = keys.sub("signatures", ROLES)
    return Office(
        superior=keys.text_or_empty("superior"),
        body=keys.text_or_empty("body"),
        number=keys.text_or_empty("number"),
        place=keys.text_or_empty("place"),
        date=keys.optional("date", keys.date),
        recipients=keys.texts("recipients") if "recipients" in keys else (),
        signatures={role: _signatory(signatures.sub(role, Signatory)) for role in signatures.table},
    )


def front_of(office: Office | None, language: Language) -> FrontMatter | None:
    """Return what goes around the report of a plan.

    A plan without ``[office]`` has it dotted in Vietnamese, to be filled in by hand in
    Word; in English, nothing.
    """
    if office is not None:
        return office.front()
    return FrontMatter(letterhead=Letterhead()) if language == "vi" else None


def _signatory(keys: Keys) -> Signatory:
    return Signatory(title=keys.text_or_empty("title"), name=keys.text_or_empty("name"))
