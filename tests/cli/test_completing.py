"""Shell completion: the real protocol, in processes, and in a real bash where there is one."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

HEAVY = (
    "numpy", "scipy", "pint", "langgraph", "langchain_core", "asyncio", "chromadb", "llama_index", "networkx",
    "textual", "aiohttp", "litellm", "CoolProp", "thermo", "collegia.tools.registry", "collegia.agents.assistant",
    "collegia.knowledge.store",
)  # fmt: skip

REPORT = """
import json, sys
from collegia.cli import main
try:
    main()
finally:
    sys.stderr.write("\\n" + json.dumps(sorted(sys.modules)))
"""


def protocol(shell: str, words: list[str]) -> dict[str, str]:
    """The environment in which a shell asks what may stand at the last of these words."""
    if shell == "bash":
        about = {"COMP_WORDS": "\n".join(["collegia", *words]), "COMP_CWORD": str(len(words))}
    else:
        about = {"_TYPER_COMPLETE_ARGS": shlex.join(["collegia", *words[:-1]]) + f" {words[-1]}"}
    return {**os.environ, "_COLLEGIA_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_FISH_ACTION": "get-args", **about}


def ask(shell: str, *words: str) -> list[str]:
    """What a shell is told."""
    command = [sys.executable, "-m", "collegia"]
    done = subprocess.run(command, env=protocol(shell, list(words)), capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return [line for line in done.stdout.splitlines() if line]


@pytest.fixture
def stored(home: Path, cli) -> str:
    """A home with a run, documents, models and experts; the id of the run."""
    assert cli("ask", "What is the area of a circle of 2 m diameter?").code == 0
    for name in ("fouling.md", "pumps.md", "a name.md", "$(touch gone).md", "x`id`.md"):
        page = home.parent / "pages" / name
        page.parent.mkdir(exist_ok=True)
        page.write_text(f"# About {name}\n\nFouling lowers heat transfer.\n")
    assert cli("kb", "add", home.parent / "pages", "-c", "plant", "-q").code == 0
    (home / "collegia.toml").write_text('[models.big]\nmodel = "openai/gpt"\n[models.own]\nmodel = "ollama/llama:8b"\n')
    assert cli("experts", "list").code == 0
    return str(cli("runs", "list", "-o", "json").json()[0]["run_id"])


def test_every_value_that_is_stored_by_name_is_completed(stored, cli):
    experts = {one["name"] for one in cli("experts", "list", "-o", "json").json()}
    assert ask("bash", "ask", "--domain", "ar") == ["arithmetic"]
    assert set(ask("bash", "ask", "-d", "")) >= {"arithmetic", "process_engineering"}
    assert ask("bash", "experts", "show", "circle_a") == sorted(one for one in experts if one.startswith("circle_a"))
    assert set(ask("bash", "experts", "test", "c")) <= experts
    for command in ("resume", "replay"):
        assert ask("bash", command, stored[:8]) == [stored]
    assert ask("bash", "runs", "show", "") == [stored]
    assert ask("bash", "kb", "show", "p") == ["pumps.md"]
    assert ask("bash", "kb", "search", "heat", "--document", "f") == ["fouling.md"]
    assert ask("bash", "kb", "list", "-c", "") == ["plant"]
    assert ask("bash", "ask", "--model", "o") == ["openai/gpt"]
    assert ask("bash", "config", "prompts", "pl") == ["planner"]


def test_commands_and_options_are_completed_too():
    assert ask("bash", "ru") == ["runs"]
    assert ask("bash", "ask", "--out") == ["--output"]
    assert "json" in ask("bash", "ask", "--output", "")


def test_fish_and_zsh_are_told_what_a_value_is(stored):
    assert ask("fish", "runs", "show", stored[:8]) == [f"{stored}\tWhat is the area of a circle of 2 m diameter?"]
    assert ask("fish", "ask", "--model", "ol") == ["ollama/llama:8b\town"]
    (line,) = ask("zsh", "kb", "show", "fou")
    assert line == '_arguments \'*: :(("fouling.md":"About fouling.md"))\''


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_name_that_a_shell_would_run_is_never_given_to_it(stored, home, shell):
    from collegia.agents.log import now
    from collegia.agents.store import RunRecord, RunStore

    store = RunStore(home / "runs.sqlite")
    evil = "\"; touch /tmp/x; $(touch y) `z` ') [bold]\\ \x1b]0;t\x07 \u202e"
    store.create(RunRecord("evil-1", "answered", evil, now(), now()))
    store.create(RunRecord("evil-$(id)", "answered", "why", now(), now()))
    store.close()
    told = "\n".join(ask(shell, "runs", "show", "evil") + ask(shell, "kb", "show", ""))
    names = told.replace("_arguments '*: :((", "").replace("))'", "").replace('":"', "").replace('"', "")
    assert "evil-1" in names
    assert "fouling.md" in names
    assert not set(names) & set("$`;'\\[]()\x1b\x07\u202e")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_a_script_that_asks_this_program(shell):
    environment = {**os.environ, "_COLLEGIA_COMPLETE": f"source_{shell}"}
    command = [sys.executable, "-m", "collegia"]
    script = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    assert f"_COLLEGIA_COMPLETE=complete_{shell}" in script
    assert script.count("collegia") >= 2


CASES = {
    "domains": ["ask", "--domain", ""],
    "experts": ["experts", "show", ""],
    "runs": ["runs", "show", ""],
    "documents": ["kb", "show", ""],
    "models": ["ask", "--model", ""],
    "nothing": ["ru"],
}


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_completing_imports_nothing_heavy_and_takes_no_blink(stored, shell):
    for words in CASES.values():
        used = []
        for _ in range(3):
            before = os.times()
            done = subprocess.run(
                [sys.executable, "-c", REPORT], env=protocol(shell, words), capture_output=True, text=True, check=False
            )
            after = os.times()
            assert done.returncode == 0, done.stderr
            assert done.stdout.strip(), words
            used.append(after.children_user + after.children_system - before.children_user - before.children_system)
        modules = set(json.loads(done.stderr.splitlines()[-1]))
        assert [name for name in HEAVY if name in modules] == []
        # Of the processor: what else the machine does is not counted. For zsh typer imports rich, if it describes.
        assert shell == "zsh" or min(used) < 0.3, words


def test_with_nothing_stored_nothing_is_completed_and_only_experts_leave_a_trace(home):
    for words in (["runs", "show", ""], ["kb", "show", ""], ["ask", "--model", ""], ["kb", "list", "-c", ""]):
        assert ask("bash", *words) == []
    assert not home.exists()


def until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_experts_that_were_never_listed_are_listed_behind_the_first_tab(home):
    def kept() -> dict[str, object]:
        path = home / "completion.json"
        return json.loads(path.read_text()) if path.exists() else {}

    assert ask("bash", "experts", "show", "circle_a") == []
    until(lambda: kept().get("experts"))
    assert ask("bash", "experts", "show", "circle_a") == ["circle_area"]


def test_experts_of_other_settings_are_listed_anew_and_meanwhile_the_old_ones_stand(stored, home, monkeypatch):
    before = (home / "completion.json").read_text()
    monkeypatch.setenv("COLLEGIA_DOMAINS", "process_engineering")
    assert ask("bash", "experts", "show", "circle_a") == ["circle_area"]
    until(lambda: json.loads((home / "completion.json").read_text()).get("of") != json.loads(before)["of"])
    assert ask("bash", "experts", "show", "circle_a") == []
    assert ask("bash", "experts", "show", "pump_") != []


@pytest.mark.parametrize(
    "said",
    ["", "[]", '{"experts": 3}', '{"at": "x"}', "[" * 100_000],
    ids=["empty", "a list", "no experts", "no time", "deep"],
)
def test_kept_names_that_cannot_be_read_are_as_none(home, said):
    home.mkdir()
    (home / "completion.json").write_text(said)
    assert ask("bash", "experts", "show", "circle_a") == []


@pytest.mark.parametrize("said", ["models = 3", "[models]\nx = 3", "[models", "[models.a]\nmodel = 3"])
def test_a_broken_file_of_settings_completes_nothing_and_says_nothing(home, said):
    home.mkdir()
    (home / "collegia.toml").write_text(said)
    assert ask("bash", "ask", "--model", "") == []


def test_a_damaged_store_completes_nothing_and_says_nothing(home):
    (home / "knowledge").mkdir(parents=True)
    for name in ("runs.sqlite", "knowledge/store.db"):
        (home / name).write_bytes(b"no database " * 100)
    assert ask("bash", "runs", "show", "") == ask("bash", "kb", "show", "") == []


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_a_real_bash_completes_what_is_stored(stored, tmp_path):
    shim = tmp_path / "bin" / "collegia"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec {sys.executable} -m collegia "$@"\n')
    shim.chmod(0o755)
    script = f"""
        source <(collegia --show-completion)
        complete -p collegia
        completed() {{
            COMP_WORDS=(collegia "$@"); COMP_CWORD=$#
            _collegia_completion collegia
            echo "${{COMPREPLY[@]}}"
        }}
        completed runs show {stored[:8]}
        completed kb show f
        completed experts show circle_a
        completed ask --domain proc
    """
    environment = {**os.environ, "PATH": f"{shim.parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(["bash", "--norc", "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "complete -o default -F _collegia_completion collegia",
        stored,
        "fouling.md",
        "circle_area",
        "process_engineering",
    ]
