"""Six small documents in two collections, and as many others as are asked for."""

from __future__ import annotations

from collegia.knowledge.records import Document

TOPICS = {
    "cavitation": "Cavitation is the collapse of vapour bubbles in a pump. It lowers the head and erodes the impeller.",
    "fouling": "Fouling of a heat exchanger lowers its duty. Deposits of scale grow on hot surfaces.",
    "flooding": "Flooding of a distillation column comes with too much vapour. The pressure drop rises sharply.",
    "hammer": "Water hammer is a pressure wave after a valve closes quickly. It breaks pipes and supports.",
    "npsh": "The net positive suction head of a pump must exceed what it requires, or vapour bubbles form.",
    "reflux": "Reflux returns condensate to the top of a distillation column and sharpens the separation.",
}


def documents(count: int = 0) -> list[Document]:
    """The six topics, then as many made up."""
    topics = [
        Document(name, text, collection="handbook" if name < "h" else "user", date=f"2024-0{number}-01")
        for number, (name, text) in enumerate(TOPICS.items(), 1)
    ]
    more = [Document(f"n{n}", f"Tank {n} holds {n * 7 % 101} units of fluid {n % 13}.") for n in range(count)]
    return topics + more
