"""`collegia web`: a real server, a real client, and an app that answers keys in it."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import aiohttp
import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are watched by way of /proc and signals")

ESCAPE = re.compile(rb"\x1b(?:\[[0-9;?<>=]*[A-Za-z]|[()].|[PX^_\]].*?(?:\x07|\x1b\\)|.)", re.DOTALL)


class Served:
    """A server that was started as one types it."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.own = f"127.0.0.1:{self.port}"
        self.url = f"http://{self.own}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "collegia", "web", "--port", str(self.port)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        assert self.process.stderr is not None
        self.told = self.process.stderr.readline().decode()

    def stop(self, what: signal.Signals) -> tuple[int, str]:
        """Signal the whole group, as a terminal does; the exit code, and all that was written."""
        os.killpg(self.process.pid, what)
        out, err = self.process.communicate(timeout=30)
        return self.process.returncode, (out + err).decode()


@pytest.fixture
def served() -> Iterator[Served]:
    one = Served()
    yield one
    if one.process.poll() is None:
        one.stop(signal.SIGKILL)


def apps(home: Path) -> list[int]:
    """The processes of this home that show the app."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            mine = f"COLLEGIA_HOME={home}\0".encode() in (place / "environ").read_bytes()
            if mine and b"chat" in (place / "cmdline").read_bytes().split(b"\0"):
                found.append(int(place.name))
        except OSError:  # it has ended meanwhile, or is another user's
            continue
    return found


async def until(true: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline, what
        await asyncio.sleep(0.1)


class Screen:
    """What a browser is sent, as text."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self.text = ""

    async def shows(self, wanted: str) -> None:
        """Wait until this has been written since the last time something was waited for."""
        deadline = time.monotonic() + 60
        while wanted not in self.text:
            message = await self._socket.receive(timeout=max(0.1, deadline - time.monotonic()))
            assert message.type is aiohttp.WSMsgType.BINARY, (message, self.text)
            self.text += ESCAPE.sub(b"", message.data).decode(errors="replace")
        self.text = ""

    async def type(self, keys: str) -> None:
        await self._socket.send_json(["stdin", keys])


async def test_the_app_is_shown_in_a_page_and_answers_keys_and_ends_with_it(served, home):
    assert served.told == f"the app is at {served.url} for browsers of this machine; Ctrl+C stops it\n"
    async with aiohttp.ClientSession() as client:
        async with client.get(served.url) as page:
            assert page.status == 200
            assert f"ws://{served.own}/ws" in await page.text()
        address = f"ws://{served.own}/ws?width=100&height=30"
        async with client.ws_connect(address, origin=served.url) as browser:
            screen = Screen(browser)
            await screen.shows("Collegia")
            await screen.type("\x1bOP")  # F1
            await screen.shows("Evidence")
            assert len(apps(home)) == 1
        await until(lambda: not apps(home), "the app ends when its page is closed")


async def test_the_page_loads_nothing_from_elsewhere(served):
    async with aiohttp.ClientSession() as client:
        async with client.get(served.url) as page:
            text = await page.text()
            policy = page.headers["Content-Security-Policy"]
        assert set(re.findall(r"https?://([^/\"')\s]+)", text)) <= {served.own, "www.w3.org"}
        assert "www.w3.org" not in re.sub(r"xmlns=\"[^\"]*\"", "", text)  # the name of a format, which nobody loads
        assert not set(re.findall(r"\w+://[^\s;]+", policy)) - {f"ws://{served.own}"}
        assert "frame-ancestors 'none'" in policy
        for one in re.findall(r"(?:src|href)=\"([^\"]+)\"|url\(\"([^\"]+)\"\)", text):
            address = "".join(one)
            async with client.get(address if "://" in address else served.url + address) as part:
                assert part.status == 200, address
                if part.content_type.startswith("text/"):
                    loaded = await part.text()
                    assert not re.findall(r"(?:url\(|import|fetch\()\s*[\"']?https?://", loaded), address


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://{own}", "http://localhost"]
)
async def test_a_page_of_another_origin_gets_neither_page_nor_app(served, home, origin):
    foreign = {"Origin": origin.format(own=served.own)}
    async with aiohttp.ClientSession() as client:
        async with client.get(served.url, headers=foreign) as page:
            assert page.status == 403
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await client.ws_connect(f"ws://{served.own}/ws", headers=foreign)
    assert apps(home) == []


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1:1", "127.0.0.1", "0.0.0.0:{port}"])
async def test_a_name_that_now_points_here_is_refused(served, home, host):
    rebound = {"Host": host.format(port=served.port)}
    async with aiohttp.ClientSession() as client:
        for path in ("/", "/static/js/textual.js", "/download/x"):
            async with client.get(served.url + path, headers=rebound) as page:
                assert page.status == 403
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await client.ws_connect(f"ws://{served.own}/ws", headers=rebound)
    assert apps(home) == []


async def test_localhost_is_led_to_the_name_that_is_answered_to(served):
    local = {"Host": f"localhost:{served.port}"}
    address = f"{served.url}/?fontsize=20"
    async with aiohttp.ClientSession() as client, client.get(address, headers=local, allow_redirects=False) as page:
        assert (page.status, page.headers["Location"]) == (302, address)


def test_it_listens_on_one_address_of_this_machine_alone(served):
    listening = [
        line.split()[1]
        for table in ("tcp", "tcp6")
        for line in Path("/proc/net", table).read_text().splitlines()[1:]
        if line.split()[3] == "0A" and line.split()[1].endswith(f":{served.port:04X}")
    ]
    assert listening == [f"0100007F:{served.port:04X}"]


@pytest.mark.parametrize("what", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("early", [True, False])
async def test_ctrl_c_ends_it_with_its_apps_and_without_a_word(served, home, what, early):
    async with aiohttp.ClientSession() as client:
        browser = await client.ws_connect(f"ws://{served.own}/ws", origin=served.url)
        if early:  # while the app is still being imported
            await until(lambda: apps(home), "an app is started")
        else:
            await Screen(browser).shows("Collegia")
        began = time.monotonic()
        code, told = await asyncio.to_thread(served.stop, what)
        assert code == 0
        assert told == ""
        assert time.monotonic() - began < 20
        await until(lambda: not apps(home), "no app is left behind")
        await browser.close()


async def test_an_app_ends_though_its_server_was_killed(served, home):
    async with aiohttp.ClientSession() as client:
        browser = await client.ws_connect(f"ws://{served.own}/ws", origin=served.url)
        await Screen(browser).shows("Collegia")
        served.process.kill()
        served.process.communicate()
        await until(lambda: not apps(home), "an app without a server ends")
        assert not apps(home)
        await browser.close()


def test_a_port_that_is_taken_is_a_matter_of_usage(served, spawn):
    done = spawn("web", "--port", str(served.port))
    assert done.code == 2
    assert f"port {served.port} cannot be used" in done.err
    assert "--port" in done.err


def test_without_the_library_the_command_that_installs_it_is_told():
    code = (
        "import sys; sys.modules['textual_serve'] = None; sys.argv = ['collegia', 'web', '--port', '1']\n"
        "from collegia.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "pip install 'collegia[web]'" in done.stderr
    assert "Traceback" not in done.stderr
