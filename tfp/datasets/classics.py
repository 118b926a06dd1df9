"""Tables of classic papers, for replication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.datasets.catalogue import find_dataset

if TYPE_CHECKING:
    from tfp.datasets.source import Dataset


def solow_1957() -> Dataset:
    r"""Return output, capital and technology of Solow (1957), United States 1909-1949.

    Technology follows from output and capital per man-hour, *q* and *k*, by

    .. math:: \frac{\Delta A}{A} = \frac{\Delta q}{q} - w_K \frac{\Delta k}{k}.

    The printed share of property, :math:`w_K`, is not bundled. With a constant share of
    0.335 the chained technology of 1949 is 1.8533, against 1.809 in the paper.

    Returns
    -------
    Dataset
        41 rows. ``flag`` marks 1943, whose published technology contradicts *q* and *k*:
        its change from 1942 implies a share of property of -2.97.

    References
    ----------
    Solow, R. M. (1957). Technical change and the aggregate production function. *Review of
    Economics and Statistics* 39(3), 312-320. https://doi.org/10.2307/1926047

    Examples
    --------
    >>> frame = solow_1957().frame
    >>> frame.loc[frame["flag"].notna(), "year"].tolist()
    [1943]
    """
    return find_dataset("solow_1957")
