"""Opens a folder of Chroma's and asks a little of each collection, as its own process: `python probe.py FOLDER`.

What is damaged there may take the whole process down, so it is this one that goes first. It imports nothing of the
package, so that it starts quickly wherever the package lies. It ends with 0 where all is well, with 3 where something
is wrong (said on standard error), with 4 where Chroma cannot be imported, and with anything else where it crashed.
"""

import os
import sys
from typing import Any

__all__ = ["main"]

_SAMPLE = 24  # vectors at each of some places in a collection that have to find themselves
_MISSED = 0.25  # the part of them that may fail: the search is approximate


def main(folder: str) -> int:
    """Open, count, and look up some vectors of each collection by themselves."""
    try:
        import chromadb
        from chromadb.config import Settings
    except ImportError as error:
        sys.stderr.write(str(error))
        return 4
    try:
        client: Any = chromadb.PersistentClient(folder, settings=Settings(anonymized_telemetry=False))
        for collection in client.list_collections():
            count = collection.count()
            for first in sorted({0, count // 3, count // 2, max(0, count - _SAMPLE)}):
                some = collection.get(limit=_SAMPLE, offset=first, include=["embeddings"])
                if not count:
                    continue
                found = collection.query(query_embeddings=some["embeddings"], n_results=3, include=["distances"])
                nearest = found["distances"] or []
                missed = sum(
                    one not in ids or not -1e-3 < near[0] < 1e-3
                    for one, ids, near in zip(some["ids"], found["ids"], nearest, strict=True)
                )
                if not some["ids"] or missed > _MISSED * len(some["ids"]):
                    raise ValueError(f"of {len(some['ids'])} vectors {missed} do not find themselves")
        client.close()
    except Exception as error:  # noqa: BLE001  # whatever it says is passed on: the folder cannot be used
        sys.stderr.write(f"{type(error).__name__}: {error}")
        return 3
    return 0


if __name__ == "__main__":
    code = main(sys.argv[1])
    sys.stderr.flush()
    os._exit(code)  # threads of a library that is done with could still crash or hang at the end
