"""``python -m tfp.cli`` is the command, too."""

from __future__ import annotations

from tfp.cli.group import main

if __name__ == "__main__":
    main(prog_name="tfp")
