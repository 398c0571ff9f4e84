"""A panel in words: the answer, who stands for it, and what the others say instead."""

from __future__ import annotations

from collegia.agents.panel.outcome import Panel, Stand

__all__ = ["doubt", "instead", "told", "votes"]


def told(panel: Panel) -> str:
    """The answer with its votes, and each dissent with its words."""
    lines = [f"{panel.speaker} (a language model; {_for(panel)}): {panel.answer}"]
    lines += [f"Against, {one.expert} (a language model): {instead(panel, one)}" for one in panel.dissent]
    return "\n".join(lines)


def doubt(panel: Panel) -> str:
    """The warning that a panel came to no verdict; empty where it did."""
    if panel.majority:
        return ""
    if panel.decided == "none":
        return f"the panel gave no verdict: too few answered; what is shown is the answer of {panel.speaker}"
    return f"the panel has no majority: {_for(panel)}; the answers stand side by side"


def _for(panel: Panel) -> str:
    count = len(panel.for_it)
    rounds = "1 round" if panel.rounds == 1 else f"{panel.rounds} rounds"
    stand = "stands" if count == 1 else "stand"
    return f"{count} of {len(panel.stands)} on a panel {stand} for this after {rounds}"


def votes(panel: Panel) -> tuple[str, ...]:
    """A line for each answer: whose it is, and who stands for it."""
    lines = []
    for label, author in panel.authors.items():
        standing = ", ".join(one.expert for one in panel.stands if one.answer == label) or "nobody"
        lines.append(f"answer {label}, of {author}: {standing}")
    if none := ", ".join(one.expert for one in panel.stands if not one.answer):
        lines.append(f"none of them: {none}")
    return tuple(lines)


def instead(panel: Panel, one: Stand) -> str:
    """What a member says that does not stand for the answer."""
    if not one.answer:
        said = f"{one.words} (it chose none of the answers)"
    elif panel.authors[one.answer] == one.expert:
        said = one.words
    else:
        said = f"{panel.words_of(one.answer)} (the words of {panel.authors[one.answer]})"
    return f"{said} Its reason: {one.because}" if one.because else said
