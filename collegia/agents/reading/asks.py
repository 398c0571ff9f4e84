"""What a question asks for, and in which units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from collegia.agents.reading.lexicon import Hit, Lexicon
from collegia.agents.reading.tokens import Token
from collegia.agents.reading.types import Ask, Said, Subject
from collegia.agents.reading.units_alone import LoneUnit
from collegia.agents.reading.words import ASKING, DISMISSING, PREPOSITIONS
from collegia.tools.units import dimension, same_dimension

__all__ = ["find_asks"]

_THRESHOLD = 2.6


def find_asks(
    tokens: Sequence[Token],
    hits: Sequence[Hit],
    owner: dict[int, int],
    said: list[Said],
    subjects: list[Subject],
    units: Sequence[LoneUnit],
    lexicon: Lexicon,
) -> list[Ask]:
    """The asked values, in text order."""
    sentences = _sentences(tokens)
    claimed: set[int] = set()
    found = _counted(units, tokens, hits, lexicon, claimed)
    spans = [(ask.start, ask.end) for ask in found]
    for hit in hits:
        if not hit.of("name") or hit.first in owner or tokens[hit.first].key in PREPOSITIONS:
            continue
        if _inside(tokens[hit.first].start, spans):
            continue
        sentence = next(s for s in sentences if s[0] <= hit.first <= s[1])
        score = _score(hit, tokens, sentence, said, units)
        phrase = " ".join(token.text for token in tokens[hit.first : hit.last + 1])
        kinds = {entry.subject: 0.0 for entry in hit.of("name")}
        ask = Ask(phrase, tokens[hit.first].start, hit.first, kinds, score=score, end=tokens[hit.last].end)
        found.append(ask)
    found.sort(key=lambda ask: ask.start)
    found = _weigh_units(found, units, tokens, lexicon)
    chosen = [ask for ask in found if ask.score >= _THRESHOLD]
    if not chosen:
        best = max((ask.score for ask in found), default=0.0)
        chosen = [ask for ask in found if ask.score == best and best >= 0.4]
    chosen = _joined(chosen, found, tokens, units)
    _share_first_word(chosen, tokens, lexicon)
    chosen.extend(_share_last_words(chosen, tokens, lexicon))
    chosen.extend(_goes_on(chosen, tokens, lexicon))
    chosen = _merge(chosen, tokens, lexicon)
    chosen.extend(_in_units(chosen, units, claimed, tokens, lexicon))
    chosen.extend(_unclaimed(units, claimed, tokens, hits, said, lexicon))
    chosen.sort(key=lambda ask: ask.start)
    for ask in chosen:
        _hinted(ask, tokens, hits, sentences, lexicon)
        _narrow(ask, lexicon)
        _place(ask, tokens, hits, subjects)
    return _distinct([each for ask in chosen for each in _of_several(ask, tokens, subjects)])


def _hinted(
    ask: Ask, tokens: Sequence[Token], hits: Sequence[Hit], sentences: list[tuple[int, int, bool]], lexicon: Lexicon
) -> None:
    """ "the pressure that keeps saturated ammonia at …": another word of the sentence says which pressure."""
    kinds = lexicon.registry.kinds
    wide = [kinds[name] for name in ask.kinds if kinds[name].common and ask.kinds[name] <= 0.6]
    if not wide or ask.score >= 9.0:
        return
    sentence = next((s for s in sentences if s[0] <= ask.place <= s[1]), (0, len(tokens), False))
    for hit in hits:
        if sentence[0] <= hit.first <= sentence[1]:
            for entry in hit.of("hint"):
                kind = kinds[entry.subject]
                if kind.scale != "difference" and any(kind.unit == one.unit for one in wide):
                    ask.kinds.setdefault(kind.name, 1.0)


def _of_several(ask: Ask, tokens: Sequence[Token], subjects: list[Subject]) -> list[Ask]:
    """ "the density of water and of oil" asks of each thing."""
    places = sorted((place, subject.index) for subject in subjects if subject.kind for place in subject.places)
    after = [(place, index) for place, index in places if place > ask.place]
    if ask.subject is None or not after or after[0][1] != ask.subject:
        return [ask]
    found = [ask]
    by_index = {subject.index: subject for subject in subjects}
    end = after[0][0] + len(by_index[after[0][1]].label.split()) - 1
    for place, index in after[1:]:
        gap = [token.key for token in tokens[end + 1 : place]]
        if not gap or not set(gap) <= {",", "and", "of", "the", "&", "for"} or index in {a.subject for a in found}:
            break
        value = by_index[index].value
        twin = replace(ask, start=ask.start + len(found), subject=index, kinds=dict(ask.kinds))
        twin.keys = (value,) if value is not None else ask.keys
        found.append(twin)
        end = place + len(by_index[index].label.split()) - 1
    if len(found) > 1:
        first = by_index[after[0][1]].value
        ask.keys = (first,) if first is not None else ask.keys
    return found


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _sentences(tokens: Sequence[Token]) -> list[tuple[int, int, bool]]:
    """Token ranges of the sentences, and whether each is a question."""
    found: list[tuple[int, int, bool]] = []
    first = 0
    for index, token in enumerate(tokens):
        if token.text in (".", "?", "!", ";"):
            found.append((first, index, token.text == "?"))
            first = index + 1
    if first < len(tokens):
        found.append((first, len(tokens) - 1, False))
    return found


def _ends_in_question(last: int, tokens: Sequence[Token]) -> bool:
    """Whether a part before a semicolon belongs to a question."""
    if tokens[last].text != ";":
        return False
    return next((token.text for token in tokens[last + 1 :] if token.text in (".", "?", "!")), "") == "?"


def _unit_in_brackets(hit: Hit, tokens: Sequence[Token], units: Sequence[LoneUnit]) -> bool:
    """ "flammable range (LFL and UFL in vol%)": brackets that name values with a unit ask for them."""
    close = next((token.start for token in tokens[hit.last + 1 :] if token.text == ")"), -1)
    return any(tokens[hit.last].end <= unit.start < close for unit in units)


def _score(
    hit: Hit, tokens: Sequence[Token], sentence: tuple[int, int, bool], said: list[Said], units: Sequence[LoneUnit]
) -> float:
    first, last, question = sentence
    before = tokens[first : hit.first]
    keys = [token.key for token in before]
    score = 3.0 if question else 1.5 if _ends_in_question(last, tokens) else 0.0
    trigger = max((i for i, key in enumerate(keys) if key in ASKING), default=-1)
    dismiss = max((i for i, key in enumerate(keys) if key in DISMISSING), default=-1)
    measured = [item for item in said if item.measure is not None and first <= item.first < hit.first]
    arrow = max((i for i, token in enumerate(before) if token.text in ("->", "→", "=>")), default=-1)
    if arrow >= 0 and not any(item.first > first + arrow for item in measured):
        score += 4.0
    if [token.text for token in tokens[hit.last + 1 : hit.last + 3]] == ["=", "?"]:
        score += 6.0
    if trigger >= 0:
        between = [item for item in measured if item.first >= first + trigger]
        score += 4.0 if not between else 1.5
    elif not measured and not question and (first == 0 or tokens[first - 1].text != ";"):
        score += 2.0 - 0.2 * len(keys)
    if (
        dismiss > trigger
        and len(keys) - dismiss <= 4
        and ")" not in keys[dismiss:]
        and not [item for item in measured if item.first > first + dismiss]
    ):
        score -= 6.0
    lead = next((key for key in reversed(keys) if key not in ("the", "a", "an", "its", "their", "this", "that")), "")
    if trigger >= 0 and lead in ("then", "and", "also", "plus", "finally"):
        score += 1.5
    if hit.first == first and hit.last == first and tokens[first].key in ASKING and tokens[first + 1].key != "out":
        score += 4.0
    after = tokens[hit.last + 1] if hit.last + 1 < len(tokens) else None
    closed = keys[-2:] in (["is", "the"], ["are", "the"]) and keys[-3:-2] != [] and keys[-3] not in ASKING
    if closed and after is not None and after.is_word and after.key not in PREPOSITIONS:
        score -= 5.0  # "is the flow choked?" asks for no value
    if keys[-1:] in (["that"], ["this"], ["these"], ["those"], ["same"]):
        score -= 4.0  # "to that level" speaks of what was said
    if lead in PREPOSITIONS:
        score -= 1.5 if lead == "of" else 3.0
    if hit.last + 1 < len(tokens) and tokens[hit.last + 1].text == ":" and not question:
        score -= 1.5
    if sum((token.text == "(") - (token.text == ")") for token in before) > 0 and not _unit_in_brackets(
        hit, tokens, units
    ):
        score -= 4.0
    return score


def _counted(
    units: Sequence[LoneUnit], tokens: Sequence[Token], hits: Sequence[Hit], lexicon: Lexicon, claimed: set[int]
) -> list[Ask]:
    """ "how many kg/h of steam", "how many minutes", "how much m2"."""
    found: list[Ask] = []
    for unit in units:
        if unit.counted:
            claimed.add(unit.start)
            found.extend(_by_unit(unit, tokens, hits, lexicon, before=0))
    return found


def _joined(chosen: list[Ask], found: list[Ask], tokens: Sequence[Token], units: Sequence[LoneUnit]) -> list[Ask]:
    """ "density and Z of ethylene": a name joined to an asked one is asked too."""
    kept = list(chosen)
    for ask, following in pairwise(found):
        if following in kept and ask not in kept and ask.score >= 0 and _linked(ask, following, tokens, units):
            kept.append(ask)
    for ask in found:
        if ask in kept or not kept:
            continue
        before = max((a for a in kept if a.start < ask.start), key=lambda a: a.start, default=None)
        if before is None or ask.score < 0:
            continue
        if _linked(before, ask, tokens, units):
            kept.append(ask)
    return kept


def _linked(left: Ask, right: Ask, tokens: Sequence[Token], units: Sequence[LoneUnit]) -> bool:
    """Whether only joining words and units stand between two names."""
    gap = [
        t for t in tokens if left.end <= t.start < right.start and not any(u.start <= t.start < u.end for u in units)
    ]
    words = [t.key for t in gap]
    return bool(words) and set(words) <= _JOINING and any(w in ("and", ",", "&", "plus", "/") for w in words)


def _share_first_word(asks: list[Ask], tokens: Sequence[Token], lexicon: Lexicon) -> None:
    """ "critical pressure and temperature" asks for the critical temperature."""
    asks.sort(key=lambda ask: ask.start)
    for before, ask in pairwise(asks):
        if not any(lexicon.registry.kinds[name].common for name in ask.kinds):
            continue
        gap = [t.key for t in tokens if before.end <= t.start < ask.start]
        words = [t.key for t in tokens if before.start <= t.start < before.end]
        own = [t.key for t in tokens if ask.start <= t.start < ask.end]
        if not gap or not set(gap) <= {"and", "&", ",", "the"} or len(words) < 2:
            continue
        entries = lexicon.phrases.get((words[0], *own), [])
        kinds = {entry.subject: 0.0 for entry in entries if entry.role == "name"}
        if kinds:
            ask.kinds = kinds


def _goes_on(asks: list[Ask], tokens: Sequence[Token], lexicon: Lexicon) -> list[Ask]:
    """ "galactic longitude and latitude": the second word takes the beginning of the first name."""
    found: list[Ask] = []
    starts = {ask.start for ask in asks}
    for ask in asks:
        words = [t.key for t in tokens if ask.start <= t.start < ask.end]
        after = [t for t in tokens if t.start >= ask.end][:2]
        if len(words) != 2 or len(after) != 2 or after[0].key not in ("and", "&") or after[1].start in starts:
            continue
        entries = lexicon.phrases.get((words[0], after[1].key), [])
        kinds = {entry.subject: 0.0 for entry in entries if entry.role == "name"}
        if kinds:
            text = f"{ask.text.split()[0]} {after[1].text}"
            found.append(Ask(text, after[1].start, tokens.index(after[1]), kinds, score=ask.score, end=after[1].end))
    return found


def _share_last_words(asks: list[Ask], tokens: Sequence[Token], lexicon: Lexicon) -> list[Ask]:
    """ "vapour and liquid rates": the first word takes the end of the second name."""
    found: list[Ask] = []
    for ask in asks:
        if ask.score >= 9.0 or ask.place < 2 or tokens[ask.place - 1].key not in ("and", "&", "or"):
            continue
        own = [t.key for t in tokens if ask.start <= t.start < ask.end and t.text != "-"]
        for length in (1, 2):
            lead = [t.key for t in tokens[ask.place - 1 - length : ask.place - 1]]
            for cut in range(1, len(own)):
                entries = lexicon.phrases.get((*lead, *own[cut:]), [])
                kinds = {entry.subject: 0.0 for entry in entries if entry.role == "name"}
                taken = any(other.place >= ask.place - 1 - length and other.place < ask.place for other in asks)
                if kinds and len(lead) == length and not taken and not found:
                    text = (
                        " ".join(t.text for t in tokens[ask.place - 1 - length : ask.place - 1])
                        + ask.text[ask.text.find(" ") :]
                    )
                    first = tokens[ask.place - 1 - length]
                    found.append(Ask(text, first.start, ask.place - 1 - length, kinds, score=ask.score, end=first.end))
    return found


_JOINING = frozenset({"and", ",", "&", "plus", "/", "the", "its", "also", "in", "(", ")", "[", "]", "then", "a", "an"})


def _weigh_units(asks: list[Ask], units: Sequence[LoneUnit], tokens: Sequence[Token], lexicon: Lexicon) -> list[Ask]:
    """A name with its unit right after it is asked for; with a unit of another dimension it means something else."""
    kept: list[Ask] = []
    for ask in asks:
        unit = next((u for u in units if not u.counted and u.marked and 0 <= u.start - ask.end <= 5), None)
        if unit is not None and ask.score < 9.0:
            if not _fits_any(unit.unit, ask, lexicon):
                continue
            ask.score += 3.0
        kept.append(ask)
    return kept


def _unclaimed(
    units: Sequence[LoneUnit],
    claimed: set[int],
    tokens: Sequence[Token],
    hits: Sequence[Hit],
    said: Sequence[Said],
    lexicon: Lexicon,
) -> list[Ask]:
    """ "Steam lb/h?", "how big, in m²": a unit that no asked name took asks by itself."""
    found: list[Ask] = []
    for unit in units:
        if unit.start not in claimed:
            found.extend(_by_unit(unit, tokens, hits, lexicon, before=6))
    return found


def _by_unit(
    unit: LoneUnit, tokens: Sequence[Token], hits: Sequence[Hit], lexicon: Lexicon, *, before: int
) -> list[Ask]:
    place = next((i for i, token in enumerate(tokens) if token.start >= unit.start), len(tokens) - 1)
    last = next((i for i, token in enumerate(tokens) if token.start >= unit.end), len(tokens))
    around = _around(tokens, place, last, before)
    near = [h for h in hits if h.first in around]
    named = {e.subject for h in near for e in h.entries if e.role in ("name", "hint")}
    spoken = {e.subject for h in hits for e in h.entries if e.role in ("name", "hint")}
    opened: set[str] = set()
    for index in around:
        opened |= lexicon.openings.get((tokens[index].key,), set())
    kinds: dict[str, float] = {}
    for kind in lexicon.by_dimension[dimension(unit.unit)]:
        if kind.name in named:
            kinds[kind.name] = 0.0
        elif kind.name in opened:
            kinds[kind.name] = 0.3
        elif kind.scale == "difference" or unit.unit == "percent":
            continue
        elif kind.common:
            kinds[kind.name] = 0.6
        elif kind.name in spoken:
            kinds[kind.name] = 1.6
    if any(cost <= 0.3 for cost in kinds.values()):  # the words beside it say which
        kinds = {name: cost if cost <= 0.3 else cost + 3.0 for name, cost in kinds.items()}
    if not kinds:
        words = " ".join(tokens[index].text for index in sorted(around) if index < place) or unit.unit
        return [Ask(words, unit.start, place, {}, unit.unit, score=9.0, end=unit.end)] if unit.marked else []
    said_too = [
        tokens[h.last].end for h in near if h.first >= last and {e.subject for e in h.of("name")} & kinds.keys()
    ]
    apart = _two_named(near, last, kinds, tokens)
    if apart:
        return [
            Ask(
                lexicon.registry.kinds[next(iter(one))].label,
                unit.start + n,
                place,
                dict(one),
                unit.unit,
                score=9.0,
                end=unit.end,
            )
            for n, one in enumerate(apart)
        ]
    label = lexicon.registry.kinds[min(kinds, key=lambda name: kinds[name])].label
    return [Ask(label, unit.start, place, kinds, unit.unit, score=9.0, end=max([unit.end, *said_too]))]


def _two_named(
    near: Sequence[Hit], last: int, kinds: dict[str, float], tokens: Sequence[Token]
) -> list[dict[str, float]]:
    """ "how many kmol/h of distillate and of bottoms" asks twice."""
    found: list[dict[str, float]] = []
    previous: Hit | None = None
    for hit in near:
        own = {entry.subject: 0.0 for entry in hit.of("name") if entry.subject in kinds}
        if hit.first < last or not own:
            continue
        if previous is not None and "and" not in {t.key for t in tokens[previous.last + 1 : hit.first]}:
            continue
        found.append(own)
        previous = hit
    return found if len(found) > 1 else []


def _around(tokens: Sequence[Token], place: int, last: int, before: int) -> set[int]:
    """The words a counted unit is said with: those after it, or the few before it, in one clause."""
    found: set[int] = set()
    if before:
        for index in range(place - 1, max(-1, place - 1 - before), -1):
            if tokens[index].text in (".", "?", "!", ";") or (
                found and tokens[index].text in (",", ")", "and", "&", "]")
            ):
                break
            if tokens[index].text not in (",", "(", "["):
                found.add(index)
    if found and (last >= len(tokens) or tokens[last].key not in ("of", "to", "for", "a", "the")):
        return found
    for index in range(last, min(len(tokens), last + 6)):
        if tokens[index].text in (".", "?", "!", ";", ",") or tokens[index].text[0].isdigit():
            break
        found.add(index)
    return found


def _in_units(
    asks: list[Ask], units: Sequence[LoneUnit], claimed: set[int], tokens: Sequence[Token], lexicon: Lexicon
) -> list[Ask]:
    """Give each asked name the unit written after it; a second unit of the same dimension is a second ask."""
    more: list[Ask] = []
    for unit in units:
        if unit.start in claimed:
            continue
        fitting = [ask for ask in asks if ask.start < unit.start and _fits_any(unit.unit, ask, lexicon)]
        if not fitting:
            continue
        free = [ask for ask in fitting if not ask.unit]
        nearest = fitting[-1]
        if nearest.unit and nearest.unit != unit.unit and unit.start - nearest.end < 40 and nearest not in free:
            between = [ask for ask in asks if nearest.start < ask.start < unit.start]
            if not between:
                more.append(
                    Ask(
                        nearest.text,
                        nearest.start + 1,
                        nearest.place,
                        dict(nearest.kinds),
                        unit.unit,
                        score=nearest.score,
                    )
                )
                claimed.add(unit.start)
                continue
        if not free:
            continue
        claimed.add(unit.start)
        for ask in free if unit.start - free[-1].end > 12 or (len(free) > 1 and _both(unit, free, asks)) else free[-1:]:
            ask.unit = unit.unit
            ask.end = max(ask.end, unit.end)
    for unit in units:  # "in bar: the pressure drop": a unit said before the name
        if unit.start in claimed:
            continue
        ahead = [
            a
            for a in asks
            if a.start > unit.start and not a.unit and a.start - unit.end < 60 and _fits_any(unit.unit, a, lexicon)
        ]
        if ahead:
            claimed.add(unit.start)
            ahead[0].unit = unit.unit
    return more


def _both(unit: LoneUnit, free: list[Ask], asks: list[Ask]) -> bool:
    """Whether a unit after a list is for the whole list: no asked name of another dimension stands between."""
    return all(ask in free for ask in asks if free[0].start <= ask.start < unit.start)


def _fits_any(unit: str, ask: Ask, lexicon: Lexicon) -> bool:
    units = [lexicon.registry.kinds[name].unit for name in ask.kinds]
    return any(u is not None and (same_dimension(unit, u) or _is_yearly(unit, u)) for u in units)


def _is_yearly(unit: str, kind_unit: str) -> bool:
    """ "yearly cost in USD": the year is in the name."""
    return bool(unit) and kind_unit.endswith("/year") and same_dimension(f"{unit} / year", kind_unit)


def _narrow(ask: Ask, lexicon: Lexicon) -> None:
    """A unit asked for decides among kinds of one name; wider kinds let narrower ones answer."""
    if ask.unit:
        if any(_is_yearly(ask.unit, lexicon.registry.kinds[name].unit or "") for name in ask.kinds):
            ask.unit += " / year"
        fitting = {
            name: cost
            for name, cost in ask.kinds.items()
            if (unit := lexicon.registry.kinds[name].unit) is not None and same_dimension(unit, ask.unit)
        }
        ask.kinds = fitting or ask.kinds
    for name in list(ask.kinds):
        for below in lexicon.descendants(name):
            ask.kinds.setdefault(below, ask.kinds[name] + 0.8)


def _place(ask: Ask, tokens: Sequence[Token], hits: Sequence[Hit], subjects: list[Subject]) -> None:
    """The thing and the state that words beside the asked name speak of."""
    last = next((h.last for h in hits if h.first == ask.place), ask.place)
    keys: list[object] = []
    for subject in subjects:
        for place in subject.places:
            before = 0 < ask.place - place <= 3 and not _stops(tokens[place + 1 : ask.place])
            gap = tokens[last + 1 : place]
            after = (
                0 < place - last <= 5 and not _stops(gap[1:]) and bool(gap) and gap[0].key in ("of", "for", "in", "(")
            )
            if before or after:
                ask.subject = subject.index if ask.subject is None or before else ask.subject
                if subject.value is not None:
                    keys.append(subject.value)
    for hit in hits:
        if 0 < hit.first - last <= 7 and not _stops(tokens[last + 1 : hit.first]):
            for entry in hit.of("hint"):
                if entry.subject in ask.kinds:
                    ask.kinds[entry.subject] -= 0.5
    lowest = min(ask.kinds.values(), default=0.0)
    if lowest < 0:
        ask.kinds = {name: cost - lowest for name, cost in ask.kinds.items()}
    ask.keys = tuple(keys)  # type: ignore[arg-type]  # subjects' values are names
    for hit in hits:
        roles = {entry.role for entry in hit.entries} & {"start", "end"}
        if len(roles) != 1:
            continue
        before = 0 < ask.place - hit.last <= 2 and not _stops(tokens[hit.last + 1 : ask.place])
        words = tokens[last + 1 : hit.first]
        after = 0 < hit.first - last <= 3 and not _stops(words) and "in" not in {token.key for token in words}
        if before or after:
            ask.state = 0 if "start" in roles else 1


def _stops(gap: Sequence[Token]) -> bool:
    return any(
        token.text in (",", ".", "?", ";", ":", "(", ")") or token.key == "and" or token.text[0].isdigit()
        for token in gap
    )


def _merge(asks: list[Ask], tokens: Sequence[Token], lexicon: Lexicon) -> list[Ask]:
    """ "at what temperature does water boil" asks once: the narrower name says which temperature."""
    dropped: set[int] = set()
    ordered = sorted(asks, key=lambda ask: ask.start)
    pairs = [pair for left, right in pairwise(ordered) for pair in ((left, right), (right, left))]
    for left, right in pairs:
        if id(left) in dropped or id(right) in dropped:
            continue
        wide = [name for name, cost in left.kinds.items() if cost == 0.0]
        narrow = [name for name, cost in right.kinds.items() if cost == 0.0]
        first, last = sorted((left.place, right.place))
        apart = any(t.text in (",", ".", "?", ";", "&") or t.key in ("and", "or") for t in tokens[first:last])
        if not apart and _widens(wide, narrow, lexicon):
            right.unit = right.unit or left.unit
            dropped.add(id(left))
    return [ask for ask in asks if id(ask) not in dropped]


def _widens(wide: list[str], narrow: list[str], lexicon: Lexicon) -> bool:
    """Whether the first kinds are a common one of the same dimension as the second, narrower ones."""
    kinds = lexicon.registry.kinds
    if not any(kinds[name].common for name in wide) or any(kinds[name].common for name in narrow):
        return False
    units = {kinds[name].unit for name in wide}
    return bool(narrow) and all(kinds[name].unit in units for name in narrow)


def _distinct(asks: list[Ask]) -> list[Ask]:
    """The same thing asked twice in other words is asked once, in the unit that was named."""
    kept: list[Ask] = []
    for ask in asks:
        twin = next(
            (
                other
                for other in kept
                if other.kinds.keys() == ask.kinds.keys()
                and (other.subject, other.state, other.keys) == (ask.subject, ask.state, ask.keys)
                and (not other.unit or not ask.unit or other.unit == ask.unit)
            ),
            None,
        )
        if twin is None:
            kept.append(ask)
        elif not twin.unit:
            twin.unit = ask.unit
    return kept
