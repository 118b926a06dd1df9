"""What an office puts around a report: letterhead, recipients and signatures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

SignatureRole = Literal["prepared", "checked", "head"]


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """The head of the first page; number, place and date left out become dotted blanks.

    Attributes
    ----------
    superior : str
        The body above the one that reports: ``"ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN"``.
    body : str
        The body that reports: ``"SỞ KHOA HỌC VÀ CÔNG NGHỆ"``.
    number : str
        Number and sign of the document: ``"12/BC-SKHCN"``.
    place : str
    date : date or None
    """

    superior: str = ""
    body: str = ""
    number: str = ""
    place: str = ""
    date: date | None = None


@dataclass(frozen=True, kw_only=True)
class Signature:
    """One place for a signature.

    Attributes
    ----------
    role : {"prepared", "checked", "head"}
        Who drew up the report, who checked it, who heads the office.
    title, name : str
        The office held, and the name; a blank where empty.
    """

    role: SignatureRole
    title: str = ""
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class FrontMatter:
    """Everything around the report itself."""

    letterhead: Letterhead | None = None
    recipients: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether all of it is still to be written by hand."""
        return self in (FrontMatter(), FrontMatter(letterhead=Letterhead()))
