"""`collegia doctor`: each lack is made for real, is told with what mends it, and is gone once that was done."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest


class Told(dict[str, Any]):
    """What the doctor said, by what it looked at."""

    code: int

    @property
    def mend(self) -> str:
        """What mends the one thing that is not in order."""
        (one,) = [one for one in self["findings"] if one["mend"] and one["what"] != "colours"]
        return str(one["mend"])

    def of(self, what: str) -> list[tuple[str, str]]:
        return [(one["state"], one["said"]) for one in self["findings"] if one["what"] == what]


@pytest.fixture
def doctor(cli) -> Callable[[], Told]:
    def ask() -> Told:
        done = cli("doctor", "--output", "json")
        told = Told(done.json())
        told.code = done.code
        assert told.code == (0 if told["ok"] else 1)
        return told

    return ask


@pytest.fixture(autouse=True)
def _a_plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TMUX", "DISPLAY", "WAYLAND_DISPLAY", "NO_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture
def shell(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a command as it was told, with `collegia` on the path."""
    shim = tmp_path / "bin" / "collegia"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec {sys.executable} -m collegia "$@"\n')
    shim.chmod(0o755)

    def run(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        path = f"{shim.parent}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            ["sh", "-c", command], env={**os.environ, "PATH": path, **environment}, capture_output=True, text=True,
            check=True,
        )  # fmt: skip

    return run


def test_with_nothing_configured_nothing_is_wrong_nothing_is_made_and_it_takes_no_three_seconds(spawn, home):
    before = os.times()
    done = spawn("doctor", TERM="xterm-256color")
    after = os.times()
    assert done.code == 0, done.out
    assert "no faults" in done.out
    assert not home.exists()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    assert used < 3.0


def test_each_line_says_in_words_how_it_is(cli):
    done = cli("doctor")
    lines = done.out.splitlines()
    assert all(one.startswith(("OK ", "warning ", "fault ", "         mend it: ")) for one in lines[:-1])
    assert lines[-1].startswith("no faults, ")
    assert cli("doctor", "-o", "jsonl").lines()[0].keys() == {"state", "what", "said", "mend"}


# Root may write wherever it likes, unless it gives that up first.
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
MEEK = ("setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override") if ROOT else ()


@pytest.mark.skipif(
    sys.platform == "win32" or (ROOT and shutil.which("setpriv") is None), reason="no folder is closed to this user"
)
def test_a_home_that_cannot_be_written_to_is_mended_by_the_command_that_is_told(home, shell):
    home.mkdir()
    home.chmod(0o555)

    def look() -> Told:
        command = (*MEEK, sys.executable, "-m", "collegia", "doctor", "-o", "json")
        return Told(json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout))

    told = look()
    assert told.of("home folder") == [("fault", f"{home} cannot be written to")]
    assert told.mend == f"chmod u+rwx {home}"
    shell(told.mend)
    assert look().of("home folder") == [("ok", f"{home} can be written to")]


