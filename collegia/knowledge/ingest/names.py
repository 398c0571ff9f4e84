"""What citations call a file: its name, and as many of the folders above it as it takes to tell it from others."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

__all__ = ["IN_NAME", "IN_SOURCE", "is_record_of", "name_files", "records_of"]

IN_SOURCE = "/#"
"""Stands between a file and the record of it in sources: where that file is, no other can have such a path."""

IN_NAME = "#"
"""Stands between a file and the record of it in names."""


def records_of(file: str, sources: Sequence[str]) -> list[str]:
    """The sources among these, which are in order, that are records of a file."""
    first = last = bisect_left(sources, file + IN_SOURCE)
    while last < len(sources) and sources[last].startswith(file + IN_SOURCE):
        last += 1
    return list(sources[first:last])


def is_record_of(file: str, name: str, source: str) -> bool:
    """Whether a document of that name and source is a record of a file, which goes by its name or its source."""
    if source.startswith(file + IN_SOURCE):
        return True
    return name.startswith(file + IN_NAME) and source.endswith(IN_SOURCE + name[len(file + IN_NAME) :])


def name_files(files: Sequence[Path], stored: Mapping[str, str]) -> dict[Path, str]:
    """A name for each file, unlike every other and unlike those in the store.

    A file that is stored keeps its name, so that citations stay what they are; otherwise files that share a name all
    get the folder before it, so that the order they come in does not matter.

    Args:
        files: absolute paths, each once.
        stored: names by source of what the store holds.
    """
    given = {file: stored[file.as_posix()] for file in files if file.as_posix() in stored}
    sources = sorted(stored)
    taken = Counter(stored.values())
    for name in stored.values():
        taken.update(name[:place] for place, letter in enumerate(name) if letter == IN_NAME)
    for file in files:
        if file not in given and (records := records_of(file.as_posix(), sources)):
            part = records[0].removeprefix(file.as_posix() + IN_SOURCE)
            given[file] = stored[records[0]].removesuffix(IN_NAME + part)
    waiting, levels = [file for file in files if file not in given], 1
    while waiting:
        tried = {
            file: "/".join(file.parts[-levels:]) if levels < len(file.parts) else file.as_posix() for file in waiting
        }
        count = Counter(tried.values())
        for file, name in tried.items():
            if (count[name] == 1 and not taken[name]) or levels >= len(file.parts):
                given[file] = name
        taken.update(count)  # a name that two would share goes to neither
        waiting, levels = [file for file in waiting if file not in given], levels + 1
    return given
