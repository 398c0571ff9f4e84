"""The command line: `collegia`. It shows what the assistant does and has no logic of its own."""

from __future__ import annotations

import gc

__all__ = ["main"]

_OBJECTS = 50_000
"""New objects before the collector looks for cycles. Nearly all that a command makes lives as long as it does."""


def main() -> None:
    """Run the command line; the process ends with its exit code."""
    gc.set_threshold(_OBJECTS, *gc.get_threshold()[1:])
    from collegia.cli.app import app

    try:
        app(prog_name="collegia")
    finally:
        gc.freeze()  # else the end of the process waits for a last search through all modules
