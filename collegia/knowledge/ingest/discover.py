"""From paths, folders and patterns to the regular files below them, links that lead out left out."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from collegia.knowledge.ingest.limits import Refusal

__all__ = ["Found", "find", "printable"]

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_SPECIAL = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@dataclass(slots=True)
class Found:
    """Files to read, by their absolute paths without links, in order and each once; and what was left out."""

    files: list[Path] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def printable(path: str | os.PathLike[str]) -> str:
    """A path that can be shown and stored: what is no UTF-8, or drives a terminal, is written out."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return _UNSEEN.sub(lambda found: ascii(found.group())[1:-1], text)


def find(paths: Iterable[str | os.PathLike[str]]) -> Found:
    """The files that these name: files, folders with all below them, and patterns with *, ?, [ ] and **.

    A pattern names files only. Hidden entries of a folder are passed over. A link is followed where it stays within the
    folder; a link that is named itself is followed anywhere.
    """
    found = Found()
    seen: dict[Path, None] = {}
    for path in paths:
        text = os.fspath(path)
        for file in _named(Path(text), text, found):
            seen.setdefault(file)
    found.files = list(seen)
    return found


def _named(path: Path, text: str, found: Found) -> Iterator[Path]:
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: a loop of links; ValueError: a NUL
        if isinstance(error, FileNotFoundError) and any(mark in text for mark in "*?["):
            yield from _pattern(path, text, found)
            return
        why = "there is no such file" if isinstance(error, FileNotFoundError) else f"cannot be followed: {_said(error)}"
        found.refused.append(Refusal(printable(text), why))
        return
    if real.is_dir():
        before = len(found.refused) + len(found.skipped)
        empty = True
        for file in _below(real, found):
            empty = False
            yield file
        if empty and len(found.refused) + len(found.skipped) == before:
            found.refused.append(Refusal(printable(real), "the folder holds no file"))
    else:
        yield from _fit(real, path, found)


def _below(root: Path, found: Found, depth: int | None = None) -> Iterator[Path]:
    """The files below a folder, in order, at most so many levels down. No recursion: folders may be nested deeply."""
    waiting = [(root, 1)]
    while waiting:
        folder, level = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                here = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            found.refused.append(Refusal(printable(folder), f"the folder cannot be read: {_said(error)}"))
            continue
        inner = []
        for entry in here:
            path = folder / entry.name
            if entry.name.startswith("."):
                found.skipped.append(printable(path))
            elif entry.is_symlink():
                yield from _linked(path, root, found)
            elif entry.is_dir(follow_symlinks=False):
                inner.append((path, level + 1))
            else:
                yield from _fit(path, path, found)
        if depth is None or level < depth:
            waiting.extend(reversed(inner))


def _linked(path: Path, root: Path, found: Found) -> Iterator[Path]:
    """What a link within a folder leads to, where that is a file of the same folder; folders are walked anyway."""
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links
        why = "leads nowhere" if isinstance(error, FileNotFoundError) else f"cannot be followed: {_said(error)}"
        found.refused.append(Refusal(printable(path), f"a link that {why}"))
        return
    if not real.is_relative_to(root):
        found.refused.append(Refusal(printable(path), f"a link out of {printable(root)}; name it to take it in"))
    elif not real.is_dir():
        yield from _fit(real, path, found)


def _pattern(path: Path, text: str, found: Found) -> Iterator[Path]:
    parts = path.parts
    fixed = next(place for place, part in enumerate(parts) if any(mark in part for mark in "*?["))
    wanted = parts[fixed:]
    base = Path(*parts[:fixed])
    matched = False
    if base.is_dir():
        root = base.resolve()
        aside = Found()  # what lies beside the pattern was not asked for
        for file in _below(root, aside, None if "**" in wanted else len(wanted)):
            if file.is_relative_to(root) and _matches(file.relative_to(root).parts, wanted):
                matched = True
                yield file
        for refusal in aside.refused:
            place = Path(refusal.source)
            if place.is_relative_to(root) and _matches(place.relative_to(root).parts, wanted):
                matched = True
                found.refused.append(refusal)
    if not matched:
        found.refused.append(Refusal(printable(text), "nothing matches this pattern"))


def _matches(parts: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether a path fits a pattern; ** is any number of folders. Each place is looked at once for each part."""
    reached = {0}
    for part in (*parts, None):
        spread = set(reached)
        for place in sorted(reached):
            for after in range(place, len(wanted)):
                if wanted[after] != "**":
                    break
                spread.add(after + 1)
        if part is None:
            return len(wanted) in spread
        reached = {
            place if wanted[place] == "**" else place + 1
            for place in spread
            if place < len(wanted) and (wanted[place] == "**" or fnmatchcase(part, wanted[place]))
        }
    return False


def _fit(real: Path, path: Path, found: Found) -> Iterator[Path]:
    """The file itself where it can be read and stored; else it is refused by the path it was found by."""
    if (why := _unfit(real)) is None:
        yield real
    else:
        found.refused.append(Refusal(printable(path), why))


def _unfit(path: Path) -> str | None:
    """Why a path, links resolved, is no file that can be stored; None where it is one."""
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        return f"cannot be read: {_said(error)}"
    for test, what in _SPECIAL:
        if test(mode):
            return f"is {what}, not a file"
    if printable(path) != str(path):
        return "its path holds control characters or is not UTF-8; rename it"
    return None


def _said(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
