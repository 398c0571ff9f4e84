"""Which kind a value is of: by the names and hints that stand beside it, and by its unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from collegia.agents.reading.lend import TIGHT, lend_beside_places, lend_by_name, lend_units, take_back_units
from collegia.agents.reading.lexicon import Entry, Hit, Lexicon
from collegia.agents.reading.tokens import Token
from collegia.agents.reading.types import Misfit, Said
from collegia.agents.reading.words import ASKING, BREAKS, CONNECT, PREPOSITIONS
from collegia.tools.kinds import Kind
from collegia.tools.quantities import Measure, fits
from collegia.tools.units import dimension, parse_unit

__all__ = ["COMMON", "PLAUSIBLE", "TIGHT", "UNSUPPORTED", "Attachment", "attach"]


_REACH = 40
"""Words further from a value than this say nothing of it."""

COMMON = 0.2
"""The cost of taking a bare value for the common kind of its dimension: 60 m³/h is a volume flow."""

WIDER = 3.4
"""The cost of taking a named value for the wider kind: a relieving pressure is a pressure."""

PLAUSIBLE = 5.0
"""The cost of taking a bare value for a narrower kind of the common one: 50 m for the length of a pipe."""

UNSUPPORTED = 8.0
"""The cost of taking a value for a kind that nothing but its dimension speaks for: dearer than several steps."""


@dataclass(slots=True)
class Attachment:
    """What attaching found, beside the candidate kinds it wrote into the said values."""

    owner: dict[int, int]
    """Name hit (by first token) -> the said value it names."""
    misfits: list[Misfit]


def attach(said: list[Said], hits: Sequence[Hit], tokens: Sequence[Token], lexicon: Lexicon) -> Attachment:
    """Score every value against the names and hints around it, and write its candidate kinds."""
    measures = [item for item in said if item.measure is not None]
    taken = {item.first: item for item in measures}
    scores: dict[int, dict[str, float]] = {item.index: {} for item in measures}
    found = Attachment({}, [])
    names = [hit for hit in hits if hit.of("name")]
    lend_beside_places(measures, hits, tokens, lexicon)
    links = [
        (score, hit, item, before)
        for hit in names
        for item in measures
        if abs(hit.first - item.first) <= _REACH
        for score, before in [_closeness(hit, item, tokens, taken)]
        if score > 0
    ]
    take_back_units(links, lexicon)
    lend_units(links, tokens, lexicon)
    lend_by_name(links, tokens, lexicon)
    links.sort(key=lambda link: (-link[0], -(link[1].last - link[1].first), link[1].first))
    for score, hit, item, before in links:
        owner = found.owner.get(hit.first)
        if owner is not None and owner != item.index:
            continue
        best = max(scores[item.index].values(), default=0.0)
        if best >= TIGHT and best > score + 0.4:
            continue  # another name stands closer: this one speaks of something else
        fitting = [entry for entry in hit.of("name") if fits(item.measure, lexicon.registry.kinds[entry.subject])]  # type: ignore[arg-type]  # measures only
        if not fitting:
            if (
                item.measure is not None
                and item.measure.unit is None
                and before
                and score >= 9.7
                and _needs_unit(hit, tokens, item, lexicon)
            ):
                phrase = " ".join(token.text for token in tokens[hit.first : hit.last + 1])
                found.misfits.append(Misfit(phrase, hit.of("name")[0].subject, item.text, ""))
            if before and score >= TIGHT and (misfit := _misfit(hit, item, tokens, lexicon)):
                found.misfits.append(misfit)
            continue
        for entry in fitting:
            known = scores[item.index].get(entry.subject, 0.0)
            scores[item.index][entry.subject] = max(known, score + 0.1 * (hit.last - hit.first))
        if score >= TIGHT - 2:
            found.owner[hit.first] = item.index
    free = [hit for hit in hits if hit.first not in found.owner]
    for hit in hits:
        if (index := found.owner.get(hit.first)) is not None:
            owner_only = [item for item in measures if item.index == index]
            _hints(owner_only, [hit], tokens, taken, scores, lexicon)
    _hints(measures, free, tokens, taken, scores, lexicon)
    _continue_lists(measures, tokens, scores, lexicon)
    _continue_others(measures, tokens, scores, lexicon)
    _continue_changes(measures, tokens, scores)
    for item in measures:
        _candidates(item, scores[item.index], lexicon)
    return found


def _closeness(hit: Hit, item: Said, tokens: Sequence[Token], taken: dict[int, Said]) -> tuple[float, bool]:
    """How closely a name stands to a value, and whether before it."""
    if hit.last < item.first:
        gap: Sequence[Token] = _plain(tokens[hit.last + 1 : item.first])
        if len(gap) > 2 and gap[0].text == "(" and [token.text for token in gap[-2:]] == [")", "="]:
            return 9.9, True  # "k (50 °C) = 0.005 1/s"
        if any(index in taken for index in range(hit.last + 1, item.first)) or _broken(gap):
            return 0.0, True
        if len(gap) <= 4 and all(token.key in CONNECT for token in gap):
            return 10.0 - 0.1 * len(gap), True
        commas = sum(token.text in ",()" for token in gap)
        return max(0.0, 6.5 - 0.7 * len(gap) - 2.0 * commas), True
    if item.last < hit.first:
        gap = tokens[item.last + 1 : hit.first]
        if any(index in taken for index in range(item.last + 1, hit.first)) or _broken(gap):
            return 0.0, False
        words = [token.text for token in gap]
        if not words:
            return 9.4 + 0.4 * (hit.last - hit.first), False
        if words in (["of"], ["in"], ["("], ["-"], ["of", "the"], ["("]):
            return 8.8, False
        if any(word in ",()=:" for word in words) or words[0] in ("and", "or", "at", "with", "for", "from", "through"):
            return max(0.0, 2.0 - 0.5 * len(words)), False
        return max(0.0, 7.6 - 1.2 * len(words)), False
    return 0.0, False


def _plain(gap: Sequence[Token]) -> list[Token]:
    """A gap without a bracketed symbol: the `(mu)` of "viscosity (mu) = 1 cP"."""
    kept = list(gap)
    for index in range(len(kept) - 2):
        if kept[index].text == "(" and kept[index + 2].text == ")":
            return kept[:index] + kept[index + 3 :]
    return kept


def _broken(gap: Sequence[Token]) -> bool:
    return any(token.text in BREAKS for token in gap)


def _needs_unit(hit: Hit, tokens: Sequence[Token], item: Said, lexicon: Lexicon) -> bool:
    """Whether a bare number is said to be a value that has a unit: "pressure = 5"."""
    gap = [token.key for token in tokens[hit.last + 1 : item.first]]
    article = hit.first > 0 and tokens[hit.first - 1].key in ("a", "an", "with", "at")
    said_so = "=" in gap or not gap or (article and gap == ["of"])
    kinds = [lexicon.registry.kinds[entry.subject] for entry in hit.of("name")]
    return said_so and all(kind.unit not in (None, "") for kind in kinds)


def _misfit(hit: Hit, item: Said, tokens: Sequence[Token], lexicon: Lexicon) -> Misfit | None:
    """A name said to *have* a value whose unit cannot be its own: "a velocity of 3 kg/s"."""
    gap = [token.key for token in tokens[hit.last + 1 : item.first]]
    article = hit.first > 0 and tokens[hit.first - 1].key in ("a", "an", "with", "at")
    listed = hit.first > 1 and tokens[hit.first - 1].text == "," and tokens[hit.first - 2].key not in ASKING
    listed = listed and not gap and _is_common(hit, lexicon) and tokens[hit.first - 2].text not in (":", ".")
    said_so = (
        (listed and _after_a_value(hit, tokens))
        or "=" in gap
        or ("is" in gap and "at" not in gap)
        or ("of" in gap and article)
        or (not gap and article)
    )
    if not said_so or item.measure is None or item.measure.unit is None:
        return None
    entry: Entry = hit.of("name")[0]
    kind = lexicon.registry.kinds[entry.subject]
    if kind.unit is None or (kind.unit == "" and item.measure.unit.text):
        return None
    phrase = " ".join(token.text for token in tokens[hit.first : hit.last + 1])
    return Misfit(phrase, kind.name, item.text, item.measure.unit.text)


def _is_common(hit: Hit, lexicon: Lexicon) -> bool:
    return any(lexicon.registry.kinds[entry.subject].common for entry in hit.of("name"))


def _after_a_value(hit: Hit, tokens: Sequence[Token]) -> bool:
    """Whether a list of values goes on with this name: "998 kg/m³, viscosity 3 bar"."""
    before = tokens[max(0, hit.first - 6) : hit.first - 1]
    return any(token.text[0].isdigit() for token in before)


def _hints(
    measures: list[Said],
    hits: Sequence[Hit],
    tokens: Sequence[Token],
    taken: dict[int, Said],
    scores: dict[int, dict[str, float]],
    lexicon: Lexicon,
) -> None:
    for hit in hits:
        hinted = hit.of("hint")
        if not hinted:
            continue
        for item in measures:
            if item.measure is None or item.measure.unit is None or abs(hit.first - item.first) > _REACH:
                continue
            score = _hint_score(hit, item, tokens, taken)
            for entry in hinted:
                if score > 0 and fits(item.measure, lexicon.registry.kinds[entry.subject]):
                    known = scores[item.index].get(entry.subject, 0.0)
                    scores[item.index][entry.subject] = max(known, score)


def _hint_score(hit: Hit, item: Said, tokens: Sequence[Token], taken: dict[int, Said]) -> float:
    if item.last < hit.first:
        gap = tokens[item.last + 1 : hit.first]
        if any(index in taken for index in range(item.last + 1, hit.first)) or _broken(gap):
            return 0.0
        commas = sum(token.text in ",;:()" for token in gap)
        return max(0.0, 7.0 - 0.8 * len(gap) - 4.0 * commas)
    gap = tokens[hit.last + 1 : item.first]
    if _broken(gap):
        return 0.0
    if gap and gap[-1].key == "by" and tokens[hit.first].text.lower() not in PREPOSITIONS:
        return 6.0 if [token.key for token in gap].count("by") == 1 else 0.0  # "raise 2 kg/s of it by 18 m"
    crossed = {index for index in range(hit.last + 1, item.first) if index in taken}
    if crossed:
        inside = {i for start in crossed for i in range(taken[start].first, taken[start].last + 1)}
        rest = [tokens[i].text for i in range(hit.last + 1, item.first) if i not in inside]
        return 4.8 - 0.3 * len(crossed) if all(word in (",", "and", "of", "(") for word in rest) else 0.0
    if [token.text for token in gap] == [","]:
        return 4.6  # "glass beads, 80 µm"
    commas = sum(token.text in ",;()" for token in gap)
    return max(0.0, 5.5 - 0.6 * len(gap) - 2.0 * commas)


def _continue_lists(
    measures: list[Said], tokens: Sequence[Token], scores: dict[int, dict[str, float]], lexicon: Lexicon
) -> None:
    """The second of "1500 and 800 W/m2K" or "20 to 80 °C" is of the kind of the first."""
    for left, right in pairwise(measures):
        gap = [token.text for token in tokens[left.last + 1 : right.first]]
        if len(gap) == 2 and gap[1] in ("at", "of", "then", "for"):
            gap = gap[:1]
        if left.measure is None or right.measure is None or len(gap) > 1 or not scores[left.index]:
            continue
        if gap and gap[0] not in ("and", "or", "to", "->", "→", "=>", "/", "-", "&", "versus", "vs", ","):
            continue
        own = max(scores[right.index].values(), default=0.0)
        for kind, score in scores[left.index].items():
            if score > own + 1 and fits(right.measure, lexicon.registry.kinds[kind]) and gap != [","]:
                scores[right.index][kind] = score - 0.6


def _continue_others(
    measures: list[Said], tokens: Sequence[Token], scores: dict[int, dict[str, float]], lexicon: Lexicon
) -> None:
    """ "film 264 W/m2K on one side, 141 W/m2K on the other": the other is of the kind of the one."""
    for left, right in pairwise(measures):
        words = {
            token.key for token in [*tokens[left.last + 1 : right.first], *tokens[right.last + 1 : right.last + 5]]
        }
        if "other" not in words or max(scores[right.index].values(), default=0.0) >= 6.0 or right.measure is None:
            continue
        for kind, score in scores[left.index].items():
            if score >= 5.0 and fits(right.measure, lexicon.registry.kinds[kind]):
                scores[right.index][kind] = score - 1.0


def _continue_changes(measures: list[Said], tokens: Sequence[Token], scores: dict[int, dict[str, float]]) -> None:
    """ "the zaff goes from 0.2 1/s at 310 K to 0.5 1/s at 335 K": what it goes to is of the kind it comes from."""
    for right in measures:
        lead = tokens[right.first - 1].key if right.first else ""
        if lead != "to" or right.measure is None or max(scores[right.index].values(), default=0.0) >= TIGHT:
            continue
        alike = [m for m in measures if m.first < right.first and m.measure and m.measure.unit == right.measure.unit]
        left = alike[-1] if alike else None
        if left is None or tokens[left.first - 1].key != "from" or _broken(tokens[left.first : right.first]):
            continue
        for kind, score in scores[left.index].items():
            if score >= 4.0:
                scores[right.index][kind] = max(scores[right.index].get(kind, 0.0), score - 0.2)


def _candidates(item: Said, scores: dict[str, float], lexicon: Lexicon) -> None:
    """Turn scores into costs over every kind of the value's dimension."""
    assert item.measure is not None  # noqa: S101 - only measures come here
    bare = item.measure.unit is None
    unit = item.measure.unit.text if item.measure.unit else ""
    pointlike = unit in ("degree_Celsius", "degree_Fahrenheit") or bool(item.measure.pair)
    kinds = lexicon.by_dimension[dimension(item.measure.unit.text if item.measure.unit else "")]
    _by_own_unit(item.measure, kinds, scores)
    best = max(scores.values(), default=0.0)
    item.named = best >= 4.0
    costs: dict[str, float] = {}
    for kind in kinds:
        if not fits(item.measure, kind):
            continue
        cost = _cost(kind, scores, best, lexicon, bare=bare, pointlike=pointlike, paired=bool(item.measure.pair))
        if cost is not None:
            costs[kind.name] = cost
    item.kinds = costs


