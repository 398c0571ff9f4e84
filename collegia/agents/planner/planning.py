"""Planning one reading: the cheapest candidate that has every asked value, and what it leaves unused.

A stated value that no step takes is a sign of a misreading, and costs more than another step.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from itertools import count

from collegia.agents.plan import Proposal
from collegia.agents.planner.answers import wanted_of
from collegia.agents.planner.cases import Outcome, Taken
from collegia.agents.planner.convert import restate
from collegia.agents.planner.doubts import doubt
from collegia.agents.planner.facts import Ban, facts_of, release
from collegia.agents.planner.propose import propose
from collegia.agents.planner.questions import (
    by_gauge,
    clarify_methods,
    clarify_misfits,
    from_vacuum,
    no_expert,
    out_of_scope,
)
from collegia.agents.planner.replies import About
from collegia.agents.planner.rules import Key, Rule, joint_kinds, property_kinds, relevant, rules_for, thing_kinds
from collegia.agents.planner.search import Context, Derivation, Fact, Lack, Search
from collegia.agents.planner.targets import Target, targets_of, unanswerable
from collegia.agents.planner.weave import Use, Weaver, double_ways, leaves, parts
from collegia.agents.reading.attach import PLAUSIBLE, UNSUPPORTED
from collegia.agents.reading.types import Reading
from collegia.tools.card import Card, Port
from collegia.tools.registry import Registry

__all__ = ["Candidate", "Planning"]

FAR = 2.0
"""So much dearer than a value's best reading is a reading that nothing is asked back for."""
UNUSED_COST = 3.0
UNUSED_WHEN_ASKING = 60.0
"""Above the price of a question: better to ask for two values more than to ask about something else."""
_ALTERNATIVES = 6
_BRANCHES = 24
_IMPROVEMENTS = 6
SAME_ANSWER = 8.0
"""The cost of answering two asked values, called differently, by one and the same output."""
METHOD_COST = 3.0
NAME_COST = 1.0
NOTATION_COST = 4.0
INCONSISTENT = 10.0
"""The cost of having one value by two ways in one plan: they need not agree."""


@dataclass
class Candidate:
    """A woven set of derivations, one for each target, and what it costs in all."""

    targets: list[Target]
    chosen: list[Derivation]
    weaver: Weaver
    steps: list[str]
    cost: float
    unused: list[int] = field(default_factory=list)
    double: list[str] = field(default_factory=list)
    """Experts that give a value which another expert of the plan gives too."""
    slighted: bool = False
    """Whether the question names a method that no step follows."""


def _outputs(card: Card) -> set[str]:
    return {port.kind.name for port in card.outputs}


