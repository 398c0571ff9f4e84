"""`collegia kb add --extract` and what the other commands show of it, against a real server on loopback."""

from __future__ import annotations

import json
import re

import pytest

FOULING = "# Fouling\n\nFouling lowers the heat duty. The dry zibble eats moss.\n"


def said(text):
    """What a good model says of the passage."""
    number = int(re.search(r"\[(\d+)\] The dry zibble", text).group(1))
    edge = {"subject": "zibble", "relation": "uses", "object": "moss", "sentence": number, "confidence": 0.75}
    return {"names": ["dry zibble", "unicorn"], "relations": [edge]}


@pytest.fixture
def ready(chat, home, tmp_path, cli):
    """A model that plays the extractor, and a file to add."""
    chat.reply = said
    (home / "collegia.toml").write_text(chat.settings(extractor="small"))
    (tmp_path / "fouling.md").write_text(FOULING)
    return tmp_path / "fouling.md"


def test_without_a_model_in_the_role_the_setting_is_named_and_nothing_is_taken_in(cli, home, tmp_path):
    (tmp_path / "a.md").write_text(FOULING)
    done = cli("kb", "add", "--extract", tmp_path / "a.md")
    assert (done.code, "[roles] extractor" in done.err) == (2, True)
    assert not (home / "knowledge").exists()


def test_documents_are_added_and_then_read_by_the_model(cli, chat, ready):
    done = cli("kb", "add", "--extract", ready)
    assert done.code == 0, done.err
    assert "1 added" in done.out
    assert "1 passages read by the model: 3 names, 1 relations, 1 dropped" in done.out
    assert "1 calls, 110 tokens" in done.out
    assert chat.asked[0]["response_format"]["type"] == "json_schema"
    again = cli("kb", "add", "--extract", ready)
    assert ("0 passages read" in again.out, len(chat.asked)) == (True, 1)


def test_the_status_and_the_graph_tell_what_is_the_models(cli, ready):
    cli("kb", "add", ready)
    assert "by a model" not in cli("kb", "status").out
    cli("kb", "add", "--extract", ready)
    assert "relations: 1 by rules, 1 by a model, 0 by both, 1 passages read by a model" in cli("kb", "status").out
    assert json.loads(cli("kb", "status", "-o", "json").out)["relations_by"]["by a model"] == 1
    assert "1 by a model" in cli("kb", "doctor").out
    assert "[model, 0.75]: “The dry zibble eats moss.”" in cli("kb", "graph", "zibble").out


def test_what_the_model_found_is_dropped_by_a_rebuild_with_rules_only(cli, ready):
    cli("kb", "add", "--extract", ready)
    assert cli("kb", "rebuild").code == 0
    assert "1 by a model" in cli("kb", "status").out
    assert cli("kb", "rebuild", "--rules-only").code == 0
    assert "by a model" not in cli("kb", "status").out
    assert "no fault" in cli("kb", "doctor").out


def test_a_server_that_refuses_leaves_the_graph_of_the_rules_and_says_so(cli, chat, ready):
    chat.reply = lambda _: 503
    done = cli("kb", "add", "--extract", ready, "-o", "json")
    assert (done.code, "could not read 1 passages" in done.err) == (5, True)
    told = json.loads(done.out)
    assert (told["added"], told["extracted"]["read"], told["extracted"]["unread"]) == (1, 0, 1)
    assert "lowers" in cli("kb", "graph", "fouling").out
