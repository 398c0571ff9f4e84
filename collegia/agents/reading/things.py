"""Which thing a value belongs to, and where along a process it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from collegia.agents.reading.lexicon import Hit, Lexicon
from collegia.agents.reading.tokens import Token
from collegia.agents.reading.types import Said, Subject
from collegia.agents.reading.words import BREAKS, EACH, PREPOSITIONS, THEN, TO, TO_NOT

__all__ = ["assign_states", "assign_subjects", "find_subjects"]


def find_subjects(hits: Sequence[Hit], tokens: Sequence[Token], said: list[Said], lexicon: Lexicon) -> list[Subject]:
    """The things the text names, in order; the same word is the same thing."""
    found: dict[str, Subject] = {}
    for hit in hits:
        label = " ".join(token.key for token in tokens[hit.first : hit.last + 1])
        for entry in hit.entries:
            if entry.role == "word" and lexicon.registry.kinds[entry.subject].subject and _goes_on(hit, hits, tokens):
                longer = f"{label} {tokens[hit.last + 1].text}"
                subject = found.setdefault(
                    longer,
                    Subject(len(found), longer, None, entry.subject, f"I do not know {longer!r}. Which one is meant?"),
                )
            elif entry.role == "word" and lexicon.registry.kinds[entry.subject].subject:
                subject = found.setdefault(label, Subject(len(found), label, entry.value, entry.subject))
            elif entry.role == "ambiguous" and lexicon.registry.kinds[entry.subject].subject:
                question = str(entry.value or "")
                subject = found.setdefault(label, Subject(len(found), label, None, entry.subject, question))
            elif entry.role == "side":
                subject = found.setdefault(label, Subject(len(found), label, side=entry.subject))
            else:
                continue
            subject.places.append(hit.first)
            for place in range(hit.first, hit.last):
                sides = [e for e in lexicon.phrases.get((tokens[place].key,), ()) if e.role == "side"]
                subject.side = subject.side or (sides[0].subject if sides else "")
    for item in said:
        for kind in item.kinds:
            if item.measure is None and lexicon.registry.kinds[kind].subject and item.subject is None:
                alike = [s for s in found.values() if s.value == item.value and s.kind == kind]
                known = next((s for s in alike if item.first in s.places), alike[0] if alike else None)
                if known is None:
                    known = found.setdefault(item.text.lower(), Subject(len(found), item.text, item.value, kind))
                    known.places.append(item.first)
                known.said = item.index if known.said is None else known.said
                item.subject = known.index
    return _merge_sides(_merge_named_twice(list(found.values()), said, tokens), tokens)


_GOES_ON = re.compile(r"(?:ide|ite|ate|oxide|acid|hydroxide|polymer|copolymer|alcohol|glycol|ether|ester|amine)s?$")


def _goes_on(hit: Hit, hits: Sequence[Hit], tokens: Sequence[Token]) -> bool:
    """Whether the word after a thing's name makes another thing of it: "sodium hypochlorite"."""
    if hit.last + 1 >= len(tokens) or any(other.first == hit.last + 1 for other in hits):
        return False
    return _GOES_ON.search(tokens[hit.last + 1].text.lower()) is not None


def _merge_named_twice(subjects: list[Subject], said: list[Said], tokens: Sequence[Token]) -> list[Subject]:
    """ "the condensate (water)" is one thing."""
    kept: list[Subject] = []
    for subject in subjects:
        alike = [o for o in kept if o.kind == subject.kind and o.kind]
        twin = next((o for o in alike if _in_brackets_after(o, subject, tokens) or _said_shorter(o, subject)), None)
        if twin is None or subject.side:
            kept.append(subject)
            continue
        twin.value, twin.question = (twin.value or subject.value), ""
        twin.places = sorted([*twin.places, *subject.places])
        for item in said:
            if item.subject == subject.index:
                item.subject = twin.index
    return kept


def _said_shorter(first: Subject, second: Subject) -> bool:
    """ "saturated steam …, the steam": the same thing, said again in fewer words."""
    words, fewer = first.label.split(), second.label.split()
    return first.value == second.value and len(fewer) < len(words) and set(fewer) <= set(words)


def _in_brackets_after(first: Subject, second: Subject, tokens: Sequence[Token]) -> bool:
    agree = first.value == second.value or first.value is None
    return agree and any(
        0 < place - earlier <= 4 and tokens[place - 1].text == "("
        for earlier in first.places
        for place in second.places
    )


