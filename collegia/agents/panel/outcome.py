"""What a panel came to: plain data, a part of a result, and of the log."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

__all__ = ["Panel", "Stand"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Stand(_Frozen):
    """Where one member stood at the end."""

    expert: str
    words: str
    """Its own last answer, word for word."""
    answer: str = ""
    """The label of the answer that it stands for; empty where it stands for none."""
    because: str = ""
    """Its reason, where it was asked to choose."""


class Panel(_Frozen):
    """How a panel came to an answer, or did not."""

    rounds: int
    decided: Literal["rule", "vote", "none"]
    """By comparing the answers, by a vote among them, or not at all, since too few answered."""
    authors: dict[str, str]
    """By label, the member whose words the answer is."""
    chosen: str
    """The label of the answer with the most votes."""
    majority: bool
    """Whether more than half of those who answered stand for it, and a quorum did answer."""
    stands: tuple[Stand, ...]
    differences: str = ""
    """What the answers differ in, as the members were shown it."""
    notes: tuple[str, ...] = ()
    """Who was passed over, and what was not done."""

    @property
    def answer(self) -> str:
        """The answer with the most votes, word for word."""
        return self.words_of(self.chosen)

    @property
    def speaker(self) -> str:
        """The member whose words that is."""
        return self.authors[self.chosen]

    @property
    def for_it(self) -> tuple[str, ...]:
        """Those who stand for it."""
        return tuple(one.expert for one in self.stands if one.answer == self.chosen)

    @property
    def dissent(self) -> tuple[Stand, ...]:
        """Those who do not."""
        return tuple(one for one in self.stands if one.answer != self.chosen)

    def words_of(self, label: str) -> str:
        """The answer of a label, word for word (KeyError where there is none)."""
        author = self.authors[label]
        return next(one.words for one in self.stands if one.expert == author)
