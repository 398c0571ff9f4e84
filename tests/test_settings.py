"""Settings come from the environment, arguments go first, and nonsense is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from collegia.errors import UsageError
from collegia.settings import Budget, Settings


def test_the_home_is_taken_from_the_environment(home: Path) -> None:
    assert Settings.load().home == home


def test_without_a_home_the_platforms_data_folder_is_used() -> None:
    assert Settings.load({}).home.name == "collegia"
    assert Settings.load({"COLLEGIA_HOME": "  "}).home == Settings.load({}).home


def test_a_tilde_in_the_home_is_the_users_folder() -> None:
    assert Settings.load({"COLLEGIA_HOME": "~/x"}).home == Path.home() / "x"


def test_reading_the_settings_makes_no_folder(home: Path) -> None:
    Settings.load()
    assert not home.exists()


def test_limits_come_from_the_environment_and_arguments_go_first() -> None:
    env = {"COLLEGIA_MAX_STEPS": "7", "COLLEGIA_MAX_SECONDS": "1.5", "COLLEGIA_MAX_CONCURRENCY": "2"}
    read = Settings.load(env)
    assert (read.budget, read.max_concurrency) == (Budget(7, 1.5), 2)
    assert Settings.load(env, max_steps=9, max_concurrency=3).budget == Budget(9, 1.5)


def test_the_usual_budget_is_64_steps_and_300_seconds() -> None:
    assert Settings.load({}).budget == Budget(64, 300.0)


def test_domains_are_narrowed_by_the_environment() -> None:
    assert Settings.load({"COLLEGIA_DOMAINS": "a, b,"}).domains == ("a", "b")
    assert Settings.load({"COLLEGIA_DOMAINS": ""}).domains == ()
    assert Settings.load({}).domains is None
    assert Settings.load({"COLLEGIA_DOMAINS": "a"}, domains=("c",)).domains == ("c",)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("COLLEGIA_MAX_STEPS", "many"),
        ("COLLEGIA_MAX_STEPS", "0"),
        ("COLLEGIA_MAX_STEPS", "2.5"),
        ("COLLEGIA_MAX_SECONDS", "-1"),
        ("COLLEGIA_MAX_SECONDS", "inf"),
        ("COLLEGIA_MAX_SECONDS", "nan"),
        ("COLLEGIA_MAX_CONCURRENCY", "0"),
    ],
)
def test_a_limit_that_cannot_be_kept_is_named_with_its_variable(name: str, text: str) -> None:
    with pytest.raises(UsageError, match=name):
        Settings.load({name: text})


@pytest.mark.parametrize("given", [{"max_steps": 0}, {"max_seconds": 0.0}, {"max_concurrency": 0}])
def test_an_argument_that_cannot_be_kept_is_refused(given: dict[str, float]) -> None:
    with pytest.raises(UsageError):
        Settings.load({}, **given)  # type: ignore[arg-type]  # floats and ints, as given


def test_without_more_there_is_no_embedding_and_vectors_would_be_chromas() -> None:
    read = Settings.load({})
    assert (read.embedding, read.embeddings, read.vectors, read.chroma_url) == ("none", (), "chroma", None)


def test_a_collection_may_have_an_embedding_of_its_own() -> None:
    read = Settings.load(
        {
            "COLLEGIA_EMBEDDING": "hash:64",
            "COLLEGIA_EMBEDDING_PROCESS_ENGINEERING": "openai:http://127.0.0.1:8000/v1#my-model",
            "COLLEGIA_EMBEDDING_USER": " none ",
            "COLLEGIA_EMBEDDING_EMPTY": "",
        }
    )
    assert read.embedding_of("process_engineering") == "openai:http://127.0.0.1:8000/v1#my-model"
    assert read.embedding_of("Process Engineering") == read.embedding_of("process-engineering")
    assert [read.embedding_of(name) for name in ("user", "empty", "other")] == ["none", "hash:64", "hash:64"]


def test_the_key_of_an_embedding_is_no_setting() -> None:
    assert "s3cret" not in repr(Settings.load({"COLLEGIA_EMBEDDING": "hash:64", "COLLEGIA_EMBEDDING_KEY": "s3cret"}))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("COLLEGIA_EMBEDDING", "hash"),
        ("COLLEGIA_EMBEDDING", "hash:0"),
        ("COLLEGIA_EMBEDDING", "openai:model"),
        ("COLLEGIA_EMBEDDING_USER", "word2vec"),
        ("COLLEGIA_VECTORS", "pinecone"),
    ],
)
def test_a_setting_of_vectors_that_means_nothing_is_named(name: str, text: str) -> None:
    with pytest.raises(UsageError, match=name):
        Settings.load({name: text})


def test_a_password_in_an_embedding_that_is_refused_is_not_shown() -> None:
    with pytest.raises(UsageError) as refused:
        Settings.load({"COLLEGIA_EMBEDDING": "openai:http://me:s3cret@host/v1"})
    assert "s3cret" not in str(refused.value)