def _merge_sides(subjects: list[Subject], tokens: Sequence[Token]) -> list[Subject]:
    """A side word right before a thing's name speaks of that thing: "the hot oil"."""
    sides = [subject for subject in subjects if subject.side and not subject.kind]
    things = [subject for subject in subjects if subject.kind]
    dropped: set[int] = set()
    for side in sides:
        for place in list(side.places):
            for thing in things:
                if _said_after(place, thing, things, tokens):
                    thing.side = thing.side or side.side
                    side.places = [p for p in side.places if p != place]
                    break
                near = [p for p in thing.places if 0 <= p - place <= 2 or 0 < place - p <= 2]
                between = tokens[min([*near, place]) : max([*near, place])]
                if near and not any(token.text in ".,;" for token in between):
                    thing.side = thing.side or side.side
                    side.places = [p for p in side.places if p != place]
                    break
        if not side.places:
            dropped.add(side.index)
    return [subject for subject in subjects if subject.index not in dropped]


def _said_after(place: int, thing: Subject, things: list[Subject], tokens: Sequence[Token]) -> bool:
    """ "oil 2 kg/s (hot side)", "oil on the hot side": a side told of the thing named last."""
    last = max((p for other in things for p in other.places if p < place), default=-1)
    if last not in thing.places:
        return False
    gap = [token.key for token in tokens[last + 1 : place]]
    if any(mark in (".", "?", ";", ")") for mark in gap):
        return False
    lead = [key for key in gap[-3:] if key not in ("the", "is", "as")]
    return gap[-1:] == ["("] or (len(gap) <= 5 and bool(lead) and lead[-1] in ("on", "at", "in") and len(gap) <= 3)


def assign_subjects(said: list[Said], subjects: list[Subject], tokens: Sequence[Token]) -> None:
    """Give every value the thing it belongs to: the one named right after it, or else the last one named before."""
    if len(subjects) == 1:
        for item in said:
            item.subject = subjects[0].index if item.subject is None else item.subject
        return
    places = sorted((place, subject.index) for subject in subjects for place in subject.places)
    shared = _of_both(said, tokens)
    for item in said:
        if item.subject is not None or item.start in shared:
            continue
        item.subject = _after(item, places, tokens)
        if item.subject is None:
            item.subject = _before(item, places, tokens)
        if item.subject is None:
            item.subject = _ahead(item, places, tokens)
    by_end = {item.last: item for item in said}
    for item in said:  # a pair is one statement
        if item.measure is not None and item.measure.pair == "end":
            partner = next((by_end[p] for p in range(item.first - 1, max(-1, item.first - 4), -1) if p in by_end), None)
            if partner is not None:
                item.subject = partner.subject if _after(item, places, tokens) is None else item.subject
                partner.subject = item.subject


def _of_both(said: list[Said], tokens: Sequence[Token]) -> set[int]:
    """ "zobs and frims, both at 2 bar and 50 °C": where values stand that are no more the one's than the other's."""
    found: set[int] = set()
    last = -1
    for item in (one for one in said if one.measure is not None):
        before = [token.key for token in tokens[max(0, item.first - 2) : item.first]]
        gap = {token.key for token in tokens[last + 1 : item.first]}
        if (before[:1] in (["both"], ["each"]) and before[-1] in PREPOSITIONS) or (last >= 0 and gap <= {",", "and"}):
            found.add(item.start)
            last = item.last
        else:
            last = -1
    return found


def _after(item: Said, places: list[tuple[int, int]], tokens: Sequence[Token]) -> int | None:
    """ "15 000 kg/h of cooling water", "20 °C water"."""
    for place, subject in places:
        if not item.last < place <= item.last + 5:
            continue
        gap = [token.text for token in tokens[item.last + 1 : place]]
        if any(
            mark in (",", ".", ";", "(", ")", ":", "and", "with", "by", "to", "from", "at", "in") or mark[0].isdigit()
            for mark in gap
        ):
            return None
        if not gap or gap[0] == "of" or len(gap) == 1:
            return subject
    return None


