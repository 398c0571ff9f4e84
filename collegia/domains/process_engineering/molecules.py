"""Descriptors of a molecule from its structure."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any, NamedTuple

from collegia.domains.process_engineering.kinds import calculation as c
from collegia.domains.process_engineering.kinds import properties as p
from collegia.domains.process_engineering.substances import chemicals_id
from collegia.domains.process_engineering.vle import quiet
from collegia.errors import NoData, OutOfRange
from collegia.tools import Example, expert
from collegia.tools import common as k

__all__ = ["EXPERTS", "Descriptors"]

_ASPIRIN = "CC(=O)Oc1ccccc1C(=O)O"


class Descriptors(NamedTuple):
    """What a structure shows by itself; SI units."""

    molar_mass: Annotated[float, k.molar_mass]
    molecular_formula: Annotated[str, c.molecular_formula]
    log_p: Annotated[float, c.log_p]
    polar_surface_area: Annotated[float, c.polar_surface_area]
    hydrogen_bond_donors: Annotated[float, c.hydrogen_bond_donors]
    hydrogen_bond_acceptors: Annotated[float, c.hydrogen_bond_acceptors]
    rotatable_bonds: Annotated[float, c.rotatable_bonds]
    ring_count: Annotated[float, c.ring_count]


@expert(
    source="rdkit: average atomic masses, Crippen logP (Wildman and Crippen 1999), TPSA (Ertl 2000), Lipinski counts",
    methods=("rdkit", "Lipinski"),
    examples=[
        Example(
            {"smiles": _ASPIRIN},
            {
                "molar_mass": 0.18016, "molecular_formula": "C9H8O4", "log_p": 1.3101, "polar_surface_area": 63.6,
                "hydrogen_bond_donors": 1, "hydrogen_bond_acceptors": 3, "rotatable_bonds": 2, "ring_count": 1,
            },
        ),
        Example({"smiles": "CC(C)CC1=CC=C(C=C1)C(C)C(=O)O"}, {"molar_mass": 0.206285}, 1e-5),
    ],
    requires=("rdkit",),
    extra="molecules",
    cost=0.9,
    seconds=0.3,
)  # fmt: skip
def molecule_descriptors(smiles: Annotated[str, c.smiles]) -> Descriptors:
    """Molar mass, formula and drug-likeness descriptors of a molecule given as SMILES.

    Raises:
        OutOfRange: the text is no valid SMILES string.
    """
    with _rdkit("rdBase").BlockLogs():  # its parser writes to stderr what the refusal below says
        molecule = _rdkit("Chem").MolFromSmiles(smiles)
    if molecule is None or molecule.GetNumAtoms() == 0:
        raise OutOfRange(f"{smiles!r} is no valid SMILES string")
    lipinski, counts = _rdkit("Chem.Lipinski"), _rdkit("Chem.rdMolDescriptors")
    return Descriptors(
        molar_mass=float(_rdkit("Chem.Descriptors").MolWt(molecule)) / 1000,
        molecular_formula=str(counts.CalcMolFormula(molecule)),
        log_p=float(_rdkit("Chem.Crippen").MolLogP(molecule)),
        polar_surface_area=float(counts.CalcTPSA(molecule)),
        hydrogen_bond_donors=float(lipinski.NumHDonors(molecule)),
        hydrogen_bond_acceptors=float(lipinski.NumHAcceptors(molecule)),
        rotatable_bonds=float(lipinski.NumRotatableBonds(molecule)),
        ring_count=float(counts.CalcNumRings(molecule)),
    )


def _rdkit(module: str) -> Any:
    """A module of rdkit, loaded on first use; its stubs lack most of what is called here."""
    return import_module(f"rdkit.{module}")


@expert(
    source="the identifiers of chemicals (PubChem structures)",
    examples=[Example({"substance": "ethanol"}, {"smiles": "CCO"})],
    requires=("chemicals",),
    extra="process",
    cost=2.0,
    seconds=0.5,
)
def smiles_of_substance(substance: Annotated[str, p.substance]) -> Annotated[str, c.smiles]:
    """The structure of a named substance, as SMILES.

    Raises:
        NoData: the identifiers hold no structure for the name.
    """
    from chemicals import search_chemical

    with quiet():
        found = search_chemical(chemicals_id(substance)).smiles
    if not found:
        raise NoData(f"no structure is known for {substance}")
    return str(found)


EXPERTS: tuple[Callable[..., Any], ...] = (molecule_descriptors, smiles_of_substance)
"""The experts of this module."""
