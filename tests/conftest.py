"""What every test stands on: no network, and a home of its own."""

from __future__ import annotations

import os
import runpy
import socket
from pathlib import Path

import pytest

OFFLINE = Path(__file__).parent / "offline"

runpy.run_path(str(OFFLINE / "sitecustomize.py"))
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(OFFLINE), os.environ.get("PYTHONPATH", "")]))
for _name in [name for name in os.environ if name.startswith("COLLEGIA_") and name != "COLLEGIA_ENGINE_PYTHON"]:
    del os.environ[_name]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A COLLEGIA_HOME that holds nothing and vanishes; child processes inherit it."""
    assert getattr(socket, "collegia_offline", False), "the network must be off before a test runs"
    folder = tmp_path / "home"
    monkeypatch.setenv("COLLEGIA_HOME", str(folder))
    return folder
