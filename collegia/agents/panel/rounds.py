"""The rounds of a panel: answers apart, then with what the others said, until enough stand for one answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from string import ascii_uppercase
from typing import Any, TypeVar

from collegia.agents.panel.outcome import Panel, Stand
from collegia.agents.panel.sides import alike, differences, sides
from collegia.errors import CollegiaError
from collegia.knowledge.modelled.telling import fenced
from collegia.prompts import prompt
from collegia.settings import PanelSettings
from collegia.tools.models.expert import Voice

__all__ = ["Member", "Table"]

_REASON = 300  # characters
_T = TypeVar("_T")


@dataclass(frozen=True)
class Member:
    """One who sits on a panel.

    Attributes:
        voice: its model in its role.
        alone: a coroutine function: what it answers by itself.
    """

    voice: Voice
    alone: Callable[[], Awaitable[str]]

    @property
    def name(self) -> str:
        """The expert's name."""
        return self.voice.name


@dataclass(frozen=True)
class _Standing:
    """Who stands for which answer after a round: labels with their authors, and each member's label and reason."""

    decided: Any
    authors: dict[str, str]
    labels: dict[str, str]
    reasons: dict[str, str] = field(default_factory=dict)

    def votes(self) -> dict[str, int]:
        """How many stand for each answer, the most first; as many, the one of whom the panel was called for first."""
        said = list(self.labels.values())
        return {label: said.count(label) for label in sorted(self.authors, key=lambda one: (-said.count(one), one))}


@dataclass
class Table:
    """One question before a panel.

    Attributes:
        question: as it is asked.
        text: the same with the results of earlier steps.
        members: who sit; the first is the expert that was to answer.
        settings: rounds, agreement and quorum.
        prompts: the user's own prompts.
        notes: who was passed over, and what was not done.
    """

    question: str
    text: str
    members: Sequence[Member]
    settings: PanelSettings
    prompts: Path | None = None
    notes: list[str] = field(default_factory=list)

    async def held(self) -> Panel:
        """What the panel comes to.

        A member that cannot be reached, or is not understood, is passed over, and the notes say so.

        Raises:
            CollegiaError: nobody answered; it is the first one's reason.
        """
        words = await self._answers()
        standing = _apart(words)
        if len(words) < self.settings.quorum:
            wanted = f"{len(words)} of {len(self.members)} answered, and {self.settings.quorum} are wanted"
            self.notes.append(f"the panel has no quorum: {wanted}")
            return self._outcome(1, words, standing, quorum=False)
        for round_ in range(1, self.settings.rounds + 1):
            standing = await self._stand(words)
            enough = max(standing.votes().values()) >= self.settings.agreement * len(words) - 1e-9
            if enough or round_ == self.settings.rounds:
                break
            again = await self._again(words, standing)
            if again == words:
                self.notes.append(f"after round {round_} nobody changed an answer, so no further round was held")
                break
            words = again
        return self._outcome(round_, words, standing)

    async def _answers(self) -> dict[str, str]:
        done = await _each(self.members, lambda member: member.alone())
        words = self._heard(done, "was passed over")
        if not words:
            raise next(one for one in done.values() if isinstance(one, CollegiaError))
        return words

    async def _again(self, words: Mapping[str, str], standing: _Standing) -> dict[str, str]:
        """The answers of a further round; who gives none keeps the one before."""
        texts = {label: words[author] for label, author in standing.authors.items()}
        told = fenced("differences", differences(texts, standing.votes()))

        def ask(member: Member) -> Awaitable[str]:
            others = [fenced("answer", said) for name, said in words.items() if name != member.name]
            return member.voice.reply(
                prompt(
                    "panel_answer",
                    self.prompts,
                    question=fenced("question", self.text),
                    own=fenced("your-answer", words[member.name]),
                    others="\n\n".join(others),
                    differences=told,
                )
            )

        done = await _each([one for one in self.members if one.name in words], ask)
        return {**words, **self._heard(done, "kept its answer of the round before")}

    async def _stand(self, words: Mapping[str, str]) -> _Standing:
        """Who stands for what: by rule, else by a vote."""
        if (found := sides(self.question, words)) is not None:
            return _sided("rule", found)
        labelled = _sided("vote", alike(words))
        texts = [f"Answer {label}:\n{fenced('answer', words[author])}" for label, author in labelled.authors.items()]
        asked = prompt("panel_vote", self.prompts, question=fenced("question", self.text), answers="\n\n".join(texts))
        form = _ballot(list(labelled.authors))
        members = [one for one in self.members if one.name in words]
        done = await _each(members, lambda member: member.voice.fill(asked, form))
        ballots = self._heard(done, "gave no vote")
        chosen = {name: ballot["answer"] for name, ballot in ballots.items()}
        labels = {name: label for name, label in chosen.items() if label in labelled.authors}
        reasons = {name: " ".join(ballot["because"].split()) for name, ballot in ballots.items()}
        return _Standing("vote", labelled.authors, labels, reasons)

    def _heard(self, done: Mapping[str, _T | CollegiaError], without: str) -> dict[str, _T]:
        """What came, and a note on each that gave nothing."""
        heard: dict[str, _T] = {}
        for name, one in done.items():
            if isinstance(one, CollegiaError):
                self.notes.append(f"{name} {without}: {one}")
            else:
                heard[name] = one
        return heard

    def _outcome(self, rounds: int, words: Mapping[str, str], standing: _Standing, *, quorum: bool = True) -> Panel:
        votes = standing.votes()
        chosen = next(iter(votes))
        texts = {label: words[author] for label, author in standing.authors.items()}
        return Panel(
            rounds=rounds,
            decided=standing.decided if quorum else "none",
            authors=standing.authors,
            chosen=chosen,
            majority=quorum and 2 * votes[chosen] > len(words),
            stands=tuple(
                Stand(
                    expert=name,
                    words=said,
                    answer=standing.labels.get(name, ""),
                    because=standing.reasons.get(name, ""),
                )
                for name, said in words.items()
            ),
            differences=differences(texts, votes) if len(texts) > 1 else "",
            notes=tuple(dict.fromkeys(self.notes)),
        )


async def _each(members: Sequence[Member], ask: Callable[[Member], Awaitable[_T]]) -> dict[str, _T | CollegiaError]:
    """Ask all members at one time; what came of each, in their order. Cancelling it stops every one of them."""

    async def one(member: Member) -> _T | CollegiaError:
        try:
            return await ask(member)
        except CollegiaError as error:
            return error

    try:
        async with asyncio.TaskGroup() as tasks:
            begun = {member.name: tasks.create_task(one(member)) for member in members}
    except BaseExceptionGroup as group:
        raise group.exceptions[0] from None  # a fault of ours, which has stopped the others
    return {name: task.result() for name, task in begun.items()}


def _apart(words: Mapping[str, str]) -> _Standing:
    """Each for its own answer."""
    return _sided("none", alike(words))


def _sided(decided: str, found: Sequence[Sequence[str]]) -> _Standing:
    """A label for each side; who stands on it stands for the words of its first member."""
    authors = {label: side[0] for label, side in zip(ascii_uppercase, found, strict=False)}
    labels = {name: label for label, side in zip(ascii_uppercase, found, strict=False) for name in side}
    return _Standing(decided, authors, labels)


def _ballot(labels: Sequence[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "answer": {"enum": [*labels, "none"]},
            "because": {"type": "string", "maxLength": _REASON},
        },
        "required": ["answer", "because"],
        "additionalProperties": False,
    }
