"""Who answers a part of a question that takes words: the planner's choice, or a better one by likeness and record.

Every decision goes into the log with its scores and its reason, and what came of it into the experts' records.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from collegia.agents.log import Outcome
from collegia.agents.modelled.deliberation import deliberation_in
from collegia.agents.panel.outcome import Panel
from collegia.agents.plan import Proposal, Worded
from collegia.events import StepFinished, StepSkipped
from collegia.tools.models import Model
from collegia.tools.registry import Registry
from collegia.tools.routing.rewrite import rewrite
from collegia.tools.routing.router import Decision, Router

__all__ = ["Desk"]

_SURE = ("category", "expert", "hand-over")
"""What a decision must rest on to go before the planner's own choice."""


@dataclass(frozen=True)
class Desk:
    """Assigns questions to model experts, and notes how they did.

    Attributes:
        router: decides.
        caller: writes a question out for an expert whom the planner did not have in mind; None leaves it as it is.
        prompts: the user's own prompts.
    """

    router: Router
    caller: Model | None = None
    prompts: Path | None = None

    def assign(
        self, steps: Sequence[Mapping[str, Any]], registry: Registry, avoid: frozenset[str] = frozenset()
    ) -> tuple[list[Mapping[str, Any]], tuple[dict[str, Any], ...]]:
        """The steps with who is to answer them, and the decisions.

        Where the fewest experts that reach the threshold are several, the step is there for each of them.

        Raises:
            OverLimits: the settings' limits allow no expert that could answer.
        """
        assigned: list[Mapping[str, Any]] = []
        routes = []
        for step in steps:
            if registry.experts[step["expert"]].card.sort != "model":
                assigned.append(step)
                continue
            decision = self._decided(step["question"], registry, avoid)
            chosen = decision.chosen if decision.by in _SURE else (step["expert"],)
            assigned.append({**step, "expert": chosen[0]})
            assigned += [{**step, "expert": other, "id": f"{step['id']}-{other}"} for other in chosen[1:]]
            routes.append({"step": step["id"], "planned": step["expert"], "asked": list(chosen), **decision.to_dict()})
        return assigned, tuple(routes)

    def whole(
        self, question: str, registry: Registry, avoid: frozenset[str] = frozenset()
    ) -> tuple[list[Mapping[str, Any]], tuple[dict[str, Any], ...]]:
        """A question as a step of its own, where some expert is for it; no steps where none is.

        Raises:
            OverLimits: the settings' limits allow no expert that could answer.
        """
        decision = self._decided(question, registry, avoid)
        steps = [
            {"id": f"w{number}", "expert": name, "question": question, "after": []}
            for number, name in enumerate(decision.chosen, 1)
        ]
        return list(steps), ({"step": "", "planned": "", "asked": list(decision.chosen), **decision.to_dict()},)

    def _decided(self, question: str, registry: Registry, avoid: frozenset[str]) -> Decision:
        """Who is to answer; where that one had no answer already, whom it hands over to."""
        decision = self.router.route(question, registry)
        failed = next((name for name in decision.chosen if name in avoid), None)
        if failed is None:
            return decision
        return self.router.hand_over(failed, registry, category=decision.category, tried=avoid)

    async def written_out(self, proposal: Proposal, question: str, registry: Registry) -> Proposal:
        """The proposal with questions written out for those who were chosen instead of whom the planner named.

        Raises:
            UsageError: the user's own prompt cannot be used.
        """
        moved = {route["step"] for route in proposal.routes if route["asked"][:1] not in ([], [route["planned"]])}
        if self.caller is None or not moved:
            return proposal
        steps, notes = [], list(proposal.notes)
        for step in proposal.plan.steps:
            arguments = dict(step.arguments)
            for name, bound in step.arguments.items():
                if step.id in moved and isinstance(bound, Worded):
                    expert = registry.experts[step.expert]
                    rewritten = await rewrite(bound.value, expert, question, self.caller, self.prompts)
                    arguments[name] = Worded(value=rewritten.text)
                    notes += [rewritten.note] if rewritten.note else []
            steps.append(step.model_copy(update={"arguments": arguments}))
        plan = proposal.plan.model_copy(update={"steps": tuple(steps)})
        return proposal.model_copy(update={"plan": plan, "notes": tuple(notes)})

    def note(self, proposal: Proposal, ends: Mapping[str, Outcome], registry: Registry, *, clean: bool) -> None:
        """Note what became of each model expert: an answer that was accepted, or none.

        Args:
            proposal: with its plan and routes.
            ends: how its steps ended.
            registry: the experts.
            clean: whether nothing was found to be wrong with the results.
        """
        categories = {str(route["step"]): str(route["category"]) for route in proposal.routes}
        for step in proposal.plan.steps:
            card, end = registry.experts[step.expert].card, ends.get(step.id)
            if card.sort != "model" or end is None or isinstance(end, StepSkipped):
                continue
            category = categories.get(step.id, "")
            if isinstance(end, StepFinished) and (how := deliberation_in(card, end.outputs)) and how.panel:
                self._note_panel(how.panel, category, clean=clean)
                continue
            answered = isinstance(end, StepFinished)
            self.router.records.note(
                step.expert,
                category,
                good=answered and clean,
                seconds=end.seconds,
                cost=card.cost,
            )

    def _note_panel(self, panel: Panel, category: str, *, clean: bool) -> None:
        """Note each member of a panel: good is one who stands with the majority; where there is none, nobody is."""
        for stand in panel.stands if panel.majority else ():
            self.router.records.note(stand.expert, category, good=clean and stand.answer == panel.chosen)
