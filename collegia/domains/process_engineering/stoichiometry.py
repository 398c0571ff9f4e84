"""Reaction equations as people write them, and the substances behind their formulae."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from collegia.domains.process_engineering.substances import WORDS, chemicals_id, look_up
from collegia.errors import NoData, OutOfRange, Unclear
from collegia.tools import Found

__all__ = ["GRAPHITE", "Reaction", "balanced", "elements", "find_reactions", "substance_of"]

Reaction = tuple[tuple[str, float, str], ...]
"""(formula or name as written, coefficient, phase mark) triples; reactants have negative coefficients."""

GRAPHITE = "graphite"
"""The solid carbon that "C" stands for in a reaction; its enthalpy of formation is zero."""

_ARROW = r"(?:→|⟶|⇌|⇄|↔|-+>|=+>|<-+>|<=+>|=)"
_PHASE = r"(?:\s*\((?:g|l|s|aq|gas|liq|liquid)\))?"
_FORMULA = r"(?:[A-Z][a-z]?\d*|\((?:[A-Z][a-z]?\d*)+\)\d*)+"
_TERM = rf"(?:\d/\d|\d+(?:\.\d+)?|½)?\s*(?:{_FORMULA}{_PHASE})(?![A-Za-z0-9])"
_SIDE = rf"{_TERM}(?:\s*\+\s*{_TERM})*"
_REACTION = re.compile(rf"(?<![A-Za-z0-9.(+])({_SIDE})\s*{_ARROW}\s*({_SIDE})")
_SECOND_WORD = r"(?: (?:oxide|dioxide|monoxide|acid|chloride|sulfide|alcohol|glycol|acetate))?"
_NAME = rf"(?:\d/\d\s+|\d+(?:\.\d+)?\s+|½\s*)?[a-z][a-z0-9,'-]*{_SECOND_WORD}"
_NAMED = re.compile(rf"\b({_NAME}(?:\s\+\s{_NAME})*)\s*(?:→|⟶|⇌|⇄|-+>|=+>)\s*({_NAME}(?:\s\+\s{_NAME})*)")
_ONE = re.compile(r"\s*(?P<count>\d/\d|\d+(?:\.\d+)?|½)?\s*(?P<what>.+?)\s*$")
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")

# Formulae that show a structure, and sum formulae that engineers use for one substance.
_FORMULAE = {
    "C2H5OH": "ethanol", "CH3CH2OH": "ethanol", "CH3OH": "methanol", "CH3COOH": "acetic acid", "HCOOH": "formic acid",
    "CH3CHO": "acetaldehyde", "HCHO": "formaldehyde", "CH2O": "formaldehyde", "CH3COCH3": "acetone",
    "CH3OCH3": "dimethyl ether",
    "C2H5OC2H5": "diethyl ether", "C6H5OH": "phenol", "C6H5CH3": "toluene", "C6H5NH2": "aniline",
    "C6H5Cl": "chlorobenzene",
    "C6H5NO2": "nitrobenzene", "C6H5C2H5": "ethylbenzene", "C6H5C2H3": "styrene", "C8H8": "styrene",
    "C7H8": "toluene",
    "C6H6": "benzene", "CH3COOC2H5": "ethyl acetate", "CH3COOCH3": "methyl acetate", "C2H5NH2": "ethylamine",
    "CH3NH2": "methylamine", "CH3Cl": "chloromethane", "CH2Cl2": "dichloromethane", "CHCl3": "chloroform",
    "CCl4": "carbon tetrachloride", "C2H3Cl": "vinyl chloride", "CH2CHCl": "vinyl chloride",
    "C2H4Cl2": "1,2-dichloroethane",
    "CH2CH2": "ethylene", "CH2ClCH2Cl": "1,2-dichloroethane", "HOCH2CH2OH": "ethylene glycol", "CH3CH3": "ethane",
    "CH3CHCH2": "propylene", "CH3CN": "acetonitrile", "HCN": "hydrogen cyanide", "NO": "nitric oxide",
    "CS2": "carbon disulfide",
    "COCl2": "phosgene", "N2H4": "hydrazine", "C": GRAPHITE, "CO(NH2)2": "urea",
    "NH2CONH2": "urea",
}  # fmt: skip
_ISOMERS = {
    "C2H6O": "ethanol (C2H5OH) or dimethyl ether (CH3OCH3)", "C2H4O": "ethylene oxide or acetaldehyde (CH3CHO)",
    "C4H10": "n-butane or isobutane", "C5H12": "n-pentane, isopentane or neopentane",
    "C4H8": "1-butene, 2-butene or isobutene",
    "C3H8O": "1-propanol or isopropanol", "C3H6O": "acetone, propionaldehyde or propylene oxide",
    "C8H10": "a xylene or ethylbenzene",
    "C6H14": "n-hexane or an isomer of it", "C4H10O": "a butanol or diethyl ether",
    "C2H4O2": "acetic acid or methyl formate",
    "C7H16": "n-heptane or an isomer of it", "C8H18": "n-octane or isooctane", "C4H6": "1,3-butadiene or a butyne",
    "C3H4": "propyne or propadiene", "C6H12": "cyclohexane or a hexene", "C5H10": "cyclopentane or a pentene",
}  # fmt: skip


def find_reactions(text: str) -> Iterator[Found]:
    """Reactions: "CH4 + 2 O2 -> CO2 + 2 H2O", "N2 + 3H2 = 2NH3", "ethylene + water → ethanol".

    A plain "=" counts only where both sides hold formulae of real elements and one side is a sum,
    so that "CO = 5" or an
    equation of symbols is no reaction.
    """
    plain = text.translate(_SUBSCRIPTS)
    for match in _REACTION.finditer(plain):
        terms = _terms(match[1], -1) + _terms(match[2], 1)
        if len(terms) >= 2 and all(elements(name) for name, _, _ in terms) and (len(terms) > 2 or "=" not in match[0]):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield Found(start, match.end(), tuple(terms))
    for match in _NAMED.finditer(plain):
        terms = _terms(match[1], -1) + _terms(match[2], 1)
        if all(name in WORDS or look_up(name) for name, _, _ in terms):
            yield Found(match.start(), match.end(), tuple(terms))


def _terms(side: str, sign: int) -> list[tuple[str, float, str]]:
    found = []
    for part in side.split("+"):
        match = _ONE.fullmatch(part)
        if match is None:
            continue
        phase = re.search(r"\s*\((g|l|s|aq|gas|liq|liquid)\)$", match["what"])
        name = match["what"][: phase.start()] if phase else match["what"]
        found.append((name, sign * _count(match["count"]), phase[1] if phase else ""))
    return found


def _count(text: str | None) -> float:
    if not text:
        return 1.0
    if text == "½":
        return 0.5
    above, _, below = text.partition("/")
    return float(above) / float(below or 1)


_ELEMENTS = frozenset(
    [
        "H",
        "He",
        "Li",
        "Be",
        "B",
        "C",
        "N",
        "O",
        "F",
        "Ne",
        "Na",
        "Mg",
        "Al",
        "Si",
        "P",
        "S",
        "Cl",
        "Ar",
        "K",
        "Ca",
        "Ti",
        "V",
        "Cr",
        "Mn",
        "Fe",
        "Co",
        "Ni",
        "Cu",
        "Zn",
        "Ga",
        "Ge",
        "As",
        "Se",
        "Br",
        "Kr",
        "Rb",
        "Sr",
        "Zr",
        "Mo",
        "Pd",
        "Ag",
        "Cd",
        "Sn",
        "Sb",
        "I",
        "Xe",
        "Cs",
        "Ba",
        "W",
        "Pt",
        "Au",
        "Hg",
        "Pb",
        "Bi",
        "U",
    ]
)


def elements(formula: str) -> Counter[str]:
    """The atoms of a formula; empty where it is none."""
    counted: Counter[str] = Counter()
    opened = re.compile(r"\(([^()]*)\)(\d*)")
    flat = formula
    while match := opened.search(flat):
        flat = flat[: match.start()] + match[1] * int(match[2] or 1) + flat[match.end() :]
    parts = re.findall(r"([A-Z][a-z]?)(\d*)", flat)
    if "".join(symbol + number for symbol, number in parts) != flat or any(s not in _ELEMENTS for s, _ in parts):
        return Counter()
    for symbol, number in parts:
        counted[symbol] += int(number or 1)
    return counted


def substance_of(term: str) -> str:
    """The substance that a formula or a name in a reaction stands for.

    Raises:
        Unclear: the formula fits several isomers.
        NoData: it is no known substance.
    """
    named = _FORMULAE.get(term)
    if named:
        return named
    if term in _ISOMERS:
        raise Unclear(f"{term} in the reaction: {_ISOMERS[term]}? Write it by name or by its structure.")
    listed = WORDS.get(term)
    if listed is not None:
        return str(listed)
    found = look_up(term) if not elements(term) else None
    if found is None:
        raise NoData(f"{term} in the reaction is no substance known here: write it by name")
    return found


def balanced(reaction: Reaction) -> Reaction:
    """The reaction with every term replaced by its substance's name, once its elements are seen to balance.

    Raises:
        OutOfRange: they do not balance; the message names the elements.
        Unclear, NoData: as `substance_of` does.
    """
    totals: dict[str, float] = {}
    resolved = []
    for term, count, phase in reaction:
        name = substance_of(term)
        resolved.append((name, float(count), phase))
        for symbol, number in (elements(term) or elements(_formula(name))).items():
            totals[symbol] = totals.get(symbol, 0.0) + count * number
    wrong = sorted(symbol for symbol, total in totals.items() if abs(total) > 1e-9)
    if wrong:
        raise OutOfRange(f"the reaction is not balanced: {', '.join(wrong)} differ between its sides")
    return tuple(resolved)


def _formula(substance: str) -> str:
    from chemicals import search_chemical

    return str(search_chemical(chemicals_id(substance)).formula)
