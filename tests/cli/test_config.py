"""`collegia config`: what is in force and where from, the file, its faults, and the prompts."""

from __future__ import annotations

import os
import tomllib

import pytest

from collegia.prompts import NAMES, prompt_path
from collegia.settings import Settings

FILE = """
max_concurrency = 3
embedding = "openai:http://me:pw-123@127.0.0.1:9/v1#m"
[budget]
max_steps = 5
[embeddings]
My-Docs = "hash:64"
[models.small]
model = "hosted_vllm/tiny"
api_base = "http://127.0.0.1:8100/v1"
api_key_env = "MY_KEY"
prompt_price = 0.5
[models.small.body]
repeat_penalty = 1.0
stop = ["\\n", "é\\"x"]
[models.small.body.chat_template_kwargs]
enable_thinking = false
[roles]
planner = "small"
[experts.rivers]
purpose = "Knows rivers."
model = "small"
examples = ["How long is the Amazon?"]
[serving]
extra = ["--api-key", "sk-9", "--hf-token=hf-9", "--enforce-eager"]
[serving.adapters]
"lora a" = "/models/a"
"""


@pytest.fixture
def file(home):
    """The file of settings in the home."""
    home.mkdir()

    def write(text):
        (home / "collegia.toml").write_text(text, encoding="utf-8")
        return home / "collegia.toml"

    return write


def test_show_tells_each_setting_and_where_it_comes_from(cli, file, monkeypatch):
    path = file(FILE)
    monkeypatch.setenv("COLLEGIA_MAX_STEPS", "6")
    done = cli("config", "show")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert "max_steps = 6  # the environment" in lines
    assert f"max_concurrency = 3  # {path}" in lines
    assert "max_seconds = 300.0" in lines
    assert "# chroma_url is not set" in lines
    assert f'"lora a" = "/models/a"  # {path}' in lines


def test_what_is_shown_can_be_saved_as_the_file(cli, file, tmp_path, monkeypatch):
    text = FILE.replace("me:pw-123@", "").replace('"--api-key", "sk-9", "--hf-token=hf-9", ', "")
    file(text)
    before = Settings.load()
    shown = cli("config", "show").out
    file(shown)
    assert Settings.load() == before
    assert tomllib.loads(shown)["models"]["small"]["body"]["stop"] == ["\n", 'é"x']


def test_show_as_json_has_the_same(cli, file):
    path = file(FILE)
    said = cli("config", "show", "-o", "json").json()
    assert said["settings"]["models"]["small"]["prompt_price"] == 0.5
    assert said["settings"]["embeddings"] == {"my_docs": "hash:64"}
    assert said["sources"]["budget.max_steps"] == said["sources"]["models.small.model"] == str(path) == said["file"]
    assert "budget.max_seconds" not in said["sources"]


@pytest.mark.parametrize("output", ["text", "json", "jsonl"])
def test_no_secret_is_shown(cli, file, monkeypatch, output):
    file(FILE)
    monkeypatch.setenv("MY_KEY", "sk-env-1")
    monkeypatch.setenv("COLLEGIA_API_KEY", "sk-env-2")
    monkeypatch.setenv("COLLEGIA_CHROMA_URL", "http://u:p4ss@127.0.0.1:8000")
    done = cli("config", "show", "-o", output)
    assert done.code == 0
    for secret in ("sk-", "hf-9", "pw-123", "p4ss"):
        assert secret not in done.out + done.err
    assert "MY_KEY" in done.out


def test_without_a_file_the_defaults_are_shown(cli, home):
    said = cli("config", "show", "-o", "json").json()
    assert said["settings"]["budget"]["max_steps"] == 64
    assert said["sources"] == {"domains": "the environment"}
    assert not home.exists()


def test_the_path_is_told_also_where_no_file_or_a_faulty_one_is(cli, file, home):
    path = home / "collegia.toml"
    assert cli("config", "path").out == f"{path}\n"
    assert "not there" in cli("config", "path").err
    file("= 3")
    done = cli("config", "path")
    assert (done.code, done.out, done.err) == (0, f"{path}\n", "it is there\n")


def test_a_sound_file_is_ok(cli, file):
    path = file(FILE)
    done = cli("config", "check")
    assert (done.code, done.out) == (0, f"OK: {path}\n")
    assert done.err == "warning: models.small.api_key_env is MY_KEY, which is not set\n"


