"""Kinds of calculations that need no physics, and of molecules: equations, unit conversions, SMILES."""

from __future__ import annotations

import re
from collections.abc import Iterator

from collegia.domains.process_engineering.expressions import find_equations, find_intervals
from collegia.tools import Found, Kind

__all__ = [
    "equation", "equation_root", "equation_roots", "hydrogen_bond_acceptors",
    "hydrogen_bond_donors",
    "interval", "log_p", "molecular_formula", "polar_surface_area", "ring_count", "rotatable_bonds", "smiles",
]  # fmt: skip


equation = Kind("equation", None, names=("equation",), find=find_equations)
interval = Kind("interval", None, names=("interval", "bracket"), find=find_intervals)
equation_roots = Kind(
    "equation_roots", "",
    names=("roots", "solutions", "zeros", "zeroes", "solve", "all roots", "real roots", "roots of the equation",
           "solution set"),
)  # fmt: skip
equation_root = Kind(
    "equation_root",
    "",
    names=("root", "solve", "solution", "zero", "solution of the equation", "value of x", "positive root"),
)

# A SMILES string: what follows the word, or a token that only a SMILES string can be.
_SMILES = re.compile(
    r"\bSMILES\b(?:\s+(?:string|code|notation))?\s*(?:is|of|for|:|=)?\s*[\"'`“(]?(?P<text>[A-Za-z0-9@+\-\[\]()=#$%/\\.:*]+)",
    re.I,
)
_PLAIN_WORD = re.compile(r"[A-Za-z]?[a-z]+[.:]?")
_ATOMS = re.compile(r"(?:Cl|Br|[BCNOPSFI]|[bcnops]|\[[^\]\s]+\]|[-=#$:/\\@+.()%\d*])+")
_TOKEN = re.compile(r"(?<!\S)[\"'`“]?(?P<text>[A-Za-z0-9@+\-\[\]()=#$%/\\.]{5,})[\"'`”]?(?=[\s,;.?!]|$)")


def _find_smiles(text: str) -> Iterator[Found]:
    """A SMILES string after the word "SMILES", or one that shows by its brackets, bonds and ring numbers."""
    seen: list[tuple[int, int]] = []
    for match in _SMILES.finditer(text):
        found = _closed(match["text"])
        if (
            found
            and _ATOMS.fullmatch(found)
            and not (_PLAIN_WORD.fullmatch(found) and found.islower() and len(found) < 4)
        ):
            seen.append((match.start("text"), match.start("text") + len(found)))
            yield Found(*seen[-1], found)
    for match in _TOKEN.finditer(text):
        found = _closed(match["text"])
        span = match.start("text"), match.start("text") + len(found)
        bonds = re.search(r"[A-Za-z]\(=?[A-Z]|[=#][A-Z]|[cn]1|C1", found)
        if bonds and _ATOMS.fullmatch(found) and not any(a < span[1] and span[0] < b for a, b in seen):
            yield Found(*span, found)


def _closed(text: str) -> str:
    """The text without a sentence's punctuation at its end, and without a bracket that was opened before it."""
    text = text.rstrip(".:,;")
    while text.endswith(")") and text.count(")") > text.count("("):
        text = text[:-1]
    return text


smiles = Kind("smiles", None, names=("SMILES string", "structure"), find=_find_smiles)
molecular_formula = Kind(
    "molecular_formula",
    None,
    names=("molecular formula", "formula", "chemical formula", "sum formula", "empirical formula"),
)
log_p = Kind(
    "log_p", "", names=("logP", "log P", "Crippen logP", "octanol-water partition coefficient",
                        "partition coefficient", "cLogP", "lipophilicity", "LogP")
)  # fmt: skip
polar_surface_area = Kind(
    "polar_surface_area", "angstrom**2",
    names=("topological polar surface area", "polar surface area", "TPSA", "PSA"), show=("angstrom**2",),
)  # fmt: skip
hydrogen_bond_donors = Kind(
    "hydrogen_bond_donors", "",
    names=("hydrogen bond donors", "H-bond donors", "HBD", "number of hydrogen bond donors", "hydrogen-bond donors",
           "H bond donors"),
)  # fmt: skip
hydrogen_bond_acceptors = Kind(
    "hydrogen_bond_acceptors", "",
    names=("hydrogen bond acceptors", "H-bond acceptors", "HBA", "number of hydrogen bond acceptors",
           "hydrogen-bond acceptors", "H bond acceptors"),
)  # fmt: skip
rotatable_bonds = Kind(
    "rotatable_bonds", "", names=("rotatable bonds", "number of rotatable bonds", "rotatable bond count", "rotors")
)
ring_count = Kind("ring_count", "", names=("rings", "ring count", "number of rings"))
