"""`collegia kb eval` and `collegia kb search`: what they print and write, and what they refuse before any work."""

from __future__ import annotations

import json
import re

import pytest

CORPUS = (
    {"id": "ewer", "title": "The Blue Ewer", "text": "The Blue Ewer is a vessel. It stands in the Marrow Hall."},
    {"id": "hall", "title": "Marrow Hall", "text": "The Marrow Hall is a museum with a roof of slate."},
    {"id": "geese", "title": "Geese", "text": "A goose needs grass and water."},
)
QUESTIONS = (
    {"id": "q1", "question": "What roof has the museum where The Blue Ewer stands?", "gold": ["ewer", "hall"]},
    {"id": "q2", "question": "What does a goose need?", "gold": ["geese"]},
)


@pytest.fixture
def files(tmp_path):
    for name, rows in (("corpus", CORPUS), ("questions", QUESTIONS)):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tmp_path / "kg.tsv").write_text("Zorn Opus\tdirected_by\tUlla Kemp\n")
    return tmp_path


def evaluate(cli, files, *more, questions="questions.jsonl", out="out.jsonl"):
    return cli("kb", "eval", "--questions", files / questions, "--out", files / out, *more)


def ranked(files):
    return [json.loads(line) for line in (files / "out.jsonl").read_text().splitlines()]


def test_a_corpus_is_measured_and_the_rankings_are_written(cli, files, home):
    done = evaluate(cli, files, "--corpus", files / "corpus.jsonl")
    assert done.code == 0
    assert re.fullmatch(
        r"recall@2 100\.0  recall@5 100\.0  all-gold@5 100\.0  passages/s \d+  p50 [\d.]+ ms  p95 [\d.]+ ms\n", done.out
    )
    first, second = ranked(files)
    assert (first["id"], set(first["ids"][:2])) == ("q1", {"ewer", "hall"})
    assert (second["id"], second["ids"][0]) == ("q2", "geese")
    assert not (home / "knowledge").exists()


def test_without_titles_they_are_not_there_to_be_found(cli, files):
    (files / "questions.jsonl").write_text('{"id": 1, "question": "geese", "gold": ["geese"]}\n')
    (files / "corpus.jsonl").write_text('{"id": "geese", "title": "Geese", "text": "It needs grass."}\n')
    assert "recall@5 100.0" in evaluate(cli, files, "--corpus", files / "corpus.jsonl").out
    assert "recall@5 0.0" in evaluate(cli, files, "--corpus", files / "corpus.jsonl", "--no-titles").out


def test_vectors_take_part_where_an_embedding_is_set(cli, files, monkeypatch):
    monkeypatch.setenv("COLLEGIA_EMBEDDING", "hash:64")
    monkeypatch.setenv("COLLEGIA_VECTORS", "exact")
    done = evaluate(cli, files, "--corpus", files / "corpus.jsonl")
    assert (done.code, "vectors/s" in done.out, "recall@5 100.0" in done.out) == (0, True, True)


def test_triples_are_measured_by_the_first_answer(cli, files):
    (files / "questions.jsonl").write_text(
        '{"id": 1, "question": "who directed [Zorn Opus]", "answers": ["Ulla Kemp"]}\n'
    )
    done = evaluate(cli, files, "--kg", files / "kg.tsv")
    assert (done.code, done.out.startswith("Hits@1 100.0  p50 ")) == (0, True)
    assert ranked(files) == [{"id": 1, "answers": ["Ulla Kemp"]}]


def test_questions_that_say_nothing_of_what_is_right_are_ranked_without_scores(cli, files):
    (files / "questions.jsonl").write_text('{"id": 1, "question": "goose"}\n')
    done = evaluate(cli, files, "--corpus", files / "corpus.jsonl")
    assert (done.code, done.out.startswith("passages/s ")) == (0, True)
    assert ranked(files)[0]["ids"] == ["geese"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "give either --corpus (passages) or --kg (triples)"),
        (("--corpus", "corpus.jsonl", "--kg", "kg.tsv"), "give either --corpus (passages) or --kg (triples)"),
        (("--corpus", "corpus.jsonl", "--examples", "questions.jsonl"), "give --kg too"),
        (("--corpus", "gone.jsonl"), "gone.jsonl cannot be read"),
        (("--kg", "gone.tsv"), "gone.tsv"),
    ],
)
def test_what_does_not_fit_together_is_a_usage_error(cli, files, more, said):
    done = evaluate(cli, files, *(files / one if "." in one else one for one in more))
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert not (files / "out.jsonl").exists()


