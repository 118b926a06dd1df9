"""How fast the growth kernel is, as ratios measured in one process.

The floor is what no program can avoid: copying four columns into four new arrays and
taking one logarithm of each element of three of them. Every candidate runs once in
each round, in turn, so that all see the same load of the machine; what is shown is
the median over the rounds of the ratio within a round. Before anything is timed the
candidates' answers are compared.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import statistics
import time
import tracemalloc
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

import tfp
from tfp.numerics.growth import growth_terms
from tfp.numerics.ordering import encode_runs, plan_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tfp.numerics.arrays import FloatArray, IntArray

    Answer = tuple[Any, ...]
    Candidates = dict[str, Callable[[], Any]]
    Seconds = list[float]

PERIODS = 10
FLOOR_CHUNK = 16_384
# What mallopt calls them: trim threshold, threshold and number of separate mappings.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_MMAP_MAX = -1, -3, -4
MEGABYTE = 2**20
LOGGED = ["output", "capital", "labour"]
COLUMNS = [*LOGGED, "labour_share"]


@dataclass(frozen=True, eq=False)
class Sample:
    """A balanced panel, sorted, and the same rows shuffled."""

    codes: np.ndarray[Any, np.dtype[np.int32]]
    years: np.ndarray[Any, np.dtype[np.int64]]
    columns: tuple[FloatArray, ...]
    breaks: IntArray
    frame: pd.DataFrame
    shuffled_codes: np.ndarray[Any, np.dtype[np.int32]]
    shuffled_years: np.ndarray[Any, np.dtype[np.int64]]
    shuffled_columns: tuple[FloatArray, ...]


def make_sample(rows: int) -> Sample:
    """Draw positive levels and labour shares for rows / 10 entities over ten years."""
    rng = np.random.default_rng(20_240)
    codes = np.repeat(np.arange(rows // PERIODS, dtype=np.int32), PERIODS)
    years = np.tile(np.arange(2011, 2011 + PERIODS), rows // PERIODS)
    levels = (np.exp(rng.normal(scale=0.3, size=codes.size)) for _ in LOGGED)
    columns = (*levels, rng.uniform(0.5, 0.7, codes.size))
    frame = pd.DataFrame(
        {"entity": codes, "year": years, **dict(zip(COLUMNS, columns, strict=True))}
    )
    mixed = rng.permutation(codes.size)
    return Sample(
        codes,
        years,
        columns,
        np.arange(0, codes.size, PERIODS),
        frame,
        codes[mixed],
        years[mixed],
        tuple(column[mixed] for column in columns),
    )


def floor(sample: Sample) -> Answer:
    """Copy the bytes and take the logarithms, in chunks that stay in the cache."""
    n = sample.codes.size
    results = tuple(np.empty(n) for _ in sample.columns)
    scratch = np.empty(FLOOR_CHUNK)
    for start in range(0, n, FLOOR_CHUNK):
        rows = slice(start, min(start + FLOOR_CHUNK, n))
        for column, result in zip(sample.columns, results, strict=True):
            np.copyto(result[rows], column[rows])
        for column in sample.columns[:3]:
            np.log(column[rows], out=scratch[: rows.stop - rows.start])
    return results


def kernel(columns: Sequence[FloatArray], breaks: IntArray) -> Answer:
    """Run our kernel on sorted rows whose breaks are known."""
    output, capital, labour, share = columns
    terms = growth_terms(
        output, [capital, labour], [None, share], breaks, rates="log", share_timing="average"
    )
    return terms.output_growth, *terms.contributions, terms.residual


def shuffled(sample: Sample) -> Answer:
    """Plan the order of shuffled rows, gather the columns, run the kernel."""
    plan = plan_rows(sample.shuffled_codes, sample.shuffled_years, sample.codes.size // PERIODS)
    assert plan.order is not None
    order = plan.order
    columns = [column.take(order, mode="clip") for column in sample.shuffled_columns]
    return kernel(columns, plan.breaks)


def naive_numpy(sample: Sample) -> Answer:
    """Write the formula in NumPy as one would on paper."""
    growth, of_capital, of_labour = (
        np.diff(np.log(column), prepend=np.nan) for column in sample.columns[:3]
    )
    share = sample.columns[3]
    mean = np.concatenate(([np.nan], (share[1:] + share[:-1]) / 2))
    growth[sample.breaks] = np.nan
    mean[sample.breaks] = np.nan
    return _finish(growth, of_capital, of_labour, mean)


def pandas_masked(sample: Sample) -> Answer:
    """Take one difference of the whole frame and blank what crosses an entity or a gap."""
    frame = sample.frame
    inside = (frame["entity"] == frame["entity"].shift()) & (frame["year"].diff() == 1)
    changes = pd.DataFrame(np.log(frame[LOGGED])).diff()
    mean = ((frame["labour_share"] + frame["labour_share"].shift()) / 2).where(inside)
    growth = changes["output"].where(inside)
    return _finish(growth, changes["capital"], changes["labour"], mean)


def pandas_one_groupby(sample: Sample) -> Answer:
    """Group once and take the difference of all columns together; gaps go unnoticed."""
    frame = sample.frame
    table = pd.DataFrame(np.log(frame[LOGGED])).assign(labour_share=frame["labour_share"])
    changes = table.groupby(frame["entity"], sort=False).diff()
    mean = frame["labour_share"] - changes["labour_share"] / 2
    return _finish(changes["output"], changes["capital"], changes["labour"], mean)


def pandas_usual(sample: Sample) -> Answer:
    """Difference each column by group, as most scripts do; gaps go unnoticed."""
    frame = sample.frame
    growth, of_capital, of_labour = (
        np.log(frame[name]).groupby(frame["entity"]).diff() for name in LOGGED
    )
    share = frame["labour_share"]
    mean = (share + share.groupby(frame["entity"]).shift()) / 2
    return _finish(growth, of_capital, of_labour, mean)


def _finish(growth: Any, of_capital: Any, of_labour: Any, mean: Any) -> Answer:
    by_capital, by_labour = (1 - mean) * of_capital, mean * of_labour
    return growth, by_capital, by_labour, growth - by_capital - by_labour


def fit_ready_panel(sample: Sample) -> Callable[[], Any]:
    """Return the public way, from a panel that stands ready."""
    panel = tfp.Panel(
        sample.frame,
        entity="entity",
        time="year",
        output="output",
        capital="capital",
        labour="labour",
        labour_share="labour_share",
    )
    method = tfp.GrowthAccounting(factor_weights=tfp.IncomeShares(), rates="log")
    return lambda: method.fit(panel)


def time_rounds(candidates: Candidates, rounds: int) -> dict[str, Seconds]:
    """Run every candidate once a round, in turn; return the seconds of each round."""
    seconds: dict[str, Seconds] = {name: [] for name in candidates}
    for _ in range(rounds):
        for name, run in candidates.items():
            start = time.perf_counter()
            result = run()
            seconds[name].append(time.perf_counter() - start)
            del result
    return seconds


def ratio(seconds: Seconds, base: Seconds) -> float:
    """Return the median of the ratios within the rounds, blind to slow changes of load."""
    return statistics.median(a / b for a, b in zip(seconds, base, strict=True))


def extra_memory(run: Callable[[], Answer]) -> float:
    """Return the peak memory of a run beyond its results, in megabytes."""
    tracemalloc.start()
    result = run()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    results = sum(int(part.nbytes) for part in result)
    return (peak - results) / MEGABYTE


def choose_pages(*, recycled: bool) -> str:
    """Tell the C library where arrays come from, and return what was chosen in words.

    Left alone it sometimes hands a round the pages of the last one and sometimes asks
    the system for new ones, and the cost of new memory comes and goes by chance.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return "as they come"
    if recycled:
        done = mallopt(M_MMAP_MAX, 0) and mallopt(M_TRIM_THRESHOLD, 2**31 - 1)
        return "recycled" if done else "as they come"
    return "fresh" if mallopt(M_MMAP_THRESHOLD, MEGABYTE) else "as they come"


