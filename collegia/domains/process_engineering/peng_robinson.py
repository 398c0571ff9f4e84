"""The Peng-Robinson equation of state for one gas, from `thermo`."""

from __future__ import annotations

from collegia.domains.process_engineering.reference_fluids import correlation, say_state
from collegia.domains.process_engineering.substances import chemicals_id
from collegia.errors import NoData, OutOfRange

__all__ = ["check_gas", "peng_robinson_gas"]


def check_gas(substance: str, temperature: float, pressure: float) -> None:
    """Refuse a state below the critical temperature and above the vapour pressure: that is a liquid.

    Raises:
        OutOfRange: the substance is a liquid at this temperature (K) and pressure (Pa).
        NoData: the substance is not a known compound.
    """
    from chemicals import Tc

    critical = Tc(chemicals_id(substance))
    if critical is None or temperature >= critical:
        return
    boiling = correlation("VaporPressure", substance, temperature)
    if boiling is not None and pressure > boiling * 1.0005:
        raise OutOfRange(
            f"{substance} at {say_state(temperature, pressure)} is a liquid, not a gas: "
            f"it boils at {boiling / 1e5:.4g} bar at that temperature"
        )


def peng_robinson_gas(substance: str, temperature: float, pressure: float) -> float:
    """Compressibility factor of a gas by Peng-Robinson.

    Args:
        substance: its plain name.
        temperature: K.
        pressure: Pa, absolute.

    Raises:
        OutOfRange: the substance is a liquid there.
        NoData: its critical constants are not known.
    """
    from chemicals import Pc, Tc, omega
    from thermo import PR

    cas = chemicals_id(substance)
    constants = Tc(cas), Pc(cas), omega(cas)
    if any(constant is None for constant in constants):
        raise NoData(f"the tables hold no critical constants of {substance}")
    check_gas(substance, temperature, pressure)
    equation = PR(Tc=constants[0], Pc=constants[1], omega=constants[2], T=temperature, P=pressure)
    factor = getattr(equation, "Z_g", None) or getattr(equation, "Z_l", None)
    if factor is None:
        raise OutOfRange(f"Peng-Robinson has no root for {substance} at {say_state(temperature, pressure)}")
    return float(factor)
