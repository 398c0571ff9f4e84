"""Compositions as people write them: "equimolar benzene/toluene", "30% propane, 40% n-butane, 30% n-pentane (mol)".

The text is cut into tokens, each token is written as one letter, and the ways of writing a composition are patterns
over those letters. A composition counts only where its parts add up to one (or to a hundred per cent).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from collegia.domains.process_engineering.substances import WORDS, look_up
from collegia.tools import Found

__all__ = ["Composition", "find_mass_mixtures", "find_mixtures", "read_compositions"]


class Composition(NamedTuple):
    """A composition read from a text: where it stands, its parts by substance, and whether they are mass fractions."""

    start: int
    end: int
    parts: tuple[tuple[str, float], ...]
    by_mass: bool


class _Token(NamedTuple):
    code: str
    start: int
    end: int
    text: str
    values: tuple[float, ...] = ()
    basis: str = ""


_MARK = (
    r"\s*(?P<{0}>(?:(?:mol(?:e|ar)?|wt|mass|weight|vol)\.?[\s-]*(?:%|percent\b|pct\b|fraction\b)"
    r"|(?:%|percent\b|pct\b)(?:\s*\(?(?:mol(?:e|ar)?|w/w|wt|mass|vol)\b\)?)?))"
)
_TOKEN = re.compile(
    rf"(?P<ratio>(?<![\d.])\d+(?:\.\d+)?(?:\s?[/:]\s?\d+(?:\.\d+)?)+(?:{_MARK.format('ratio_mark')})?)"
    rf"|(?P<number>(?<![\d.])\d+(?:\.\d+)?(?![\d.]*\d)(?:{_MARK.format('mark')})?)"
    r"|(?P<equal>(?i:equi-?molar|equal[\s-]molar|equal\s+mol(?:e|ar)\s+(?:parts|amounts)|50-50))"
    r"|(?P<rest>(?i:(?:the\s+)?(?:balance|rest|remainder|remaining|bal\.)))"
    r"|(?P<join>(?i:and|with|plus)(?![A-Za-z])|[,;/&+:–-])"
    r"|(?P<in>(?i:in)(?![A-Za-z]))"
    r"|(?P<word>[A-Za-z][A-Za-z0-9'-]*[A-Za-z0-9]|[A-Za-z])"
    r"|(?P<sign>[()=])"
    r"|(?P<other>[^\s])"
)
_FILLERS = frozenset(
    [
        "a",
        "an",
        "of",
        "the",
        "is",
        "being",
        "x",
        "y",
        "z",
        "mol",
        "mole",
        "moles",
        "molar",
        "wt",
        "mass",
        "weight",
        "by",
        "basis",
        "fraction",
        "fractions",
        "composition",
        "ratio",
        "liquid",
        "vapour",
        "vapor",
        "feed",
        "mixture",
        "mix",
        "binary",
        "ternary",
        "stream",
        "system",
        "solution",
        "saturated",
        "gas",
        "blend",
        "parts",
    ]
)
_SAYS = frozenset({"containing", "contains", "has", "having", "comprising"})

# N number, Q ratio, S substance, u a word that may be one, E equimolar, R the rest, j join, i "in", f filler,
# w "containing", h "each".
_SHARE, _NAMED = "Nf*[Su]", "[Su]f*Nf*"
_NAMES = "[Su](?:j+f*[Su])+"
_WAYS = {
    "shares": re.compile(rf"{_SHARE}(?:[jf]*{_SHARE})+(?:[jf]*Rf*[Su]|[jf]*[Su]f*R)?f*"),
    "share_rest": re.compile(rf"{_SHARE}[jif]*Rf*[Su]f*|{_SHARE}[jf]*[Su]f*R"),
    "named": re.compile(rf"{_NAMED}(?:j*{_NAMED})+(?:j*(?:Rf*[Su]|[Su]f*R))?"),
    "named_rest": re.compile(rf"{_NAMED}j*(?:Rf*[Su]|[Su]f*R)"),
    "each": re.compile(rf"{_NAMES}[jf]*Nf*h|Nf*hf*{_NAMES}"),
    "ratio_first": re.compile(rf"Qf*{_NAMES}f*"),
    "ratio_last": re.compile(rf"{_NAMES}[jf]*Qf*"),
    "equal_first": re.compile(rf"Ef*{_NAMES}"),
    "equal_last": re.compile(rf"{_NAMES}[jf]*E"),
    "share_of_two": re.compile(rf"{_NAMES}[jfw]*{_SHARE}f*"),
    "share_in": re.compile(rf"{_SHARE}if*[Su]f*"),
}


@lru_cache(maxsize=1)
def _known() -> re.Pattern[str]:
    """Every listed substance, longest first; short formulae keep their case."""
    words = sorted(WORDS, key=len, reverse=True)
    parts = [re.escape(word) if len(word) < 5 and not word.islower() else f"(?i:{re.escape(word)})" for word in words]
    return re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(parts)})(?![A-Za-z0-9])")


@lru_cache(maxsize=1)
def _by_lower() -> dict[str, str]:
    return {word.lower(): str(value) for word, value in WORDS.items()}


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    for match in _known().finditer(text):
        yield from _plain_tokens(text, position, match.start())
        name = WORDS.get(match[0]) or _by_lower()[match[0].lower()]
        yield _Token("S", match.start(), match.end(), str(name))
        position = match.end()
    yield from _plain_tokens(text, position, len(text))


def _plain_tokens(text: str, start: int, end: int) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text, start, end):
        kind, span = match.lastgroup, match[0]
        if match["ratio"]:
            mark = match["ratio_mark"] or ""
            bare = match["ratio"][: len(match["ratio"]) - len(mark)]
            values = tuple(float(part) for part in re.findall(r"\d+(?:\.\d+)?", bare))
            yield _Token("Q", *match.span(), span, values, mark)
        elif match["number"]:
            mark = match["mark"] or ""
            value = float(match["number"][: len(match["number"]) - len(mark)])
            yield _Token("N", *match.span(), span, (value,), mark)
        elif kind == "word":
            low = span.lower()
            long = sum(character.isalpha() for character in span) >= 5
            code = "f" if low in _FILLERS else "w" if low in _SAYS else "h" if low == "each" else "u" if long else "x"
            yield _Token(code, *match.span(), span)
        else:
            code = {"equal": "E", "rest": "R", "join": "j", "in": "i", "sign": "f"}.get(kind or "", "x")
            yield _Token(code, *match.span(), span)


def read_compositions(text: str) -> tuple[Composition, ...]:
    """The compositions written in a text, in order, none overlapping another."""
    tokens = list(_tokens(text))
    codes = "".join(token.code for token in tokens)
    found: list[Composition] = []
    for way, pattern in _WAYS.items():
        for match in pattern.finditer(codes):
            composition = _compose(way, tokens[match.start() : match.end()])
            if composition and not any(composition.start < o.end and o.start < composition.end for o in found):
                found.append(composition)
    return tuple(sorted(found))


def _compose(way: str, tokens: list[_Token]) -> Composition | None:
    names = [token for token in tokens if token.code in "Su"]
    values = [value for token in tokens if token.code in "NQ" for value in token.values]
    basis = " ".join(token.basis or (token.text if token.code == "f" else "") for token in tokens).lower()
    if "vol" in basis or not any(token.code == "S" for token in names):
        return None
    if way in ("shares", "share_rest", "named", "named_rest"):
        parts = _spread(tokens, names, values)
    elif way.startswith("equal"):
        parts = [1 / len(names)] * len(names)
    elif way == "each":
        parts = values * len(names)
    elif way.startswith("ratio"):
        parts = values if len(values) == len(names) else None
    elif way == "share_in":
        parts = _rest_of_two(tokens, values)
    else:
        if len(names) != 3 or names[2].text not in (names[0].text, names[1].text):
            return None
        own = _rest_of_two(tokens, values)
        parts = own and (own if names[2].text == names[0].text else own[::-1])
        names = names[:2]
    shares = _normal(parts) if parts else None
    resolved = _resolve(names) if shares else None
    if not shares or not resolved:
        return None
    last = max(index for index, token in enumerate(tokens) if token.code != "f" or token.text == ")")
    by_mass = bool(re.search(r"\b(?:wt|mass|weight|w/w)", basis))
    return Composition(tokens[0].start, tokens[last].end, tuple(zip(resolved, shares, strict=True)), by_mass)


def _spread(tokens: list[_Token], names: list[_Token], values: list[float]) -> list[float] | None:
    """The parts in the order of the names, the one said to be the rest filled in."""
    if not any(token.code == "R" for token in tokens):
        return values if len(values) == len(names) else None
    if len(values) != len(names) - 1:
        return None
    whole = 100.0 if any(token.basis and "fraction" not in token.basis for token in tokens) else 1.0
    rest = whole - sum(values)
    return [*values, rest] if rest > 0 else None


def _rest_of_two(tokens: list[_Token], values: list[float]) -> list[float] | None:
    """The stated share of one of two, and what is left for the other; a bare number is no share."""
    if len(values) != 1 or not any(token.basis for token in tokens):
        return None
    whole = 1.0 if any("fraction" in token.basis for token in tokens) else 100.0
    return [values[0], whole - values[0]] if 0 < values[0] < whole else None


def _normal(parts: list[float]) -> list[float] | None:
    """Fractions that add up to one, None where the parts are no composition. Thirds may be rounded (33/33/33)."""
    total = sum(parts)
    if min(parts) < 0 or len(parts) < 2:
        return None
    if abs(total - 1) <= 0.0101 or abs(total - 100) <= 1.01:
        return [part / total for part in parts]
    return None


def _resolve(names: list[_Token]) -> list[str] | None:
    resolved = [token.text if token.code == "S" else look_up(token.text) for token in names]
    known = [name for name in resolved if name is not None]
    return known if len(known) == len(names) and len(set(known)) == len(known) else None


def find_mixtures(text: str) -> Iterator[Found]:
    """Compositions in mole fractions: a tuple of (substance, mole fraction) pairs."""
    for composition in read_compositions(text):
        if not composition.by_mass:
            yield Found(composition.start, composition.end, composition.parts)


def find_mass_mixtures(text: str) -> Iterator[Found]:
    """Compositions in mass fractions ("40 wt% ethanol in water"): a tuple of (substance, mass fraction) pairs."""
    for composition in read_compositions(text):
        if composition.by_mass:
            yield Found(composition.start, composition.end, composition.parts)
