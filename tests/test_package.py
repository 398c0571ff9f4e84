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


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, collegia\n"
        "from collegia import Settings, CollegiaError, Evidence, Event\n"
        "heavy = {'pint', 'langgraph', 'pydantic', 'numpy', 'rich', 'typer', 'sqlite3', 'asyncio'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_expert_can_be_declared_without_loading_the_runtime() -> None:
    code = (
        "import sys\n"
        "from typing import Annotated\n"
        "from collegia import Kind, Range, expert\n"
        "heavy = {'pint', 'langgraph', 'pydantic'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