def test_a_home_below_a_file_is_a_fault(doctor, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COLLEGIA_HOME", str(tmp_path / "file" / "home"))
    told = doctor()
    assert told.code == 1
    assert told.of("home folder") == [("fault", f"{tmp_path / 'file'} is a file, and no folder")]
    assert "export COLLEGIA_HOME=" in told.mend


def test_a_broken_file_of_settings_is_mended_in_the_editor(doctor, home, shell, tmp_path):
    home.mkdir()
    (home / "collegia.toml").write_text("[budget\nmax_steps = 3\n")
    told = doctor()
    ((state, said),) = told.of("settings")
    assert state == "fault"
    assert f"{home / 'collegia.toml'} is not TOML" in said
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nsed -i "s/^\\[budget$/[budget]/" "$1"\n')
    editor.chmod(0o755)
    assert "OK" in shell(told.mend, EDITOR=str(editor)).stdout
    assert doctor().of("settings") == [("ok", str(home / "collegia.toml"))]


def test_every_wrong_setting_is_told_by_itself(doctor, home):
    home.mkdir()
    (home / "collegia.toml").write_text("max_concurrency = 'x'\nnonsense = 1\n")
    told = doctor()
    assert [state for state, _ in told.of("settings")] == ["fault", "fault"]
    assert {"max_concurrency", "nonsense"} <= set(" ".join(said for _, said in told.of("settings")).split())


def test_a_wrong_variable_is_to_be_unset(doctor, monkeypatch):
    monkeypatch.setenv("COLLEGIA_MAX_STEPS", "many")
    told = doctor()
    assert told.mend == "unset COLLEGIA_MAX_STEPS"
    monkeypatch.delenv("COLLEGIA_MAX_STEPS")
    assert doctor().code == 0


@pytest.mark.parametrize(
    ("file", "what"),
    [
        ("runs.sqlite", "run store"),
        ("checkpoints.sqlite", "checkpoints"),
        ("records.sqlite", "file of records"),
        ("knowledge/store.db", "knowledge store"),
        ("knowledge/memory.db", "memory"),
    ],
)
def test_a_damaged_store_is_moved_away_by_the_command_that_is_told(doctor, home, shell, file, what):
    path = home / file
    path.parent.mkdir(parents=True)
    path.write_bytes(b"this is no database, whatever it is called " * 40)
    told = doctor()
    ((state, said),) = told.of(what)
    assert (state, told.code) == ("fault", 1)
    assert str(path) in said
    shell(told.mend)
    assert doctor().of(what)[0] == ("ok", f"none yet; {path} is made when it is first needed")
    assert [one.name for one in path.parent.glob("damaged-*/*")] == [path.name]


def test_pages_that_were_written_over_are_found_though_the_file_still_opens(doctor, cli, home):
    assert cli("ask", "What is the area of a circle of 2 m diameter?").code == 0
    assert doctor().of("run store") == [("ok", f"1 runs in {home / 'runs.sqlite'}")]
    with sqlite3.connect(home / "runs.sqlite") as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        ((page,),) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'events'").fetchall()
        ((size,),) = db.execute("PRAGMA page_size").fetchall()
    db.close()
    raw = bytearray((home / "runs.sqlite").read_bytes())
    raw[(page - 1) * size : (page - 1) * size + 64] = bytes(range(64))
    (home / "runs.sqlite").write_bytes(raw)
    ((state, said),) = doctor().of("run store")
    assert (state, "damaged" in said or "malformed" in said) == ("fault", True)


def test_a_store_of_a_newer_release_wants_that_release(doctor, home):
    home.mkdir()
    with sqlite3.connect(home / "runs.sqlite") as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    assert doctor().mend == "pip install --upgrade collegia"


def test_vectors_out_of_step_are_brought_back_by_the_command_that_is_told(doctor, cli, shell, tmp_path, monkeypatch):
    page = tmp_path / "page.md"
    page.write_text("# Fouling\n\nFouling lowers heat transfer.\n")
    assert cli("kb", "add", page, "-q").code == 0
    monkeypatch.setenv("COLLEGIA_EMBEDDING", "hash:64")
    monkeypatch.setenv("COLLEGIA_VECTORS", "exact")
    told = doctor()
    assert told.of("knowledge store")[0][1].startswith("1 documents in 1 passages")
    assert told.of("vectors") == [("warning", "0 vectors for 1 passages of user")]
    shell(told.mend)
    assert doctor().of("vectors") == [("ok", "in step with the documents")]


def test_an_addition_that_was_cut_short_is_finished_by_the_command_that_is_told(doctor, cli, home, shell, tmp_path):
    from collegia.knowledge.store import KnowledgeStore

    page = tmp_path / "page.md"
    page.write_text("# Fouling\n\nFouling lowers heat transfer.\n")
    assert cli("kb", "add", page, "-q").code == 0
    store = KnowledgeStore(home / "knowledge" / "store.db")
    store.keep("unlinked", "1")
    store.close()
    told = doctor()
    assert told.of("knowledge store")[1][0] == "warning"
    shell(told.mend)
    assert [state for state, _ in doctor().of("knowledge store")] == ["ok"]


BLOCKED = """
import sys
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name in {blocked!r}:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Blocker())
sys.argv = ["collegia", "doctor", "-o", "json"]
from collegia.cli import main
main()
"""


def looked_by(code: str, **environment: str) -> Told:
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert done.stdout, done.stderr
    return Told(json.loads(done.stdout))


def test_experts_without_their_library_are_counted_by_the_command_that_installs_it(monkeypatch):
    monkeypatch.delenv("COLLEGIA_DOMAINS")
    told = looked_by(BLOCKED.format(blocked=("CoolProp", "cantera")))
    lacking = [one for one in told["findings"] if one["what"] == "experts"]
    assert {one["mend"]: one["state"] for one in lacking} == {
        "pip install 'collegia[process]'": "warning",
        "pip install 'collegia[combustion]'": "warning",
    }
    assert any("CoolProp" in one["said"] for one in lacking)
    assert told["ok"]


def test_an_extra_that_is_not_whole_is_told_with_its_command(tmp_path):
    about = tmp_path / "packages" / "collegia-9.9.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text(
        "Metadata-Version: 2.4\nName: collegia\nVersion: 9.9\nProvides-Extra: web\n"
        "Requires-Dist: not-to-be-had>=1.1,<2; extra == 'web'\nRequires-Dist: typer; extra == 'process'\n"
        "Requires-Dist: collegia[web]; extra == 'all'\n"
    )
    path = os.pathsep.join([str(about.parent), os.environ["PYTHONPATH"]])
    told = looked_by(BLOCKED.format(blocked=()), PYTHONPATH=path)
    assert told.of("extra web") == [("warning", "not-to-be-had not installed")]
    assert told.of("extras") == [("ok", "process installed")]
    assert "pip install 'collegia[web]'" in [one["mend"] for one in told["findings"]]