def check_answers(sample: Sample, candidates: Candidates) -> None:
    """Stop if any candidate's answer differs from the kernel's."""
    expected = kernel(sample.columns, sample.breaks)
    for name, run in candidates.items():
        for ours, theirs in zip(expected, run(), strict=True):
            np.testing.assert_allclose(theirs, ours, rtol=0, atol=1e-13, err_msg=name)


def measure(rows: int, rounds: int, pandas_rounds: int) -> None:
    """Measure and print everything for one number of rows."""
    sample = make_sample(rows)
    quick: Candidates = {
        "kernel, sorted rows": lambda: kernel(sample.columns, sample.breaks),
        "shuffled rows: plan, gather, kernel": lambda: shuffled(sample),
        "NumPy as on paper": lambda: naive_numpy(sample),
    }
    slow: Candidates = {
        "pandas, one diff, masked": lambda: pandas_masked(sample),
        "pandas, one groupby.diff": lambda: pandas_one_groupby(sample),
        "pandas, groupby.diff a column": lambda: pandas_usual(sample),
    }
    check_answers(sample, quick | slow)
    quick = {"floor": lambda: floor(sample)} | quick
    quick["fit from a ready panel"] = fit_ready_panel(sample)
    seconds = time_rounds(quick, rounds)
    base, ours = seconds["floor"], seconds["kernel, sorted rows"]
    print(f"\n{rows:,} rows, {rows // PERIODS:,} entities; {rounds} rounds")
    show("kernel / floor", ratio(ours, base), "at most 1.3")
    fit = seconds["fit from a ready panel"]
    show("fit from a ready panel / floor", ratio(fit, base), "at most 1.7")
    mixed = seconds["shuffled rows: plan, gather, kernel"]
    show("shuffled / sorted", ratio(mixed, ours), "at most 4")
    show("NumPy as on paper / kernel", ratio(seconds["NumPy as on paper"], ours))
    spare = extra_memory(lambda: kernel(sample.columns, sample.breaks))
    show("kernel's memory beyond its results, MB", spare, "at most 2")
    measure_pandas(slow | {"kernel": quick["kernel, sorted rows"]}, pandas_rounds)
    measure_keys(sample, quick["kernel, sorted rows"], pandas_rounds)