def _before(item: Said, places: list[tuple[int, int]], tokens: Sequence[Token]) -> int | None:
    last: int | None = None
    for place, subject in places:
        if place > item.first:
            break
        if not any(token.text in (".", "?", "!", ";") for token in tokens[place : item.first]):
            last = subject
    return last


def _ahead(item: Said, places: list[tuple[int, int]], tokens: Sequence[Token]) -> int | None:
    for place, subject in places:
        if place > item.last and not any(
            token.text in (".", "?", "!", ";", ",") for token in tokens[item.last : place]
        ):
            return subject
    return None


def assign_states(said: list[Said], hits: Sequence[Hit], tokens: Sequence[Token]) -> None:
    """Mark values as before or after, by pairs, by "from … to …", and by the domains' words for it."""
    stage = 0
    measures = [item for item in said if item.measure is not None]
    boundaries = [token_index for token_index, token in enumerate(tokens) if token.key in THEN]
    for item in measures:
        stage = sum(1 for place in boundaries if place < item.first and any(m.first < place for m in measures))
        role: str = item.measure.pair if item.measure is not None else ""
        if not role:
            role = _role_by_words(item, hits, tokens, measures)
        if role:
            item.state = stage + (0 if role == "start" else 1)
        item.each = _each(item, tokens)


def _role_by_words(item: Said, hits: Sequence[Hit], tokens: Sequence[Token], measures: list[Said]) -> str:
    role = _by_domain_words(item, hits, tokens, measures)
    if role:
        return role
    left = tokens[max(0, item.first - 3) : item.first]
    keys = [token.key for token in left]
    if keys[-1:] == ["from"] or (keys[-2:-1] == ["from"] and keys[-1] in ("about", "~")):
        return "start"
    if keys and keys[-1] in TO and not (len(keys) > 1 and keys[-2] in TO_NOT):
        return "end"
    # "from 1 bar, 20 °C to 4 bar": the list after `from` goes on until `to`
    for place in range(item.first - 1, max(-1, item.first - 16), -1):
        token = tokens[place]
        if token.text in BREAKS or token.key in TO or token.key in ("at", "with"):
            return ""
        if token.key == "from":
            between = [m for m in measures if place < m.first < item.first]
            return "start" if between else ""
        if token.is_word and token.key not in ("and", "at", "abs", "gauge") and not _inside(place, measures):
            return ""
    return ""


def _inside(place: int, measures: list[Said]) -> bool:
    return any(m.first <= place <= m.last for m in measures)


def _by_domain_words(item: Said, hits: Sequence[Hit], tokens: Sequence[Token], measures: list[Said]) -> str:
    """The nearest of the domains' words for before and after, in the same clause, nothing between."""
    best: tuple[float, str] | None = None
    for hit in hits:
        roles = {entry.role for entry in hit.entries} & {"start", "end"}
        if len(roles) != 1:
            continue
        role = roles.pop()
        owned = any(m.last + 1 == hit.first for m in measures)
        if owned and item.last + 1 != hit.first:
            continue  # "8 bar upstream, 6 bar downstream": said of the value right before it
        if hit.last < item.first:
            gap = tokens[hit.last + 1 : item.first]
            distance = len(gap)
            limit = 6
        else:
            gap = tokens[item.last + 1 : hit.first]
            distance = len(gap) + 1
            limit = 1
        low, high = min(hit.last, item.last) + 1, max(hit.first, item.first)
        listed = all(
            _inside(i, measures) or tokens[i].text == "," or tokens[i].key in ("and", "at", "&")
            for i in range(low, high)
        )
        listed = listed and hit.last < item.first
        blocked = any(token.text in BREAKS or (token.text in (",", ")") and not listed) for token in gap)
        crossing = not listed and any(_inside(place, measures) for place in range(low, high))
        if listed:
            distance, limit = min(distance, 6), 6
        if not blocked and not crossing and distance <= limit and (best is None or distance < best[0]):
            best = (distance, role)
    return best[1] if best else ""


def _each(item: Said, tokens: Sequence[Token]) -> bool:
    if item.first > 0 and tokens[item.first - 1].key == "both":
        return True
    after = tokens[item.last + 1 : item.last + 5]
    for index, token in enumerate(after):
        if token.text in BREAKS or token.text[0].isdigit():
            return False
        if token.key in EACH:
            following = after[index + 1].key if index + 1 < len(after) else ""
            return token.key != "per" or following in ("side", "end", "face")
    return False
