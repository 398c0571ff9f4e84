"""The command line: `collegia`. It shows what the assistant does and has no logic of its own."""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run the command line; the process ends with its exit code."""
    from collegia.cli.app import app

    app(prog_name="collegia")
