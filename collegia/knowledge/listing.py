"""What is stored, by name, for who only picks one: read without opening the store, and without what it stands on."""

from __future__ import annotations

from pathlib import Path

from collegia.database import peek

__all__ = ["collection_names", "document_names"]


def document_names(home: Path, start: str, most: int) -> list[tuple[str, str]]:
    """The documents whose name starts so, each with its title."""
    return peek(
        _place(home),
        "SELECT name, title FROM documents WHERE substr(name, 1, ?) = ? GROUP BY name ORDER BY name LIMIT ?",
        (len(start), start, most),
    )


def collection_names(home: Path, start: str, most: int) -> list[tuple[str, str]]:
    """The groups of documents whose name starts so, each with how many it has."""
    return peek(
        _place(home),
        "SELECT collection, count(*) || ' documents' FROM documents WHERE substr(collection, 1, ?) = ?"
        " GROUP BY collection ORDER BY collection LIMIT ?",
        (len(start), start, most),
    )


def _place(home: Path) -> Path:
    return home / "knowledge" / "store.db"
