"""One plan for several cases: the question is planned once for each alternative that it lists.

Each case is planned from the question with that alternative alone, so its answer is that of the plain question. The
cases stand where the whole question has no plan that takes the alternatives together, where each of them has a plan,
and where these plans differ in the alternative only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from collegia.agents.plan import Asked, Binding, FromStep, Given, Missing, Plan, Proposal, Step
from collegia.agents.planner.answers import Wanted
from collegia.agents.planner.replies import About
from collegia.agents.planner.weave import rests_on_values
from collegia.agents.reading.cases import Case, Listed
from collegia.agents.reading.tokens import singular
from collegia.tools.card import Card, Port
from collegia.tools.kinds import Kind
from collegia.tools.registry import Registry

__all__ = ["Outcome", "Taken", "case_by_case", "keeps_together"]

WEAK = 2.0
"""A value of a list taken for a kind at this cost is a guess, and a guess is not made several times."""


class Taken(NamedTuple):
    """A stated value that a candidate takes: its span, the step that takes it, and what the reading of it costs."""

    start: int
    end: int
    step: int
    cost: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What planning a text came to.

    Attributes:
        proposal: the plan or the question back.
        wanted: what the question back asks for.
        uses: the stated values that the best candidate takes.
        about: what a question back is about, where it asks about something that was said.
    """

    proposal: Proposal
    wanted: list[Wanted] = field(default_factory=list)
    uses: list[Taken] = field(default_factory=list)
    about: About | None = None


def keeps_together(group: Listed, whole: Outcome) -> bool:
    """Whether the whole question takes the alternatives together, or names them for another purpose.

    Together they are taken where some step rests on two of them. A plan that takes none of them, though nothing is left
    over, only picks entries by their names.
    """
    if whole.proposal.status == "out_of_domain":
        return True
    if whole.proposal.status == "plan":
        inside = frozenset(case.start for case in group.cases)
        rests = [found & inside for found in rests_on_values(whole.proposal.plan.steps).values()]
        return len(frozenset().union(*rests)) < 2 or any(len(found) > 1 for found in rests)
    taken = [(use.start, use.step) for use in whole.uses if group.start <= use.start and use.end <= group.end]
    return any(start != other and step == same for start, step in taken for other, same in taken)


def case_by_case(group: Listed, whole: Outcome, outcomes: Sequence[Outcome], registry: Registry) -> Outcome:
    """The plan of all cases; what the whole question comes to where they make none."""
    failed = [outcome for outcome in outcomes if outcome.proposal.status != "plan"]
    if failed:
        return (
            Outcome(failed[0].proposal, failed[0].wanted)
            if whole.proposal.status == "plan"
            else _common_question(whole, outcomes)
        )
    plans = [
        _in_question(outcome.proposal.plan, group, case) for case, outcome in zip(group.cases, outcomes, strict=True)
    ]
    sound = all(_rests_on(plan, case, group, registry) for plan, case in zip(plans, group.cases, strict=True))
    weak = any(use.cost >= WEAK and _is_in(use, group) for outcome in outcomes for use in outcome.uses)
    if sound and not weak and _alike(plans, group):
        return Outcome(Proposal(status="plan", plan=_union(plans, group)))
    return Outcome(_one_at_a_time(group)) if whole.proposal.status == "plan" else whole


def _is_in(use: Taken, group: Listed) -> bool:
    """Whether a use of a case's plan is that of the alternative: it stands where the list stands."""
    return use.start == group.start


def _one_at_a_time(group: Listed) -> Proposal:
    """The question back where the alternatives are neither taken together nor one by one."""
    names = " and ".join(case.text[group.start : group.start + case.kept] for case in group.cases)
    text = f"Are {names} meant one by one, or together? Please ask for one at a time."
    return Proposal(status="clarify", missing=(Missing(name=names, kind="", question=text),), message=text)


def _common_question(whole: Outcome, outcomes: Sequence[Outcome]) -> Outcome:
    """The question back that every case has: what lacks in each is asked for once."""
    messages = {(outcome.proposal.status, outcome.proposal.message) for outcome in outcomes}
    if len(messages) == 1 and outcomes[0].wanted and whole.proposal.status != "plan":
        return Outcome(outcomes[0].proposal, [(kind, None, state) for kind, _, state in outcomes[0].wanted])
    return whole


def _in_question(plan: Plan, group: Listed, case: Case) -> Plan:
    """A case's plan with the spans of its stated values in the question as it was asked."""

    def moved(bound: Binding) -> Binding:
        if not isinstance(bound, Given) or bound.start < 0:
            return bound
        start, end = group.original(case, bound.start, bound.end)
        return bound.model_copy(update={"start": start, "end": end})

    steps = tuple(
        step.model_copy(update={"arguments": {name: moved(bound) for name, bound in step.arguments.items()}})
        for step in plan.steps
    )
    return plan.model_copy(update={"steps": steps})


