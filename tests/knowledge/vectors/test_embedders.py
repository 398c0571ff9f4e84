"""Embedders: the one that needs nothing, servers of every temper, and libraries that are not there."""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from typing import Any

import pytest

from collegia.errors import MissingLibrary, UsageError
from collegia.knowledge.vectors.choosing import Embedders
from collegia.knowledge.vectors.embedders import open_embedder
from collegia.knowledge.vectors.hashing import HashEmbedder
from collegia.settings import Settings


def dot(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def test_a_hashed_vector_has_length_one_and_is_the_same_every_time() -> None:
    texts = ["A pump lifts water.", "", "the", "\u200b", "x" * 5000, "\ud800 odd"]
    vectors = HashEmbedder(64).embed(texts)
    assert [math.hypot(*vector) for vector in vectors] == pytest.approx([1.0] * len(texts))
    assert HashEmbedder(64).embed(texts[:1]) == vectors[:1]
    assert vectors[0][:4] == pytest.approx([0.0, 0.0, 0.0, 0.0], abs=1.0)


def test_a_hashed_vector_does_not_depend_on_its_batch() -> None:
    texts = [f"tank {number} of fluid {number % 7}" for number in range(1200)]
    assert HashEmbedder(32).embed(texts)[777] == HashEmbedder(32).embed([texts[777]])[0]
    assert HashEmbedder(32).embed([]) == []


def test_texts_that_share_words_are_nearer_and_order_counts() -> None:
    one, near, far, turned = HashEmbedder(1024).embed(
        ["cavitation erodes the pump impeller", "the impeller of a pump", "reflux of a column", "impeller pump erodes"]
    )
    assert dot(one, near) > dot(one, far) + 0.2
    assert HashEmbedder(1024).embed(["pump erodes impeller"])[0] != turned


@pytest.mark.parametrize(
    "spec", ["hash:7", "hash:70000", "hash:", "hash:-8", "hash:many", "word2vec", "openai:", "litellm:"]
)
def test_an_embedding_that_is_none_is_refused_and_named(spec: str) -> None:
    with pytest.raises(UsageError):
        open_embedder(spec, {})


@pytest.mark.parametrize(
    "target", ["127.0.0.1:8000#m", "http://127.0.0.1:8000", "http://#m", "ftp://h#m", "http://me:secret@h/v1#m"]
)
def test_a_server_that_is_not_given_as_url_and_model_is_refused_without_showing_a_password(target: str) -> None:
    with pytest.raises(UsageError) as refused:
        open_embedder(f"openai:{target}", {})
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(("spec", "package"), [("wordllama", "wordllama"), ("litellm:some/model", "litellm")])
def test_a_library_that_is_not_installed_is_named_with_its_command(spec: str, package: str) -> None:
    if find_spec(package) is None:
        with pytest.raises(MissingLibrary, match="pip install"):
            open_embedder(spec, {})
    else:
        assert open_embedder(spec, {}).name.startswith(package)  # type: ignore[union-attr]  # it is there


@pytest.mark.skipif(find_spec("wordllama") is None, reason="wordllama is not installed")
def test_wordllama_loads_without_the_network_and_gives_vectors() -> None:
    embedder = open_embedder("wordllama", {})
    assert embedder is not None
    pump, again, rain = embedder.embed(["a centrifugal pump", "centrifugal pumps", "rain on Sunday"])
    assert len(pump) == 256
    assert dot(pump, again) / math.hypot(*pump) / math.hypot(*again) > 0.5
    assert all(any(vector) for vector in embedder.embed(["", "\u200b", rain and "x"]))


class Answers(BaseHTTPRequestHandler):
    """Does what the server's script says, one call after another; the last again and again."""

    server: Any

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.seen.append((self.path, self.headers.get("Authorization"), asked))
        script = self.server.script
        status, body, headers = (script.pop(0) if len(script) > 1 else script[0])(asked)
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *said: object) -> None:
        """Say nothing."""


