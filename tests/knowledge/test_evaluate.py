"""Measuring the search: what is read, what is refused, and that the scores are what they say they are."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from collegia.errors import UsageError
from collegia.knowledge.evaluate import Measured, answer_triples, index_corpus, rank_passages, read_rows
from collegia.knowledge.records import Document
from collegia.knowledge.store import KnowledgeStore

SLICE = Path(__file__).parent / "slice"
FLOOR = {"recall@5": 0.926, "all-gold@5": 0.843}
FLOOR_UNTITLED = {"recall@5": 0.942, "all-gold@5": 0.874}


def rows_of(path: Path, *needed: str) -> list[dict[str, object]]:
    return list(read_rows(path, needed))


def written(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


class TestReadingRows:
    """JSON Lines, whole or refused with the number of the line."""

    def test_lines_are_objects_and_empty_ones_are_passed_over(self, tmp_path):
        path = tmp_path / "a.jsonl"
        path.write_text('{"id": 1}\n\n   \n{"id": "ä"}')
        assert rows_of(path, "id") == [{"id": 1}, {"id": "ä"}]

    def test_a_packed_file_reads_the_same(self, tmp_path):
        path = tmp_path / "a.jsonl.gz"
        with gzip.open(path, "wt", encoding="utf-8") as file:
            file.write('{"id": "ä"}\n')
        assert rows_of(path) == [{"id": "ä"}]

    def test_a_mark_of_the_byte_order_is_no_fault(self, tmp_path):
        path = tmp_path / "a.jsonl"
        path.write_text('{"id": 1}\n', encoding="utf-8-sig")
        assert rows_of(path, "id") == [{"id": 1}]

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("{", "line 2 is not JSON"),
            ("[" * 100_000, "line 2 is not JSON"),
            ('{"id": ' + "9" * 5000 + "}", "line 2 is not JSON"),
            ("[]", "line 2 needs: id"),
            ('{"name": 1}', "line 2 needs: id"),
            ('{"id": null}', "line 2 needs: id"),
            ('{"id": "\\ud800"}', "line 2 holds half a character"),
            ('{"id": {"a": ["\\uDFFF"]}}', "line 2 holds half a character"),
        ],
    )
    def test_a_bad_line_is_refused_with_its_number(self, tmp_path, line, said):
        path = tmp_path / "a.jsonl"
        path.write_text('{"id": "\\ud83d\\ude00"}\n' + line)
        with pytest.raises(UsageError, match=said) as caught:
            rows_of(path, "id")
        assert str(path) in str(caught.value)

    def test_a_file_that_cannot_be_read_is_refused_by_name(self, tmp_path):
        packed = gzip.compress(b'{"id": 1}\n' * 5000)
        bad = {
            "cut.gz": packed[:60],
            "damaged.gz": packed[:30] + b"\xff" * 40 + packed[70:],
            "no.gz": b"{}",
            "l1": b'"\xe4"',
        }
        for name, content in bad.items():
            (tmp_path / name).write_bytes(content)
            with pytest.raises(UsageError, match=f"{name} cannot be read"):
                rows_of(tmp_path / name)
        for path in (tmp_path, tmp_path / "gone"):
            with pytest.raises(UsageError, match="cannot be read"):
                rows_of(path)


class TestCorpus:
    """A corpus goes in as documents, with or without its titles."""

    ROWS = ({"id": 7, "text": "It hums.", "title": "Zorn"}, {"id": "b", "text": "Bells ring.", "title": None})

    def taken(self, tmp_path: Path, *, titles: bool) -> tuple[tuple[int, float], list[tuple[str, str]]]:
        store = KnowledgeStore.in_memory()
        said = index_corpus(store, written(tmp_path / "c.jsonl", *self.ROWS), titles=titles)
        documents = [(one.source, one.title) for one in store.documents()]
        store.close()
        return said, documents

    def test_titles_go_in_where_they_are_wanted_and_none_is_no_title(self, tmp_path):
        (count, seconds), documents = self.taken(tmp_path, titles=True)
        assert (count, documents) == (2, [("7", "Zorn"), ("b", "")])
        assert seconds > 0

    def test_without_titles_nothing_of_them_is_kept(self, tmp_path):
        assert self.taken(tmp_path, titles=False)[1] == [("7", ""), ("b", "")]

    def test_a_passage_without_text_is_refused(self, tmp_path):
        store = KnowledgeStore.in_memory()
        with pytest.raises(UsageError, match="line 1 needs: id, text"):
            index_corpus(store, written(tmp_path / "c.jsonl", {"id": 1, "text": None}), titles=True)
        with pytest.raises(UsageError, match="yields no text"):
            index_corpus(store, written(tmp_path / "c.jsonl", {"id": 1, "text": " "}), titles=True)
        store.close()


@pytest.fixture
def birds():
    made = KnowledgeStore.in_memory()
    made.add(Document(name, f"The {name} is a bird that {does}.") for name, does in (
        ("merl", "sings at noon"), ("dross", "swims at night"), ("tobbin", "digs at dawn"),
    ))  # fmt: skip
    yield made
    made.close()


class TestScores:
    """The scores are shares of what is right among the first of a ranking."""

    def test_they_are_what_a_hand_would_count(self, birds):
        questions = [
            {"id": 1, "question": "What sings at noon?", "gold": ["merl"]},
            {"id": 2, "question": "What sings at noon, what swims at night?", "gold": ["merl", "unheard-of"]},
            {"id": 3, "question": "What digs at dawn?"},
        ]
        done = []
        measured = rank_passages(birds, questions, progress=done.append)
        assert measured.scores == {"recall@2": 0.75, "recall@5": 0.75, "all-gold@5": 0.5}
        assert [row["id"] for row in measured.rows] == [1, 2, 3]
        assert [row["ids"][0] for row in measured.rows] == ["merl", measured.rows[1]["ids"][0], "tobbin"]
        assert set(measured.rows[1]["ids"][:2]) == {"merl", "dross"}
        assert (done, len(measured.seconds)) == ([1, 1, 1], 3)

    def test_a_document_is_ranked_once_however_many_of_its_passages_are_found(self):
        store = KnowledgeStore.in_memory()
        store.add([Document("long", "The gromp is a bird. It sits and sits on its gromp. " * 120)])
        assert store.counts()["passages"] > 3
        (row,) = rank_passages(store, [{"id": 1, "question": "What is a gromp?"}]).rows
        assert row["ids"] == ["long"]
        store.close()

    def test_no_question_that_says_what_is_right_has_no_scores(self, birds):
        measured = rank_passages(
            birds, [{"id": 1, "question": "merl?", "gold": []}, {"id": 2, "question": "x", "gold": None}]
        )
        assert measured.scores == {}

    @pytest.mark.parametrize("gold", ["merl", 5, {"merl": 1}])
    def test_what_is_right_is_a_list_or_refused(self, birds, gold):
        with pytest.raises(UsageError, match="question q9: gold is a list"):
            rank_passages(birds, [{"id": "q9", "question": "merl?", "gold": gold}])

    def test_a_percentile_is_a_time_that_occurred(self):
        measured = Measured((), (3.0, 1.0, 2.0, 4.0), {})
        assert [measured.percentile(share) for share in (0.0, 0.5, 0.95, 1.0)] == [1.0, 3.0, 4.0, 4.0]
        assert Measured((), (), {}).percentile(0.5) == 0.0


def test_triples_are_answered_and_the_first_answer_is_judged(tmp_path):
    path = tmp_path / "kg.tsv"
    path.write_text(
        "Zorn Opus\tdirected_by\tUlla Kemp\nZorn Opus\thas_genre\tNoise\nOther Opus\tdirected_by\tBo Trell\n"
    )
    questions = [
        {"id": 1, "question": "who directed [Zorn Opus]", "answers": ["Ulla Kemp"]},
        {"id": 2, "question": "who directed [Other Opus]", "answers": ["Somebody Else"]},
        {"id": 3, "question": "who directed [Zorn Opus]"},
    ]
    measured = answer_triples(path, questions)
    assert measured.rows[0]["answers"] == ["Ulla Kemp"]
    assert measured.scores == {"Hits@1": 0.5}
    with pytest.raises(UsageError, match="question 4: answers is a list"):
        answer_triples(path, [{"id": 4, "question": "who directed [Zorn Opus]", "answers": "Ulla Kemp"}])


@pytest.mark.parametrize(("titles", "floor"), [(True, FLOOR), (False, FLOOR_UNTITLED)], ids=["titles", "no titles"])
def test_the_slice_of_our_own_is_answered_no_worse_than_before(titles, floor):
    """Raise the floors where a change lifts the scores; a change that lowers them is a step back, not a new floor."""
    questions = rows_of(SLICE / "questions.jsonl", "id", "question", "gold")
    store = KnowledgeStore.in_memory()
    index_corpus(store, SLICE / "corpus.jsonl", titles=titles)
    measured = rank_passages(store, questions)
    store.close()
    assert len(questions) == len(measured.rows) == 32
    assert {name: measured.scores[name] for name in floor if measured.scores[name] < floor[name]} == {}


def test_the_slice_is_whole():
    corpus, questions = rows_of(SLICE / "corpus.jsonl", "id", "text"), rows_of(SLICE / "questions.jsonl", "gold")
    known = {row["id"] for row in corpus}
    assert (len(known), len(corpus), sum("title" in row for row in corpus)) == (124, 124, 62)
    assert all(2 <= len(row["gold"]) <= 3 and set(row["gold"]) <= known for row in questions)