def test_every_fault_is_told_with_its_place(cli, file):
    path = file("max_concurency = 3\n[budget]\nmax_steps = 0\n[models.a]\nmodel = 'x'\n")
    done = cli("config", "check")
    assert done.code == 2
    faults = done.out.splitlines()
    assert len(faults) == 3
    assert all(fault.startswith(f"{path}: ") for fault in faults)
    said = cli("config", "check", "-o", "json")
    assert (said.code, said.json()["ok"], said.json()["faults"]) == (2, False, faults)


def test_models_are_asked_where_that_is_wanted(cli, file, unused_tcp_port):
    pytest.importorskip("aiohttp", reason="the clients of models need collegia[models]")
    from tests.tools.models.server import running, say, status

    with running() as server, running() as other:
        server.always, other.always = say("yes"), status(404)
        file(
            f"[models.a]\nmodel = 'hosted_vllm/x'\napi_base = '{server.url}'\n"
            f"[models.b]\nmodel = 'hosted_vllm/x'\napi_base = '{other.url}'\n"
            f"[models.c]\nmodel = 'hosted_vllm/x'\napi_base = 'http://127.0.0.1:{unused_tcp_port}/v1'\nretries = 0\n"
        )
        done = cli("config", "check", "--connect")
        assert done.code == 1
        _, a, b, c = done.out.splitlines()
        assert a.startswith("a  reachable in ")
        assert b.startswith("b  refused in ")
        assert "404" in b
        assert c.startswith("c  unreachable in ")
        assert len(server.asked) == 1
        assert server.bodies[0]["max_tokens"] == 8
        assert [one["state"] for one in cli("config", "check", "--connect", "-o", "json").json()["models"]] == [
            "reachable", "refused", "unreachable"
        ]  # fmt: skip
        cli("config", "check")
        assert len(server.asked) == 2
        file(f"[models.a]\nmodel = 'hosted_vllm/x'\napi_base = '{server.url}'\n")
        assert cli("config", "check", "--connect").code == 0


def test_without_models_there_is_nobody_to_ask(cli):
    assert cli("config", "check", "--connect").out.splitlines()[-1] == "no model is set"


def test_prompts_are_listed_with_their_files_and_printed(cli):
    done = cli("config", "prompts")
    assert [line.split() for line in done.out.splitlines()] == [[name, str(prompt_path(name))] for name in NAMES]
    assert cli("config", "prompts", "planner").out == prompt_path("planner").read_text(encoding="utf-8")


def test_a_prompt_is_copied_for_editing_and_never_written_over(cli, home):
    done = cli("config", "prompts", "planner", "--copy")
    own = home / "prompts" / "planner.md"
    assert (done.code, done.out) == (0, f"{own}\n")
    assert own.read_bytes() == prompt_path("planner").read_bytes()
    own.write_text("Mine.\n", encoding="utf-8")
    again = cli("config", "prompts", "planner", "--copy")
    assert (again.code, again.out) == (2, "")
    assert "is there already" in again.err
    assert cli("config", "prompts", "planner").out == "Mine.\n"
    assert {"name": "planner", "path": str(own), "own": True} in cli("config", "prompts", "-o", "json").json()


def test_the_folder_of_prompts_may_be_set(cli, file, tmp_path):
    file(f'prompts = "{tmp_path / "words"}"')
    assert cli("config", "prompts", "planner", "--copy").out == f"{tmp_path / 'words' / 'planner.md'}\n"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["prompts", "no-such"], "there is no prompt 'no-such'; there are:"),
        (["prompts", "../planner", "--copy"], "there is no prompt"),
        (["prompts", "--copy"], "wants the NAME"),
    ],
)
def test_what_cannot_be_done_is_a_usage_error(cli, arguments, why):
    done = cli("config", *arguments)
    assert (done.code, done.out) == (2, "")
    assert why in done.err


def test_a_faulty_file_is_an_error_of_every_other_command_too(cli, file):
    file("max_concurency = 3")
    done = cli("config", "show")
    assert (done.code, done.out) == (2, "")
    assert "max_concurency is not a setting" in done.err
    assert os.environ["COLLEGIA_HOME"] in done.err
