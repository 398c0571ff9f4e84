"""Which files paths name, and what they are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from collegia.knowledge.ingest import find, ingest
from collegia.knowledge.ingest.names import name_files
from tests.knowledge.ingest.conftest import SENTENCE


@pytest.fixture
def tree(folder):
    for name in ("a.md", "b.txt", "sub/a.md", "sub/deep/a.md", "sub/deep/c.md", ".git/x.md", "sub/.hidden.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{name}: {SENTENCE}")
    return folder.resolve()


def names(found, root):
    return [file.relative_to(root).as_posix() for file in found.files]


def test_a_folder_is_walked_in_order_and_hidden_entries_are_told(tree):
    found = find([tree])
    assert names(found, tree) == ["a.md", "b.txt", "sub/a.md", "sub/deep/a.md", "sub/deep/c.md"]
    assert [Path(one).name for one in found.skipped] == [".git", ".hidden.md"]
    assert found.refused == []


def test_a_hidden_file_or_folder_that_is_named_goes_in(tree):
    assert names(find([tree / ".git", tree / "sub/.hidden.md"]), tree) == [".git/x.md", "sub/.hidden.md"]


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("*.md", ["a.md"]),
        ("*/a.md", ["sub/a.md"]),
        ("**/a.md", ["a.md", "sub/a.md", "sub/deep/a.md"]),
        ("sub/**", ["sub/a.md", "sub/deep/a.md", "sub/deep/c.md"]),
        ("**/deep/*", ["sub/deep/a.md", "sub/deep/c.md"]),
        ("[ab].*", ["a.md", "b.txt"]),
        ("?.txt", ["b.txt"]),
        ("**/**/**/c.md", ["sub/deep/c.md"]),
    ],
)
def test_a_pattern_names_files(tree, monkeypatch, pattern, wanted):
    monkeypatch.chdir(tree)
    assert names(find([pattern]), tree) == wanted
    assert names(find([f"{tree}/{pattern}"]), tree) == wanted


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tree):
    (tree / "[x].md").write_text(SENTENCE)
    assert names(find([tree / "[x].md"]), tree) == ["[x].md"]


def test_what_does_not_exist_matches_nothing_or_is_empty_is_told(tree):
    (tree / "empty").mkdir()
    found = find([tree / "gone.md", f"{tree}/*.pdf", tree / "empty", "a\0b"])
    assert found.files == []
    assert [one.why for one in found.refused] == [
        "there is no such file",
        "nothing matches this pattern",
        "the folder holds no file",
        "cannot be followed: embedded null byte",
    ]


def test_a_pattern_of_a_million_stars_ends(tree):
    assert find([f"{tree}/" + "**/" * 200 + "none"]).files == []


def test_files_that_share_a_name_are_told_apart_by_their_folders(store, tree):
    ingest(store, [tree])
    assert {one.name: one.source for one in store.documents()} == {
        "b.txt": f"{tree}/b.txt",
        "c.md": f"{tree}/sub/deep/c.md",
        "files/a.md": f"{tree}/a.md",
        "sub/a.md": f"{tree}/sub/a.md",
        "deep/a.md": f"{tree}/sub/deep/a.md",
    }


def test_a_name_once_given_stays_when_another_file_of_that_name_comes(store, tree):
    ingest(store, [tree / "a.md"])
    ingest(store, [tree])
    found = {one.source: one.name for one in store.documents()}
    assert found[f"{tree}/a.md"] == "a.md"
    assert found[f"{tree}/sub/a.md"] == "sub/a.md"


def test_records_keep_the_name_of_their_file():
    old, new = Path("/x/rows.jsonl"), Path("/y/rows.jsonl")
    stored = {"/x/rows.jsonl/#C#1": "rows.jsonl#C#1", "/c#/a.md": "c#/a.md"}
    assert name_files([new, old, Path("/c#/a.md"), Path("/c")], stored) == {
        old: "rows.jsonl", new: "y/rows.jsonl", Path("/c#/a.md"): "c#/a.md", Path("/c"): "/c",
    }  # fmt: skip
