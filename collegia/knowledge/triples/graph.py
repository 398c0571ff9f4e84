"""A graph of triples held in memory: who stands in which relation to whom, found from either end."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from collegia.errors import UsageError
from collegia.knowledge.triples.names import key_of, tidy

__all__ = ["Triple", "TripleGraph"]

_COLUMNS = 3


class Triple(NamedTuple):
    """One fact: the subject stands in the relation to the object."""

    subject: str
    relation: str
    object: str


class TripleGraph:
    """Triples, indexed from both ends. Nodes and relations are numbered in the order in which they first come.

    A node is its exact name: two things of one name are one node. `keys` has the nodes by names without case, accents
    and punctuation too.
    """

    def __init__(self, triples: Iterable[tuple[str, str, str]] = ()) -> None:
        self._names: list[str] = []
        self._ids: dict[str, int] = {}
        self._relations: list[str] = []
        self._relation_ids: dict[str, int] = {}
        self._out: list[dict[int, list[int]]] = []
        self._in: list[dict[int, list[int]]] = []
        self._keys: dict[str, list[int]] | None = None
        self._size = 0
        self._fill(triples)

    @classmethod
    def read(cls, path: str | Path) -> TripleGraph:
        """A graph from a file of subject, relation and object between tabs, one triple a line; `.gz` is unpacked.

        Raises UsageError, naming the file and the line, for a line that is not three filled columns of UTF-8.
        """
        return cls(_lines(Path(path)))

    def _fill(self, triples: Iterable[tuple[str, str, str]]) -> None:
        ids, names, relation_ids = self._ids, self._names, self._relation_ids
        seen: set[tuple[int, int, int]] = set()
        for subject, relation, object_ in triples:
            ends = []
            for name in (subject, object_):
                node = ids.get(name)
                if node is None:
                    node = ids[name] = len(names)
                    names.append(name)
                ends.append(node)
            link = relation_ids.get(relation)
            if link is None:
                link = relation_ids[relation] = len(self._relations)
                self._relations.append(relation)
                self._out.append({})
                self._in.append({})
            edge = (ends[0], link, ends[1])
            if edge not in seen:
                seen.add(edge)
                self._out[link].setdefault(ends[0], []).append(ends[1])
                self._in[link].setdefault(ends[1], []).append(ends[0])
        self._size = len(seen)

    def __len__(self) -> int:
        return self._size

    @property
    def names(self) -> list[str]:
        """The names of the nodes; a node's number is its place here. Not to be changed."""
        return self._names

    @property
    def relations(self) -> list[str]:
        """The names of the relations; a relation's number is its place here. Not to be changed."""
        return self._relations

    def id_of(self, name: str) -> int | None:
        """The node of exactly this name."""
        return self._ids.get(name)

    @property
    def keys(self) -> dict[str, list[int]]:
        """The nodes under their folded names; a name of signs alone is its own. Not to be changed."""
        if self._keys is None:
            found: dict[str, list[int]] = {}
            for node, name in enumerate(self._names):
                found.setdefault(key_of(name) or tidy(name), []).append(node)
            self._keys = found
        return self._keys

    def side(self, relation: int, *, forward: bool) -> dict[int, list[int]]:
        """The neighbours by a relation: of subjects when forward, of objects when not. Not to be changed."""
        return (self._out if forward else self._in)[relation]

    def degree(self, node: int) -> int:
        """How many triples hold the node."""
        return sum(len(side.get(node, ())) for sides in (self._out, self._in) for side in sides)

    def triples(self) -> Iterator[Triple]:
        """All triples, by relation."""
        for link, relation in enumerate(self._relations):
            for subject, objects in self._out[link].items():
                for object_ in objects:
                    yield Triple(self._names[subject], relation, self._names[object_])


def _lines(path: Path) -> Iterator[tuple[str, str, str]]:
    number = 0
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                parts = line.rstrip("\r\n").split("\t")
                if parts == [""]:
                    continue
                if len(parts) != _COLUMNS or not all(part.strip() for part in parts):
                    raise UsageError(
                        f"{path}, line {number}: expected subject, relation and object between tabs, not {line!r:.120}."
                    )
                yield parts[0].strip(), parts[1].strip(), parts[2].strip()
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 after line {number}: {error.reason}. Save it as UTF-8.") from error
    except (OSError, EOFError) as error:
        raise UsageError(f"{path} cannot be read: {error}.") from error
