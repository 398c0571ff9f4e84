"""A reply is read as JSON or refused: wrappings come off, nothing else is forgiven."""

from __future__ import annotations

import pytest

from collegia.tools.models.reply import NotInForm, read_json, visible
from tests.tools.models.conftest import SCHEMA


@pytest.mark.parametrize(
    "text",
    [
        '{"n": 3}',
        '  {"n": 3}\n\n',
        '```json\n{"n": 3}\n```',
        '```\n{"n": 3}```',
        '```json\n{"n": 3}',
        '<think>is it 4?\n{"n": 4}</think>\n{"n": 3}',
        '<THINKING>a</THINKING> <think>b</think>```json\n{"n": 3}\n```\n',
        'So it is {"n": 4}, or is it?</think>{"n": 3}',
    ],
)
def test_what_wraps_a_reply_is_taken_off(text):
    assert read_json(text, SCHEMA) == {"n": 3}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not JSON"),
        ("three", "not JSON"),
        ('Here you are: {"n": 3}', "not JSON"),
        ('{"n": 3} That is all.', "Extra data"),
        ('{"n": 3', "not JSON"),
        ("<think>endless", "not JSON"),
        ('{"n": 3.5}', r"\$\.n: 3\.5 is not of type 'integer'"),
        ('{"n": "3"}', "is not of type 'integer'"),
        ('{"n": true}', "is not of type 'integer'"),
        ("{}", "'n' is a required property"),
        ('{"n": 3, "m": 4}', "'m' was unexpected"),
        ('{"n": 3, "n": 4}', "'n' stands twice"),
        ('{"n": NaN}', "NaN is no number"),
        ('{"n": -Infinity}', "no number"),
        ('{"n": 1e999}', "too large"),
        ('{"n": ' + "9" * 5000 + "}", "cannot be read"),
        ("[" * 100_000, "nested too deeply"),
        ('{"n": "\\ud800"}', "half a character"),
        ("[" + "1," * 600_000 + "1]", "characters"),
        ("3", "is not of type 'object'"),
    ],
)
def test_what_does_not_keep_the_schema_is_refused_with_the_reason(text, why):
    with pytest.raises(NotInForm, match=why):
        read_json(text, SCHEMA)


def test_a_reply_that_was_cut_is_told_so_and_a_number_that_was_cut_is_not_believed():
    with pytest.raises(NotInForm, match="cut off"):
        read_json('{"n": 3', SCHEMA, cut=True)
    with pytest.raises(NotInForm, match="cut off"):
        read_json("12", {"type": "integer"}, cut=True)
    assert read_json("12", {"type": "integer"}) == 12


def test_of_alternatives_the_nearest_is_explained():
    one = {"type": "object", "properties": {"kind": {"const": "a"}, "x": {"type": "number"}}, "required": ["kind", "x"]}
    other = {"type": "object", "properties": {"kind": {"const": "b"}}, "required": ["kind"]}
    with pytest.raises(NotInForm, match=r"at \$\.x, 'high' is not of type 'number'"):
        read_json('{"kind": "a", "x": "high"}', {"anyOf": [one, other]})


def test_only_thinking_that_comes_first_is_taken_off():
    assert visible("<think>a</think>\nThe answer.") == "The answer."
    assert visible("a thought</think> The answer.") == "The answer."
    assert visible("Write <think> in small letters.") == "Write <think> in small letters."
    text = '{"s": "<think>x</think>"}'
    assert read_json(text, {}) == {"s": "<think>x</think>"}