class Planning:
    """The planning of one question."""

    def __init__(
        self, reading: Reading, registry: Registry, cards: list[Card], prefer: frozenset[str] = frozenset()
    ) -> None:
        self.prefer = prefer
        self.reading = reading
        self.registry = registry
        self.cards = cards
        self.joint = joint_kinds(cards)
        self.things = thing_kinds(cards)
        self.properties = property_kinds(cards)
        release(reading, self.things)
        states = sorted({said.state for said in reading.said if said.state is not None})
        self.states = states
        self.rules: list[Rule] = []
        self.lacks: list[tuple[Lack, Port, Derivation]] = []
        self.uses: list[Taken] = []
        self.about: About | None = None

    def _changing(self, states: list[int]) -> frozenset[str]:
        """Kinds of which the question states a value in one state, or an expert gives one."""
        if not states:
            return frozenset()
        stated = {
            kind
            for said in self.reading.said
            if said.state is not None
            for kind, cost in said.kinds.items()
            if cost < 2
        }
        given = {port.kind.name for card in self.cards for port in card.outputs if port.at}
        return frozenset(name for kind in stated | given for name in self.registry.kinds[kind].lineage())

    def outcome(self) -> Outcome:
        """The plan or the question back, with what it would take to go on."""
        proposal = self.proposal()
        return Outcome(proposal, wanted_of(self.lacks, proposal.missing), self.uses, self.about)

    def proposal(self) -> Proposal:
        """The plan, or the question back."""
        reading = self.reading
        converted = restate(reading, self.registry)
        if converted is not None:
            return converted
        targets = targets_of(reading, self.registry, self.cards)
        if not targets:
            return out_of_scope(reading, self.registry)
        if vacuum := [s for s in reading.said if s.measure and s.measure.unit and s.measure.unit.reference == "vacuum"]:
            return from_vacuum(vacuum[0])
        if any(unit.gauge for unit in reading.units):
            return by_gauge()
        if reading.misfits:
            return clarify_misfits(reading, self.registry)
        if targets and (nobody := unanswerable(reading, self.registry, self.cards)):
            return no_expert(nobody)
        best = self._search(targets)
        if best is not None and self._lacks_a_name(best) and self._look_up():
            best = self._search(targets)
        if best is None:
            return clarify_methods(reading, targets, self.registry)
        self.lacks = best.weaver.lacks
        said = reading.said
        self.uses = [Taken(said[u.said].start, said[u.said].end, u.step, u.cost) for u in best.weaver.uses]
        doubted = None if best.weaver.lacks else doubt(best, reading, self.registry)
        if doubted is not None:
            self.about = doubted.about
            return doubted.proposal
        return propose(best, reading, self.registry)

    def _search(self, targets: list[Target]) -> Candidate | None:
        """The best candidate over all experts that can have a part in it."""
        wanted = frozenset(name for target in targets for name in target.kinds)
        changing = self._changing(self.states)
        self._use(
            [
                rule
                for card in relevant(self.cards, wanted)
                for rule in rules_for(card, self.reading.subjects, self.states, changing)
            ],
            targets,
        )
        best = self._best(targets, ask_missing=False)
        if best is not None:
            best = self._improve(targets, best)
        if best is None or self._idle(best):
            asking = self._best(targets, ask_missing=True)
            if asking is not None:
                asking = self._improve(targets, asking)
            if best is None or (asking is not None and len(self._idle(asking)) < len(self._idle(best))):
                best = asking
        return best

    def _idle(self, candidate: Candidate) -> list[int]:
        """Stated values with a unit that a plan makes nothing of."""
        said = self.reading.said
        return [i for i in candidate.unused if (m := said[i].measure) is not None and m.unit is not None]

    def _use(self, rules: list[Rule], targets: list[Target]) -> None:
        self.rules = rules
        self.context = Context(
            rules,
            self.registry.kinds,
            self.joint,
            wanted=frozenset(name for target in targets for name in target.kinds),
            properties=self.properties,
            sides={subject.index: subject.side for subject in self.reading.subjects if subject.side},
            several=sum(bool(subject.kind) for subject in self.reading.subjects) > 1,
            asked=frozenset(name for target in targets for name, cost in target.kinds.items() if cost < 0.5),
            likely=frozenset(name for target in targets for name, cost in target.kinds.items() if cost < 1.0),
            named_methods=frozenset(name for name, _ in self.reading.methods) | self.prefer,
            hinted=frozenset(self.reading.hints),
        )

    def _improve(self, targets: list[Target], best: Candidate) -> Candidate:
        """Try to do without each expert that passes over a stated value which another expert would take."""
        best = self._by_method(targets, best, self.rules)
        for _ in range(2):
            everything = self.rules
            trials: list[tuple[float, str, Candidate]] = []
            for name in list(dict.fromkeys(self._passing_over(best)))[:_IMPROVEMENTS]:
                self._use([rule for rule in everything if rule.card.name != name], targets)
                other = self._best(targets, ask_missing=bool(best.weaver.lacks))
                if other is not None and other.cost < best.cost:
                    trials.append((other.cost, name, other))
            trials += self._without_weak_uses(targets, best, everything)
            if not trials:
                break
            _, banned, best = min(trials, key=lambda trial: trial[:2])
            self._use([rule for rule in everything if rule.card.name != banned], targets)
        return best

    def _without_weak_uses(
        self, targets: list[Target], best: Candidate, rules: list[Rule]
    ) -> list[tuple[float, str, Candidate]]:
        """Candidates that leave a value unused rather than take it for what nothing speaks for."""
        self._use(rules, targets)
        trials = []
        for use in best.weaver.uses:
            if use.cost >= PLAUSIBLE:
                other = self._best(
                    targets, ask_missing=bool(best.weaver.lacks), bans=frozenset({Ban(use.said, use.kind)})
                )
                if other is not None and other.cost < best.cost:
                    trials.append((other.cost, "", other))
        return trials[:_IMPROVEMENTS]

    def _passing_over(self, candidate: Candidate) -> list[str]:
        """Experts of a plan that could be replaced by one that takes a value left unused."""
        left = [self.reading.said[index] for index in candidate.unused]
        kinds = {kind for said in left for kind, cost in said.kinds.items() if cost < UNSUPPORTED}
        made = {
            port.kind.name
            for card in self.cards
            if any(port.kind.name in kinds for port in card.inputs) and len(card.inputs) <= 2
            for port in card.outputs
            if not port.kind.common
        }
        takers = [card for card in self.cards if any(port.kind.name in kinds | made for port in card.inputs)]
        gives: dict[str, set[str]] = {}
        for card in takers:
            for port in card.outputs:
                gives.setdefault(port.kind.name, set()).add(card.name)
        found = list(candidate.double)
        for step in reversed(candidate.weaver.steps):
            card = self.registry.experts[step.expert].card
            others = {name for port in card.outputs for kind in port.kind.lineage() for name in gives.get(kind, ())} - {
                card.name
            }
            if others:
                found.append(card.name)
        return found

    def _by_method(self, targets: list[Target], best: Candidate, rules: list[Rule]) -> Candidate:
        """The candidate that has by the experts of a named method what the best one has by others, if it is cheaper."""
        experts = {step.expert for step in best.weaver.steps}
        named = {name for name, _ in self.reading.methods}
        cards = [self.registry.experts[name].card for name in named - experts if name in self.registry.experts]
        given = {port.kind.name for card in cards for port in card.outputs}
        others = {name for name in experts - named if given & _outputs(self.registry.experts[name].card)}
        if not best.slighted or not others:
            return best
        self._use([rule for rule in rules if rule.card.name in named or not given & _outputs(rule.card)], targets)
        other = self._best(targets, ask_missing=bool(best.weaver.lacks))
        if other is None or other.cost >= best.cost:
            self._use(rules, targets)
            return best
        return other

    def _best(
        self, targets: list[Target], *, ask_missing: bool, bans: frozenset[Ban] = frozenset()
    ) -> Candidate | None:
        """The cheapest candidate in which no stated value is taken for two things; branches on each conflict."""
        order = count()
        queue: list[tuple[float, int, frozenset[Ban], Candidate]] = []
        seen: set[frozenset[Ban]] = {bans}

        def push(bans: frozenset[Ban]) -> None:
            candidate = self._solve(targets, bans, ask_missing=ask_missing)
            if candidate is not None:
                heapq.heappush(queue, (candidate.cost, next(order), bans, candidate))

        push(bans)
        for _ in range(_BRANCHES):
            if not queue:
                return None
            _, _, bans, candidate = heapq.heappop(queue)
            conflict = self._conflict(candidate.weaver.uses)
            if conflict is None:
                return candidate
            for use in conflict:
                state = use.state if conflict[0].kind == conflict[1].kind else -1
                more = bans | self._bans(use, state)
                if more not in seen:
                    seen.add(more)
                    push(more)
        return None

    def _bans(self, use: Use, state: int | None) -> frozenset[Ban]:
        if state == -1:
            return frozenset({Ban(use.said, use.kind)})
        return frozenset({Ban(use.said, use.kind, state)})

    def _conflict(self, uses: list[Use]) -> tuple[Use, Use] | None:
        """Two uses of one stated value that cannot both be meant."""
        first: dict[int, list[Use]] = {}
        for use in uses:
            for other in first.get(use.said, ()):
                if self._at_odds(use, other):
                    return (other, use)
            first.setdefault(use.said, []).append(use)
        return None

    def _at_odds(self, left: Use, right: Use) -> bool:
        if left.kind == right.kind or self.reading.said[left.said].each:
            return False
        if max(left.cost, right.cost) >= UNSUPPORTED:
            return True
        if (left.expert, left.step) == (right.expert, right.step):
            return True  # one value, two different inputs of one step
        kinds = self.registry.kinds
        return left.kind not in kinds[right.kind].lineage() and right.kind not in kinds[left.kind].lineage()

    def _solve(self, targets: list[Target], bans: frozenset[Ban], *, ask_missing: bool) -> Candidate | None:
        """The cheapest candidate; targets are had one after the other, and what one gives is free for the next."""
        facts = list(facts_of(self.reading, self.registry.kinds, self.joint, self.things, bans))
        if ask_missing:  # better to ask than to lean on a guess and ask for the rest
            facts = [
                (key, fact)
                for key, fact in facts
                if fact.cost < min(UNSUPPORTED, min(fact.said.kinds.values(), default=0.0) + FAR)
            ]
        first = Search(self.context, facts, ask_missing=ask_missing)
        first.run()
        if not all(self._options(target, first, set()) for target in targets):
            return None
        best: Candidate | None = None
        orders = [list(range(len(targets)))]
        if len(targets) > 1:
            orders.append(orders[0][::-1])
        for order in orders:
            for start in self._options(targets[order[0]], first, set())[: _ALTERNATIVES if len(targets) == 1 else 2]:
                candidate = self._in_order(targets, order, start, facts, ask_missing=ask_missing)
                if candidate is not None and (best is None or candidate.cost < best.cost - 1e-9):
                    best = candidate
        return best

    def _in_order(
        self,
        targets: list[Target],
        order: list[int],
        start: tuple[float, Derivation],
        facts: list[tuple[Key, Fact]],
        *,
        ask_missing: bool,
    ) -> Candidate | None:
        chosen = {order[0]: start[1]}
        cost, used = start[0], leaves(start[1])
        for index in order[1:]:
            search = Search(self.context, facts, parts(chosen.values()), ask_missing=ask_missing)
            search.run()
            options = self._options(targets[index], search, used)
            if not options:
                return None
            chosen[index] = options[0][1]
            cost += options[0][0]
            used |= leaves(options[0][1])
        return self._weave(targets, [chosen[index] for index in range(len(targets))], cost)

    def _options(self, target: Target, search: Search, used: set[int]) -> list[tuple[float, Derivation]]:
        """The best derivations of a target, one for each way to use an expert; a stated value put to use counts."""
        found: dict[tuple[int, str], tuple[float, Derivation]] = {}
        for kind, cost in target.kinds.items():
            for derivation in search.found.get(kind, ()):
                penalty = target.penalty(derivation, self.reading)
                if penalty is None or derivation.rule is None or derivation.output is None:
                    continue
                total = derivation.cost + cost + penalty
                place = (id(derivation.rule), derivation.output.name)
                if place not in found or total < found[place][0]:
                    found[place] = (total, derivation)
        price = UNUSED_WHEN_ASKING if search.ask_missing else UNUSED_COST
        counted = {said.index for said in self.reading.said if said.measure is not None} - used
        ranked = [
            (cost - price * len(leaves(derivation) & counted), cost, derivation) for cost, derivation in found.values()
        ]
        ranked.sort(key=lambda option: option[0])
        return [(cost, derivation) for _, cost, derivation in ranked[:_ALTERNATIVES]]

    def _weave(self, targets: list[Target], chosen: list[Derivation], cost: float) -> Candidate:
        weaver = Weaver()
        steps = [weaver.step(derivation) for derivation in chosen]
        used = {use.said for use in weaver.uses}
        unused = [
            said.index
            for said in self.reading.said
            if said.index not in used
            and said.measure is not None
            and (said.measure.unit is not None or said.named)
            and said.kinds
        ]
        answers = [
            (step, d.output.name if d.output else "", t.key(d))
            for step, d, t in zip(steps, chosen, targets, strict=True)
        ]
        pairs = [(i, j) for i in range(len(answers)) for j in range(i)]
        cost += SAME_ANSWER * sum(answers[i] == answers[j] and targets[i].label != targets[j].label for i, j in pairs)
        double = double_ways(chosen)
        cost += INCONSISTENT * len(double)
        slighted = {place for _, place in self.reading.methods} - {
            place for name, place in self.reading.methods if name in {step.expert for step in weaver.steps}
        }
        cost += self._passed_over(weaver, used)
        price = UNUSED_COST if not weaver.lacks else UNUSED_WHEN_ASKING
        return Candidate(targets, chosen, weaver, steps, cost + price * len(unused), unused, double, bool(slighted))

    def _lacks_a_name(self, candidate: Candidate) -> bool:
        return any(self.registry.kinds[lack.kind].lookup is not None for lack, _, _ in candidate.weaver.lacks)

    def _passed_over(self, weaver: Weaver, used: set[int]) -> float:
        """What it costs to make nothing of a method or of a name that the question states."""
        experts = {step.expert for step in weaver.steps}
        places = {place for _, place in self.reading.methods}
        heeded = {place for name, place in self.reading.methods if name in experts}
        kinds = self.registry.kinds
        names = [
            said
            for said in self.reading.said
            if said.measure is None and said.index not in used and not any(kinds[k].subject for k in said.kinds)
        ]
        own = sum(any(kinds[k].find is not None for k in said.kinds) for said in names)
        return METHOD_COST * len(places - heeded) + NAME_COST * len(names) + NOTATION_COST * own

    def _look_up(self) -> bool:
        """Try the unknown words of the question as names from data too large to list."""
        from collegia.agents.planner.lookup import look_up

        return look_up(self.reading, self.registry)
