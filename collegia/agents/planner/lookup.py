"""Names that no vocabulary lists: the unknown words of a question, tried against the domains' large data."""

from __future__ import annotations

import re

from collegia.agents.reading.types import Reading, Said, Subject
from collegia.tools.registry import Registry

__all__ = ["look_up"]

_TRIES = 12


def look_up(reading: Reading, registry: Registry) -> bool:
    """Resolve unknown words by the kinds that can; whether any was found. The reading is completed in place."""
    if any(subject.kind for subject in reading.subjects):
        return False
    seekers = [kind for kind in registry.kinds.values() if kind.lookup is not None]
    for kind in seekers:
        for phrase in _phrases(reading)[:_TRIES]:
            value = kind.lookup(phrase) if kind.lookup is not None else None
            if value is None:
                continue
            start = reading.text.lower().find(phrase.lower())
            index = len(reading.said)
            subject = Subject(len(reading.subjects), phrase, value, kind.name, said=index, places=[0])
            said = Said(
                index, start, start + len(phrase), 0, 0, phrase, value=value, kinds={kind.name: 0.0}, named=True
            )
            said.subject = subject.index
            reading.subjects.append(subject)
            reading.said.append(said)
            for other in reading.said:
                other.subject = subject.index if other.subject is None else other.subject
            return True
    return False


def _phrases(reading: Reading) -> list[str]:
    """Runs of unknown words, longest first, then the words alone."""
    unknown = set(reading.words)
    runs: list[str] = []
    for match in re.finditer(r"[\w'-]+(?: [\w'-]+)*", reading.text):
        run: list[str] = []
        for word in [*match.group().split(" "), ""]:
            if word in unknown:
                run.append(word)
                continue
            if run:
                runs.append(" ".join(run))
            run = []
    whole = re.findall(r"(?<![\w-])[\w'-]+(?![\w-])", reading.text)
    runs += [word for word in whole if "-" in word and unknown & set(re.split(r"[-\d]+", word))]
    singles = [word for word in reading.words if word not in runs and word in whole]
    return sorted(dict.fromkeys(runs), key=len, reverse=True) + singles
