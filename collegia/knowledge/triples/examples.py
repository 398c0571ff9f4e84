"""Labelled questions: what was asked, and all that answers it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from collegia.errors import UsageError

__all__ = ["Example", "read_examples"]


class Example(NamedTuple):
    """A question and the names of all its answers."""

    question: str
    answers: tuple[str, ...]


def read_examples(path: str | Path) -> list[Example]:
    """Labelled questions from a file of JSON objects, one a line, with `question` and the list `answers`.

    Other fields are not looked at. Raises UsageError, naming the file and the line, for a line that is anything else.
    """
    found = []
    try:
        with Path(path).open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    found.append(_example(line, f"{path}, line {number}"))
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8: {error.reason}. Save it as UTF-8.") from error
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error}.") from error
    return found


def _example(line: str, where: str) -> Example:
    try:
        row: Any = json.loads(line)
    except ValueError as error:
        raise UsageError(f"{where}: not JSON: {error}.") from error
    question = row.get("question") if isinstance(row, dict) else None
    answers = row.get("answers") if isinstance(row, dict) else None
    if not isinstance(question, str) or not isinstance(answers, list) or not answers:
        raise UsageError(f'{where}: expected an object with "question" and a list "answers" that is not empty.')
    if not all(isinstance(answer, str) for answer in answers):
        raise UsageError(f"{where}: every answer has to be a name, between quotation marks.")
    return Example(question, tuple(answers))