def _taking(plan: Plan, case: Case) -> Iterator[tuple[Step, str]]:
    """The places of a plan that its case's own value fills."""
    for step in plan.steps:
        for name, bound in step.arguments.items():
            if isinstance(bound, Given) and (bound.start, bound.end) == (case.start, case.end):
                yield step, name


def _rests_on(plan: Plan, case: Case, group: Listed, registry: Registry) -> bool:
    """Whether a plan takes its case's value, in a place where no second value of that kind could be meant."""
    places = list(_taking(plan, case))
    asked = {one.kind for one in plan.asked}
    for step, name in places:
        port = registry.experts[step.expert].card.input(name)
        if not group.things and (port.at or port.slot or _open_beside(step, name, plan, registry)):
            return False
        if any(
            _needs_several(expert.card, port, plan, group)
            for expert in registry.experts.values()
            if asked & {output.kind.name for output in expert.card.outputs}
        ):
            return False
    return bool(places)


def _open_beside(step: Step, name: str, plan: Plan, registry: Registry) -> bool:
    """Whether the plan leaves an input open that another value of the list could fill as well as this one."""
    kind = registry.experts[step.expert].card.input(name).kind
    for other in plan.steps:
        for port in registry.experts[other.expert].card.inputs:
            bound = other.arguments.get(port.name)
            if bound is None or bound.via == "given" or port.kind.name == kind.name:
                continue
            related = port.kind.name in kind.lineage() or kind.name in port.kind.lineage()
            if related and bound.via == "default":
                return True
    return False


def _needs_several(card: Card, port: Port, plan: Plan, group: Listed) -> bool:
    """Whether an expert for what is asked joins several values of the kind, or takes them all in one notation."""
    if sum(other.kind.name == port.kind.name for other in card.inputs) > 1:
        return True
    if group.things and sum(bool(slot) for slot in card.slots) > 1:
        return True
    if group.apart or not group.things:
        return False
    return any(other.required and other.kind.find is not None and _joins(other.kind, group) for other in card.inputs)


def _joins(kind: Kind, group: Listed) -> bool:
    """Whether the notation of a kind makes one value of the names of a list."""
    one, other = (case.text[group.start : group.start + case.kept] for case in group.cases[:2])
    text = f"50 % {one} and 50 % {other}"
    return kind.find is not None and any(found.end == len(text) and found.start < 6 for found in kind.find(text))


def _alike(plans: Sequence[Plan], group: Listed) -> bool:
    """Whether the plans answer the same; of measured values they must be the same steps too."""
    if len({tuple((one.name, one.kind) for one in plan.asked) for plan in plans}) > 1:
        return False
    return (
        group.things or len({tuple((step.expert, tuple(step.arguments)) for step in plan.steps) for plan in plans}) == 1
    )


def _union(plans: Sequence[Plan], group: Listed) -> Plan:
    """One plan with the steps of all, those that are the same once; each asked value is named with its case."""
    steps: list[Step] = []
    known: dict[str, str] = {}
    rows: list[list[Asked]] = []
    for plan in plans:
        ids: dict[str, str] = {}
        for step in plan.steps:
            arguments = {name: _renamed(bound, ids) for name, bound in step.arguments.items()}
            signature = f"{step.expert} {sorted((name, repr(bound)) for name, bound in arguments.items())}"
            if signature not in known:
                known[signature] = f"s{len(steps) + 1}"
                steps.append(Step(id=known[signature], expert=step.expert, arguments=arguments))
            ids[step.id] = known[signature]
        rows.append([one.model_copy(update={"source": _renamed(one.source, ids)}) for one in plan.asked])
    common = [one for one in rows[0] if all(one in row for row in rows)]
    asked = common + [
        one.model_copy(update={"name": f"{singular(one.name)} {case.label}"})
        for case, row in zip(group.cases, rows, strict=True)
        for one in row
        if one not in common
    ]
    return Plan(
        steps=tuple(steps),
        asked=tuple(asked),
        assumptions=tuple(dict.fromkeys(text for plan in plans for text in plan.assumptions)),
        warnings=tuple(dict.fromkeys(text for plan in plans for text in plan.warnings)),
    )


def _renamed(bound: Binding, ids: dict[str, str]) -> Binding:
    return bound.model_copy(update={"step": ids[bound.step]}) if isinstance(bound, FromStep) else bound
