"""A domain whose kinds, things, sides and words are nonsense syllables; only the units are real.

A planner that plans over it knows no domain: nothing but the declarations below says what a zob is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

from collegia.agents.plan import Given, Proposal, Step
from collegia.agents.planner import TypedPlanner
from collegia.tools import STATED, At, Domain, Kind, Of, Range, Side, expert
from collegia.tools.registry import Registry

zob = Kind("zob", "kg/s", names=("zob",), show=("kg/hour",), common=True)
frim = Kind("frim", "K", names=("frim",), scale="point", show=("degC",), common=True)
frimgap = Kind("frimgap", "K", names=("frim gap",), scale="difference")
tolv = Kind("tolv", "J/(kg*K)", names=("tolv",), show=("kJ/(kg*K)",))
plen = Kind("plen", "W", names=("plen",), show=("kW",), common=True)
quax = Kind("quax", "m", names=("quax",), hints=("quaxy",), common=True)
small_quax = Kind("small_quax", "m", names=("wee quax",), parent=quax, show=("mm",))
drusk = Kind("drusk", "Pa", names=("drusk",), scale="point", show=("bar",), common=True)
vemp = Kind("vemp", "", names=("vemp",), words={"wholly vempish": 1.0})
morp = Kind("morp", "m**2", names=("morp",), common=True)
snarf = Kind("snarf", "m**3", names=("snarf",), common=True)
gleeb = Kind("gleeb", "kg/m**3", names=("gleeb",), common=True)
flumph = Kind("flumph", "kg", names=("flumph",), show=("kg",), common=True)
ulk = Kind("ulk", "W/K", names=("ulk",))
glon = Kind(
    "glon", None, names=("glon",), words={"sniggle": "sniggle", "wabber": "wabber", "yoop": "yoop"},
    ambiguous={"mumb": "Which mumb is meant: sniggle mumb or wabber mumb?"}, subject=True,
)  # fmt: skip
wug = Kind("wug", "m**2", names=("wug",))
crust = Kind("crust", "m**2*K/W", names=("crust",))
pith = Kind("pith", "m**2*K/W", names=("pith",), show=("m**2*K/W",))
zaff = Kind("zaff", "1/s", names=("zaff",))
lorn = Kind("lorn", "J/mol", names=("lorn",))
dwine = Kind("dwine", "", names=("dwine share",))
trell = Kind("trell", None, names=("trell",), words={"frob-wise": "frob", "gnar-wise": "gnar"})
steps = tuple(Kind(f"bim{number}", "s", names=(name,)) for number, name in enumerate(
    ("bimba", "bimbe", "bimbi", "bimbo", "bimbu", "bimby", "bimbau")
))  # fmt: skip


@expert
def plenify(
    flow: Annotated[float, zob, Range(gt=0)],
    tolv_value: Annotated[float, tolv],
    first: Annotated[float, frim, At("start")],
    last: Annotated[float, frim, At("end")],
) -> Annotated[float, plen]:
    """Plen of a zob whose frim changes."""
    return flow * tolv_value * (last - first)


@expert
def tolv_of(what: Annotated[str, glon], warm: Annotated[float, frim] = 300.0) -> Annotated[float, tolv]:
    """Tolv of a glon."""
    return {"sniggle": 4000.0, "wabber": 2000.0, "yoop": 1000.0}[what] + warm


@expert
def gleeb_of(what: Annotated[str, glon], drusk_value: Annotated[float, drusk] = 1e5) -> Annotated[float, gleeb]:
    """Gleeb of a glon."""
    return {"sniggle": 1000.0, "wabber": 800.0, "yoop": 500.0}[what] * drusk_value / 1e5


@expert
def morp_of(side: Annotated[float, quax]) -> Annotated[float, morp]:
    """Morp of a square."""
    return side * side


@expert
def snarf_of(base: Annotated[float, morp], height: Annotated[float, quax]) -> Annotated[float, snarf]:
    """Snarf over a morp."""
    return base * height


@expert
def flumph_of(
    amount: Annotated[float, snarf], heaviness: Annotated[float, gleeb], vempishness: Annotated[float, vemp] = 0.5
) -> Annotated[float, flumph]:
    """Flumph of a snarf."""
    return amount * heaviness * vempishness


class Join(NamedTuple):
    """What two glons make of each other."""

    ulk: Annotated[float, ulk]


@expert
def join(
    sun_zob: Annotated[float, zob, Of("sun")],
    sun_tolv: Annotated[float, tolv, Of("sun")],
    moon_zob: Annotated[float, zob, Of("moon")],
    moon_tolv: Annotated[float, tolv, Of("moon")],
    manner: Annotated[str, trell] = "frob",
) -> Join:
    """Ulk of two glons that meet."""
    return Join(sun_zob * sun_tolv - moon_zob * moon_tolv)


@expert
def dwine_of(what: Annotated[str, glon], drusk_value: Annotated[float, drusk]) -> Annotated[dict[str, float], dwine]:
    """Dwine shares of a glon's parts."""
    return {"sniggle": 0.25, "wabber": 0.75}


