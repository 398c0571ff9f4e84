"""What a text says that its writer did: "I ran …", "according to my simulation", "I looked it up in …".

A writer does nothing but write: whatever was computed, some expert of the run computed. So the names of tools and
books in such a sentence must be those of the run, and what no run does (simulate, measure, search the web) is claimed
in vain. The names come from the experts' cards; a name that no card has is one too where it is said to have been used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["Done", "own_claims"]

_NAME = re.compile(r"(?<![\w.])[A-Z][\w-]*(?:['’]s)?")
_LIBRARY = re.compile(r"(?<![\w.])([a-z]\w{3,})(?=\.[A-Za-z_]\w+)")
_DOES = (
    r"(?:ran|run|used|use|called|consulted|queried|asked|checked|invoked|applied|opened|simulated|modell?ed|solved"
    r"|computed|calculated|evaluated|estimated|determined|obtained|looked|searched|took|found|got|verified|confirmed)"
)
_MADE = (
    r"(?:computed|calculated|determined|obtained|evaluated|estimated|confirmed|verified|checked|simulated|modell?ed"
    r"|solved|looked up|taken|run|generated|found|retrieved)"
)
_OWN = rf"(?:\bI\b|\b[Ww]e\b)(?:['’]ve|['’]d)?(?:\s\w+){{0,2}}?\s{_DOES}\b"
_BEFORE = re.compile(  # up to the name
    rf"(?:{_OWN}(?:\s(?!and\b|but\b|which\b|that\b)[\w'’-]+){{0,4}}"
    rf"|\b{_MADE}\s(?:by|with|using|in|from|through|via)(?:\s[\w'’-]+){{0,2}}"
    r"|\b(?:[Aa]ccording to|[Rr]esults? (?:of|from)|[Oo]utputs? (?:of|from)|[Uu]sing|[Rr]unning|[Cc]onsulting)"
    r"(?:\s(?:the|a|an|our|my))?)\s[`*\"'“]*$"
)
_AFTER = re.compile(  # from the name on
    r"^[`*\"'”]*(?:\s[\w-]+){0,2}?\s(?:(?:was|were|has been|is)\s(?:then\s|also\s)?"
    r"(?:used|run|called|consulted|queried|applied|invoked|asked)\b"
    r"|(?:says?|said|gives?|gave|returns?|returned|reports?|reported|yields?|yielded|confirms?|confirmed)\b)"
)
_NO_TOOL = re.compile(
    r"\b[Mm]y\s(?:own\s)?(?:\w+\s)?(?:simulations?|runs?|experiments?|measurements?|tests?|scripts?|code|spreadsheets?"
    r"|software|search(?:es)?|database|look-?ups?|tools?|model)\b"
    rf"|{_OWN}\s(?:it\s|this\s|that\s|them\s)?(?:an?|the|my|some|several|online|on)?\s?(?:\w+\s)?"
    r"(?:simulations?|experiments?|web|internet|online|literature|databases?|scripts?|spreadsheets?)\b"
    r"|(?:\bI\b|\b[Ww]e\b)(?:['’]ve)?(?:\s\w+){0,2}?\s(?:simulated|measured|tested|googled|experimented)\b"
    r"|\b(?:[Aa]n?|[Tt]he|[Oo]ur)\s(?:\w+\s)?(?:simulation|experiment|web search|online search)\s"
    r"(?:I ran|was run|was done|shows?|showed|gives?|gave|confirm\w*|run|done)\b"
)
_LOOKED_UP = re.compile(r"(?:\bI\b|\b[Ww]e\b)(?:['’]ve)?(?:\s\w+){0,2}?\slook(?:ed)?\s(?:\w+\s){0,4}?up\b")
_WORKED_OUT = re.compile(
    r"(?:\bI\b|\b[Ww]e\b)(?:['’]ve)?(?:\s\w+){0,2}?\s(?:computed|calculated|solved|worked (?:it|this|that) out)\b"
    r"|\b[Mm]y\s(?:own\s)?(?:\w+\s)?calculations?\b"
)
_NEAR = 120  # characters around a name that may speak of its use
_LONG_ENOUGH = 5  # letters of a name that is not in capitals: shorter ones are symbols, as Qmax


@dataclass(frozen=True)
class Done:
    """What the run did, for a claim to rest on.

    Attributes:
        named: what names it: sources, inputs, outputs and documents of the run's steps.
        sources: the sources of all experts that there are.
        computed: whether some calculator gave a value.
        cited: whether some document was quoted.
    """

    named: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    computed: bool = True
    cited: bool = True


def own_claims(sentence: str, done: Done) -> Iterator[tuple[int, int, str]]:
    """The claims of a sentence about its writer's own doings that nothing of the run bears out: span and name.

    Args:
        sentence: without a denial.
        done: what the run did.
    """
    known = set(_plain(" ".join(done.named)).split())
    last = -2
    for match in _names(sentence, done.sources):
        name = _bare(match.group())
        if not _may_name(name) or set(_plain(name).split()) <= known:
            continue
        before, after = (
            sentence[max(0, match.start() - _NEAR) : match.start()],
            sentence[match.end() : match.end() + _NEAR],
        )
        if _BEFORE.search(before) or (name in _names_of(done.sources) and _AFTER.match(after)):
            if match.start() > last + 1:  # "Aspen Plus" is one name
                yield match.start(), match.end(), name
            last = match.end()
    patterns = [_NO_TOOL]
    patterns += [] if done.cited else [_LOOKED_UP]
    patterns += [] if done.computed else [_WORKED_OUT]
    for pattern in patterns:
        for match in pattern.finditer(sentence):
            yield match.start(), match.end(), match.group()


def _names(sentence: str, sources: tuple[str, ...]) -> Iterator[re.Match[str]]:
    """Where names stand: with a capital, or the name of a library that some card has."""
    yield from _NAME.finditer(sentence)
    words = set(re.findall(r"\w+", sentence))
    for library in sorted(words & _libraries(sources)):
        yield from re.finditer(rf"(?<![\w.]){library}(?!\w)", sentence)


def _may_name(name: str) -> bool:
    letters = [letter for letter in name if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    return name.islower() or len(letters) >= _LONG_ENOUGH or (capitals == len(letters) and len(letters) > 2)


@lru_cache(maxsize=8)
def _names_of(sources: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_bare(name) for source in sources for name in _NAME.findall(source)) | _libraries(sources)


@lru_cache(maxsize=8)
def _libraries(sources: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name for source in sources for name in _LIBRARY.findall(source))


def _bare(name: str) -> str:
    return re.sub(r"['’]s$", "", name).strip("-_")


def _plain(text: str) -> str:
    """In small letters, with blanks for all that is no letter or digit: `CoolProp's` and `coolprop` are alike."""
    return re.sub(r"[\W_]+", " ", re.sub(r"['’]s\b", "", text)).casefold().strip()