def test_a_domain_that_is_refused_is_a_fault_with_its_reason(tmp_path, monkeypatch):
    monkeypatch.delenv("COLLEGIA_DOMAINS")
    packages = tmp_path / "packages"
    about = packages / "broken_things-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.4\nName: broken-things\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[collegia.domains]\nbroken = broken_things:domain\n")
    (packages / "broken_things.py").write_text("raise RuntimeError('out of order')\n")
    path = os.pathsep.join([str(packages), os.environ["PYTHONPATH"]])
    told = looked_by(BLOCKED.format(blocked=()), PYTHONPATH=path)
    ((state, said),) = told.of("domain broken")
    assert (state, "out of order" in said) == ("fault", True)
    assert "pip install --upgrade broken-things" in [one["mend"] for one in told["findings"]]
    (packages / "broken_things.py").write_text(
        "from collegia.tools import Domain, expert\n"
        "from typing import Annotated\n"
        "def twice(length: Annotated[float, 'm']) -> Annotated[float, 'm']:\n    'Twice a length.'\n"
        "    return 2 * length\n"
        "domain = Domain('broken', 'mended', (twice,))\n"
    )
    assert looked_by(BLOCKED.format(blocked=()), PYTHONPATH=path)["ok"]


def test_a_domain_that_is_asked_for_and_not_there_is_not_to_be_asked_for(doctor, monkeypatch):
    monkeypatch.setenv("COLLEGIA_DOMAINS", "arithmetic,glumph")
    told = doctor()
    assert told.of("domain glumph")[0][0] == "fault"
    assert told.mend.startswith("unset COLLEGIA_DOMAINS")


class Server(ThreadingHTTPServer):
    """A server of models on loopback, which keeps what it was sent."""

    daemon_threads = True
    status = 200
    delay = 0.0
    models = ("m",)

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        time.sleep(self.server.delay)
        body = json.dumps({"data": [{"id": one} for one in self.server.models]}).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as the base class names it
        return


@pytest.fixture
def server() -> Iterator[Callable[..., Server]]:
    made: list[Server] = []

    def start(port: int = 0) -> Server:
        made.append(Server(port))
        return made[-1]

    yield start
    for one in made:
        one.shutdown()
        one.server_close()


