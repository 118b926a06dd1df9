r"""Replications of a bootstrap, in blocks that give the same bits wherever they are run.

Parallel runs agree bit for bit with serial ones only if nothing depends on the number of
workers: blocks have a size written in the method, each has a seed of its own, arithmetic
inside a block keeps to one thread, and blocks are put together in their order.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np

from tfp.numerics.records import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Answer = TypeVar("Answer")

# Without a seed the replications of the same data are the same: figures that are published
# must not change because they were computed again.
DEFAULT_SEED = 0


@dataclass(frozen=True, eq=False)
class Block(Record):
    """Replications that are drawn and solved together.

    Attributes
    ----------
    replications : int
    seed : numpy.random.SeedSequence
        Of this block alone.
    """

    replications: int
    seed: np.random.SeedSequence

    def generator(self) -> np.random.Generator:
        """Return the block's stream of random numbers from its beginning."""
        return np.random.default_rng(self.seed)


def replication_blocks(
    replications: int, size: int, rng: int | np.random.Generator | None = None
) -> tuple[Block, ...]:
    """Divide replications into blocks, each with a seed spawned from `rng`.

    Parameters
    ----------
    replications
        At least one.
    size
        Of a block. A constant of the method, never a function of the number of workers.
    rng
        Seed or generator; a generator spawns other seeds each time. None is seed 0.

    Examples
    --------
    >>> [block.replications for block in replication_blocks(999, 256, rng=1)]
    [256, 256, 256, 231]
    """
    generator = np.random.default_rng(DEFAULT_SEED if rng is None else rng)
    sequence = cast("np.random.SeedSequence", generator.bit_generator.seed_seq)
    firsts = range(0, replications, size)
    return tuple(
        Block(min(size, replications - first), seed)
        for first, seed in zip(firsts, sequence.spawn(len(firsts)), strict=True)
    )


def run_blocks(
    task: Callable[..., Answer], blocks: Sequence[Block], *arguments: Any
) -> list[Answer]:
    """Return ``task(block, *arguments)`` of each block, in the order of the blocks.

    They run where ``joblib.parallel_config`` says, on this thread where it says nothing.

    Parameters
    ----------
    task
        A function at the top of a module, so that other processes find it.
    blocks
    *arguments
        The same for all blocks.

    Examples
    --------
    >>> import joblib
    >>> blocks = replication_blocks(4, 2, rng=1)
    >>> serial = run_blocks(lambda block: block.generator().normal(), blocks)
    >>> with joblib.parallel_config("threading", n_jobs=2):
    ...     run_blocks(lambda block: block.generator().normal(), blocks) == serial
    True
    """
    from joblib import Parallel, delayed

    # Held here too: with threads a block that ends must not free those that still run.
    with single_threaded():
        answers = Parallel()(delayed(_run)(task, block, arguments) for block in blocks)
    return cast("list[Answer]", list(answers))


def _run(task: Callable[..., Answer], block: Block, arguments: tuple[Any, ...]) -> Answer:
    with single_threaded():
        return task(block, *arguments)


class _Hold:
    """How many callers keep this process on one thread now, and what ends that."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.callers = 0
        self.controller: Any = None
        self.limits: Any = None


_HOLD = _Hold()


@contextmanager
def single_threaded() -> Iterator[None]:
    """Keep linear algebra on one thread until the last of those who ask for it is done.

    The one who asks first should be the last to leave: some libraries take a number only
    from the thread that set it before, and stay on one thread where another leaves last.

    Examples
    --------
    >>> from threadpoolctl import ThreadpoolController
    >>> blas = ThreadpoolController().select(user_api="blas")
    >>> with single_threaded(), single_threaded():
    ...     {library["num_threads"] for library in blas.info()}
    {1}
    """
    from threadpoolctl import ThreadpoolController

    with _HOLD.lock:
        if _HOLD.callers == 0:
            _HOLD.controller = ThreadpoolController()
        # Said by each caller, as some libraries keep a number for each thread.
        limits = _HOLD.controller.limit(limits=1, user_api="blas")
        if _HOLD.callers == 0:
            _HOLD.limits = limits
        _HOLD.callers += 1
    try:
        yield
    finally:
        with _HOLD.lock:
            _HOLD.callers -= 1
            if _HOLD.callers == 0:
                _HOLD.limits.restore_original_limits()
