"""The file of settings: read, checked place by place, and below the environment and what a caller gives."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from collegia.errors import UsageError
from collegia.settings import Settings, config_path
from collegia.settings.reading import sources


def settings_of(folder: Path, text: str, **more: str) -> Settings:
    """The settings of a home whose file holds this text."""
    (folder / "collegia.toml").write_text(text, encoding="utf-8")
    return Settings.load({"COLLEGIA_HOME": str(folder), **more})


def test_the_file_in_the_home_holds_settings(tmp_path: Path) -> None:
    read = settings_of(
        tmp_path,
        """
        max_concurrency = 3
        embedding = "hash:64"
        prompts = "words"
        [budget]
        max_steps = 5
        max_cost = 0.5
        [embeddings]
        My-Docs = "wordllama"
        [models.small]
        model = "hosted_vllm/tiny"
        api_base = "http://127.0.0.1:8100/v1"
        [roles]
        planner = "small"
        [experts.rivers]
        purpose = "Knows rivers."
        model = "small"
        adapter = "lora-a"
        examples = ["How long is the Amazon?"]
        [serving]
        python = "/opt/engine/bin/python"
        [serving.adapters]
        lora-a = "/models/a"
        """,
    )
    assert (read.max_concurrency, read.budget.max_steps, read.budget.max_cost) == (3, 5, 0.5)
    assert read.embedding_of("my docs") == "wordllama"
    assert read.prompts == tmp_path / "words"
    assert read.model_of("planner") == "small"
    assert read.models["small"].provider == "hosted_vllm"
    assert read.experts["rivers"].examples == ("How long is the Amazon?",)
    assert read.serving.adapters == (("lora-a", "/models/a"),)


def test_the_environment_goes_before_the_file_and_arguments_before_both(tmp_path: Path) -> None:
    text = 'max_concurrency = 3\nembedding = "wordllama"\n[embeddings]\na = "hash:8"\n[budget]\nmax_steps = 5\n'
    env = {"COLLEGIA_MAX_STEPS": "6", "COLLEGIA_EMBEDDING_B": "hash:9", "COLLEGIA_MAX_CONCURRENCY": "4"}
    read = settings_of(tmp_path, text, **env)
    assert (read.budget.max_steps, read.max_concurrency) == (6, 4)
    assert dict(read.embeddings) == {"a": "hash:8", "b": "hash:9"}
    assert Settings.load({"COLLEGIA_HOME": str(tmp_path), **env}, max_steps=7).budget.max_steps == 7


def test_another_file_may_be_named_and_must_then_be_there(tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    env = {"COLLEGIA_HOME": str(tmp_path), "COLLEGIA_CONFIG": str(other)}
    with pytest.raises(UsageError, match=r"other\.toml, which is not there"):
        Settings.load(env)
    other.write_text("max_concurrency = 2\n", encoding="utf-8")
    assert Settings.load(env).max_concurrency == 2
    assert config_path(env) == other


def test_a_model_on_the_command_line_plays_every_role_that_asks_for_none(tmp_path: Path) -> None:
    read = Settings.load({"COLLEGIA_HOME": str(tmp_path)}, model="openai/tiny", api_base="http://127.0.0.1:9/v1")
    assert read.model_of("planner") == read.model_of("writer") == "default"
    assert read.model_of("extractor") is None
    assert read.models["default"].name == "tiny"


def test_without_a_model_no_role_is_played(tmp_path: Path) -> None:
    assert Settings.load({"COLLEGIA_HOME": str(tmp_path)}).model_of("planner") is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("max_concurency = 3", "max_concurency is not a setting"),
        ("[budget]\nmax_steps = 'many'", r"budget\.max_steps is 'many'"),
        ("[models.a]\napi_base = 'http://x/v1'", r"models\.a\.model is missing"),
        ("[models.a]\nmodel = 'x'", "PROVIDER/NAME"),
        ("[models.a]\nmodel = 'openai/x'\napi_base = 'http://me:secret@x/v1'", "no address"),
        ("[models.a]\nmodel = 'openai/x'\ntimeout = -1", "timeout"),
        ("[models.a]\nmodel = 'openai/x'\napi_key = 'sk-1'", r"models\.a\.api_key holds a secret"),
        ("[models.'a b']\nmodel = 'openai/x'", "no name of a model"),
        ("[roles]\nplanner = 'big'", r"roles\.planner is 'big'; the models that are set are: none"),
        ("[experts.a]\npurpose = 'x'\nmodel = 'big'", r"experts\.a\.model is 'big'"),
        ("home = '/x'", "COLLEGIA_HOME"),
        ("planning = 'never'", "planning is 'never'"),
        ("= 3", "is not TOML"),
        ("a = " + "9" * 6000, "is not TOML: Exceeds the limit"),
        ("a = " + "[" * 100_000, "nested too deeply"),
        ("budget = 3", "budget is '3'"),
        ("embeddings = 3", "embeddings is a table"),
        ("[serving.environment]\nHF_TOKEN = 'hf-1'", r"serving\.environment\.HF_TOKEN holds a secret"),
        ("[models.a]\nmodel = 'openai/x'\napi_base = 'http://x/v1?key=1'", "no address"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_place(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(UsageError, match=named):
        settings_of(tmp_path, text)


def test_a_secret_in_the_file_is_refused_and_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        settings_of(tmp_path, "[models.a]\nmodel = 'openai/x'\napi_key = 'sk-12345'")
    assert "sk-12345" not in str(refused.value)


def test_an_address_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--model PROVIDER/NAME"):
        Settings.load({"COLLEGIA_HOME": str(tmp_path), "COLLEGIA_API_BASE": "http://127.0.0.1:9/v1"})


def test_every_fault_is_told_with_its_place_not_only_the_first(tmp_path: Path) -> None:
    text = "max_concurency = 3\n[budget]\nmax_steps = 0\n[models.a]\nmodel = 'openai/x'\ntimeout = -1\n"
    with pytest.raises(UsageError) as refused:
        settings_of(tmp_path, text)
    budget, model, unknown = str(refused.value).splitlines()
    assert "budget: a budget of 0 steps" in budget
    assert "models.a: timeout of the model openai/x is -1" in model
    assert "max_concurency is not a setting" in unknown


def test_a_fault_of_the_environment_is_not_laid_on_the_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"the environment: planning is 'never'"):
        settings_of(tmp_path, "max_concurrency = 3", COLLEGIA_PLANNING="never")


def test_where_a_setting_comes_from_is_told(tmp_path: Path) -> None:
    settings_of(tmp_path, "max_concurrency = 3\n[budget]\nmax_steps = 5\n[embeddings]\na = 'hash:8'\n")
    source = sources({"COLLEGIA_HOME": str(tmp_path), "COLLEGIA_MAX_STEPS": "6"})
    assert source(("budget", "max_steps")) == "the environment"
    assert source(("max_concurrency",)) == source(("embeddings", "a")) == str(tmp_path / "collegia.toml")
    assert source(("budget", "max_seconds")) == source(("embeddings", "b")) == source(("vectors",)) == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_place_of_the_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "collegia.toml")
    with pytest.raises(UsageError, match="pipe"):
        Settings.load({}, home=tmp_path)
