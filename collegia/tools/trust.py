"""Experts from a plain file, and whether that file may run.

`--experts FILE.py` runs whatever the file holds, so its owner is asked once. What is trusted is the content: a
changed file is asked about again, a copy of the same file is not. The very bytes that were hashed are the bytes
that run. Modules that the file imports are not covered; the file's own folder is not put on the import path.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, get_origin, get_type_hints

from collegia.errors import StoreError, UsageError
from collegia.tools.expert import _NOTES

__all__ = ["Untrusted", "content_hash", "is_trusted", "load_functions", "trust"]

_NAME = "trusted.json"


class Untrusted(UsageError):
    """The file is code that nobody has said yes to; the message holds the command that does."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is code, and its present content is not trusted. Read it, then: collegia experts trust {path}"
        )
        self.path = path


def content_hash(path: Path) -> str:
    """SHA-256 of the file's bytes.

    Raises:
        UsageError: the file cannot be read.
    """
    return hashlib.sha256(_read(path)).hexdigest()


def is_trusted(path: Path, home: Path) -> bool:
    """Whether this content was trusted before, in the state folder `home`.

    Raises:
        UsageError: the file cannot be read.
        StoreError: the list of trusted files cannot be read.
    """
    return content_hash(path) in _known(home)


def trust(path: Path, home: Path) -> str:
    """Trust the file's present content; returns its hash.

    Raises:
        UsageError: the file cannot be read.
        StoreError: the list of trusted files cannot be read or written.
    """
    digest = content_hash(path)
    known = _known(home)
    known[digest] = {"path": str(path.resolve()), "at": datetime.now(UTC).isoformat(timespec="seconds")}
    target = home / _NAME
    part = target.with_name(f"{_NAME}.{os.getpid()}.part")
    try:
        home.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps({"version": 1, "trusted": known}, indent=1), encoding="utf-8")
        part.replace(target)
    except OSError as error:
        raise StoreError(
            f"{target} cannot be written: {error.strerror}; set COLLEGIA_HOME to a folder that can"
        ) from error
    return digest


def load_functions(path: Path, home: Path | None = None) -> tuple[Callable[..., Any], ...]:
    """Run the file and return its experts: the public functions defined in it that declare kinds or units.

    With `home`, the content that runs must have been trusted there; without, the caller answers for the file.

    Raises:
        Untrusted: the content was not trusted.
        UsageError: the file cannot be read, does not run, or declares no expert; with the line where it fails.
        StoreError: the list of trusted files cannot be read.
    """
    code = _read(path)
    digest = hashlib.sha256(code).hexdigest()
    if home is not None and digest not in _known(home):
        raise Untrusted(path)
    module = _run(path, code, digest)
    found = tuple(
        value
        for name, value in vars(module).items()
        if not name.startswith("_")
        and inspect.isfunction(value)
        and value.__module__ == module.__name__
        and _declares(value)
    )
    if not found:
        raise UsageError(
            f"{path} declares no expert: a public function whose arguments carry units, as in "
            'Annotated[float, "kg/m**3"]'
        )
    return tuple(dict.fromkeys(found))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error


def _known(home: Path) -> dict[str, Any]:
    source = home / _NAME
    try:
        known = json.loads(source.read_text(encoding="utf-8"))["trusted"]
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{source} cannot be read ({error}); remove it to be asked again") from error
    if not isinstance(known, dict):
        raise StoreError(f"{source} is not a list of trusted files; remove it to be asked again")
    return known


def _run(path: Path, code: bytes, digest: str) -> ModuleType:
    # Listed as a module, because a NamedTuple's annotations are resolved through the module's name.
    name = f"collegia_local_{digest[:16]}"
    if (loaded := sys.modules.get(name)) is not None:
        return loaded
    module = ModuleType(name)
    module.__file__ = str(path)
    sys.modules[name] = module
    try:
        exec(compile(code, str(path), "exec", dont_inherit=True), vars(module))  # noqa: S102  # that is the feature
    except BaseException as error:  # whatever the file raises, SystemExit included, is a fault told by its line
        del sys.modules[name]
        if isinstance(error, (KeyboardInterrupt, MemoryError)):
            raise
        raise UsageError(f"{path} does not run: {_where(error, path)}{type(error).__name__}: {error}") from error
    return module


def _where(error: BaseException, path: Path) -> str:
    if isinstance(error, SyntaxError):
        return ""
    line = 0
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return f"line {line}: " if line else ""


def _declares(function: Callable[..., Any]) -> bool:
    """Whether a function means to be an expert; its faults are then told by the contract."""
    if hasattr(function, _NOTES):
        return True
    try:
        hints = get_type_hints(function, include_extras=True)
    except Exception:  # noqa: BLE001  # unreadable annotations: only a function that speaks of units is worth an error
        return any("Annotated" in str(hint) for hint in function.__annotations__.values())
    return any(get_origin(hint) is Annotated for hint in hints.values())
