"""A panel of model experts: who sits on it, and when they agree."""

from __future__ import annotations

from dataclasses import dataclass

from collegia.settings.strict import Strict, WrongSetting

__all__ = ["PanelSettings"]

_MOST_MEMBERS = 26  # of a panel: as many as there are letters for their answers


@dataclass(frozen=True)
class PanelSettings(Strict):
    """A panel of model experts, who answer one question apart and then see each other's answers.

    Attributes:
        size: how many sit on it; 0 asks one expert alone, as ever.
        members: the experts that may sit on it; all model experts where there are none.
        rounds: how often each answers at the most.
        agreement: the share of the members, from above 0.5 to 1, whose standing for one answer ends it.
        quorum: how many members must answer; with fewer there is no verdict.
    """

    size: int = 0
    members: tuple[str, ...] = ()
    rounds: int = 2
    agreement: float = 1.0
    quorum: int = 2

    def __post_init__(self) -> None:
        if self.size and not 2 <= self.size <= _MOST_MEMBERS:
            raise WrongSetting(f"panel.size is {self.size}; give 2 to {_MOST_MEMBERS}, or 0 for no panel")
        if self.rounds < 1:
            raise WrongSetting(f"panel.rounds is {self.rounds}; give at least 1")
        if not 0.5 < self.agreement <= 1:
            raise WrongSetting(f"panel.agreement is {self.agreement}; give a share above 0.5, and 1 at the most")
        if self.quorum < 2:
            raise WrongSetting(f"panel.quorum is {self.quorum}; give at least 2")
        if self.size and self.quorum > self.size:
            raise WrongSetting(f"panel.quorum is {self.quorum}, and panel.size {self.size}; so many never answer")
