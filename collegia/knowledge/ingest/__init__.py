"""Taking files in: found, read in processes of their own, checked, and stored.

Nothing that a file holds can do more than cost that file: each is read in a process that may crash, hang or grow, and
what is refused is refused by itself, with a reason.
"""

from __future__ import annotations

from collegia.knowledge.ingest.discover import Found, find
from collegia.knowledge.ingest.limits import Limits, Refusal, Report
from collegia.knowledge.ingest.rebuild import rebuild
from collegia.knowledge.ingest.run import ingest

__all__ = ["Found", "Limits", "Refusal", "Report", "find", "ingest", "rebuild"]
