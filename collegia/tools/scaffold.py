"""`collegia experts new DIR`: the skeleton of a domain that installs, and passes its own test, as written."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template
from typing import NamedTuple

from collegia.errors import UsageError
from collegia.tools.registry import installed
from collegia.tools.scaffold_files import FILES

__all__ = ["Names", "names_for", "new_domain"]


class Names(NamedTuple):
    """The names of a new domain, all derived from its folder."""

    domain: str
    """In snake_case: the domain's and the entry point's name."""
    package: str
    """The importable package; prefixed, so that a domain called `json` hides nothing."""
    distribution: str
    """The name pip knows."""


def names_for(folder: Path) -> Names:
    """Derive the names from the folder's own name: `Heat Pumps`, `heat-pumps` and `collegia-heat-pumps` are one.

    Raises:
        UsageError: no usable name, or a domain of that name is installed.
    """
    spoken = folder.resolve().name
    domain = re.sub(r"[\s.-]+", "_", spoken.strip().lower()).removeprefix("collegia_").strip("_")
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", domain):
        raise UsageError(
            f"{spoken!r} gives no domain name; call the folder by letters, digits and dashes, beginning with a letter"
        )
    if domain in installed():
        raise UsageError(f"a domain {domain!r} is installed already; call the folder by another name")
    return Names(domain, f"collegia_{domain}", f"collegia-{domain.replace('_', '-')}")


def new_domain(folder: Path) -> tuple[Path, ...]:
    """Write the skeleton into `folder`, which must not exist or be empty; returns the files written.

    Raises:
        UsageError: the folder holds something, gives no name, or cannot be written.
    """
    names = names_for(folder)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; name a folder that does not exist yet")
    if folder.is_dir() and any(folder.iterdir()):
        raise UsageError(f"{folder} holds files, and nothing is overwritten; name a folder that does not exist yet")
    words = {**names._asdict(), "title": names.domain.replace("_", " ")}
    written: list[Path] = []
    try:
        for name, text in FILES.items():
            target = folder / Template(name).substitute(words)
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("x", encoding="utf-8") as file:
                file.write(Template(text).substitute(words))
            written.append(target)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}") from error
    return tuple(written)
