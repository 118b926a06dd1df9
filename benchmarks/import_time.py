"""What ``import tfp`` costs beside ``import numpy``, in fresh interpreters by turns."""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time

STATEMENTS = {
    "bare interpreter": "pass",
    "import tfp": "import tfp",
    "import numpy": "import numpy",
    "tfp.GrowthAccounting": "import tfp; tfp.GrowthAccounting",
    "import pandas": "import pandas",
}


def seconds_of(statement: str) -> float:
    """Return the time of a fresh interpreter that runs one statement."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)  # noqa: S603  (our statements)
    return time.perf_counter() - start


def main() -> None:
    """Measure by turns and print each statement, less the interpreter, over numpy's."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=21)
    rounds = parser.parse_args().rounds
    seconds: dict[str, list[float]] = {name: [] for name in STATEMENTS}
    for _ in range(rounds):
        for name, statement in STATEMENTS.items():
            seconds[name].append(seconds_of(statement))
    medians = {name: statistics.median(each) for name, each in seconds.items()}
    bare = medians.pop("bare interpreter")
    numpy = medians["import numpy"] - bare
    print(f"net of the bare interpreter, medians of {rounds} rounds")
    for name, each in medians.items():
        goal = "goal: at most 0.15" if name == "import tfp" else ""
        print(f"  {name + ' / import numpy':40} {(each - bare) / numpy:8.2f}  {goal}".rstrip())


if __name__ == "__main__":
    main()
