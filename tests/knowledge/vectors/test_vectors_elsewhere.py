"""Vectors on Chroma's server, in llama-index's stores, and in memory; and what importing them costs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from vector_documents import TOPICS, documents

from collegia.errors import StoreError, UsageError
from collegia.knowledge.records import Document
from collegia.knowledge.store import KnowledgeStore
from collegia.knowledge.vectors.choosing import Embedders
from collegia.knowledge.vectors.chroma_server import ChromaServer
from collegia.knowledge.vectors.hashing import HashEmbedder
from collegia.knowledge.vectors.keeping import Synced
from collegia.knowledge.vectors.llama import LlamaBackend, LlamaVectors, as_vector_store, from_chroma_similarity
from collegia.knowledge.vectors.vectors import Vectors, open_vectors
from collegia.settings import Settings

Open = Callable[..., Vectors]


def test_a_server_holds_the_vectors_of_two_stores_apart(vectors: Open, tmp_path: Path, chroma_server: str) -> None:
    one = vectors(CHROMA_URL=chroma_server)
    assert one.sync() == Synced(added=6)
    settings = Settings.load({"COLLEGIA_EMBEDDING": "hash:256", "COLLEGIA_CHROMA_URL": chroma_server}, home=tmp_path)
    store = KnowledgeStore(tmp_path / "other" / "store.db")
    store.add([Document("gearbox", "Gearboxes need oil.")])
    with open_vectors(store, settings) as other:
        assert len(other.dense("oil", 9)) == 1
        other.clear()
    assert len(one.dense("oil", 9)) == 6
    assert not (one.store.path.parent / "chroma").exists()
    one.clear()
    store.close()


def test_a_server_is_followed_and_emptied(vectors: Open, store: KnowledgeStore, chroma_server: str) -> None:
    opened = vectors(CHROMA_URL=chroma_server)
    opened.sync()
    store.remove("npsh")
    assert opened.prune() == 1
    assert len(opened.dense("pump", 9)) == 5
    opened.close()
    result = vectors("hash:64", CHROMA_URL=chroma_server)
    assert "was hash:256 and is hash:64" in result.search("pump", 9).notices[0]
    result.clear()
    server = ChromaServer(chroma_server)
    assert [one for one in server._opened().list_collections() if one.name.startswith("collegia")] == []
    server.close()


def test_leaving_a_server_says_what_stays_there(vectors: Open, chroma_server: str) -> None:
    served = vectors(CHROMA_URL=chroma_server)
    served.sync()
    notices = vectors().search("pump", 1).notices
    assert any(chroma_server in notice and "collegia-" in notice for notice in notices)
    server = ChromaServer(chroma_server)
    for one in server._opened().list_collections():
        server.drop(one.name)
    server.close()


def test_a_server_that_is_not_there_is_named(vectors: Open) -> None:
    with pytest.raises(StoreError, match=r"chroma at http://127\.0\.0\.1:9 cannot be used"):
        vectors(CHROMA_URL="http://127.0.0.1:9").search("pump", 1)


@pytest.mark.parametrize(
    "url", ["127.0.0.1:8000", "http://", "http://h:99999", "ftp://h", "http://me:pw@h", "http://h/x"]
)
def test_a_url_that_is_no_servers_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="COLLEGIA_CHROMA_URL"):
        ChromaServer(url)


def test_any_store_of_llama_index_can_hold_the_vectors(store: KnowledgeStore) -> None:
    from llama_index.core.vector_stores import SimpleVectorStore

    kept: dict[str, SimpleVectorStore] = {}
    backend = LlamaBackend(
        "simple",
        lambda name: LlamaVectors(kept.setdefault(name, SimpleVectorStore())),
        lambda name: kept.pop(name, None),
    )
    embedders = Embedders(Settings.load({"COLLEGIA_EMBEDDING": "hash:256"}), {})
    with Vectors(store, store.path.parent, backend, embedders) as vectors:
        [(passage, similarity)] = vectors.dense(TOPICS["reflux"], 1)
        assert store.passages([passage])[passage].body == TOPICS["reflux"]
        assert similarity > 0.8
        store.remove("reflux")
        assert vectors.prune() == 1
        assert len(vectors.dense("anything", 9)) == 5
    assert sorted(len(one.data.embedding_dict) for one in kept.values()) == [2, 3]


def test_llama_index_queries_our_collections_and_gets_passages(vectors: Open, store: KnowledgeStore) -> None:
    from llama_index.core.vector_stores import MetadataFilter, MetadataFilters, VectorStoreQuery

    opened = vectors()
    [(best, similarity)] = opened.dense(TOPICS["reflux"], 1)
    index = opened.collection_of("user")
    query = HashEmbedder(256).embed([TOPICS["reflux"]])[0]
    answer = as_vector_store(index, store).query(VectorStoreQuery(query_embedding=query, similarity_top_k=2))
    assert answer.nodes is not None
    assert answer.nodes[0].node_id == str(best)
    assert answer.nodes[0].get_content() == TOPICS["reflux"]
    assert from_chroma_similarity((answer.similarities or [])[0]) == pytest.approx(similarity, abs=1e-5)
    document = store.passages([best])[best].document
    filters = MetadataFilters(filters=[MetadataFilter(key="document", value=document)])
    asked = VectorStoreQuery(query_embedding=query, similarity_top_k=5, filters=filters)
    assert as_vector_store(index, store).query(asked).ids == [str(best)]
    bare = as_vector_store(index).query(VectorStoreQuery(query_embedding=query, similarity_top_k=1))
    assert bare.ids == [str(best)]


def test_a_store_in_memory_has_its_vectors_in_memory(home: Path) -> None:
    store = KnowledgeStore.in_memory()
    store.add(documents())
    with open_vectors(store, Settings.load({"COLLEGIA_EMBEDDING": "hash:256"}, home=home)) as vectors:
        [(passage, _)] = vectors.dense(TOPICS["hammer"], 1)
        assert store.passages([passage])[passage].body == TOPICS["hammer"]
        vectors.clear()
        assert len(vectors.dense("pump", 9)) == 6
    assert not home.exists()


def test_importing_the_vectors_imports_nothing_that_costs() -> None:
    code = (
        "import sys\n"
        "import collegia.knowledge.vectors.vectors, collegia.knowledge.vectors.llama\n"
        "import collegia.knowledge.vectors.remote, collegia.knowledge.vectors.local\n"
        "heavy = {'chromadb', 'llama_index', 'numpy', 'httpx', 'litellm', 'wordllama'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