def test_a_dead_endpoint_is_a_fault_until_its_server_is_up(doctor, server, monkeypatch):
    first = server()
    url, port = first.url, first.server_address[1]
    first.shutdown()
    first.server_close()
    monkeypatch.setenv("COLLEGIA_MODEL", "hosted_vllm/m")
    monkeypatch.setenv("COLLEGIA_API_BASE", f"{url}/v1")
    told = doctor()
    assert told.of("model default")[1] == ("fault", f"{url}/v1/models was asked: Connection refused")
    assert told.mend == f"vllm serve m --port {port}"
    again = server(port)
    assert doctor().of("model default")[1] == ("ok", f"{url}/v1/models answers")
    assert [path for path, _ in again.asked] == ["/v1/models"]


def test_what_is_asked_is_said_before_it_is_asked(cli, server, monkeypatch):
    one = server()
    monkeypatch.setenv("COLLEGIA_MODEL", "hosted_vllm/m")
    monkeypatch.setenv("COLLEGIA_API_BASE", f"{one.url}/v1")
    assert f"asking {one.url}/v1/models" in cli("doctor").err.splitlines()


def test_no_key_is_sent_or_shown_and_a_missing_one_is_named(cli, doctor, server, home, monkeypatch):
    one = server()
    one.status = 401
    home.mkdir()
    (home / "collegia.toml").write_text(
        f'[models.big]\nmodel = "openai/m"\napi_base = "{one.url}/v1"\napi_key_env = "MY_KEY"\n'
    )
    told = doctor()
    assert told.of("model big")[0] == ("fault", "openai/m wants its key in MY_KEY, which is not set")
    assert told.mend == "export MY_KEY=KEY"
    monkeypatch.setenv("MY_KEY", "sk-very-secret-1234567890")
    shown = cli("doctor")
    assert shown.code == 0
    assert "sk-very" not in shown.out + shown.err
    assert "(401; it was asked without a key)" in shown.out
    assert "sk-very" not in json.dumps(one.asked)


def test_servers_that_never_answer_are_all_waited_for_at_once(doctor, server, home):
    slow = [server() for _ in range(4)]
    for one in slow:
        one.delay = 30.0
    home.mkdir()
    (home / "collegia.toml").write_text(
        "".join(f'[models.m{n}]\nmodel = "openai/m"\napi_base = "{one.url}/v1"\n' for n, one in enumerate(slow))
    )
    from collegia.settings import Settings
    from collegia.tools.models.health import model_doors
    from collegia.tools.reaching import knock

    began = time.monotonic()
    found = knock(list(model_doors(Settings.load())), patience=0.5)
    assert time.monotonic() - began < 1.5
    assert [one.state for one in found] == ["fault"] * 4
    assert all("no answer within 0.5 s" in one.said for one in found)


def test_a_server_without_the_model_is_a_warning_and_a_broken_one_a_fault(doctor, server, monkeypatch):
    one = server()
    one.models = ("other",)
    monkeypatch.setenv("COLLEGIA_MODEL", "hosted_vllm/m")
    monkeypatch.setenv("COLLEGIA_API_BASE", f"{one.url}/v1")
    state, said = doctor().of("model default")[1]
    assert (state, "does not list m; it has: other" in said) == ("warning", True)
    one.status = 503
    assert doctor().of("model default")[1][0] == "fault"


def test_a_provider_whose_address_is_not_set_is_not_asked(doctor, monkeypatch):
    monkeypatch.setenv("COLLEGIA_MODEL", "openai/m")
    monkeypatch.setenv("COLLEGIA_API_KEY", "k")
    ((state, said),) = doctor().of("model default")
    assert (state, "was not asked" in said) == ("ok", True)


def test_an_address_is_shown_without_a_password_in_it():
    from collegia.tools.reaching import shown

    assert shown("http://me:secret@127.0.0.1:8000/v1/models?key=1#m") == "http://127.0.0.1:8000/v1/models"


def test_an_embedding_server_that_is_down_is_a_fault(doctor, monkeypatch):
    monkeypatch.setenv("COLLEGIA_EMBEDDING", "openai:http://127.0.0.1:9/v1#e")
    assert doctor().of("embeddings")[0][0] == "fault"


