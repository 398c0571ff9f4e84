"""The assistant knows no domain: no literal of its source is a word of an installed one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

import collegia.agents
from collegia.agents.plan import Proposal
from collegia.agents.reading.lexicon import Role
from collegia.agents.result import Status
from collegia.tools.card import Port
from collegia.tools.kinds import Scale
from collegia.tools.registry import Registry

AGENTS = Path(collegia.agents.__file__).parent
SOURCES = sorted(AGENTS.rglob("*.py"))


def _docstrings(tree: ast.Module) -> set[int]:
    """Docstrings, and the strings under an attribute or a constant that explain it: they speak, and are never read."""
    return {
        id(node.value)
        for parent in ast.walk(tree)
        if isinstance(parent, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        for node in parent.body
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def literals(source: str) -> Iterator[tuple[int, str]]:
    """Every string of a source that the program itself reads, with its line."""
    tree = ast.parse(source)
    silent = _docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            yield node.lineno, node.value


def word_lists(source: str) -> Iterator[tuple[int, str]]:
    """Every word of the lists that are written as one text and split."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "split"
            and isinstance(node.func.value, ast.Constant)
        ):
            for word in str(node.func.value.value).split():
                yield node.lineno, word


@lru_cache
def vocabulary() -> dict[str, str]:
    """The names and synonyms of everything installed, in lower case, each with what it belongs to."""
    found: dict[str, str] = {}
    registry = Registry.load()
    assert registry.refused == {}
    for name, expert in registry.experts.items():
        for word in (name, name.replace("_", " "), *expert.card.methods):
            found.setdefault(_key(word), f"expert {name}")
    for name, kind in registry.kinds.items():
        words = (name, name.replace("_", " "), *kind.names, *kind.hints, *kind.words, *kind.ambiguous)
        for word in words:
            found.setdefault(_key(word), f"kind {name}")
    return found


def _key(word: str) -> str:
    """A word as it is compared: symbols of one or two letters keep their case, as they do in a question."""
    return word if len(word) <= 2 else word.lower()


def test_the_vocabulary_and_the_sources_are_there() -> None:
    assert len(vocabulary()) > 300
    assert len(SOURCES) > 20


def test_literals_are_found_and_docstrings_are_not() -> None:
    source = '"""density"""\nX = "velocity"\n"""area"""\ndef f():\n    """mass"""\n    return f"flow {X}"\n'
    assert [text for _, text in literals(source)] == ["velocity", "flow "]
    assert [text for _, text in word_lists('X = "at of power".split()')] == ["at", "of", "power"]


OWN = frozenset(
    {
        *get_args(Role),
        *get_args(Scale),
        *get_args(get_type_hints(Port)["at"]),
        *get_args(Status),
        *get_args(Proposal.model_fields["status"].annotation),
        *("id", "length", "turns", "runs", "cost"),
    }
)
"""Words of the contracts: the ends of a process on a card, the states of a run, the fields of a model's reply, why it
ended, the fields of an export and of what a run took, and the table of runs. They mean nothing in a question."""
PLAIN = frozenset({
    "above", "across", "after", "afterwards", "against", "at", "before", "below", "beneath", "drop", "each",
    "estimate", "fall", "for", "get", "high", "higher", "long", "made", "of", "open", "over", "parallel", "rate", "set",
    "through", "under", "up", "vented", "vs", "with",
    "zero",
})  # fmt: skip
"""Plain English that a domain leans on too: prepositions, comparatives, verbs of asking, giving and changing."""


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(AGENTS).as_posix())
def test_no_literal_is_a_word_of_an_installed_domain(path: Path) -> None:
    known = vocabulary()
    found = [
        f"{path.relative_to(AGENTS)}:{line}: {text!r} is a word of {owner}"
        for line, text in literals(path.read_text(encoding="utf-8"))
        if (owner := known.get(_key(text))) and len(text) > 1 and text.lower() not in OWN | PLAIN
    ]
    assert found == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(AGENTS).as_posix())
def test_a_list_of_words_holds_plain_english_only(path: Path) -> None:
    known = vocabulary()
    found = [
        f"{path.relative_to(AGENTS)}:{line}: {text!r} is a word of {owner}"
        for line, text in word_lists(path.read_text(encoding="utf-8"))
        if (owner := known.get(_key(text))) and len(text) > 1 and text not in OWN | PLAIN
    ]
    assert found == []
