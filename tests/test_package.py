"""What `import collegia` gives, and what it does not load."""

from __future__ import annotations

import subprocess
import sys

import pytest

import collegia


@pytest.mark.parametrize("name", collegia.__all__)
def test_every_exported_name_is_there(name: str) -> None:
    assert getattr(collegia, name) is not None
    assert name in dir(collegia)


def test_a_name_that_is_not_exported_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'wizard'"):
        collegia.wizard  # noqa: B018  # the access is the test


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh process has loaded after that code."""
    told = "import sys\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", f"{code}\n{told}"], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_package_loads_nothing_heavy() -> None:
    loaded = loaded_by("from collegia import CollegiaError, Evidence, Event, Settings")
    assert "collegia.evidence" in loaded
    assert not loaded & {"pint", "langgraph", "pydantic", "numpy", "rich", "typer", "sqlite3", "asyncio"}


def test_an_expert_can_be_declared_without_loading_the_runtime() -> None:
    loaded = loaded_by("from collegia import Kind, Range, expert")
    assert "collegia.tools.expert" in loaded
    assert not loaded & {"pint", "langgraph", "pydantic", "collegia.agents"}