@expert
def drusk_under(depth: Annotated[float, quax], heaviness: Annotated[float, gleeb]) -> Annotated[float, drusk]:
    """Drusk under a depth."""
    return depth * heaviness * 10


@expert
def wug_of(base: Annotated[float, morp], rim: Annotated[float, small_quax, STATED] = 0.01) -> Annotated[float, wug]:
    """Wug of a morp, its rim stated or small."""
    return base + rim


@expert
def wee_quax_of(heaviness: Annotated[float, gleeb]) -> Annotated[float, small_quax]:
    """Wee quax that a gleeb leaves."""
    return 1 / heaviness


@expert
def pith_between(
    inner: Annotated[float, crust, Of("sun")], outer: Annotated[float, crust, Of("moon")]
) -> Annotated[float, pith]:
    """Pith between two crusts."""
    return inner + outer


@expert
def zaff_at(
    zaff_start: Annotated[float, zaff, At("start")],
    lorn_value: Annotated[float, lorn],
    frim_start: Annotated[float, frim, At("start")],
    frim_end: Annotated[float, frim, At("end")],
) -> Annotated[float, zaff, At("end")]:
    """Zaff at another frim."""
    return zaff_start * lorn_value * (1 / frim_start - 1 / frim_end)


class Halves(NamedTuple):
    """Two results, one of which is not always there."""

    flab: Annotated[float, Kind("flab", "J", names=("flab",))]
    glib: Annotated[float | None, Kind("glib", "V", names=("glib",))] = None


@expert
def halve(whole: Annotated[float, Kind("gorm", "J", names=("gorm",))]) -> Halves:
    """Halves of a gorm."""
    return Halves(whole / 2)


def _link(number: int) -> Callable[..., Any]:
    source, target = steps[number], steps[number + 1]

    def made(value: float) -> float:
        return 2 * value

    made.__name__ = f"bim_{number}_{number + 1}"
    made.__doc__ = "The next bim."
    made.__annotations__ = {"value": Annotated[float, source], "return": Annotated[float, target]}
    return expert(made)


chain = tuple(_link(number) for number in range(6))

FUNCTIONS = (
    plenify,
    tolv_of,
    gleeb_of,
    morp_of,
    snarf_of,
    flumph_of,
    join,
    dwine_of,
    drusk_under,
    wug_of,
    wee_quax_of,
    pith_between,
    zaff_at,
    halve,
    *chain,
)


def registry(*functions: Callable[..., Any], **more: Any) -> Registry:
    """A registry that holds the nonsense domain and nothing else, or these functions of it."""
    made = Registry()
    settings: dict[str, Any] = {
        "kinds": (frimgap, small_quax),
        "sides": (
            Side("sun", ("sun side", "sun stream"), falling=True),
            Side("moon", ("moon side", "moon stream"), falling=False),
        ),
        "start": ("ingle", "at the ingle"),
        "end": ("outgle", "at the outgle"),
        "implies": {"open wabe": {"drusk": 101325.0}},
        "scope": "zobs and their plens",
    }
    made.add(Domain("nonsense", "nonsense", functions or FUNCTIONS, **{**settings, **more}))
    return made


def propose(question: str, *functions: Callable[..., Any], **more: Any) -> Proposal:
    """What the typed planner makes of a question over the nonsense domain alone."""
    return TypedPlanner().plan(question, registry(*functions, **more))


def step_of(proposal: Proposal, name: str) -> Step:
    """The one step of an expert."""
    (found,) = [step for step in proposal.plan.steps if step.expert == name]
    return found


def given(step: Step, port: str) -> Any:
    """The stated value that fills a port."""
    bound = step.arguments[port]
    assert isinstance(bound, Given), f"{port} is {bound}"
    return bound.value
