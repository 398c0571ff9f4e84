"""Typed relations stated in sentences: "fouling lowers the heat transfer coefficient".

The verbs are those of cause, change, dependence, use and kind in plain English; what stands around them is kept as it
is written, cut to the noun phrase. Nothing here knows a field. A wrong edge is worse than none: what rules of this kind
cannot tell apart (a negation, a condition, a relative clause, a noun that is spelt as a verb) yields nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from collegia.knowledge.records import Relation
from collegia.knowledge.text import STOP_WORDS, Span, key, sentences

__all__ = ["TYPES", "relations"]

_BE = r"(?:is|are|was|were|be|been|being)(?: (?:\w+ly|often|usually|also|best|thus|then|only))?"
_VERBS: tuple[tuple[str, str], ...] = (
    ("worsens", r"worsens?|aggravates?|makes?(?= [^,.;:]{1,80} worse\b)"),
    ("worse in", rf"{_BE} worse in"),
    ("causes", r"causes?|leads? to|results? in|produces?|creates?|triggers?|brings? about|gives? rise to"),
    ("caused by", rf"(?:{_BE} )?(?:caused|produced|triggered|created|brought about) by|(?:{_BE} )?due to"
     r"|results? from|comes? from|arises? from|stems? from"),
    ("raised by", rf"(?:{_BE} )?(?:raised|increased|doubled) by|(?:grows?|rises?|increases?) with"),
    ("lowered by", rf"(?:{_BE} )?(?:lowered|reduced|decreased|halved|slowed) by|(?:falls?|drops?|decreases?) with"),
    ("raises", r"raises?|increases?|enlarges?|accelerates?|speeds? up|doubles?"),
    ("lowers", r"lowers?|reduces?|decreases?|cuts?|shrinks?|weakens?|slows?|diminish(?:es)?|halves"),
    ("prevents", r"prevents?|avoids?|suppress(?:es)?|stops?|blocks?|mitigates?|protects? against"),
    ("prevented by", rf"{_BE} (?:prevented|avoided|suppressed|stopped|blocked|mitigated|protected) by"),
    ("depends on", r"depends? (?:strongly |mainly |only |also |\w+ly )?(?:up)?on|(?:varies|vary) with"
     rf"|{_BE} (?:set|controlled|governed|driven|determined|bounded|limited|fixed) by"),
    ("sets", r"sets?|controls?|governs?|determines?|drives?|defines?"),
    ("limits", r"limits?|bounds?|caps?"),
    ("computed from", rf"{_BE} (?:computed|calculated|found|derived|estimated|obtained) from|derives? from"),
    ("uses", r"uses?|needs?|requires?|employs?|takes"),
    ("used in", rf"{_BE} used (?:in|for|by)|{_BE} (?:sized|designed) for|(?:applies|apply) to"),
    ("corrected by", rf"{_BE} corrected by"),
    ("corrects", r"corrects?"),
    ("explains", r"explains?"),
    ("adds to", r"adds? to|contributes? to"),
    ("feeds", r"feeds?"),
    ("ignites", r"ignites?"),
    ("risks", r"risks?"),
    ("ends at", r"ends? at"),
    ("zero at", r"(?:is|are|becomes?) zero at|vanish(?:es)? at"),
    ("gives", r"gives?"),
    ("precedes", r"precedes?|comes? before"),
    ("is a", rf"{_BE} (?:a|an|the) (?:kind|form|variant|type|sort|case|special case) of"),
)  # fmt: skip
TYPES: tuple[str, ...] = tuple(verb for verb, _ in _VERBS)
"""The types that a relation in the store can have."""

_ANY = re.compile(
    r"\b(?:" + "|".join(f"(?P<v{index}>{pattern})" for index, (_, pattern) in enumerate(_VERBS)) + r")\b", re.IGNORECASE
)
_PASSIVE = re.compile(r"(?:is|are|was|were|be|been|being)\b| ?\w+ed by|due to", re.IGNORECASE)
_SUBORDINATE = (
    "that|which|who|whose|because|so|but|when|where|if|whether|while|whereas|since|as|although|though|unless|until"
)
_UNSURE = frozenset("that which who whose if whether unless until".split())  # what follows these is not asserted
_PREPOSITION = (
    "of|by|with|at|in|on|from|through|than|before|after|for|to|into|within|without|during|under|over|against|between|"
    "inside|outside|above|below|behind|near|along|around|beside|across"
)
_END = r"[;:|()]|\.(?=\s|$)"
_LEFT_EDGE = re.compile(rf"{_END}|,|\b(?:{_SUBORDINATE}|and|or)\b", re.IGNORECASE)
_RIGHT_EDGE = re.compile(
    rf"{_END}|,|\b(?:{_SUBORDINATE}|and|or|{_PREPOSITION.removeprefix('of|')}|such|including|due)\b"
)
_LIST = frozenset({",", "and", "or"})
_NEGATION = re.compile(
    r"\b(?:not|never|no|none|cannot|neither|nor|rarely|seldom|hardly|barely|scarcely|fails? to|instead of|"
    r"rather than)\b|n['’]t\b",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:the|a|an|any|each|every|its|their|his|her|our|your|this|these|those|such|most|more|less|much|many|also|often|usually|"
    r"mainly|strongly|directly|too|both|only|all|some|then|thus|therefore|hence|however)\s+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"\s+(?:can|may|will|could|might|must|should|would|does|do|did|also|often|usually|sometimes|always|thus|then|therefore|"
    r"thereby|itself|themselves|only|even|far|more|less|most|much|worse|better|faster|slower|together|again|now|\w{2,}ly)$",
    re.IGNORECASE,
)
_MODAL = re.compile(r"\b(?:can|may|will|could|might|must|should|would)(?:\s+\w+ly|\s+also|\s+then)?\s*$", re.IGNORECASE)
_QUANTITY = re.compile(r"\s+(?:(?:about|roughly|nearly|around)\s+)?[\d½¼¾].*$", re.DOTALL)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|may|will|must|cannot|rises?|falls?|grows?|becomes?|stays?|makes?|keeps?|shows?|comes?|goes|differs?|follows?|contains?|means|moves|leaves|holds|favours)\b",
    re.IGNORECASE,
)
_INNER = re.compile(
    rf"\b(?!(?:{_PREPOSITION}|high|low|large|small|great|half|twice|times|all|both)\b|\w+ing\s)[\w'-]+\s+(?:a|an|the|its|their)\s",
    re.IGNORECASE,
)
_NO_THING = frozenset(
    "either neither one ones another other others both all each faster slower sooner later badly well".split()
)
_LONGEST = 8
_IN_LY = frozenset("supply assembly anomaly family reply".split())  # nouns that end as adverbs do
_SENTENCE = 600
_ACTING = {
    "prevents": re.compile(
        r"from\s+\w+ing(?:\s+(?:the|an?|to|in|on|at|up|back|out|off|into|through)\b|[\s.,;]*$|[.,;])"
    ),
    "causes": re.compile(r"to\s+(?!the\b|an?\b)[a-z]+\b"),
}
_THIRD = re.compile(
    r"(?!gas\b)\w+[^sui\W]s\s(?!of\b|in\b|on\b|at\b)", re.IGNORECASE
)  # it may be a verb: "favours laminar flow"
_PART = 4  # words of one thing in a list of several


def relations(body: str) -> Iterator[Relation]:
    """The relations that the sentences of a passage state, each with the span of its sentence."""
    for span in sentences(body):
        yield from _in_sentence(body, span)


@dataclass(frozen=True, slots=True)
class _Subjects:
    """What the last verb of a sentence was said of, where that verb ends, and whether it was in the plural."""

    names: tuple[str, ...] = ()
    end: int = 0
    plural: bool = False


def _in_sentence(body: str, span: Span) -> Iterator[Relation]:
    if span.end - span.start > 4 * _SENTENCE:
        return
    said = " ".join(span.of(body).replace("*", " ").replace("_", " ").split())
    if len(said) > _SENTENCE or said.endswith("?"):
        return
    said = re.sub(r"\([^()]*\)", lambda found: " " * len(found.group()), said)
    edges = list(_LEFT_EDGE.finditer(said))
    last = _Subjects()
    for found in _ANY.finditer(said):
        verb = next(_VERBS[int(name[1:])][0] for name, part in found.groupdict().items() if part)
        subjects = _subjects(said, found, edges, last)
        objects = _objects(said, found.end(), verb)
        if not subjects or not objects or _NEGATION.search(said[: found.end()] + _clause(said, found.end())):
            continue
        last = _Subjects(subjects, found.end(), _plural(found))
        for left in subjects:
            for right in objects:
                if key(left) != key(right):
                    yield Relation(left, verb, right, span.start, span.end, confidence=0.7)


def _clause(said: str, start: int) -> str:
    """What follows a verb up to the end of its clause."""
    edge = next(
        (one for one in _RIGHT_EDGE.finditer(said, start) if one.group() not in _LIST and one.group() != "of"), None
    )
    return said[start : edge.start() if edge else len(said)]


def _subjects(said: str, verb: re.Match[str], edges: list[re.Match[str]], last: _Subjects) -> tuple[str, ...]:
    """What a verb is said of; several things where they are listed; those of the verb before where there is none."""
    plural = _plural(verb)
    passive = _PASSIVE.match(verb.group()) is not None
    pieces: list[tuple[str, str]] = []  # what stands before a piece, and the piece; the nearest first
    end = verb.start()
    for edge in reversed([one for one in edges if one.end() <= verb.start()]):
        pieces.append((edge.group().casefold(), said[edge.end() : end]))
        end = edge.start()
        if pieces[-1][0] not in _LIST:
            break
    else:
        pieces.append(("", said[:end]))
    before, nearest = pieces[0]
    if not _cut(nearest):
        between = said[last.end : verb.start()]
        told = (
            last.names
            and plural == last.plural
            and before in {"and", "or"}
            and not re.search(rf"[;:|]|\b(?:{_SUBORDINATE})\b", between)
        )
        return last.names if told and not _FINITE.search(between) else ()
    if (
        re.match(r"\s*(?:too|very)\s", nearest)
        or before in _UNSURE
        or (before in {"and", "or"} and pieces[-1][0] in _UNSURE)
    ):
        return ()
    several = before == "or" or (before == "and" and (plural or passive))
    others = [_part(piece) for _, piece in pieces[1:] if piece.strip()] if several else []
    if others and re.search(rf"\s(?:{_PREPOSITION})\s", pieces[1][1]) and not re.match(r"\s*(?:the|an?)\s", nearest):
        return tuple(filter(None, [_noun(said[_start(said, pieces, 2, verb) : verb.start()])]))  # "loss of X or of Y"
    name = _noun(nearest)
    if not name or (plural and not passive and not _many(nearest, bool(others) and before == "and")):
        return ()
    if verb.group().casefold() in {"caused by", "due to"} and not _part(nearest):
        return ()  # "the valve protects the line against pressure caused by heat": a clause is no thing
    return (*reversed([one for one in others if one]), name) if all(others) else (name,)


def _plural(verb: re.Match[str]) -> bool:
    """Whether a verb stands in its plain form: "cause", and not "causes"."""
    return not verb.group().split()[0].casefold().endswith("s")


def _start(said: str, pieces: list[tuple[str, str]], count: int, verb: re.Match[str]) -> int:
    """Where the farther of the nearest pieces begins."""
    lengths = sum(len(piece) for _, piece in pieces[:count]) + sum(len(edge) for edge, _ in pieces[: count - 1])
    return max(0, verb.start() - lengths)


def _many(text: str, several: bool) -> bool:
    """Whether a verb in its plain form can belong to this subject, or follows a "can" or "may"."""
    if several or _MODAL.search(text):
        return True
    noun = _cut(text).rpartition(" ")[2].casefold()
    return noun.endswith("s") and not noun.endswith(("ss", "us", "is"))


def _objects(said: str, start: int, verb: str) -> tuple[str, ...]:
    """What a verb is said to act on; several things where they are listed after it."""
    clause = re.split(rf"{_END}|\b(?:{_SUBORDINATE})\b", said[start:], maxsplit=1)[0]
    found: list[str] = []
    joined, place = False, start
    edges = [*_RIGHT_EDGE.finditer(said, start), None]
    for edge in edges:
        piece = said[place : edge.start() if edge else len(said)]
        if not found:
            found.append(_noun(_QUANTITY.sub("", piece)))
            if not found[0] or (edge and verb in _ACTING and _ACTING[verb].match(said, edge.start())):
                return ()  # "prevents gas from entering", "causes particles to settle": not the gas, not the particles
            if any(not _plural(one) and one.end() < len(found[0]) for one in _ANY.finditer(found[0])):
                return ()  # another verb in the midst of it: what was taken for the verb before is a noun
            if _ANY.search(clause) or _FINITE.search(clause):
                return tuple(found)
        elif piece.strip():
            part = _part(_QUANTITY.sub("", piece))
            if not part or (" " in part and (part.endswith("s") or _THIRD.match(part))):
                return tuple(found[:1])
            found.append(part)
        if edge is None or edge.group() not in _LIST:
            break
        joined = joined or edge.group() != ","
        place = edge.end()
    return tuple(found) if joined else tuple(found[:1])


def _part(text: str) -> str:
    """One of several things in a list; empty where it may be a clause of its own."""
    said = _noun(text)
    if " " not in said and said.endswith("er"):  # "a larger or shorter pipe"
        return ""
    return said if len(said.split()) <= _PART and not _ANY.search(text) and not _FINITE.search(text) else ""


def _cut(text: str) -> str:
    """A phrase without the articles before it and the adverbs and auxiliaries after it."""
    said = " ".join(text.split()).strip(" -–—\"'“”‘’`#|")
    while (shorter := _TRAILING.sub("", _LEADING.sub("", said))) != said:
        said = shorter
    return "" if said.casefold() in STOP_WORDS else said


def _noun(text: str) -> str:
    """A noun phrase as it stands between the edges; empty where it is too long or says nothing."""
    said = _cut(text)
    parts = said.split()
    if len(parts) > _LONGEST and (found := re.search(rf"\s(?:{_PREPOSITION.removeprefix('of|')})\s", said)):
        said = said[: found.start()]
        parts = said.split()
    if not 1 <= len(parts) <= _LONGEST or all(part.casefold() in STOP_WORDS | _NO_THING for part in parts):
        return ""
    ends = rf"(?:{_PREPOSITION}|a|an|the|up|down|out)"
    if re.match(rf"{ends}\s", said, re.IGNORECASE) or re.search(rf"\s{ends}$", said) or _FINITE.search(said):
        return ""
    if _INNER.search(said) or (len(parts) == 1 and said.endswith("ly") and said.casefold() not in _IN_LY):
        return ""
    return said if re.search(r"[^\W\d_]{2}", said) else ""
