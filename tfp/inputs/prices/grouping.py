"""Parts of output that are added up before they are chained."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.panel.deriving import inherited
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import Panel
from tfp.panel.roles import Column

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tfp.numerics.arrays import FloatArray, IntArray

ROLES = ("output_by_part", "output_current_by_part")


@dataclass(frozen=True, eq=False)
class Groups:
    """Which parts make which group; a part that is in none is a group of its own.

    Attributes
    ----------
    parts : tuple of str
    names : tuple of str
        Of the groups, in the order of their first parts.
    members : tuple of array of int
        The positions of each group's parts.
    """

    parts: tuple[str, ...]
    names: tuple[str, ...]
    members: tuple[IntArray, ...]

    def kept(self, panel: Panel, current: FloatArray) -> Panel:
        """Return the panel with groups in place of their parts at current prices.

        Parameters
        ----------
        panel
        current : (n, g) array
            The groups at current prices.
        """
        merged = {
            name: (values, [self.parts[part] for part in members])
            for name, values, members in zip(self.names, current.T, self.members, strict=True)
            if [self.parts[part] for part in members] != [name]
        }
        gone = {
            f"{role}:{part}" for _, parts in merged.values() for part in parts for role in ROLES
        }
        columns = {role: column for role, column in panel.columns.items() if role not in gone}
        kept = Panel.of(panel.rows, columns, panel.ledger)
        for name, (values, parts) in merged.items():
            parents = [panel.column(f"output_current_by_part:{part}") for part in parts]
            role = f"output_current_by_part:{name}"
            entry = LedgerEntry(
                action="derived",
                role=role,
                rows=panel.rows.keys(np.flatnonzero(~np.isnan(values))),
                cause="grouped",
                fields={"parts": parts},
            )
            column = Column(
                role=role,
                name=name,
                values=values,
                unit=parents[0].unit,
                **inherited(parents),
            )
            kept = kept.with_column(column, entry)
        return kept


def group_parts(parts: Sequence[str], groups: Mapping[str, Sequence[str]]) -> Groups:
    """Return the groups of some parts.

    Raises
    ------
    MethodError
        ``chain-groups`` for a part that does not exist or is named twice, a group without
        parts, and a group named like a part outside it.

    Examples
    --------
    >>> found = group_parts(["farms", "mines", "shops"], {"goods": ["farms", "mines"]})
    >>> found.names, [members.tolist() for members in found.members]
    (('goods', 'shops'), [[0, 1], [2]])
    """
    count = Counter(part for members in groups.values() for part in members)
    wrong = [part for part, times in count.items() if times > 1 or part not in parts]
    wrong += [name for name, members in groups.items() if not members]
    wrong += [name for name, members in groups.items() if name in parts and name not in members]
    if wrong:
        raise MethodError("chain-groups", names=wrong, known=list(parts))
    group_of = {part: name for name, members in groups.items() for part in members}
    names = tuple(dict.fromkeys(group_of.get(part, part) for part in parts))
    members = tuple(
        np.array([k for k, part in enumerate(parts) if group_of.get(part, part) == name])
        for name in names
    )
    return Groups(tuple(parts), names, members)
