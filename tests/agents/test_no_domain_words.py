"""The assistant knows no domain: no literal of its source is a word of an installed one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

import collegia.agents
from collegia.tools.domain import Domain
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


def words_of(source: str) -> Iterator[tuple[int, str]]:
    """Every literal, and every word of those that are lists of words written as one text."""
    for line, text in literals(source):
        yield line, text
        if len(text.split()) > 1 and _is_word_list(text):
            for word in text.split():
                yield line, word


def _is_word_list(text: str) -> bool:
    """A text of lower-case words without a full stop is a list, and no sentence to a person."""
    return (
        "{" not in text and not any(mark in text for mark in ".,;:") and text == text.lower() and len(text.split()) > 5
    )


@lru_cache
def vocabulary() -> dict[str, str]:
    """The names and synonyms of everything installed, in lower case, each with what it belongs to."""
    found: dict[str, str] = {}
    registry = Registry.load()
    assert registry.refused == {}
    for name, expert in registry.experts.items():
        for word in (name, name.replace("_", " "), *expert.card.methods):
            found.setdefault(word.lower(), f"expert {name}")
    for name, kind in registry.kinds.items():
        words = (name, name.replace("_", " "), *kind.names, *kind.hints, *kind.words, *kind.ambiguous)
        for word in words:
            found.setdefault(word.lower(), f"kind {name}")
    for domain in registry.domains.values():
        found.update({word.lower(): f"domain {domain.name}" for word in _said_by(domain)})
    return found


def _said_by(domain: Domain) -> Iterator[str]:
    yield from (domain.name, *domain.start, *domain.end, *domain.implies)
    for side in domain.sides:
        yield from (side.slot, *side.words)


def test_the_vocabulary_and_the_sources_are_there() -> None:
    assert len(vocabulary()) > 300
    assert len(SOURCES) > 20


def test_literals_are_found_and_docstrings_are_not() -> None:
    source = '"""density"""\nX = "velocity"\n"""area"""\ndef f():\n    """mass"""\n    return f"flow {X}"\n'
    assert [text for _, text in literals(source)] == ["velocity", "flow "]
    assert "power" in {text for _, text in words_of('X = "at of power in to by from".split()')}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(AGENTS).as_posix())
def test_no_literal_is_a_word_of_an_installed_domain(path: Path) -> None:
    known = vocabulary()
    found = [
        f"{path.relative_to(AGENTS)}:{line}: {text!r} is a word of {known[text.strip().lower()]}"
        for line, text in words_of(path.read_text(encoding="utf-8"))
        if text.strip().lower() in known
    ]
    assert found == []
