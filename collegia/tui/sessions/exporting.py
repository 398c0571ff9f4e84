"""A session written to a file that the user names; nothing is written over without a yes."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from collegia.errors import UsageError

__all__ = ["form_of", "place_of", "write"]


def form_of(path: Path) -> Literal["markdown", "json"]:
    """The form that a file's name asks for.

    Raises:
        UsageError: neither of the two.
    """
    match path.suffix.casefold():
        case ".md" | ".markdown":
            return "markdown"
        case ".json":
            return "json"
        case other:
            raise UsageError(f"a file that ends in .md or .json is wanted, not in {other or 'nothing'!r}")


def place_of(text: str) -> Path:
    """The file that a path names.

    Raises:
        UsageError: it cannot be one; its folder is not there.
    """
    try:
        path = Path(text).expanduser()
        form_of(path)
        if path.is_dir():
            raise UsageError(f"{path} is a folder; name a file in it")
        if not path.parent.is_dir():
            raise UsageError(f"there is no folder {path.parent}")
    except (OSError, RuntimeError, ValueError) as error:
        raise UsageError(f"{text!r} names no file: {error}") from error
    return path


def write(path: Path, text: str, *, over: bool) -> None:
    """Write the text.

    Args:
        path: of the file.
        text: of the session.
        over: whether a file that is there may be written over.

    Raises:
        UsageError: it is there already, or cannot be written.
    """
    try:
        with path.open("w" if over else "x", encoding="utf-8", errors="replace") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{path} is there already, and is not written over") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be written: {getattr(error, 'strerror', None) or error}") from error
