"""Experts of six fields with examples of what they are good at, and questions in other words for a router to place."""

from __future__ import annotations

from routing_cards import expert, registry_of

from collegia.tools.registry import Registry

EXAMPLES = {
    "geology": (
        "Knows rocks, minerals, volcanoes and the history of the Earth's crust.",
        (
            "How does granite form?", "What makes magma rise in a volcano?", "Why are there fossils in limestone?",
            "What is the hardness of quartz?", "How do tectonic plates move?", "What causes an earthquake?",
            "How old is the oldest rock on Earth?", "What is the difference between a sediment and a metamorphic rock?",
        ),
    ),
    "cooking": (
        "Knows recipes, baking, sauces and how food is prepared.",
        (
            "How long does a chicken roast in the oven?", "Why does bread dough rise with yeast?",
            "What can replace eggs in a cake?", "How do I thicken a sauce?", "How much salt goes into pasta water?",
            "What is the best way to fry onions?", "How is butter clarified?", "Why does meat rest after grilling?",
        ),
    ),
    "astronomy": (
        "Knows stars, planets, galaxies and telescopes.",
        (
            "How far away is the nearest star?", "What is a black hole?", "Why does the Moon have phases?",
            "How hot is the surface of Venus?", "What do rings of Saturn consist of?",
            "How does a telescope gather light?", "When does a comet grow a tail?", "How are galaxies classified?",
        ),
    ),
    "contracts": (
        "Knows the law of contracts, leases, sales and liability.",
        (
            "When is an offer accepted?", "Can a tenant end a lease early?", "What damages follow a breach?",
            "Is an oral agreement binding?", "What does a warranty cover when goods are sold?",
            "Who is liable when a delivery is late?", "What makes a clause void?", "May an agent sign a contract?",
        ),
    ),
    "gardening": (
        "Knows plants, soil, seeds, pruning and pests in the garden.",
        (
            "When should roses be pruned?", "How deep are tulip bulbs planted?", "Which soil do blueberries like?",
            "How do I keep slugs off lettuce?", "When are tomato seeds sown?", "How often is a lawn mown?",
            "What is good compost made of?", "Why do leaves of a lemon tree turn yellow?",
        ),
    ),
    "music": (
        "Knows harmony, scales, rhythm, instruments and composers.",
        (
            "Which notes make a minor chord?", "How is a violin tuned?", "What is a fugue?",
            "Which key has four sharps?", "How does a waltz rhythm go?", "Who composed the Brandenburg concertos?",
            "How does a clarinet make its sound?", "What is counterpoint?",
        ),
    ),
}  # fmt: skip

QUESTIONS = {
    "geology": (
        "By what process do volcanoes come to spit out molten material?",
        "Which minerals is granite composed of?",
        "Are fossils ever found in metamorphic layers?",
        "What tells us that continents sit on drifting plates?",
        "Why do earthquakes cluster along certain lines?",
        "Could quartz scratch a steel knife?",
        "How is the age of a rock found out?",
        "What happens to limestone deep under the crust?",
    ),
    "cooking": (
        "My sauce is too runny; what shall I stir in?",
        "At what point is a roast chicken done?",
        "Is it possible to bake a cake when there are no eggs in the house?",
        "What went wrong if my dough stays flat although I used yeast?",
        "Should onions be fried in butter or in oil?",
        "How salty ought the water for pasta to be?",
        "Why let grilled meat sit before carving it?",
        "Which oven setting suits a crusty bread?",
    ),
    "astronomy": (
        "Does anything ever escape from black holes?",
        "What would I see of Saturn with a small telescope?",
        "Why is Venus warmer than planets closer in?",
        "How many stars does our galaxy hold?",
        "What is it that makes comets visible?",
        "Why do we always face the same side of the Moon?",
        "Is the nearest star bigger than ours?",
        "What separates spiral from elliptical galaxies?",
    ),
    "contracts": (
        "My landlord wants me out; may the lease be ended before its term?",
        "We only shook hands: are we bound by that agreement?",
        "The goods arrived broken. Does the warranty pay?",
        "Which damages may I claim if the other side is in breach?",
        "Is silence ever taken as acceptance of an offer?",
        "Who bears liability for what a carrier loses on delivery?",
        "Does one void clause bring down the whole contract?",
        "May my tenant sublet the flat?",
    ),
    "gardening": (
        "Something eats my lettuce at night, slugs perhaps; what helps?",
        "In which month do I cut back the roses?",
        "My lemon has pale yellow leaves, is it the soil?",
        "Is it too late to sow tomatoes in May?",
        "What must not go on the compost heap?",
        "How far apart do tulips go into the ground?",
        "Which plants grow in acid soil?",
        "Can a lawn recover from a drought?",
    ),
    "music": (
        "How do major and minor chords differ?",
        "What are the open strings of a violin?",
        "How many sharps are there in A major?",
        "Which composers wrote fugues for the organ?",
        "What distinguishes the rhythm of a waltz from that of a march?",
        "Is a clarinet a transposing instrument?",
        "How is counterpoint taught?",
        "Which scale sounds oriental?",
    ),
}

NOBODY = (
    "Who won the chess championship in 1972?",
    "How do I reset my router's password?",
    "What is the population of Iceland?",
    "How many goals were shot in the last final?",
    "Which train goes to Vienna tonight?",
    "Translate good morning into Finnish.",
    "Is my passport still valid abroad?",
    "How do vaccines train the immune system?",
)

LARGE = "large"


def topic_registry() -> Registry:
    """A small expert for each field, and a dear one for anything."""
    small = [
        expert(name, purpose, questions=questions, categories=(name,), cost=1.0)
        for name, (purpose, questions) in EXAMPLES.items()
    ]
    return registry_of(*small, expert(LARGE, "Answers whatever it is asked.", cost=12.0, categories=("general",)))
