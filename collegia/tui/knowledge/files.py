"""File names that could be meant by a path that is being typed."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["files_like"]


def files_like(typed: str, most: int = 8) -> list[str]:
    """The files and folders that begin so, folders with a slash at their end; hidden ones where a dot was typed.

    Args:
        typed: a path so far; `~` is the home.
        most: how many at most.
    """
    folder, _, start = typed.rpartition("/")
    try:
        place = Path(f"{folder}/" if "/" in typed else ".").expanduser()
        with os.scandir(place) as entries:
            found = [
                (entry.name, entry.is_dir())
                for entry in entries
                if entry.name.startswith(start) and entry.name.startswith(".") == start.startswith(".")
            ]
    except (OSError, RuntimeError, ValueError):  # RuntimeError: no home; ValueError: a NUL. There is nothing to offer
        return []
    before = f"{folder}/" if "/" in typed else ""
    return [f"{before}{name}{'/' * is_folder}" for name, is_folder in sorted(found)[:most]]
