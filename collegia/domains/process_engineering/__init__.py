"""Process engineering: fluids and their properties, pipes, pumps, valves, exchangers, separation, reaction, cost.

Importing it loads no heavy library: each expert imports what it needs when it is called.
"""

from __future__ import annotations

from pathlib import Path

from collegia.domains.process_engineering import catalogue
from collegia.domains.process_engineering.kinds import unhandled
from collegia.tools import Domain, Side

__all__ = ["domain"]

_START = (
    "inlet", "upstream", "suction", "initial", "entering", "enters", "enter", "entrance", "incoming", "supply",
    "feed temperature",
    "starting", "starts", "start", "originally", "T1", "P1", "p1", "T_1", "P_1", "Tin", "T_in", "Pin", "P_in", "t1",
    "before", "in at", "comes in", "coming in", "goes in", "arrives", "arriving", "fed at", "supplied",
    "available at",
)  # fmt: skip
_END = (
    "outlet", "downstream", "discharge", "discharged", "final", "leaving", "leaves", "leave", "exit", "exits",
    "exiting", "outgoing",
    "delivery", "delivered", "T2", "P2", "p2", "T_2", "P_2", "Tout", "T_out", "Pout", "P_out", "t2", "after",
    "return", "returns", "out at", "comes out", "coming out", "goes out", "going out",
)  # fmt: skip
_HOT = ("hot side", "hot stream", "hot fluid", "hot", "hotter", "shell side hot")
_COLD = ("cold side", "cold stream", "cold fluid", "cold", "colder", "coolant", "cooling medium")
_BASE = ("existing", "known", "base", "reference", "old")
_NEW = ("new", "proposed", "planned")


def domain() -> Domain:
    """The domain, for the registry."""
    return Domain(
        name="process_engineering",
        title="process engineering",
        functions=catalogue.EXPERTS,
        handbook=Path(__file__).parent / "handbook",
        kinds=(unhandled.qualifier, unhandled.radius, unhandled.circumference, unhandled.side),
        sides=(
            Side("hot", _HOT, falling=True),
            Side("cold", _COLD, falling=False),
            Side("base", _BASE),
            Side("new", _NEW),
        ),
        start=_START,
        end=_END,
        implies={
            "atmospheric pressure": {"pressure": 101325.0},
            "ambient pressure": {"pressure": 101325.0},
        },
        scope=(
            "process engineering (fluid properties, pipes, pumps, valves, heat exchangers, compressors, flash and "
            "distillation, reactors, relief, particles, costs)"
        ),
        ask=(
            "What is the density of water at 60 °C and 5 bar absolute?",
            "70 m3/h of water at 20 °C through 180 m of DN 100 schedule 40 pipe. Friction pressure drop in bar?",
            "Counter-current exchanger: hot side 120 → 70 °C, cold side 25 → 50 °C. Log mean temperature difference?",
        ),
    )
