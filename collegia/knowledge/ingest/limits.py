"""What a file may cost, and what is said of one that is not taken in."""

from __future__ import annotations

from dataclasses import dataclass

from collegia.errors import UsageError

__all__ = ["Limits", "Refusal", "Report", "Unreadable"]


class Unreadable(UsageError):
    """A file cannot be taken in; the message is the reason, without the file's name."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost; a file that costs more is refused.

    Attributes:
        bytes: its size.
        seconds: the time its reading takes.
        memory: bytes of address space that its reader may hold; not kept on systems that cannot.
        expansion: how many times its size a packed file may unpack to; the first 10 MB are free.
        characters: the text it yields.
        line: characters in one line of a file that is read by lines.
    """

    bytes: int = 100_000_000
    seconds: float = 60.0
    memory: int = 2_000_000_000
    expansion: float = 200.0
    characters: int = 50_000_000
    line: int = 1_000_000

    def __post_init__(self) -> None:
        for name in ("bytes", "seconds", "memory", "expansion", "characters", "line"):
            if not getattr(self, name) > 0:
                raise UsageError(f"a limit of {getattr(self, name)} {name} lets nothing in; give a positive number")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file, or a row of one, that was not taken in, and why."""

    source: str
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did.

    Attributes:
        added, replaced, unchanged: documents; a file of records is one for each record.
        refused: what was not taken in.
        skipped: hidden files and folders that were passed over; naming one takes it in.
    """

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    refused: tuple[Refusal, ...] = ()
    skipped: tuple[str, ...] = ()
