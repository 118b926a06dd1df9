"""``python -m tfp`` is the command ``tfp``."""

from __future__ import annotations

from tfp.cli import main

if __name__ == "__main__":
    main(prog_name="tfp")
