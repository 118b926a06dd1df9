"""What the operating system gives as a reason, in the language of the plan.

Systems say it in English, or in a language of their own; an error keeps it as it was
said, so that it can be searched for, and only the command translates it.
"""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from tfp.language.catalogue import text

if TYPE_CHECKING:
    from tfp.errors import TFPError
    from tfp.language.catalogue import Language

REASONS = (
    "EACCES",
    "EPERM",
    "ENOSPC",
    "EDQUOT",
    "EROFS",
    "ENOENT",
    "EIO",
    "EBUSY",
    "EISDIR",
    "ENOTDIR",
    "ENAMETOOLONG",
    "EMFILE",
)
# What Windows says in place of the words of the C library.
_WINDOWS = {
    "Access is denied": "EACCES",
    "There is not enough space on the disk": "ENOSPC",
    "The process cannot access the file because it is being used by another process": "EBUSY",
}


def reason_in(reason: str, language: Language) -> str:
    """Return a reason of the operating system in a language; unknown ones as they are.

    Examples
    --------
    >>> reason_in("No space left on device", "vi"), reason_in("x", "vi")
    ('đĩa đã hết chỗ trống', 'x')
    """
    known = {os.strerror(number): name for name in REASONS if (number := _number(name))}
    name = {**known, **_WINDOWS}.get(reason.removesuffix("."))
    return reason if name is None else text(f"command.reason.{name}", language)


def with_reason_in(error: TFPError, language: Language) -> TFPError:
    """Return the same error with its reason in a language."""
    if not isinstance(error.fields.get("reason"), str):
        return error
    fields = {**error.fields, "reason": reason_in(error.fields["reason"], language)}
    return type(error)(error.code, places=error.places, **fields)


def _number(name: str) -> int | None:
    # Not every system has every one of them.
    return getattr(errno, name, None)
