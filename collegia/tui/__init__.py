"""The terminal app: one screen over the assistant and its events, with no logic of its own.

    actions     what can be done: one registry that feeds keys, palette, commands and help
    app         the app: it loads the assistant behind the first screen, and keeps the conversation
    view        a run as it is seen: events in, plain data out
    chat        the conversation: prompt, transcript, completion, history
    plan        the plan beside it, live
    experts     browsed, read, tried
    sessions    the stored conversations
    models      models, budget, routing
    dialogs     small questions, each typed by its result

Textual and the standard library alone are imported before the first screen is up.
"""

from __future__ import annotations

__all__: list[str] = []