def measure_pandas(candidates: Candidates, rounds: int) -> None:
    """Print what pandas takes, beside kernel runs of the same rounds."""
    seconds = time_rounds(candidates, rounds)
    ours = seconds.pop("kernel")
    print(f"  pandas, {rounds} rounds")
    ratios = {name: ratio(each, ours) for name, each in seconds.items()}
    for name, each in ratios.items():
        show(f"{name} / kernel", each)
    show("best of pandas / kernel", min(ratios.values()), "at least 3")
    show("usual pandas / kernel", ratios["pandas, groupby.diff a column"], "at least 5")


def measure_keys(sample: Sample, ours: Callable[[], Any], rounds: int) -> None:
    """Print what finding the blocks of entities takes, for codes and for names."""
    n_entities = sample.codes.size // PERIODS
    names = np.array([f"unit {code:08d}" for code in range(n_entities)], dtype=object)
    values = names[sample.codes]
    seconds = time_rounds(
        {
            "kernel": ours,
            "plan_rows, sorted codes": lambda: plan_rows(sample.codes, sample.years, n_entities),
            "encode_runs, sorted names": lambda: encode_runs(values),
            "pandas.factorize, sorted names": lambda: pd.factorize(values),
        },
        rounds,
    )
    base = seconds.pop("kernel")
    print(f"  keys, {rounds} rounds")
    for name, each in seconds.items():
        show(f"{name} / kernel", ratio(each, base))


def show(name: str, value: float, goal: str = "") -> None:
    """Print one ratio and its goal."""
    print(f"  {name:45} {value:8.2f}  {'goal: ' + goal if goal else ''}".rstrip())


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--pandas-rounds", type=int, default=3)
    parser.add_argument(
        "--recycled-pages",
        action="store_true",
        help="keep memory between rounds instead of asking the system for new pages",
    )
    options = parser.parse_args()
    pages = choose_pages(recycled=options.recycled_pages)
    print(f"numpy {np.__version__}, pandas {pd.__version__}; memory pages {pages}")
    for rows in options.rows:
        measure(rows, options.rounds, options.pandas_rounds)
        gc.collect()


if __name__ == "__main__":
    main()
