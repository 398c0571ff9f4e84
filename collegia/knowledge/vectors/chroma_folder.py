"""A folder of Chroma's: opened after another process could, else moved aside; and wiped of what was removed."""

from __future__ import annotations

import atexit
import json
import shutil
import sqlite3
import struct
import subprocess
import sys
import warnings
import weakref
from pathlib import Path
from typing import Any

from collegia.errors import MissingLibrary, StoreError
from collegia.knowledge.vectors.chroma import HNSW, ChromaVectors, noise, wording

__all__ = ["ChromaFolder", "open_folder"]

_LONGEST = 120.0  # seconds that a look at the folder may take before it counts as hanging
_BLANK = "blank"
_HEADER = struct.Struct("<i4Q")  # of an index: version, offset, room, vectors in it, bytes of each


class ChromaFolder:
    """The indexes of one store in a folder, by Chroma's PersistentClient.

    A native crash would take the assistant with it. So a folder that was not closed cleanly, or has changed since, is
    opened by another process first (`probe`); where that one crashes, hangs or complains, the folder is moved aside.

    Args:
        folder: made on first use. Beside it lie `NAME.mark`, which says how it was left, and at most one
            `NAME.damaged`, which goes with the next removal.
        longest: seconds the look at it may take.
    """

    def __init__(self, folder: Path, longest: float = _LONGEST) -> None:
        self.folder = folder
        self.place = "chroma"
        self.aside = folder.with_name(f"{folder.name}.damaged")
        self._mark = folder.with_name(f"{folder.name}.mark")
        self._longest = longest
        self._client: Any = None
        weak = weakref.ref(self)
        atexit.register(_close, weak)

    def index(self, name: str, about: dict[str, str]) -> ChromaVectors:
        """The collection of that name, made where there is none.

        Raises:
            StoreError: the folder cannot be used.
            MissingLibrary: chromadb is not installed.
        """
        with wording(str(self.folder)):
            client = self._opened()
            collection = client.get_or_create_collection(
                name, metadata=about, embedding_function=None, configuration={"hnsw": HNSW}
            )
            return ChromaVectors(collection, str(self.folder), client.get_max_batch_size())

    def drop(self, name: str) -> None:
        """Delete a collection; `erase` then deletes its files, which Chroma leaves."""
        if not self.folder.exists():
            return
        with wording(str(self.folder)):
            client = self._opened()
            if name in {one.name for one in client.list_collections()}:
                client.delete_collection(name)

    def erase(self) -> None:
        """Overwrite removed vectors in the files: write every index out, empty the queue, and rewrite the table."""
        self.aside_away()
        if not self.folder.exists():
            return
        with wording(str(self.folder)):
            names = [one.name for one in self._opened().list_collections()]
            full = [name for name in names if self._collection(name).count()]
            for name in set(names) - set(full):
                self._client.delete_collection(name)
            for (
                name
            ) in full:  # Chroma writes an index out once as many changes wait as this says, and reads it on opening
                _written_after(self._collection(name), 2)
            self._release()
            self._opened()
            for name in full:
                self._write_out(name)
            self.close()
            self._sweep()

    def aside_away(self) -> None:
        """Delete the damaged folder that was moved aside."""
        if self.aside.exists():
            shutil.rmtree(self.aside)

    def __del__(self) -> None:
        self.close()

    def verify(self) -> list[str]:
        """Let another process open the folder first, unless it was closed cleanly and has not changed since."""
        if self._client is not None or not self.folder.exists():
            return []
        known, clean = self._known()
        if clean and known == self._state():
            return []
        why = self._shorter(known) or self._probe()
        if not why:
            return []
        self.aside_away()
        shutil.move(self.folder, self.aside)
        return [
            f"the vectors in {self.folder} could not be opened safely ({why}); they were moved to {self.aside}"
            " and are made anew from the knowledge store"
        ]

    def refresh(self) -> None:
        """Close the folder, so that the next use reads what another process has written."""
        self._release()

    def close(self) -> None:
        """Close the folder and note that it was."""
        if self._client is None:
            return
        self._release()
        self._note(clean=True)

    def _release(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close()

    def _opened(self) -> Any:
        if self._client is None:
            self._client = open_folder(self.folder)
            self._note(clean=False)
        return self._client

    def _collection(self, name: str) -> Any:
        return self._client.get_collection(name, embedding_function=None)

    def _write_out(self, name: str) -> None:
        collection = self._collection(name)
        dimension = len(collection.get(limit=1, include=["embeddings"])["embeddings"][0])
        collection.upsert(ids=[_BLANK], embeddings=[noise(dimension)])
        collection.delete(ids=[_BLANK])
        collection.query(query_embeddings=[noise(dimension)], n_results=1, include=["distances"])
        _written_after(collection, HNSW["sync_threshold"])

    def _sweep(self) -> None:
        """Delete the folders of collections that are gone, and what deleted rows left in the table's file."""
        table = self.folder / "chroma.sqlite3"
        db = sqlite3.connect(table, isolation_level=None)
        try:
            known = {row[0] for row in db.execute("SELECT id FROM segments")}
            db.execute("VACUUM")
        finally:
            db.close()
        for one in self.folder.iterdir():
            if one.is_dir() and one.name not in known:
                shutil.rmtree(one)
            elif one.is_dir():
                _blank_spare(one)
        self._note(clean=True)

    def _note(self, *, clean: bool) -> None:
        """Leave the mark: what the files are like, and whether the folder is closed."""
        told = self._mark.with_name(f"{self._mark.name}.new")
        told.write_text(json.dumps({"clean": clean, "files": self._state()}), encoding="utf-8")
        told.replace(self._mark)

    def _known(self) -> tuple[dict[str, list[int]], bool]:
        """What the mark says; nothing where there is none."""
        try:
            said = json.loads(self._mark.read_text(encoding="utf-8"))
            return dict(said["files"]), said["clean"] is True
        except (OSError, ValueError, LookupError, TypeError):
            return {}, False

    def _shorter(self, known: dict[str, list[int]]) -> str:
        """Which file of an index has lost something: such files only grow, and half a header reads as anything."""
        for name, (length, _) in known.items():
            path = self.folder / name
            if path.suffix == ".bin" and path.parent.exists() and (not path.exists() or path.stat().st_size < length):
                return f"{name} is shorter than it was"
        return ""

    def _state(self) -> dict[str, list[int]]:
        """Length and time of every file, which a change would change."""
        state = {}
        for one in sorted(self.folder.rglob("*")):
            if one.is_file():
                told = one.stat()
                state[one.relative_to(self.folder).as_posix()] = [told.st_size, told.st_mtime_ns]
        return state

    def _probe(self) -> str:
        """What is wrong with the folder, empty where another process could open it."""
        program = Path(__file__).with_name("probe.py")
        try:
            done = subprocess.run(  # noqa: S603  - this interpreter, our own program, a folder of ours
                [sys.executable, "-P", str(program), str(self.folder)],
                capture_output=True, stdin=subprocess.DEVNULL, timeout=self._longest, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return f"opening it took more than {self._longest:g} seconds"
        said = " ".join(done.stderr.decode("utf-8", "replace").split())[-200:]
        if done.returncode == 4:
            raise _missing(said)
        if done.returncode == 3:
            return said
        return f"opening it ended a process with {done.returncode}" if done.returncode else ""


def _written_after(collection: Any, changes: object) -> None:
    """Have Chroma write an index out after that many changes."""
    with warnings.catch_warnings():  # it warns of a collection that has no embedding function of Chroma's own
        warnings.simplefilter("ignore", DeprecationWarning)
        collection.modify(configuration={"hnsw": {"sync_threshold": changes}})


def _blank_spare(index: Path) -> None:
    """Put zeros where an index keeps room for vectors to come: Chroma writes out whatever memory held there before.

    Raises:
        StoreError: the files are laid out in another way, so that nobody can say what is still in them.
    """
    header = index / "header.bin"
    if not header.exists():
        return
    version, _, _, count, size = _HEADER.unpack_from(header.read_bytes().ljust(_HEADER.size, b"\0"))
    vectors = index / "data_level0.bin"
    if version != 1 or not size or vectors.stat().st_size % size or vectors.stat().st_size < count * size:
        raise StoreError(
            f"{index} is laid out as no Chroma that Collegia knows does, so what was removed may still be in it;"
            " `collegia kb rebuild` makes the vectors anew"
        )
    for path, used in ((vectors, count * size), (index / "length.bin", count * 4)):
        with path.open("r+b") as file:
            file.seek(used)
            file.write(bytes(max(0, path.stat().st_size - used)))


def open_folder(folder: Path) -> Any:
    """Chroma's own client over a folder, its telemetry off.

    Raises:
        MissingLibrary: chromadb is not installed.
    """
    try:
        import chromadb
        from chromadb.config import Settings
    except ImportError as error:
        raise _missing(str(error)) from error
    folder.parent.mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))


def _missing(said: str) -> MissingLibrary:
    return MissingLibrary(
        f"vectors need chromadb, which cannot be imported ({said}): pip install 'chromadb>=1.5.9,<2',"
        " or set COLLEGIA_VECTORS=exact"
    )


def _close(weak: weakref.ref[ChromaFolder]) -> None:
    """At the end of the process: leave the mark where nobody closed the folder."""
    folder = weak()
    if folder is not None:
        folder.close()
