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


CORPUS = (
    {"id": "ewer", "title": "Blue Ewer", "text": "The Blue Ewer is a vessel. It stands in the Marrow Hall."},
    {"id": "hall", "title": "Marrow Hall", "text": "The Marrow Hall is a museum with a roof of slate."},
    *({"id": f"roof{n}", "text": f"A roof of museum number {n} is what roofs are."} for n in range(9)),
)
QUESTION = {"id": "q1", "question": "What roof has the museum where the Blue Ewer stands?", "gold": ["ewer", "hall"]}


@pytest.fixture
def measured(tmp_path, cli, home):
    """Runs `kb eval` on a small corpus, with these further arguments; gives what it did and the rankings."""
    for name, rows in (("corpus", CORPUS), ("questions", [QUESTION, {**QUESTION, "id": "q2"}])):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))

    def run(*more):
        out = tmp_path / "out.jsonl"
        given = ("--questions", tmp_path / "questions.jsonl", "--corpus", tmp_path / "corpus.jsonl", "--out", out)
        done = cli("kb", "eval", *given, *more)
        return done, [json.loads(line) for line in out.read_text().splitlines()] if out.exists() else []

    return run


def helping(text):
    """A reply to whichever step asks."""
    if "<links" in text:
        return {"choose": [1]}
    if "<questions" in text:
        return {"covered_by": [1], "query": ""}
    if "<passages" in text:
        return {"order": [2, 1]}
    if "<passage" in text:
        return {"names": ["museum"], "relations": []}
    return {"questions": ["Where does the Blue Ewer stand?"]}


def test_the_search_is_measured_without_and_with_a_model(measured, chat):
    chat.reply = helping
    server = ("--model", "openai/tiny", "--api-base", f"{chat.url}/v1")
    done, rows = measured("--with", "decompose,walk,check,rerank", *server)
    without, helped = done.out.splitlines()
    assert done.code == 0, done.err
    assert re.match(r"without  recall@2 [\d.]+  recall@5 100\.0  all-gold@5 100\.0  passages/s \d+  p50 ", without)
    assert re.match(r"with decompose,walk,check,rerank  recall@2 [\d.]+  recall@5 100\.0 ", helped)
    calls = float(re.search(r"calls/question ([\d.]+)", helped).group(1))
    assert calls == len(chat.asked) / 2
    assert f"tokens/question {110 * calls:.0f}  p50" in helped
    assert [row["id"] for row in rows] == ["q1", "q2"]
    done, rows = measured("--with", "rerank", "--limit", "1", *server)
    assert ("with rerank  " in done.out, "calls/question 1.0" in done.out, len(rows)) == (True, True, 1)


def test_what_a_model_reads_into_the_graph_is_measured_too(measured, chat):
    chat.reply = helping
    done, _ = measured("--with", "extract", "--model", "openai/tiny", "--api-base", f"{chat.url}/v1")
    assert done.code == 0, done.err
    assert len(chat.asked) == len(CORPUS)
    assert "11 passages read by the model, 0 not; 11 calls" in done.err
    assert "with extract  recall@2" in done.out


def test_a_model_that_fails_is_measured_as_no_help_and_told(measured, chat):
    chat.reply = lambda _: "I would rather not."
    done, _ = measured("--with", "rerank", "--model", "openai/tiny", "--api-base", f"{chat.url}/v1")
    scores = [re.search(r"recall@2.*all-gold@5 [\d.]+", one).group() for one in done.out.splitlines()]
    assert scores[0] == scores[1]
    assert "2 times: the passages were not put in order" in done.err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--with", "rerank"), "no model can help: give --model"),
        (("--with", "guess"), "--with has guess; there are: extract, decompose, walk, check, rerank"),
        (("--with", ","), "--with has nothing"),
    ],
)
def test_help_that_cannot_be_is_a_usage_error_before_any_work(measured, more, said):
    done, rows = measured(*more)
    assert (done.code, said in done.err, rows) == (2, True, [])


def test_help_is_for_passages_and_not_for_triples(cli, tmp_path, chat):
    (tmp_path / "q.jsonl").write_text('{"id": 1, "question": "who directed [Zorn]"}\n')
    (tmp_path / "kg.tsv").write_text("Zorn\tdirected_by\tUlla\n")
    done = cli(
        "kb", "eval", "--questions", tmp_path / "q.jsonl", "--kg", tmp_path / "kg.tsv", "--out", tmp_path / "out",
        "--with", "rerank", "--model", "openai/tiny", "--api-base", f"{chat.url}/v1",
    )  # fmt: skip
    assert (done.code, "--with is about passages" in done.err) == (2, True)


def test_a_search_is_helped_where_a_model_plays_the_role_and_not_where_it_is_told_not_to(cli, chat, home, tmp_path):
    chat.reply = helping
    (tmp_path / "corpus.jsonl").write_text("".join(json.dumps(row) + "\n" for row in CORPUS))
    assert cli("kb", "add", tmp_path / "corpus.jsonl").code == 0
    plain = cli("kb", "search", QUESTION["question"]).out
    (home / "collegia.toml").write_text('searching = ["rerank"]\n' + chat.settings(searcher="small"))
    assert (cli("kb", "search", QUESTION["question"], "--no-model").out, chat.asked) == (plain, [])
    done = cli("kb", "search", QUESTION["question"])
    assert (done.code, "1 questions to the model" in done.err, len(chat.asked)) == (0, True, 1)
    first, second = plain.splitlines()[0], plain.splitlines()[2]
    assert done.out.splitlines()[2].split()[1] == first.split()[1]
    assert done.out.splitlines()[0].split()[1] == second.split()[1]


def test_a_step_that_the_settings_name_wrongly_is_told(cli, home, chat):
    (home / "collegia.toml").write_text('searching = ["guess"]\n' + chat.settings(searcher="small"))
    done = cli("kb", "search", "geese")
    assert (done.code, "guess" in done.err, "decompose" in done.err) == (2, True, True)