def vectors_of(asked: dict[str, Any]) -> tuple[int, Any, dict[str, str]]:
    """The hashed vectors of what was asked, in the wrong order but rightly numbered."""
    rows = [
        {"index": number, "embedding": values} for number, values in enumerate(HashEmbedder(16).embed(asked["input"]))
    ]
    return 200, {"data": rows[::-1]}, {}


def says(status: int, body: Any, **headers: str) -> Callable[[Any], tuple[int, Any, dict[str, str]]]:
    return lambda asked: (status, body, {name.replace("_", "-"): value for name, value in headers.items()})


@pytest.fixture
def server() -> Iterator[Any]:
    made: Any = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    made.seen, made.script = [], [vectors_of]
    thread = threading.Thread(target=made.serve_forever, args=(0.01,))
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waits: list[float] = []
    monkeypatch.setattr("collegia.knowledge.vectors.remote.time.sleep", waits.append)
    return waits


def at(server: Any, path: str = "", key: str = "") -> Any:
    return open_embedder(
        f"openai:http://127.0.0.1:{server.server_port}{path}#my/model", {"COLLEGIA_EMBEDDING_KEY": key}
    )


@pytest.mark.parametrize("path", ["", "/", "/v1", "/v1/", "/v1/embeddings"])
def test_a_server_is_asked_at_its_embeddings_however_its_url_is_written(server: Any, path: str) -> None:
    embedder = at(server, path)
    texts = [f"text {number}" for number in range(150)]
    assert embedder.embed(texts) == HashEmbedder(16).embed(texts)
    assert [(where, len(asked["input"])) for where, _, asked in server.seen] == [
        ("/v1/embeddings", n) for n in (64, 64, 22)
    ]
    assert server.seen[0][2]["model"] == "my/model"
    assert embedder.name.endswith(f":{server.server_port}/v1/embeddings#my/model")


def test_the_key_is_sent_and_never_shown(server: Any) -> None:
    embedder = at(server, key="s3cret")
    embedder.embed(["a"])
    assert server.seen[0][1] == "Bearer s3cret"
    server.script = [says(401, {"error": "who are you?"})]
    with pytest.raises(UsageError, match="COLLEGIA_EMBEDDING_KEY") as refused:
        embedder.embed(["a"])
    assert "s3cret" not in f"{refused.value!r} {refused.value.__cause__!r} {embedder.name}"


def test_without_a_key_none_is_sent(server: Any) -> None:
    at(server).embed(["a"])
    assert server.seen[0][1] is None


def test_a_busy_server_is_asked_again_and_no_longer_waited_for_than_it_is_worth(
    server: Any, no_waiting: list[float]
) -> None:
    server.script = [says(503, "starting"), says(429, "slow down", Retry_After="3600"), vectors_of]
    assert at(server).embed(["a"]) == HashEmbedder(16).embed(["a"])
    assert no_waiting == [0.5, 10.0]


def test_a_server_that_stays_broken_is_given_up_with_what_it_said(server: Any, no_waiting: list[float]) -> None:
    server.script = [says(500, b"out of memory\x1b[31m\nred")]
    with pytest.raises(UsageError, match=r"answers 500: out of memory\?\[31m red") as refused:
        at(server).embed(["a"])
    assert "\x1b" not in str(refused.value)
    assert len(server.seen) == 3


def test_a_server_that_says_no_is_not_asked_again(server: Any) -> None:
    server.script = [says(404, {"error": "no such model"})]
    with pytest.raises(UsageError, match="name of the model"):
        at(server).embed(["a"])
    assert len(server.seen) == 1


def test_a_server_that_is_not_there_is_named_with_the_way_out(no_waiting: list[float]) -> None:
    embedder = open_embedder("openai:http://127.0.0.1:9/v1#m", {})
    assert embedder is not None
    with pytest.raises(UsageError, match=r"127\.0\.0\.1:9.*cannot be reached.*COLLEGIA_EMBEDDING=none"):
        embedder.embed(["a"])


