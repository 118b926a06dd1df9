"""Names of sectors, kinds of ownership and what belongs to none, as yearbooks write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.language.catalogue import text_or

if TYPE_CHECKING:
    from tfp.language.catalogue import Language


def part_name(name: str, language: Language) -> str:
    """Return the name of a part of output; one that the user made up stands as it is.

    Examples
    --------
    >>> part_name("product_taxes", "en"), part_name("Bia, rượu", "vi")
    ('Product taxes less subsidies', 'Bia, rượu')
    """
    return text_or(f"tables.part.{name}", language, name.replace("_", " "))
