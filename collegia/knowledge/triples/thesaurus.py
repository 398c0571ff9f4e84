"""Plain English that belongs to no data: irregular forms, words that only build a sentence, groups of near meaning."""

from __future__ import annotations

__all__ = [
    "ASKING",
    "DOUBTING",
    "FUNCTION",
    "GROUPS",
    "IMPERATIVE",
    "IRREGULAR",
    "LIMITING",
    "NEGATING",
    "PERSON",
    "PLACE",
    "SHARING",
    "TIME",
]


def _forms(*rows: str) -> dict[str, str]:
    return {form: row.split()[0] for row in rows for form in row.split()[1:]}


# The base first, then the forms that no ending explains.
IRREGULAR = _forms(
    "write wrote written writ", "make made", "build built", "lead led", "come came", "hold held", "give gave given",
    "take took taken", "speak spoke spoken", "sing sang sung song", "draw drew drawn", "bear born borne",
    "begin began begun", "choose chose chosen", "drive drove driven", "fall fell fallen",
    "fly flew flown", "grow grew grown", "know knew known", "lie lay lain", "lose lost", "meet met", "pay paid",
    "run ran", "see saw seen", "sell sold", "send sent", "shoot shot", "show shown", "sit sat", "spend spent",
    "stand stood", "teach taught", "tell told", "think thought", "understand understood", "wear wore worn",
    "win won", "buy bought", "bring brought", "catch caught", "eat ate eaten", "feed fed", "keep kept", "wed wedded",
    "die died dying death dead deaths", "act actress actresses", "wife wives", "life lives", "child children",
    "person people persons", "man men", "woman women", "city cities", "country countries", "category categories",
    "company companies", "story stories", "century centuries", "play played", "flow flown flowed",
)  # fmt: skip

# Words of near meaning. Relations are named by one of them and asked for by another.
GROUPS = (
    # works
    "write create author script screenplay story pen novelist text",
    "direct helm filmmaker", "act star appear play cast perform feature role", "compose music score song sing",
    "produce make manufacture create build maker", "publish issue release launch come premiere",
    "invent discover devise",
    "draw paint illustrate design", "edit edition version revise",
    "genre kind type sort category class classify style", "language tongue speak spoken speech",
    "tag topic subject theme keyword label term word describe about concern concerning",
    "title name call called known alias", "award prize win honour honor", "rating rate score stars grade review",
    "vote popular popularity poll", "year date when time day month", "length duration runtime long last",
    # people
    "spouse marry wed wife husband partner", "parent father mother", "child son daughter kid offspring",
    "sibling brother sister", "born birth birthday birthplace",
    "die death buried", "job profession occupation work career",
    "school university college study educate education graduate alma", "teach teacher professor",
    "nationality citizen citizenship country nation", "religion faith church believe", "gender sex",
    "member belong part join team", "friend know acquaintance",
    # places
    "locate location located place where site lie situated live reside residence", "capital seat",
    "country nation state land", "city town village", "border neighbour neighbor adjacent",
    "population inhabitant people",
    "area size surface", "currency money",
    # organisations
    "found founder establish start set", "own owner possess belong parent",
    "lead head chief president run manage boss chair",
    "employ employer work staff employee", "headquarter headquarters seat office", "industry sector business field",
    "sell supply vendor supplier deliver", "buy customer client purchase", "subsidiary daughter branch",
    # things
    "contain hold include consist comprise component part made", "material made substance",
    "use application purpose apply",
    "connect join link attach feed", "cause lead trigger reason why", "treat cure therapy heal", "symptom sign",
    "measure monitor indicate read", "control regulate actuate", "protect relieve guard", "cost price expensive",
    "weight mass heavy", "height tall high", "colour color", "temperature hot cold warm", "pressure bar",
)  # fmt: skip

FUNCTION = frozenset(
    """a an the of in on at to for from by with into under over as and or but if so than then is are was were be been
    being am do does did done has have had having can could will would shall should may might must it its he his him
    she her they their them theirs we our us you your i me my mine this that these those there here what which who
    whom whose when where why how s t re ve ll d not no any some all each every both few many much one ones please
    name list give tell show say find get let want know look like also too ever just only listed world""".split()
)

ASKING = frozenset("who whom what which when where whose how".split())
IMPERATIVE = frozenset("name list give tell show find get".split())
DOUBTING = frozenset("is are was were am do does did has have had".split())
PERSON = frozenset("who whom person people man men woman women somebody someone anyone persons".split())
TIME = frozenset("when".split())
PLACE = frozenset("where".split())

# What no path can follow: a question with the first is not answered, the second are told as not heeded.
NEGATING = frozenset("not never without except excluding neither nor nobody none nothing t cannot".split())
LIMITING = frozenset(
    """most least fewest first last latest newest earliest oldest youngest best worst highest lowest largest biggest
    smallest longest shortest before after since until between during more less fewer than only many much average
    total or""".split()
)

# Words that lead from a thing to its fellows: there by a relation, and back by the same one.
SHARING = frozenset(
    """same share shares shared sharing common also together other others another co along alongside fellow besides
    collaborate collaborated collaborator collaborators jointly both""".split()
)