@pytest.mark.parametrize(
    "body",
    [
        b"<html>", [], {"data": None}, {"data": [{}]}, {"data": []},
        {"data": [{"index": 0, "embedding": []}]},
        {"data": [{"index": 0, "embedding": "AAAA"}]},
        {"data": [{"index": 0, "embedding": [1.0, None]}]},
        {"data": [{"index": 0, "embedding": [0.0, 0.0]}]},
        b'{"data": [{"index": 0, "embedding": [NaN]}]}',
        {"data": [{"index": 0, "embedding": [1.0]}, {"index": 1, "embedding": [1.0]}]},
    ],
)  # fmt: skip
def test_what_is_no_vector_is_refused_and_the_server_named(server: Any, body: Any) -> None:
    server.script = [says(200, body)]
    with pytest.raises(UsageError, match=r"the embedding server http://127\.0\.0\.1"):
        at(server).embed(["a"])


def test_vectors_of_unequal_length_are_refused(server: Any) -> None:
    server.script = [says(200, {"data": [{"index": 0, "embedding": [1.0]}, {"index": 1, "embedding": [1.0, 2.0]}]})]
    with pytest.raises(UsageError, match="different lengths"):
        at(server).embed(["a", "b"])


needs_litellm = pytest.mark.skipif(find_spec("litellm") is None, reason="litellm is not installed")


def litellm_at(server: Any, key: str = "") -> Any:
    """The embedding `litellm:openai/small` at a server, as the settings open it."""
    environ = {
        "COLLEGIA_EMBEDDING": "litellm:openai/small",
        "COLLEGIA_EMBEDDING_BASE": f"http://127.0.0.1:{server.server_port}/v1",
        **({"COLLEGIA_EMBEDDING_KEY": key} if key else {}),
    }
    return Embedders(Settings.load(environ, home="nowhere"), environ).of("user")


@needs_litellm
def test_litellm_asks_a_real_server_in_batches_and_its_vectors_come_in_order(server: Any) -> None:
    embedder = litellm_at(server)
    texts = [f"tank {number} holds brine" for number in range(70)]
    wanted = HashEmbedder(16).embed(texts)
    for values, right in zip(embedder.embed(texts), wanted, strict=True):
        assert values == pytest.approx(right)
    assert [(path, asked["model"], len(asked["input"])) for path, _, asked in server.seen] == [
        ("/v1/embeddings", "small", 64),
        ("/v1/embeddings", "small", 6),
    ]
    assert embedder.name == f"litellm:openai/small@http://127.0.0.1:{server.server_port}/v1"


@needs_litellm
def test_the_key_goes_to_litellms_server_and_stands_in_no_message(server: Any) -> None:
    litellm_at(server, "hush-hush").embed(["brine"])
    assert server.seen[0][1] == "Bearer hush-hush"
    server.script = [says(401, {"error": {"message": "hush-hush is not welcome"}})]
    with pytest.raises(UsageError, match="its address and its key") as refused:
        litellm_at(server, "hush-hush").embed(["brine"])
    assert "hush-hush" not in str(refused.value)


@needs_litellm
@pytest.mark.parametrize("body", [{"data": []}, {"data": [{"index": 0, "embedding": ["x"]}]}, {"nothing": 1}])
def test_what_is_no_vector_is_refused_behind_litellm_too(server: Any, body: Any) -> None:
    server.script = [says(200, body)]
    with pytest.raises(UsageError, match="litellm:openai/small"):
        litellm_at(server).embed(["brine"])


def test_the_address_of_the_embeddings_is_checked_and_is_no_collection() -> None:
    settings = Settings.load({"COLLEGIA_EMBEDDING_BASE": "http://127.0.0.1:8000/v1"}, home="nowhere")
    assert (settings.embedding_base, settings.embeddings) == ("http://127.0.0.1:8000/v1", ())
    with pytest.raises(UsageError, match="COLLEGIA_EMBEDDING_BASE is no address"):
        Settings.load({"COLLEGIA_EMBEDDING_BASE": "http://me:secret@host/v1"}, home="nowhere")
