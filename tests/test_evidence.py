"""Evidence: a number leads back to the words of the question."""

from __future__ import annotations

import json

import pytest

from collegia.evidence import Evidence

WORDS = Evidence("question", text="1.5 m", start=4, end=9)
DEFAULT = Evidence("default", text="3")
FIRST = Evidence("call", step="s1", expert="double", output="size", source="Table 1", inputs=(WORDS,))
SECOND = Evidence("call", step="s2", expert="weigh", output="weight[ab]", inputs=(FIRST, DEFAULT))


def test_evidence_reads_back_equal_from_json() -> None:
    assert Evidence.from_dict(json.loads(json.dumps(SECOND.to_dict()))) == SECOND


def test_what_says_nothing_is_left_out() -> None:
    assert DEFAULT.to_dict() == {"origin": "default", "text": "3"}
    assert WORDS.to_dict() == {"origin": "question", "text": "1.5 m", "start": 4, "end": 9}


def test_a_span_at_the_start_of_the_question_is_kept() -> None:
    assert Evidence("question", text="5", start=0, end=1).to_dict()["start"] == 0


def test_the_leaves_are_what_it_all_rests_on_each_once_and_in_order() -> None:
    both = Evidence("call", step="s3", inputs=(SECOND, FIRST))
    assert both.leaves() == (WORDS, DEFAULT)


def test_the_leaves_of_a_deep_diamond_are_found_at_once() -> None:
    here = WORDS
    for number in range(60):
        here = Evidence("call", step=f"s{number}", inputs=(here, here))
    assert here.leaves() == (WORDS,)


def test_an_origin_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="hearsay"):
        Evidence.from_dict({"origin": "hearsay"})
