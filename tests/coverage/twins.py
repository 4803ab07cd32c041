"""Pairs that are worded alike and report two events: one form, filled in twice. All of them are made up."""

from __future__ import annotations

from coverage.pairs import pair

TWINS = {
    "a state each": pair(
        ("Candidate Marlow wins Ohio primary", "The count in Ohio ended late on Tuesday."),
        ("Candidate Marlow wins Iowa primary", "Iowa gave her a narrow lead over two rivals."),
    ),
    "a state each, bare": pair(("Marlow wins Ohio", ""), ("Marlow wins Iowa", "")),
    "a governor each": pair(
        ("Nevada governor signs water bill into law", "Farms near Reno will pay more for wells."),
        ("Vermont governor signs heating bill into law", "Homes in Burlington get help with stoves."),
    ),
    "weekly deals": pair(
        ("Weekly deals: the best offers on headphones", "Our picks of the week for your ears."),
        ("Weekly deals: the best offers on vacuum cleaners", "Our picks of the week for your floors."),
    ),
    "deals of two shops": pair(
        ("Best Walmart deals this weekend", "Televisions and toys are cheaper until Sunday."),
        ("Best Target deals this weekend", "Lamps and coats are cheaper until Sunday."),
    ),
    "deals of one outlet": pair(
        ("Deal of the day: Sony earbuds for $99", "A fair price for good sound."),
        ("Deal of the day: Lenovo laptop for $499", "A fair price for light work."),
        hours=24,
        outlet="one.example",
    ),
    "ends on one day": pair(
        ("Free trial of Inkwell Pro ends on 29 February", "Writers keep their drafts."),
        ("Parking amnesty in Leeds ends on 29 February", "Drivers may still pay half the fine."),
    ),
    "offers end on one day": pair(
        ("Offer on Kestrel bikes ends on 29 February", "Riders save a third."),
        ("Offer on Plover tents ends on 29 February", "Campers save a third."),
    ),
    "quarters of two companies": pair(
        ("Northwind beats estimates in first quarter", "Northwind sold more turbines than a year before."),
        ("Calder Foods beats estimates in first quarter", "Calder Foods sold more soup than a year before."),
    ),
    "shares of two": pair(
        ("Orrick shares fall 5% after profit warning", "The maker of valves expects less demand."),
        ("Delmar shares fall 5% after profit warning", "The airline expects fewer passengers."),
    ),
    "two ratings": pair(
        ("Analyst raises Tolliver to buy", "The price target moves to $40."),
        ("Analyst raises Wexham to buy", "The price target moves to $75."),
    ),
    "two market reports": pair(
        ("Global robotics market to reach $80 billion by 2027", "A report counts arms, carts and sensors."),
        ("Global bakery market to reach $45 billion by 2027", "A report counts bread, cakes and ovens."),
    ),
    "two market reports of one outlet": pair(
        ("Smart lighting market size, share and forecast", "Key players and regions of smart lighting."),
        ("Smart metering market size, share and forecast", "Key players and regions of smart metering."),
        outlet="one.example",
    ),
    "funding of two": pair(
        ("Startup Fernly raises $20 million to teach robots to cook", "Fernly of Lisbon doubles its staff."),
        ("Startup Quorra raises $20 million to map sewers", "Quorra of Oslo opens in three cities."),
    ),
    "two deals of a buyer": pair(
        ("Halden acquires Pinecrest Software", "Pinecrest of Denver makes payroll tools."),
        ("Halden acquires Bluefin Analytics", "Bluefin of Dublin counts shoppers."),
        hours=48,
    ),
    "two appointments": pair(
        ("Corvane names Elena Sturm chief executive", "Sturm has led the European arm."),
        ("Rydal Bank names Peter Okafor chief executive", "Okafor has led the lending arm."),
    ),
    "two phones reviewed": pair(
        ("Galaxy S20 review: a camera first", "Samsung's phone zooms far."),
        ("Pixel 4a review: a bargain first", "Google's phone costs little."),
    ),
    "two recalls": pair(
        ("Volvo recalls 50,000 cars over brake fault", "Pedals of the estate may stick."),
        ("Mazda recalls 70,000 cars over airbag fault", "Bags of the coupe may not open."),
    ),
    "two matches": pair(
        ("Leeds beat Fulham 2-1 in late drama", "A header in the last minute settles it."),
        ("Derby beat Stoke 3-1 in late drama", "A penalty in the last minutes settles it."),
    ),
    "two previews": pair(
        ("Lakers vs Celtics: how to watch, odds and prediction", "Los Angeles hosts Boston on Sunday."),
        ("Bulls vs Knicks: how to watch, odds and prediction", "Chicago hosts New York on Sunday."),
    ),
    "two horoscopes": pair(
        ("Horoscope for Aries: what the stars hold this week", "A letter surprises you."),
        ("Horoscope for Libra: what the stars hold this week", "A journey surprises you."),
        outlet="one.example",
    ),
    "two days of a puzzle": pair(
        ("Crossword answers for Monday", "Stuck on seven across? All answers are here."),
        ("Crossword answers for Tuesday", "Stuck on two down? All answers are here."),
        hours=24,
        outlet="one.example",
    ),
    "two briefings": pair(
        ("Morning briefing: floods in Jakarta, a vote in Dublin", "What to know before breakfast."),
        ("Morning briefing: strikes in Lyon, a launch in Kourou", "What to know before breakfast."),
        hours=24,
        outlet="one.example",
    ),
    "two briefings of two outlets": pair(
        ("Five things to know on Thursday", "Markets, weather and a wedding."),
        ("Five things to know on Friday", "Courts, trains and a whale."),
        hours=24,
    ),
    "two quakes": pair(
        ("Magnitude 5.8 earthquake strikes off Chile", "Buildings swayed in Valparaiso."),
        ("Magnitude 6.1 earthquake strikes off Japan", "Trains stopped in Sendai."),
    ),
    "two fires": pair(
        ("Fire destroys warehouse in Bristol", "Smoke was seen from the Severn."),
        ("Fire destroys warehouse in Dundee", "Smoke was seen from the Tay."),
    ),
    "two arrests": pair(
        ("Man arrested after stabbing in Croydon", "A woman of 30 is in hospital."),
        ("Man arrested after stabbing in Salford", "A boy of 16 died at the scene."),
    ),
    "two forecasts": pair(
        ("Weather forecast for Glasgow: rain and wind", "Umbrellas are needed on the Clyde."),
        ("Weather forecast for Cardiff: rain and wind", "Umbrellas are needed on the Taff."),
    ),
    "two counts of cases": pair(
        ("Kenya confirms first case of new virus", "A traveller in Nairobi is in isolation."),
        ("Norway confirms first case of new virus", "A student in Bergen is in isolation."),
    ),
    "two bans": pair(
        ("San Diego bans facial recognition by police", "The council voted eight to one."),
        ("Portland bans facial recognition by shops", "The mayor backed the strictest rule."),
    ),
    "two schools": pair(
        ("Elmwood High School to close after budget cuts", "Pupils in Tulsa move in autumn."),
        ("Birchfield High School to close after budget cuts", "Pupils in Omaha move in autumn."),
    ),
    "two obituaries": pair(
        ("Jazz pianist Horace Venn dies at 88", "He played with three orchestras."),
        ("Jazz drummer Louis Amadi dies at 91", "He toured for six decades."),
    ),
    "two trailers": pair(
        ("First trailer for The Glass Orchard released", "The drama opens in May."),
        ("First trailer for Moon Harvesters released", "The comedy opens in June."),
    ),
    "two patches": pair(
        ("Mozilla fixes critical flaw in Firefox", "Users of the browser should update."),
        ("Adobe fixes critical flaw in Acrobat", "Users of the viewer should update."),
    ),
    "two breaches": pair(
        ("Data breach at Hotel Meridiane exposes 3 million guests", "Passport numbers leaked."),
        ("Data breach at clinic chain Sanova exposes 2 million patients", "Test results leaked."),
    ),
    "two lawsuits": pair(
        ("Texas sues Google over ads", "The filing says that rivals were kept out."),
        ("Arizona sues Google over location data", "The filing says that phones kept a track."),
    ),
    "two guides": pair(
        ("How to back up your iPhone", "Three ways to keep your photos."),
        ("How to back up your Kindle", "Three ways to keep your books."),
        outlet="one.example",
    ),
    "two numbers": pair(
        ("Episode 112: The lighthouse keepers", "A talk with two who stayed."),
        ("Episode 113: The ice road drivers", "A talk with three who went."),
        hours=72,
        outlet="one.example",
    ),
    "two tickets": pair(
        ("Lottery numbers for Saturday, 22 February", "The jackpot was not won."),
        ("Lottery numbers for Wednesday, 26 February", "The jackpot was won in Kent."),
        hours=95,
    ),
    "two vacancies": pair(
        ("Professor of physics wanted at Uppsala University", "Apply before the end of March."),
        ("Professor of history wanted at Tartu University", "Apply before the end of March."),
    ),
    "two lists": pair(
        ("The 10 best restaurants in Porto", "From grilled sardines to custard tarts."),
        ("The 10 best restaurants in Ghent", "From stewed beef to waffles."),
    ),
    "two dividends": pair(
        ("Ashgrove Trust declares dividend of $0.25", "Holders are paid in April."),
        ("Linden Partners declares dividend of $0.40", "Holders are paid in April."),
    ),
    "two conferences": pair(
        ("Barcelona phone show cancelled over virus", "Makers had withdrawn one by one."),
        ("Geneva motor show cancelled over virus", "The Swiss ban large gatherings."),
        hours=60,
    ),
    "two papers": pair(
        ("Researchers use AI to find new antibiotic", "A model looked at a hundred million molecules."),
        ("Researchers use AI to find lost Mayan roads", "A model looked at scans of the jungle."),
    ),
    "numbers alone": pair(("5.md", ""), ("7.md", "")),
    "numbers alone of one outlet": pair(("5.md", ""), ("7.md", ""), outlet="one.example"),
}
"""Each pair of twins, by what it is."""
