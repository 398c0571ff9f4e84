"""`collegia eval`: every question of a file, one answer a line as soon as it is there."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from collegia.agents.assistant import Assistant
from collegia.agents.result import Result
from collegia.cli.chosen import Chosen
from collegia.cli.err import ANSWERED, progress, tell
from collegia.cli.loading import make_assistant
from collegia.errors import CollegiaError, StoreError, UsageError

__all__ = ["answer_line", "evaluate_file", "read_questions"]

_CITATIONS = 12
_NO_ANSWER = frozenset({"partial", "cancelled", "needs_approval"})


def evaluate_file(questions: Path, out: Path, chosen: Chosen) -> int:
    """Ask every question and write its answer; the file of questions is read whole before anything is asked.

    Raises:
        UsageError: a line that is no question, or a file that cannot be read or written.
    """
    asked = read_questions(questions)
    if out.exists() and out.samefile(questions):
        raise UsageError(f"--out names the questions themselves ({out}); name another file")
    assistant = make_assistant(chosen)
    tried = 0
    try:
        with out.open("w", encoding="utf-8") as file, progress(len(asked), str(questions)) as done:
            for each in asked:
                file.write(json.dumps(asyncio.run(_try(assistant, each)), ensure_ascii=False) + "\n")
                file.flush()
                tried += 1
                done()
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror or error}; {tried} answers are in it") from error
    return ANSWERED


def read_questions(path: Path) -> list[dict[str, Any]]:
    """The questions of a JSON Lines file, each with `id` and `question`; empty lines are passed over.

    Raises:
        UsageError: the file cannot be read, or holds a line that is no question; with its number.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error
    found = []
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        try:
            each = json.loads(text)
        except ValueError as error:
            raise UsageError(f"{path}, line {number} is not JSON: {error}") from error
        if not isinstance(each, dict) or "id" not in each or not isinstance(each.get("question"), str):
            raise UsageError(f"{path}, line {number} needs an id and a question (a text)")
        found.append(each)
    return found


def answer_line(question_id: Any, result: Result) -> dict[str, Any]:
    """What is written of a result; a partial or cancelled one, or one that waits, is an error here."""
    return {
        "id": question_id,
        "status": "error" if result.status in _NO_ANSWER else result.status,
        "answer_text": result.answer_text,
        "quantities": [{"name": each.name, "value": each.value, "unit": each.unit} for each in result.quantities],
        "citations": list(result.citations[:_CITATIONS]),
        "tools": [step.expert for step in result.plan.steps] if result.plan else [],
    }


async def _try(assistant: Assistant, asked: dict[str, Any]) -> dict[str, Any]:
    try:
        try:
            return answer_line(asked["id"], await assistant.ask(asked["question"]))
        finally:
            await assistant.aclose()
    except StoreError:
        raise  # no later question could be stored either
    except CollegiaError as error:
        said = str(error)
    except Exception as error:  # noqa: BLE001  # one question that breaks something must not cost the others
        said = f"{type(error).__name__}: {error}"
        tell(f"error: {asked['id']}: {said}")
    return {"id": asked["id"], "status": "error", "answer_text": said, "quantities": [], "citations": [], "tools": []}
