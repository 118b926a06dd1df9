"""What the command tells the program that called it."""

from __future__ import annotations

BLOCKED, NOT_UNDERSTOOD, NOT_WRITTEN, OUR_FAULT, STOPPED = 1, 2, 3, 70, 130
