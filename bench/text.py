"""Text to measure on: invented diplomatic news, as much as wanted, from a seed.

What matters for speed is that it repeats itself as news does and no more: every story has its own people, places, parties and numbers,
common words come by Zipf's law, and over 400,000 tokens about one in twenty is of a type that was not there before, much as in real news.
"""
import random

NOUNS = """agreement ceasefire border crossing pipeline tariff ambassador summit treaty protocol visa harbour fishery refugee corridor sanction
embassy delegation council parliament minister spokesman railway bridge contract export import grain fuel water river dam power grid airport
airline budget loan grant debt currency bank market trade investment factory port shipment customs inspection quota permit licence court
ruling verdict appeal prisoner exchange hostage amnesty election ballot coalition opposition protest curfew strike union teacher doctor
hospital vaccine virus flood drought earthquake storm rescue aid convoy camp tent food shelter school university student scholar museum
festival language minority province district village capital city suburb highway tunnel ferry vessel cargo crew captain pilot drone missile
battery army navy officer soldier patrol checkpoint buffer zone map line demarcation commission envoy mediator monitor observer mission
mandate resolution draft clause annex paragraph deadline timetable roadmap framework memorandum communique statement interview remark
proposal offer demand condition concession compromise dispute claim complaint violation incident attack raid shelling casualty victim
witness report survey inquiry investigation evidence document archive letter call meeting visit dinner ceremony handshake partnership
alliance pact bloc neighbour region continent island coast strait basin mountain valley desert forest climate emission energy gas oil
electricity cable network satellite data platform company supplier buyer customer price rise fall share percentage figure record forecast
outlook growth recession inflation unemployment pension wage tax subsidy reform law bill decree constitution amendment vote veto majority
member chair secretary general president premier deputy adviser aide source official diplomat analyst professor editor newspaper agency
broadcaster journalist photographer""".split()
VERBS = """announced welcomed rejected signed postponed suspended resumed discussed reviewed approved condemned criticised praised urged invited
visited hosted proposed drafted completed launched opened closed extended shortened cancelled denied confirmed questioned defended blamed
accused thanked warned reassured briefed informed expelled recalled summoned appointed replaced supported opposed joined left rejoined chaired
mediated monitored inspected seized released returned delivered financed built repaired expanded reduced raised lowered doubled halved
published leaked withdrew ratified renewed amended clarified stressed underlined noted recalled predicted expected considered""".split()
ADJECTIVES = """bilateral regional joint common economic political cultural military maritime northern southern eastern western senior junior
former acting new old recent early late long short temporary permanent partial full final draft first second third major minor serious
constructive frank difficult tense cordial fruitful limited broad comprehensive detailed technical legal humanitarian financial industrial
agricultural environmental diplomatic consular parliamentary presidential foreign domestic local national international global strategic
critical urgent gradual rapid steady weak strong higher lower public private independent neutral armed unarmed civilian""".split()
OFFICES = ['foreign minister', 'prime minister', 'president', 'deputy foreign minister', 'defence minister', 'ambassador', 'special envoy',
           'government spokeswoman', 'trade minister', 'chief negotiator', 'speaker of parliament']
DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
TEMPLATES = """{S}'s {office} {P} and {his} {T} counterpart {Q} {verb} the {adj} {noun} on {day}, after {n} hours of talks in {C}.
“We have {verb} the {noun}, and we will not accept a {adj} {noun} without a {noun},” {p} said.
The two sides {verb} a {adj} {noun} worth ${big} million and agreed to set up a {adj} {noun} by {month} {d}.
{p} said that {S} had {verb} the {noun} of the {noun}, which {T} {verb} last {month}.
According to the {adj} {noun}, {big} people in {D} were affected by the {noun} and {n}% of the {noun} was {verb}.
{q} told reporters in {C} that the {noun} “cannot wait,” adding that {his} country {verb} every {adj} {noun}.
The {O} ({A}) {verb} the {noun}, but its {noun} was {verb} by the {adj} {noun} of {S}.
In a {noun} to the {O}, {p} wrote: “The {noun} must be {verb} before the {noun} is {verb}.”
Officials from {S} and {T} are expected to meet again in {D} on {d} {month} {year}, the {noun} said.
However, {q} denied that {T} {verb} any {noun}; the {adj} {noun}, {he} said, was {verb} in {year}.
{T} would {verb0} the {noun} if {S} {verb} its {noun}, a {adj} {noun} said on condition of anonymity.
The {noun} between {C} and {D} — closed since {year} — is {n2} kilometres long and carries {big} tonnes of {noun} a year.
“It's a {adj} {noun},” said {R}, a {noun} at the University of {D}, who doesn't expect a {adj} {noun} this year.
Asked about the {noun}, {p} replied that {S}’s {noun} hadn’t changed: “Our {noun} is our {noun}.”
Trade between the two countries rose {n}.{n2} per cent to €{big}.{n} billion in the {nth} quarter, from €{big2} billion a year earlier.
{P} also {verb} {O}'s {noun} on {noun} and {noun}, as well as the {adj}, {adj} {noun} that {q} had {verb}.
Meanwhile, the {adj} {noun} in {D} {verb} a {noun} of {n2} {noun}s near the {adj} {noun}.
{S} will {verb0} its {noun} in {C} and {verb0} two more, {p} promised, without saying when.
{q}, who became {T}’s {office} in {year}, had {verb} the {noun} three times before; {his} predecessor, {U}, never did.
The {noun} was {verb} at {n}:{n2} p.m. local time, when a {adj} {noun} with {n2} people aboard {verb} the {adj} {noun}.""".split('\n')


