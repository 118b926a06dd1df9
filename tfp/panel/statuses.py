"""Words for the status of a value, as tables and reports write them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tfp.language.catalogue import LANGUAGES, text
from tfp.panel.keys import bare_spelling
from tfp.panel.roles import STATUSES

if TYPE_CHECKING:
    from tfp.panel.roles import Status

# Beside our own four words and those that reports print: what yearbooks write.
ALSO_WRITTEN: dict[Status, tuple[str, ...]] = {
    "final": ("official",),
    "revised": ("rev", "đã điều chỉnh", "điều chỉnh"),
    "preliminary": ("prel", "số sơ bộ"),
    "estimate": ("est", "estimated", "ước", "số ước tính"),
}


def status_of(word: str) -> Status | None:
    """Return the status that a word stands for; None if it is none.

    Case, spaces, diacritics and a full stop at the end make no difference.

    Examples
    --------
    >>> [status_of(word) for word in ("Prel.", "Ước tính", "final", "sb")]
    ['preliminary', 'estimate', 'final', None]
    """
    return _statuses().get(bare_spelling(word).rstrip("."))


@cache
def _statuses() -> dict[str, Status]:
    """Return the status of each word, by its bare spelling."""
    return {
        bare_spelling(word): status
        for status in STATUSES
        for word in (
            status,
            *(text(f"report.status.{status}", language) for language in LANGUAGES),
            *ALSO_WRITTEN[status],
        )
    }
