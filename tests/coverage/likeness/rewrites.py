"""Pairs of a report and its rewrite: two articles on one event. All of them are made up."""

from __future__ import annotations

from coverage.likeness.pairs import pair

REWRITES = {
    "a collision": pair(
        ("Ferry strikes harbour bridge in fog", "The ferry Saint Olave hit a pillar of the bridge; nobody was hurt."),
        ("Harbour bridge hit by ferry Saint Olave", "Passengers of the ferry are safe after it struck the bridge."),
    ),
    "a purchase": pair(
        ("Halden to acquire Pinecrest Software for $1.3 billion", "Halden pays in cash for the payroll firm."),
        ("Pinecrest sold to Halden in $1.3 billion deal", "The maker of payroll tools goes to its larger rival."),
    ),
    "a ban": pair(
        ("San Diego bans facial recognition by police", "The council of San Diego voted eight to one for the ban."),
        ("Police in San Diego lose facial recognition after council vote", "The ban takes effect in March."),
    ),
    "a strike": pair(
        ("Tram drivers in Gothenburg walk out over rosters", "No trams ran in Gothenburg on Monday."),
        ("Gothenburg trams halted as drivers strike over rosters", "Commuters walked to work in Gothenburg."),
        hours=6,
    ),
    "an appointment": pair(
        ("Corvane names Elena Sturm chief executive", "Sturm led the European arm of Corvane."),
        ("Elena Sturm to lead Corvane", "The engineer becomes chief executive of Corvane in June."),
        hours=20,
    ),
    "a recall": pair(
        ("Volvo recalls 50,000 estate cars over sticking brake pedals", "Owners should bring the cars in at once."),
        ("Brake pedals that stick: Volvo calls back 50,000 cars", "The recall concerns estate cars of two years."),
    ),
    "a find": pair(
        ("Divers find Roman anchor off Gozo", "The anchor lay forty metres deep off Gozo."),
        ("Roman anchor found by divers near Gozo", "It weighs as much as a small car."),
        hours=30,
    ),
    "a flaw": pair(
        ("Mozilla fixes critical flaw in Firefox exploited by attackers", "Users of Firefox should update now."),
        ("Firefox update closes hole that attackers exploited", "Mozilla asks users to install it now."),
    ),
    "a rewrite of one outlet": pair(
        (
            "Cable car stuck above Zermatt with 40 passengers",
            "Rescuers climb to a cable car above Zermatt with 40 people on board.",
        ),
        (
            "Passengers freed from cable car stuck above Zermatt",
            "All 40 people on board the cable car above Zermatt were brought down.",
        ),
        hours=5,
        outlet="one.example",
    ),
    "a report in Russian": pair(
        ("Паром врезался в мост в Калининграде", "Паром врезался в мост в тумане, никто не пострадал."),
        ("В Калининграде паром врезался в мост", "Никто не пострадал, когда паром врезался в мост."),
    ),
    "a report in Hindi": pair(
        ("दिल्ली में नया पुल खुला", "दिल्ली में यमुना पर नया पुल खुला।"),
        ("यमुना पर दिल्ली में खुला नया पुल", "नया पुल दिल्ली में खुला।"),
    ),
    "a report in Chinese": pair(
        ("微软宣布新的人工智能平台", "微软周一宣布新的人工智能平台。"),
        ("微软推出新的人工智能平台", "新的人工智能平台由微软推出。"),
    ),
    "a report in German": pair(
        ("Fähre rammt Hafenbrücke im Nebel", "Die Fähre rammte am Montag die Hafenbrücke, verletzt wurde niemand."),
        ("Hafenbrücke von Fähre gerammt", "Niemand wurde verletzt, als die Fähre die Hafenbrücke rammte."),
    ),
}
"""Each pair, by what happened."""