def stories(count, seed=1, sentences=32):
    """`count` stories, the same for the same arguments."""
    rng = random.Random(seed)
    syllables = [a + b for a in 'b d f g h j k l m n p r s t v z sh ch kr tr st br'.split() for b in 'a e i o u ar en il or un'.split()]

    def name(low, high):
        return ''.join(rng.choice(syllables) for _ in range(rng.randint(low, high))).capitalize()

    def zipf(words):
        return words[min(int(len(words) * rng.random() ** 2.2), len(words) - 1)]

    def noun():
        kind = rng.random()
        if kind < .06:
            return zipf(NOUNS) + '-' + rng.choice(NOUNS)
        if kind < .10:
            return rng.choice(['pre-', 'non-', 'anti-', 'micro', 'sub']) + rng.choice(NOUNS)
        if kind < .15:
            return name(2, 3) + rng.choice([' Accord', ' report', '-' + str(rng.randint(2, 900))])
        return zipf(NOUNS)

    for _ in range(count):
        he = rng.random() < .5
        organisation = [name(1, 2), zipf(NOUNS).capitalize(), rng.choice(['Council', 'Agency', 'Union', 'Commission', 'Forum'])]
        people = [(name(2, 3), name(2, 4)) for _ in range(2)]
        fixed = {'S': name(2, 3) + 'ia', 'T': name(2, 3) + 'land', 'C': name(2, 3), 'O': ' '.join(organisation),
                 'A': ''.join(w[0] for w in organisation), 'he': 'he' if he else 'she', 'his': 'his' if he else 'her',
                 'P': ' '.join(people[0]), 'Q': ' '.join(people[1]),
                 'p': people[0][1], 'q': people[1][1]}
        fresh = {'noun': noun, 'D': lambda: name(2, 4), 'R': lambda: name(2, 3) + ' ' + name(2, 4), 'U': lambda: name(2, 3) + ' ' + name(3, 4), 'verb': lambda: zipf(VERBS), 'adj': lambda: zipf(ADJECTIVES), 'office': lambda: rng.choice(OFFICES),
                 'verb0': lambda: rng.choice(['open', 'close', 'review', 'suspend', 'resume', 'build', 'support', 'join', 'sign', 'leave']),
                 'day': lambda: rng.choice(DAYS), 'month': lambda: rng.choice(MONTHS), 'd': lambda: str(rng.randint(1, 28)),
                 'year': lambda: str(rng.randint(1948, 2026)), 'n': lambda: str(rng.randint(2, 12)), 'n2': lambda: str(rng.randint(13, 59)),
                 'big': lambda: '{:,}'.format(rng.randint(101, 99999)), 'big2': lambda: '%d.%d' % (rng.randint(20, 400), rng.randint(1, 9)),
                 'nth': lambda: rng.choice(['first', 'second', 'third', 'fourth'])}

        class Slots(dict):
            def __missing__(self, key):
                return fixed[key] if key in fixed else fresh[key]()

        paragraphs, paragraph = [], []
        for _ in range(rng.randint(sentences // 2, sentences * 3 // 2)):
            sentence = rng.choice(TEMPLATES)
            # Each slot is filled anew, also where it comes twice.
            pieces = sentence.split('{')
            made = pieces[0] + ''.join(Slots()[key] + rest for key, rest in (p.split('}', 1) for p in pieces[1:]))
            paragraph.append(made[0].upper() + made[1:])
            if rng.random() < .45:
                paragraphs.append(' '.join(paragraph))
                paragraph = []
        if paragraph:
            paragraphs.append(' '.join(paragraph))
        yield '%s – %s\n%s' % (fixed['C'].upper(), paragraphs[0], '\n'.join(paragraphs[1:]))