@pytest.mark.parametrize(("out", "said"), [("gone/out.jsonl", "its folder is missing"), (".", "it is a folder")])
def test_a_place_that_cannot_be_written_is_told_before_any_work(cli, files, out, said):
    done = evaluate(cli, files, "--corpus", files / "corpus.jsonl", out=out)
    assert (done.code, said in done.err, "corpus" in done.err) == (2, True, False)


@pytest.mark.parametrize("out", ["questions.jsonl", "corpus.jsonl"])
def test_what_is_read_is_not_overwritten(cli, files, out):
    before = (files / out).read_text()
    done = evaluate(cli, files, "--corpus", files / "corpus.jsonl", out=out)
    assert (done.code, "--out names what is read" in done.err) == (2, True)
    assert (files / out).read_text() == before


def test_the_triples_and_the_examples_are_not_overwritten_either(cli, files):
    (files / "questions.jsonl").write_text('{"id": 1, "question": "who directed [Zorn Opus]"}\n')
    (files / "labelled.jsonl").write_text('{"question": "who directed [Zorn Opus]", "answers": ["Ulla Kemp"]}\n')
    more = ("--kg", files / "kg.tsv", "--examples", files / "labelled.jsonl")
    for out in ("kg.tsv", "labelled.jsonl"):
        assert evaluate(cli, files, *more, out=out).code == 2
    assert evaluate(cli, files, *more).code == 0


def test_no_question_is_a_usage_error(cli, files):
    (files / "questions.jsonl").write_text("\n")
    done = evaluate(cli, files, "--corpus", files / "corpus.jsonl")
    assert (done.code, "holds no question" in done.err) == (2, True)


class TestSearch:
    """`collegia kb search`: passages with their place and why they were found."""

    @pytest.fixture
    def shelf(self, cli, tmp_path):
        folder = tmp_path / "files"
        folder.mkdir()
        for row in CORPUS:
            (folder / f"{row['id']}.md").write_text(f"# {row['title']}\n\n{row['text']}\n")
        assert cli("kb", "add", folder, "-q").code == 0
        return folder

    def test_each_hit_has_its_document_its_span_and_the_names_that_led_to_it(self, cli, shelf):
        done = cli("kb", "search", QUESTIONS[0]["question"])
        assert done.code == 0
        heads = done.out.splitlines()[::2]
        assert any(
            re.fullmatch(r" \d\. \S*hall.md \d+:\d+  Marrow Hall  by way of .*Marrow Hall", one) for one in heads
        )

    def test_the_span_of_a_hit_reads_the_same_in_the_document(self, cli, shelf):
        said = cli("kb", "search", "goose", "-o", "json").json()
        (hit,) = said["hits"]
        whole = (shelf / "geese.md").read_text()
        assert whole[hit["start"] : hit["end"]] == hit["text"] == CORPUS[2]["text"]
        assert (hit["heading"], hit["path"], hit["lexical"] > 0) == ("Geese", [], True)

    def test_jsonl_has_a_line_for_each_hit(self, cli, shelf):
        done = cli("kb", "search", "Blue Ewer museum", "-o", "jsonl", "-n", "2")
        assert [set(row) >= {"document", "start", "end", "score"} for row in done.lines()] == [True, True]

    def test_filters_hold(self, cli, shelf):
        assert len(cli("kb", "search", "Blue Ewer goose museum", "-o", "jsonl").lines()) == 3
        (only,) = cli("kb", "search", "Blue Ewer goose museum", "--document", "geese.md", "-o", "jsonl").lines()
        assert only["source"].endswith("geese.md")
        done = cli("kb", "search", "goose", "-c", "elsewhere")
        assert (done.code, done.out, done.err) == (0, "", "no document that may be searched has any of these words\n")

    def test_words_that_no_document_has_are_told_beside_the_answer(self, cli, shelf):
        done = cli("kb", "search", "xylophonic")
        assert (done.code, done.out, done.err) == (0, "", "no document has any of these words\n")
        assert cli("kb", "search", "xylophonic", "-o", "json").json() == {"names": [], "hits": []}

    def test_a_question_that_is_cut_is_told(self, cli, shelf):
        assert "only the first 4000 characters" in cli("kb", "search", "goose " * 900).err

    def test_documents_do_not_drive_the_terminal(self, cli, tmp_path):
        path = tmp_path / "x.txt"
        path.write_text("A goose \x1b[2J\u202eneeds grass [red]and[/red] water.")
        assert cli("kb", "add", path, "-q").code == 0
        done = cli("kb", "search", "goose")
        assert ("\x1b" in done.out, "\u202e" in done.out, "[red]and[/red]" in done.out) == (False, False, True)
