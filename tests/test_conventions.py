"""The habits of the project, held by reading its source: sizes, docstrings, exported names, reasons beside waivers."""

from __future__ import annotations

import ast
import importlib
import re
import statistics
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "collegia").rglob("*.py"))
EVERYTHING = sorted(
    path for room in ("collegia", "tests", "benchmarks", "examples") for path in (ROOT / room).rglob("*.py")
)
DOORS = ("collegia", "collegia.tools", "collegia.errors", "collegia.events", "collegia.evidence", "collegia.settings")

MAX_FILE, MAX_FUNCTION = 600, 60

# Waivers: "path" or "path:function" -> (day it was granted, reason). One that is no longer needed must go.
ALLOWED: dict[str, tuple[str, str]] = {}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@lru_cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def functions_of(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def length_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_the_source_is_found():
    assert len(SOURCES) > 20
    assert all(path.is_file() for path in EVERYTHING)


def test_no_file_is_longer_than_600_lines():
    long = [name_of(path) for path in EVERYTHING if len(lines_of(path)) > MAX_FILE]
    assert [name for name in long if name not in ALLOWED] == []


def test_files_are_small():
    sizes = sorted(len(lines_of(path)) for path in SOURCES)
    assert statistics.median(sizes) <= 150
    assert sizes[min(len(sizes) - 1, int(0.95 * len(sizes)))] <= 400


def test_at_most_two_functions_in_a_hundred_are_longer_than_60_lines():
    lengths = {f"{name_of(path)}:{node.name}": length_of(node) for path in SOURCES for node in functions_of(path)}
    long = [name for name, length in lengths.items() if length > MAX_FUNCTION and name not in ALLOWED]
    assert len(long) <= 0.02 * len(lengths), long


def test_every_waiver_is_dated_reasoned_and_still_needed():
    for name, (day, reason) in ALLOWED.items():
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", day), name
        assert reason, name
        file, _, function = name.partition(":")
        path = ROOT / file
        assert path.is_file(), name
        if function:
            assert any(length_of(node) > MAX_FUNCTION for node in functions_of(path) if node.name == function), name
        else:
            assert len(lines_of(path)) > MAX_FILE, name


def undocumented(path: Path) -> list[str]:
    """The public modules, classes and functions of a file that have no docstring."""
    tree = tree_of(path)
    if not tree.body:
        return []
    missing = [] if ast.get_docstring(tree) else [name_of(path)]
    for node in tree.body:
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) or node.name.startswith("_"):
            continue
        if not ast.get_docstring(node) and not is_overload(node):
            missing.append(f"{name_of(path)}:{node.name}")
        if isinstance(node, ast.ClassDef):
            missing.extend(
                f"{name_of(path)}:{node.name}.{part.name}"
                for part in node.body
                if isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef))
                and not part.name.startswith("_")
                and not ast.get_docstring(part)
            )
    return missing


def is_overload(node: ast.AST) -> bool:
    return any(getattr(mark, "id", "") == "overload" for mark in getattr(node, "decorator_list", ()))


def test_every_public_module_class_and_function_has_a_docstring():
    assert [name for path in SOURCES for name in undocumented(path)] == []


def exported(path: Path) -> list[str] | None:
    for node in tree_of(path).body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        if any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets):
            return list(ast.literal_eval(node.value))  # type: ignore[union-attr]  # an assignment has a value here
    return None


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_every_module_says_what_it_exports_and_has_it(path):
    if not tree_of(path).body[1:] or path.name == "__main__.py":
        pytest.skip("a package file that only says what it is, or a program")
    names = exported(path)
    assert names is not None, "__all__ is missing"
    module = importlib.import_module(name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    assert [name for name in names if not hasattr(module, name)] == []
    assert len(names) == len(set(names))


def documented(door: str) -> set[str]:
    """The names that docs/API.md lists under the heading of a module."""
    sections = re.split(r"^## ", (ROOT / "docs" / "API.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    for section in sections:
        heading, _, body = section.partition("\n")
        if heading.strip().strip("`") == door:
            return set(re.findall(r"^- `(\w+)", body, flags=re.MULTILINE))
    return set()


@pytest.mark.parametrize("door", DOORS)
def test_the_exported_names_are_the_documented_ones(door):
    assert documented(door) == set(importlib.import_module(door).__all__)


def test_a_broad_except_has_its_reason_beside_it():
    bare = []
    for path in SOURCES:
        lines = lines_of(path)
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.ExceptHandler):
                continue
            caught = {getattr(part, "id", "") for part in ast.walk(node.type)} if node.type else {"BaseException"}
            reason = re.sub(r"#\s*noqa:\s*[A-Z0-9, ]+", "", lines[node.lineno - 1]).partition("#")[2].strip()
            above = lines[node.lineno - 2].strip().startswith("#")
            if caught & {"Exception", "BaseException"} and not reason and not above:
                bare.append(f"{name_of(path)}:{node.lineno}")
    assert bare == []


def test_every_waiver_of_a_checker_has_a_code_and_a_reason():
    waiver = re.compile(
        r"#\s*(?:type:\s*ignore(?P<type>\[[\w, -]+\])?|noqa(?P<noqa>:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?)(?P<rest>.*)"
    )
    poor = []
    for path in EVERYTHING:
        for number, text in enumerate(lines_of(path), 1):
            found = waiver.search(text)
            if found and path != Path(__file__) and not explained(found):
                poor.append(f"{name_of(path)}:{number}: {text.strip()}")
    assert poor == []


def explained(found: re.Match[str]) -> bool:
    return bool(found["type"] or found["noqa"]) and len(found["rest"].strip(" #-:")) > 8


def test_nothing_is_left_to_do_later():
    marks = tuple(first + rest for first, rest in (("TO", "DO"), ("FIX", "ME"), ("XX", "X")))
    assert [name_of(path) for path in SOURCES if any(mark in path.read_text(encoding="utf-8") for mark in marks)] == []


def test_no_two_files_of_tests_have_one_name():
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


def test_every_test_can_fail():
    idle = []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in functions_of(path):
            if node.name.startswith("test_") and not asserts_something(node):
                idle.append(f"{name_of(path)}:{node.name}")
    assert idle == []


def asserts_something(function: ast.AST) -> bool:
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", "") or getattr(node.func, "id", "")
            if called in ("raises", "warns", "fail") or called.startswith(("assert", "check", "expect")):
                return True
    return False
