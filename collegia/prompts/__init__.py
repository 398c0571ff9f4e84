"""The exact words that language models are sent: one file each, which a user can read and replace.

A file of the same name in the settings' folder of prompts goes before the one that is shipped. `$name` stands for what
is put in; a text that is put in is never searched for `$` again.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from string import Template

from collegia.errors import UsageError

__all__ = ["NAMES", "prompt", "prompt_path"]

_HERE = Path(__file__).parent
_MOST_BYTES = 100_000
NAMES: tuple[str, ...] = tuple(sorted(path.stem for path in _HERE.glob("*.md")))
"""The prompts that are shipped."""


def prompt_path(name: str, folder: Path | None = None) -> Path:
    """The file that a prompt is read from: the user's own where there is one.

    Raises:
        KeyError: there is no such prompt.
    """
    if name not in NAMES:
        raise KeyError(name)
    own, shipped = _places(name, folder)
    return own if own is not None and own.is_file() else shipped


def prompt(name: str, folder: Path | None = None, **put_in: str) -> str:
    """A prompt with its places filled.

    Args:
        name: of the prompt.
        folder: the user's own prompts.
        **put_in: a text for each place; what a prompt has no place for is left out.

    Raises:
        UsageError: the user's file cannot be read, or has a place that nothing is put into.
    """
    path = prompt_path(name, folder)
    try:
        return _template(path, _changed(path)).substitute(put_in).strip()
    except (KeyError, ValueError) as error:
        places = ", ".join(f"${one}" for one in sorted(put_in)) or "none"
        raise UsageError(
            f"the prompt {path} has a place that cannot be filled ({error}); its places are: {places}"
        ) from None


def _changed(path: Path) -> int:
    """When a file was last written, for a file that is edited while it is in use."""
    try:
        return path.stat().st_mtime_ns
    except OSError as error:
        raise UsageError(f"the prompt {path} cannot be read: {error.strerror or error}") from None


@lru_cache(maxsize=64)
def _places(name: str, folder: Path | None) -> tuple[Path | None, Path]:
    return None if folder is None else folder / f"{name}.md", _HERE / f"{name}.md"


@lru_cache(maxsize=64)
def _template(path: Path, _: int) -> Template:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UsageError(f"the prompt {path} has more than {_MOST_BYTES} bytes")
        return Template(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the prompt {path} cannot be read: {error}") from error
