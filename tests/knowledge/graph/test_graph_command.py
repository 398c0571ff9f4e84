"""`collegia kb graph`: the neighbourhood in the terminal, as data, and as a page."""

from __future__ import annotations

import io
import json
import sys

import pytest
from wumpers import documents

from collegia.cli.kb_graph import graph
from collegia.cli.out import Output
from collegia.errors import UsageError
from collegia.knowledge.place import open_knowledge
from collegia.knowledge.records import Document
from collegia.settings import Settings


@pytest.fixture(autouse=True)
def _filled(home):
    store = open_knowledge(Settings.load())
    store.add(documents())
    store.close()


def test_the_neighbourhood_is_the_answer_and_nothing_else_is_written(capsys):
    assert graph("grumbling") == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[0] == "Grumbling (3 passages)"
    assert told.err == ""


def test_json_is_one_object_whose_edges_name_document_span_and_sentence(capsys):
    assert graph("grumbling", 2, output=Output.json) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["schema"], said["hops"], said["left_out"], said["cut"]) == ("collegia.graph/1", 2, 0, False)
    names = {one["id"]: one["name"] for one in said["nodes"]}
    assert names[said["centre"]] == "Grumbling"
    (edge,) = [one for one in said["edges"] if one["verb"] == "causes"]
    assert (names[edge["from"]], edge["to_name"], edge["document"]) == ("worn flange", "Grumbling", "grumbling.md")
    assert (edge["start"], edge["end"]) == (100, 165)
    assert edge["sentence"].startswith("A worn flange causes grumbling")


def test_jsonl_is_one_edge_a_line(capsys):
    graph("grumbling", output=Output.json)
    whole = json.loads(capsys.readouterr().out)
    graph("grumbling", output=Output.jsonl)
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == whole["edges"]


def test_paths_to_another_name_come_with_their_sentences(capsys):
    assert graph("worn flange", to="blorp pressure") == 0
    text = capsys.readouterr().out
    assert text.startswith("1. worn flange\n   causes → Grumbling\n      grumbling.md 100–165: “A worn flange")
    graph("worn flange", to="blorp pressure", output=Output.json)
    said = json.loads(capsys.readouterr().out)
    assert said["paths"][0]["names"] == ["worn flange", "Grumbling", "wumper efficiency", "Blorp pressure"]
    assert said["paths"][0]["steps"][0]["source"] == "/lib/grumbling.md"
    graph("worn flange", to="blorp pressure", output=Output.jsonl)
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == said["paths"]


def test_no_path_is_an_answer_too(capsys):
    store = open_knowledge(Settings.load())
    store.add([Document("/snark", "A snark causes boojums.")])
    store.close()
    assert graph("snark", to="grumbling") == 0
    assert capsys.readouterr().out == "no path of at most 4 steps leads from snark to grumbling\n"
    assert graph("snark", to="grumbling", output=Output.json) == 0
    assert json.loads(capsys.readouterr().out)["paths"] == []


def test_a_page_is_written_and_told_on_standard_error(capsys, tmp_path):
    file = tmp_path / "g.html"
    assert graph("grumbling", html=file) == 0
    told = capsys.readouterr()
    assert told.err == f"written: {file}\n"
    assert told.out.startswith("Grumbling")
    text = file.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    graph("wumper", html=file)  # a page of ours may be written over
    assert file.read_text(encoding="utf-8") != text


def test_another_file_is_not_written_over(tmp_path):
    file = tmp_path / "notes.html"
    file.write_text("<!DOCTYPE html>\n<p>mine")
    with pytest.raises(UsageError, match=r"notes\.html exists and is no page of a graph"):
        graph("grumbling", html=file)
    assert file.read_text() == "<!DOCTYPE html>\n<p>mine"


def test_a_place_that_cannot_hold_a_page_is_named(tmp_path):
    for file in (tmp_path, tmp_path / "none" / "g.html"):
        with pytest.raises(UsageError, match="cannot be written"):
            graph("grumbling", html=file)


def test_paths_are_not_a_page(tmp_path):
    with pytest.raises(UsageError, match="one of --to and --html"):
        graph("grumbling", to="wumper", html=tmp_path / "g.html")
    assert not (tmp_path / "g.html").exists()


def test_where_output_cannot_write_lines_they_are_plain(monkeypatch):
    written = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", written)
    graph("grumbling")
    written.seek(0)
    text = written.read()
    assert "|- <- causes" in text
    assert "\\u" not in text