def test_an_engine_wants_its_interpreter_and_vllm_in_it(doctor, home, tmp_path):
    python = tmp_path / "engine" / "bin" / "python"
    home.mkdir()
    (home / "collegia.toml").write_text(f'[serving]\npython = "{python}"\nmodel = "/models/base"\nport = 9\n')
    told = doctor()
    ((state, said),) = told.of("serving")
    assert (state, "cannot be run" in said) == ("fault", True)
    made, _, fill = next(one["mend"] for one in told["findings"] if one["what"] == "serving").partition(" && ")
    subprocess.run(f"{made} --without-pip".replace("python3", sys.executable, 1), shell=True, check=True)  # noqa: S602  # the command that was told
    told = doctor()
    assert told.of("serving") == [("fault", f"{python} has no vLLM")]
    assert fill == f"{python} -m pip install vllm"
    (next((tmp_path / "engine").glob("lib/python*/site-packages")) / "vllm.py").write_text("")
    told = doctor()
    assert told.of("serving") == [("ok", f"{python} can start an engine with /models/base")]
    assert told.of("engine") == [("warning", "http://127.0.0.1:9/health was asked: Connection refused")]
    assert told.mend == "collegia serve up"


def test_an_engine_that_is_attached_must_answer(doctor, server, home):
    one = server()
    home.mkdir()
    (home / "collegia.toml").write_text(f'[serving]\nendpoints = ["{one.url}", "http://127.0.0.1:9"]\n')
    assert [state for state, _ in doctor().of("engine")] == ["ok", "fault"]


def test_a_terminal_that_can_do_little_is_told_what_would_do():
    from collegia.tui.health import look_at_terminal

    found = look_at_terminal({"TERM": "dumb", "PATH": ""}, (60, 20), "ascii")
    assert {one.what: one.mend for one in found if one.state == "warning"} == {
        "terminal": "export TERM=xterm-256color",
        "colours": "export TERM=xterm-256color",
        "size": "printf '\\033[8;24;80t'",
        "letters": "export LC_ALL=C.UTF-8",
    }
    well = look_at_terminal({"TERM": "xterm-256color", "PATH": ""}, (80, 24), "utf-8")
    assert {one.state for one in well} == {"ok"}


def test_a_desktop_without_a_program_that_copies_wants_one(tmp_path):
    from collegia.tui.health import look_at_terminal

    for name in ("apt-get", "xclip"):
        (tmp_path / name).write_text("#!/bin/sh\n")
    (tmp_path / "apt-get").chmod(0o755)
    desktop = {"TERM": "xterm-256color", "PATH": str(tmp_path), "DISPLAY": ":0"}
    (lacking,) = [one for one in look_at_terminal(desktop, None, "utf-8") if one.state == "warning"]
    assert lacking.mend == "sudo apt-get install xclip"
    (tmp_path / "xclip").chmod(0o755)
    assert {one.state for one in look_at_terminal(desktop, None, "utf-8")} == {"ok"}


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_the_settings_of_tmux_that_matter_are_mended_by_the_commands_that_are_told(doctor, shell, monkeypatch):
    with tempfile.TemporaryDirectory(dir="/tmp") as name:  # a socket's path has to be short
        socket = f"{name}/s"
        tmux = ["tmux", "-S", socket, "-f", os.devnull]
        subprocess.run([*tmux, "new-session", "-d", "sleep", "60"], check=True)
        try:
            for option in ("default-terminal screen", "escape-time 500", "set-clipboard external"):
                subprocess.run([*tmux, "set-option", "-s", *option.split()], check=True)
            monkeypatch.setenv("TMUX", f"{socket},1,0")
            told = doctor()
            assert {state for state, _ in told.of("tmux")} == {"warning"}
            mends = [one["mend"] for one in told["findings"] if one["what"] == "tmux"]
            assert len(mends) == len(told.of("tmux")) >= 3
            for mend in mends:
                shell(mend)
            assert doctor().of("tmux") == [("ok", "copying, keys and colours get through")]
        finally:
            subprocess.run([*tmux, "kill-server"], check=True)
