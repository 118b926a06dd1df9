"""Blocks of replications: fixed sizes, seeds of their own, one thread, any backend."""

from __future__ import annotations

import threading

import joblib
import numpy as np
import pytest
from threadpoolctl import ThreadpoolController, threadpool_limits

from tfp.numerics.replications import replication_blocks, run_blocks, single_threaded


def threads():
    """Return the numbers of threads that linear algebra may use now."""
    return {info["num_threads"] for info in ThreadpoolController().select(user_api="blas").info()}


def product_of_a_block():
    """Return a function that goes to another process as it is: no module has to be found there.

    It gives a product whose last bits depend on the number of threads, and that number.
    """

    def product(block, matrix):
        from threadpoolctl import ThreadpoolController

        libraries = ThreadpoolController().select(user_api="blas").info()
        drawn = block.generator().normal(size=(block.replications, len(matrix)))
        return drawn @ matrix, {info["num_threads"] for info in libraries}

    return product


def first_number(block):
    return float(block.generator().normal())


@pytest.mark.parametrize("replications", [1, 7, 8, 9])
def test_sizes_add_up_and_only_the_last_is_smaller(replications):
    sizes = [block.replications for block in replication_blocks(replications, 8, 1)]
    assert sum(sizes) == replications
    assert all(size == 8 for size in sizes[:-1])


def test_a_block_starts_over_each_time_and_no_two_are_alike():
    blocks = replication_blocks(30, 10, 4)
    firsts = [first_number(block) for block in blocks]
    assert firsts == [first_number(block) for block in blocks]
    assert len(set(firsts)) == 3


def test_more_replications_leave_the_first_blocks_as_they_were():
    few, many = replication_blocks(16, 8, 6), replication_blocks(80, 8, 6)
    assert [first_number(b) for b in few] == [first_number(b) for b in many[:2]]


def test_without_a_seed_the_numbers_are_the_same_every_time():
    first, second = replication_blocks(1, 1), replication_blocks(1, 1)
    assert first_number(first[0]) == first_number(second[0])


def test_a_generator_spawns_other_seeds_each_time():
    generator = np.random.default_rng(3)
    first, second = replication_blocks(1, 1, generator), replication_blocks(1, 1, generator)
    assert first_number(first[0]) != first_number(second[0])
    assert first_number(first[0]) == first_number(replication_blocks(1, 1, 3)[0])


@pytest.mark.parametrize("backend", ["sequential", "threading", "loky"])
def test_every_backend_gives_the_same_bits_in_the_same_order(backend):
    matrix = np.random.default_rng(8).normal(size=(400, 90))
    blocks = replication_blocks(5 * 64, 64, 9)
    product = product_of_a_block()
    serial = run_blocks(product, blocks, matrix)
    with joblib.parallel_config(backend, n_jobs=2):
        parallel = run_blocks(product, blocks, matrix)
    for (ours, _), (theirs, used) in zip(serial, parallel, strict=True):
        np.testing.assert_array_equal(ours, theirs)
        assert used == {1}


@pytest.mark.parametrize("first_to_leave", ["the caller", "the worker"])
def test_nobody_who_leaves_frees_the_others(first_to_leave):
    inside, leave = threading.Event(), threading.Event()

    def work():
        with single_threaded():
            inside.set()
            leave.wait(10)

    with threadpool_limits(2):
        worker = threading.Thread(target=work)
        with single_threaded():
            worker.start()
            assert inside.wait(10)
            if first_to_leave == "the worker":
                leave.set()
                worker.join()
                assert threads() == {1}
        if first_to_leave == "the caller":
            assert threads() == {1}
            leave.set()
            worker.join()
        else:
            assert threads() == {2}


def test_threads_are_given_back_after_an_error():
    def fail(_):
        message = "no answer"
        raise ArithmeticError(message)

    with threadpool_limits(2):
        with pytest.raises(ArithmeticError, match="no answer"):
            run_blocks(fail, replication_blocks(2, 1))
        assert threads() == {2}
