"""Stories for the tests: invented persons and harmless happenings, endless and always the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

STATES = [("Portugal", "Portuguese", "Lisbon"), ("Iceland", "Icelandic", "Reykjavik"), ("Kenya", "Kenyan", "Nairobi"),
          ("Japan", "Japanese", "Tokyo"), ("Chile", "Chilean", "Santiago"), ("Finland", "Finnish", "Helsinki"),
          ("Morocco", "Moroccan", "Rabat"), ("Vietnam", "Vietnamese", "Hanoi")]  # fmt: skip
FIRST = ["Mira", "Oskar", "Tessa", "Anselm", "Ilka", "Bruno", "Sunniva", "Piet", "Edda", "Caspar"]
LAST = ["Tolvanen", "Lindqvist", "Brandt-Hale", "Okonjo", "Marlowe", "Sørli", "Vasconde", "Itakura", "Rueda", "Kjær"]
PLANS = ["open a consulate in {city}", "revive the summer ferry line", "extend the contract on geothermal training by three years",
         "share weather data with {nation} universities", "lend two research ships to {country} by 2028", "waive visa fees for students",
         "invest $40 million in a salmon hatchery near {city}"]  # fmt: skip
ISSUES = ["the removal of quotas on salted fish", "free navigation in the northern straits", "the mutual recognition of diplomas",
          "new tariffs on cork", "a ban on night trains"]  # fmt: skip
OPENINGS = ["{city_upper} – The foreign ministers of {a} and {b} met on {day} in {city} to discuss fisheries and trade.",
            "{a} and {b} signed an agreement on harbour safety in {city} on {day}, officials said.",
            "A delegation from {b} arrived in {city} on {day} for three days of talks."]  # fmt: skip
SAYINGS = ["“We will {plan} before the end of the year,” {name} said.", "{name} said {b} was ready to {plan}, provided that costs are shared.",
           "The {nation} minister, {name}, welcomed {issue} and called it “a matter of plain sense”.",
           "According to {name}, the two sides agreed to {plan}.", "{name} rejected {issue}, noting that talks had not begun.",
           "“The cable is not a dream any more,” she told reporters, “it is a drawing.”", "Both sides stressed the importance of {issue}.",
           "{name} urged {a} to {plan} without further delay.", "Talks on {issue} will resume next month, the ministry added."]  # fmt: skip


def story(number: int) -> "dict[str, str]":
    """Story `number`: {"id", "title", "published", "outlet", "text"}."""
    random_ = random.Random(number)
    (a, _, city), (b, nation, other) = random_.sample(STATES, 2)
    name = f"{random_.choice(FIRST)} {random_.choice(LAST)}"

    def fill(text: str) -> str:
        plan = random_.choice(PLANS).format(city=other, nation=nation, country=b)
        return text.format(a=a, b=b, city=city, city_upper=city.upper(), nation=nation, name=name, plan=plan,
                           issue=random_.choice(ISSUES), day=random_.choice(["Monday", "Tuesday", "Thursday"]))  # fmt: skip

    paragraphs = [fill(random_.choice(OPENINGS))]
    paragraphs += (" ".join(fill(random_.choice(SAYINGS)) for _ in range(2)) for _ in range(random_.randint(2, 5)))
    return {
        "id": f"story-{number}",
        "title": f"{a}, {b} talk in {city}",
        "published": (date(2026, 1, 5) + timedelta(days=number % 300)).isoformat(),
        "outlet": ["Harbour Post", "The Northern Wire"][number % 2],
        "text": "\n\n".join(paragraphs),
    }


def stories(count: int) -> "Iterator[dict[str, str]]":
    return (story(number) for number in range(count))