def _cost(
    kind: Kind, scores: dict[str, float], best: float, lexicon: Lexicon, *, bare: bool, pointlike: bool, paired: bool
) -> float | None:
    if kind.scale == "difference" and paired:
        return None  # "from 5 bar to 3 bar" states two points
    own = scores.get(kind.name)
    if own is not None and own >= best - (1.5 if best >= TIGHT else 3.5):
        return _price(own) + max(0.0, best - own - 0.2)
    for distance, upper in enumerate(kind.lineage()[1:], 1):
        if (score := scores.get(upper)) is not None and score >= best - 1.0:
            return _price(score) + 0.8 * distance
    if best >= 4 and any(
        score >= best and kind.name in lexicon.registry.kinds[name].lineage() for name, score in scores.items()
    ):
        return WIDER
    if best >= TIGHT or bare:
        return None  # it is called something else, or it is a plain number that nothing names
    if kind.scale == "difference" and pointlike:
        return None  # 60 °C is a temperature unless something beside it says that it is a difference
    if kind.common:
        return COMMON if best < 4 else COMMON + 1.2
    if best < 4 and kind.parent is not None and kind.parent.common:
        return PLAUSIBLE
    return UNSUPPORTED


def _by_own_unit(measure: Measure, kinds: Sequence[Kind], scores: dict[str, float]) -> None:
    """A unit that one kind alone is told in speaks for that kind: the h/year of a running time."""
    if measure.unit is None or measure.unit.text in ("", "percent", "ppm"):
        return
    own = [kind.name for kind in kinds if any(parse_unit(shown).text == measure.unit.text for shown in kind.show)]
    if len(own) == 1 and dimension(measure.unit.text) == dimension(""):
        scores[own[0]] = max(scores.get(own[0], 0.0), 7.0)


def _price(score: float) -> float:
    """What evidence of this strength costs; weak evidence soon costs as much as none."""
    return max(0.0, (9.5 - score) * 0.25) + max(0.0, 5.0 - score) * 0.8
