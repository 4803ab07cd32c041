"""The words that made-up stories are made of: none of them from real ones."""

from __future__ import annotations

COMMON_WORD = "harbour"
"""Stands in most of the stories."""

RARE_WORD = "quillwort"
"""Stands in one story of `RARE_ONE_IN`."""

RARE_ONE_IN = 2_000

TOPICS = (
    "Shipping", "Energy", "Rail", "Weather", "Trade", "Fisheries", "Housing", "Health", "Schools", "Courts",
    "Bridges", "Water", "Farming", "Elections", "Museums", "Chess", "Cycling", "Film", "Budget", "Customs",
    "Lighthouses", "Ferries", "Cranes", "Dredging", "Night Trains", "Wind Power", "Salt Marshes", "Old Town",
    "Radio", "Archives", "Bees", "Street Food", "Tides", "Pilots", "Canals", "Glass", "Rope Works", "Observatory",
    "Ice", "Bells",
)  # fmt: skip
"""Labels, the most frequent first."""

NOUNS = (
    "crane", "ferry", "council", "signal", "warehouse", "pilot", "tariff", "tunnel", "turbine", "market", "station",
    "archive", "cable", "permit", "survey", "budget", "barge", "workshop", "crew", "engine", "inspector", "valve",
    "contract", "museum", "orchard", "lighthouse", "satellite", "clinic", "school", "bridge", "reservoir", "tram",
    "compass", "ledger", "anchor", "buoy", "radar", "depot", "festival", "laboratory", "viaduct", "windmill",
    "terminal", "observatory", "charter", "lantern", "quarry", "furnace", "pier", "beacon", "granary", "foundry",
    "aqueduct", "seawall", "dockyard", "harvest", "ballot", "printing press", "ice house", "weather station",
)  # fmt: skip

VERBS = (
    "reopens", "delays", "questions", "surveys", "sells", "repairs", "inspects", "rejects", "approves", "doubles",
    "halves", "moves", "names", "renames", "postpones", "measures", "tests", "finds", "loses", "charts", "publishes",
    "corrects", "withdraws", "expands", "closes", "opens", "audits", "paints", "lifts", "lowers", "floods", "drains",
    "restores", "borrows", "returns", "photographs", "counts", "recounts", "insures", "auctions",
)  # fmt: skip

ADJECTIVES = (
    "quiet", "northern", "southern", "floating", "second", "third", "historic", "unfinished", "electric", "wooden",
    "hidden", "municipal", "private", "annual", "emergency", "regional", "temporary", "new", "old", "silent", "narrow",
    "record", "early", "late", "costly", "spare", "forgotten", "joint", "public", "damp", "frozen", "amber",
    "seasonal", "coastal", "upper", "lower", "brass", "autumn", "winter", "spring",
)  # fmt: skip

OPENINGS = (
    "officials said on {day}", "according to the {adjective} {noun} office", "people close to the {noun} say",
    "a letter seen on {day} shows", "the {noun} board confirmed", "engineers at {name} reported",
    "residents of {name} were told on {day}", "as the tide turned on {day}", "after a vote late on {day}",
    "in a note of four pages", "the mayor’s office announced", "an auditor wrote in \"{Name} Notes\"",
)  # fmt: skip

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

HEADLINES = (
    "{Name} {verb} {adjective} {noun} as {subject} {other} waits",
    "{Subject} {other}: {name} {verb} the {adjective} {noun}",
    "Why the {adjective} {noun} of {name} matters to every {subject} {other}",
    "{Name} and {Rival} quarrel over {subject} {other}",
    "{Adjective} {noun} {verb} {subject} {other} near {name}",
    "What we know about the {subject} {other} at {name}",
    "“Nobody asked the {noun}”: {name} on the {subject} {other}",
    "{Name} {noun} {verb} again; {subject} {other} in doubt",
    "How {name} built a {adjective} {noun} without a {subject} {other}",
    "{Subject} {other} {verb} {number} {noun}s in {name}",
    "Review: the {adjective} {noun} of {name}, with {subject} and {other}",
    "{Name} to spend {number} million on {subject} {other}",
    "{Subject} {other} {verb}",
    "{Name} {verb} {other}",
    "{Name} and {Rival} agree, for the first time in {number} weeks, on what to do about the {subject} {other} and"
    " its {adjective} {noun}",
)

SENTENCES = (
    "The {adjective} {noun} {verb} what the {subject} {other} left behind, {opening}.",
    "{Opening}, that the {subject} {other} would need {number} more {noun}s before the {adjective} season.",
    "{Name} has waited {number} months for its {adjective} {noun}.",
    "Neither {name} nor {Rival} would say who {verb} the {noun}, and the {subject} {other} stays as it is.",
    '"It is only a {noun}," said a keeper of the {adjective} {other}, "but it is ours."',
    "Plans for a {adjective} {noun} between {name} and {Rival} were drawn up {number} years ago.",
    "Costs have risen to {number} million since the {subject} {other} was first shown.",
    "A {adjective} report on the {noun} runs to {number} pages, {opening}.",
)

COMMON_SENTENCES = (
    "At the harbour the {noun} is {adjective} for now.",
    "The harbour master of {name} expects {number} {noun}s by {day}.",
    "Around the harbour, the {subject} {other} is the talk of {day}.",
    "All of it depends on the harbour, {opening}.",
)

RARE_SENTENCE = "A single quillwort grew beside the {noun}."

NAME_STARTS = (
    "Cal", "Dun", "Fern", "Gris", "Hal", "Ister", "Kel", "Lorn", "Mar", "Nor", "Ober", "Pel", "Quen", "Ros", "Sel",
    "Tarn", "Ulver", "Ven", "Wes", "Yar", "Zan", "Brae", "Corv", "Drim", "Elm", "Fal", "Gorse", "Hest", "Ink", "Jor",
    "Kith", "Lum", "Mere", "Nether", "Orr", "Pren", "Rud", "Skel", "Thorn", "Umber",
)  # fmt: skip

NAME_MIDDLES = ("", "a", "en", "i", "ow", "er", "el", "um", "ian", "or")

NAME_ENDS = (
    "bridge", "burgh", "by", "combe", "dale", "don", "fell", "field", "ford", "gate", "ham", "haven", "holm", "hurst",
    "keld", "leigh", "low", "mere", "mouth", "ness", "point", "rigg", "sands", "stead", "stoke", "thorpe", "ton",
    "wick", "worth", "wold",
)  # fmt: skip

OUTLET_KINDS = (
    "Herald", "Courier", "Gazette", "Post", "Times", "Observer", "Wire", "Review", "Dispatch", "Standard", "Mercury",
    "Ledger", "Bulletin", "Chronicle", "Tribune", "Weekly", "Today", "Radio", "Channel 4", "Journal",
)  # fmt: skip
