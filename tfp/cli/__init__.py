"""The command: ``tfp demo | new | check | run | revisions | methods``.

Exit codes: 0 done; 1 findings that must be settled first; 2 a command, plan or data that
are not understood; 3 results that cannot be written; 70 a fault of the program, with a file
for its developers; 130 stopped by Ctrl-C. Whatever it says stands in the catalogues, in
the language that :mod:`tfp.cli.spoken` chooses.
"""

from __future__ import annotations

from tfp.cli.exit_codes import BLOCKED, NOT_UNDERSTOOD, NOT_WRITTEN, OUR_FAULT, STOPPED
from tfp.cli.group import main

__all__ = ["BLOCKED", "NOT_UNDERSTOOD", "NOT_WRITTEN", "OUR_FAULT", "STOPPED", "main"]
