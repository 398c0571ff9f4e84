"""Tool results that a text claims and no call stands behind: "as computed by …", "I ran …" of what was never called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from collegia.agents.claims_own import Done, own_claims

__all__ = ["Claim", "claims"]

_TOOL = r"(?:calculators?|experts?|tools?|functions?|solvers?|modules?)"
_SAID = (
    r"(?:according to|based on|as (?:given|found|shown|stated|confirmed) by|(?:computed|calculated|determined|obtained"
    r"|evaluated|estimated|confirmed|verified|returned|reported|provided|checked|run)"
    r" (?:by|with|using|from|through|via)"
    r"|(?:results?|outputs?|values?|answers?) (?:of|from)|call(?:ed|ing|s)?(?: to| of)?|using|used|ran|invoked"
    r"|via|by|with|per|from)"
)
_SAYS = (
    r"(?:says?|gives?|gave|returns?|returned|reports?|reported|yields?|yielded|shows?|showed|finds?|found"
    r"|computes?|computed|calculates?|calculated|confirms?|confirmed|estimates?|estimated"
    r"|was (?:called|used|run)|provides?|provided)"
)
_DENIED = re.compile(
    r"\b(?:not|never|no|without|none|cannot|unavailable|failed|skipped|instead of|would|could|might|should)\b|n't\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]*(?:\.(?=\S)[^.!?\n]*)*[.!?\n]?")
_NAMED_TOOL = re.compile(
    rf"\b{_SAID}\s(?:the\s|our\s|an?\s)?[`*\"']*(?P<before>[\w-]+(?:[ _][\w-]+){{0,4}}?)[`*\"']*\s(?P<tool>{_TOOL})\b"
    rf"|\bthe\s[`*\"']*(?P<subject>[\w-]+(?:[ _][\w-]+){{0,4}}?)[`*\"']*\s{_TOOL}\s{_SAYS}\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Claim:
    """A result that is said to come from an expert that was not called: its place, the name, the words."""

    start: int
    end: int
    name: str
    text: str


def claims(
    text: str, called: Iterable[str], known_experts: Iterable[str], done: Done | None = None
) -> tuple[Claim, ...]:
    """The claims of a text that no call of the run stands behind.

    Args:
        text: as a language model wrote it.
        called: the names of the experts that were called and gave a result.
        known_experts: the names of all experts.
        done: what the run did; where not given, what the writer says of its own doings is not looked at.

    Returns:
        in order: experts that are named as the origin of something and were not called, and calculators, experts or
        tools of a name that none of the called ones has. A sentence that denies ("was not called") claims nothing.
    """
    ran = frozenset(called)
    ran_words = [set(_words(name)) for name in ran]
    idle = sorted(set(known_experts) - ran, key=len, reverse=True)
    found: list[Claim] = []
    for sentence in _SENTENCE.finditer(text):
        body, offset = sentence.group(), sentence.start()
        if _DENIED.search(body):
            continue
        own = own_claims(body, done) if done is not None else ()
        for start, end, name in (*_of_known(body, idle), *_of_named_tools(body, ran_words), *own):
            # An expert that was called may have another's name in its own: `area_of_pipe` and `area`.
            within = any(start >= at and end <= stop for at, stop in _places(body, ran))
            if not within and not any(one.start < offset + end and offset + start < one.end for one in found):
                found.append(Claim(offset + start, offset + end, name, body[start:end]))
    return tuple(sorted(found, key=lambda one: one.start))


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\W_]+", name.lower()) if word not in ("", "the", "of", "a", "an", "for")]


def _places(body: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    for name in names:
        for match in re.finditer(_spoken(name), body, re.IGNORECASE):
            yield match.span()


def _spoken(name: str) -> str:
    """A name as it is written or said: `pipe_area`, `pipe area`, `pipe-area`."""
    return r"(?<!\w)" + r"[ _-]".join(re.escape(part) for part in name.split("_")) + r"(?!\w)"


def _of_known(body: str, idle: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Idle experts, named by their identifier anywhere, or in words where these are said to have given something."""
    flat = re.sub(r"[_-]", " ", body.lower())
    for name in idle:
        if name.replace("_", " ").lower() not in flat:  # of thousands, all but a few
            continue
        exact = rf"`{re.escape(name)}`" + (rf"|(?<!\w){re.escape(name)}(?!\w)" if "_" in name else "")
        article = r"(?:the\s|our\s)?[`*\"']*"
        spoken = _spoken(name)
        pattern = (
            rf"{exact}|\b{_SAID}\s{article}{spoken}[`*\"']*\s{_TOOL}\b|{spoken}[`*\"']*\s{_TOOL}\s{_SAYS}\b"
            rf"|\b(?:expert|calculator|tool)\s[`*\"']*{spoken}"
        )
        for match in re.finditer(pattern, body, re.IGNORECASE):
            yield match.start(), match.end(), name


def _of_named_tools(body: str, ran: list[set[str]]) -> Iterator[tuple[int, int, str]]:
    """Calculators and tools of a name that no called expert has."""
    for match in _NAMED_TOOL.finditer(body):
        name = match["before"] or match["subject"]
        words = set(_words(name)) - {"same", "typed", "exact", "built-in", "this", "that", "each", "called", "relevant"}
        if words and not any(words <= one for one in ran):
            yield match.start(), match.end(), name
