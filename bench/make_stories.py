#!/usr/bin/env python3
"""Makes stories by varying those in examples/: other states, towns, people, numbers and days, sentences picked and put in another order.

usage: bench/make_stories.py COUNT [--seed N] [--retold PERCENT] > stories.jsonl

The same arguments give the same bytes. A few of every hundred stories are another outlet's telling of one of the last few (cut short,
reordered, or with a sentence of its own), so that clusters are exercised too.
"""
import argparse
import datetime
import json
import random
import re
import sys
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[1] / 'examples'

# name, adjective, capital, other towns
STATES = [line.split('|') for line in '''Portugal|Portuguese|Lisbon|Porto,Sines,Faro
Iceland|Icelandic|Reykjavik|Akureyri,Selfoss
Norway|Norwegian|Oslo|Bergen,Tromso,Narvik
Finland|Finnish|Helsinki|Turku,Oulu
Poland|Polish|Warsaw|Gdansk,Lublin
Romania|Romanian|Bucharest|Constanta,Iasi
Bulgaria|Bulgarian|Sofia|Varna,Burgas
Greece|Greek|Athens|Patras,Volos
Morocco|Moroccan|Rabat|Tangier,Agadir
Tunisia|Tunisian|Tunis|Sfax,Bizerte
Egypt|Egyptian|Cairo|Port Said,Aswan
Jordan|Jordanian|Amman|Aqaba,Irbid
Oman|Omani|Muscat|Salalah,Sohar
Pakistan|Pakistani|Islamabad|Karachi,Quetta
Nepal|Nepali|Kathmandu|Pokhara,Birgunj
Vietnam|Vietnamese|Hanoi|Da Nang,Haiphong
Indonesia|Indonesian|Jakarta|Surabaya,Medan
Malaysia|Malaysian|Kuala Lumpur|Penang,Johor Bahru
Mongolia|Mongolian|Ulaanbaatar|Erdenet,Darkhan
Kazakhstan|Kazakh|Astana|Almaty,Aktau
Uzbekistan|Uzbek|Tashkent|Samarkand,Bukhara
Georgia|Georgian|Tbilisi|Batumi,Poti
Armenia|Armenian|Yerevan|Gyumri,Vanadzor
Kenya|Kenyan|Nairobi|Mombasa,Kisumu
Tanzania|Tanzanian|Dodoma|Dar es Salaam,Arusha
Uganda|Ugandan|Kampala|Entebbe,Gulu
Ghana|Ghanaian|Accra|Tema,Kumasi
Senegal|Senegalese|Dakar|Thies,Saint-Louis
Angola|Angolan|Luanda|Lobito,Benguela
Mozambique|Mozambican|Maputo|Beira,Nacala
Peru|Peruvian|Lima|Callao,Arequipa
Chile|Chilean|Santiago|Arica,Valparaiso
Bolivia|Bolivian|La Paz|Oruro,Tarija
Uruguay|Uruguayan|Montevideo|Salto,Paysandu
Colombia|Colombian|Bogota|Cartagena,Cali
Panama|Panamanian|Panama City|Colon,David'''.split('\n')]

FIRST = '''Helena Sigrun Mira Tomas Ivo Lena Amadou Nadia Karim Rosa Elias Petra Joao Anneli Farid Salma Andrei Ioana Dimitar Vesna Pavel Marek Zofia Katri
Yusuf Amina Rafael Lucia Mateo Ines Bruno Olga Timur Aizhan Davit Nino Arman Lilit Kofi Ama Moussa Awa Paulo Graca Thuy Minh Dewi Budi Bat Saran'''.split()
LAST_A = 'Vasco Hall Tol Berg Mar Kor Dal Sten Vel Ran Mon Cas Per Nor Bel Gal Fer Lin Sol Tar Var Hol Ost Kal Mir'.split()
LAST_B = 'ncelos sdottir vanen strom tinez enko gaard berg asco dova teiro tello eira dahl trami lano rath mann ovic dze yan mensa diop lopes nguyen'.split()
OUTLETS = ['Coast Herald', 'The Envoy', 'Morning Ledger', 'Harbour Times', 'Daily Courier', 'World Desk', 'Southern Post', 'Capital Wire', 'Review of States']
MONTHS = 'January February March April May June July August September October November December'.split()
DAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split()
THINGS = '''ferry line|power cable|rail link|gas contract|fisheries laboratory|border bridge|air route|research vessel|customs post|grain terminal|water gauge network
joint university|vaccine plant|road tunnel|solar park|fibre cable|free zone|visa scheme|veterinary protocol|dry port'''.replace('\n', '|').split('|')

# Sentences of the same manner as the examples'. A and B are the states.
MORE = '''{P}, the {A'} foreign minister, said on {day} that {A} would finance the {thing} with {n} million euros by {year}.
{Q} told reporters in {Acap} that the {thing} “is a promise to our children, and we keep our promises.”
The two sides agreed to set up a working group on the {thing}, which will meet in {Btown} in {month}.
{B} has completed the {thing} near {Btown}, the {B'} transport ministry said, two years after it was agreed.
According to a {B'} official, work on the {thing} stalled last year because of a dispute over fees.
“We will sign when the text is ready, not before,” {P} said, adding that talks would go on in {month}.
{A} urged {B} to lift its ban on salted fish and called for inspections to be shared.
{B} rejected the demand, with {Q} calling it “a letter sent to the wrong address.”
The {A'} parliament ratified the convention on {day} by {n} votes to {m}.
{P} condemned the attack on a convoy near {Btown} and offered {B} help with the wounded.
{Q} thanked {A} for sending {n} tonnes of grain after the floods in {Btown}.
Both ministers expressed concern over the fighting in the region and called for a ceasefire.
{A} will open a consulate in {Btown} before the end of {year}, {P} announced.
{B} expelled two {A'} diplomats in {month}, a step that {Acap} called unjustified.
The {B'} prime minister is expected to visit {Acap} on {d} {month}.
Trade between {A} and {B} rose by {m} per cent last year to {n} million dollars.
{Q} denied that {B} had moved troops to the border and said the reports were “pure invention.”
{A} and {B} signed a memorandum on the {thing} in {Atown} on {day}.
{P} warned that {A} would suspend the {thing} unless {B} paid its share by {month}.
A spokesman for {B}’s foreign ministry said the government supported the removal of all visas by {year}.
{A} welcomed the release of {m} fishermen who had been held in {Btown} since {month}.
Experts from both countries will study the {thing} and report to the ministers within {m} months.
{Q} said {B} stood ready to host the next round of talks in {Btown}.
The project was first discussed in {oldyear}, when {A'} and {B'} engineers met in {Atown}.
Fishermen in {Atown} protested against the {thing} on {day}, blocking the harbour for {m} hours.'''.split('\n')

OWN = ['“It was about time,” said a shopkeeper in {Atown}, who had followed the news on the radio.',
       'In {Btown}, where the harbour has been quiet for years, people spoke of little else.',
       'Analysts in {Acap} said that the next months would show how much of it was meant.']


def templates():
    """The examples as sentences with their states, towns and people taken out; each keeps its first sentence first."""
    found = []
    swaps = [('Helena Vasconcelos', '{P}'), ('Vasconcelos', '{p}'), ('Sigrun Hallsdottir', '{Q}'), ('Hallsdottir', '{q}'), ('Portuguese', "{A'}"), ('Portugal', '{A}'),
             ('Icelandic', "{B'}"), ('Iceland', '{B}'), ('Lisbon', '{Acap}'), ('LISBON', '{ACAP}'), ('Reykjavik', '{Bcap}'), ('REYKJAVIK', '{BCAP}'), ('Porto', '{Atown}'),
             ('Sines', '{Atown}'), ('Thursday', '{day}'), ('ferry line', '{thing}')]
    for path in sorted(EXAMPLES.glob('*.txt')):
        text = path.read_text()
        for name, slot in swaps:
            text = re.sub(r'\b' + name + r'\b', slot, text)
        lines = [line for line in text.split('\n') if line.strip()]
        if len(lines) > 3:
            found.append((lines[0], lines[1], lines[2:]))
    return found


def name_of(random_):
    return random_.choice(FIRST), random_.choice(LAST_A) + random_.choice(LAST_B)


def story(number, random_, stories):
    a, b = random_.sample(STATES, 2)
    (pf, pl), (qf, ql) = name_of(random_), name_of(random_)
    published = datetime.date(2023, 1, 1) + datetime.timedelta(days=random_.randrange(1096))
    title, lede, rest = random_.choice(stories)
    thing = random_.choice(THINGS)
    pool = rest + MORE
    sentences = [lede] + random_.sample(pool, random_.randint(9, 15))

    def filled(template):
        slots = {'A': a[0], "A'": a[1], 'Acap': a[2], 'ACAP': a[2].upper(), 'Atown': random_.choice(a[3].split(',')), 'B': b[0], "B'": b[1], 'Bcap': b[2], 'BCAP': b[2].upper(),
                 'Btown': random_.choice(b[3].split(',')), 'P': pf + ' ' + pl, 'p': pl, 'Q': qf + ' ' + ql, 'q': ql, 'day': random_.choice(DAYS),
                 'month': random_.choice(MONTHS), 'd': random_.randint(1, 28), 'n': random_.randint(12, 980), 'm': random_.randint(2, 40),
                 'year': published.year + random_.randint(1, 4), 'oldyear': published.year - random_.randint(2, 9), 'thing': thing}
        return re.sub(r"\{([A-Za-z]+'?)\}", lambda slot: str(slots[slot.group(1)]), template)

    lines = [filled(sentence) for sentence in sentences]
    own = filled(random_.choice(OWN))
    return {'id': 'g%06d' % number, 'title': filled(title), 'outlet': random_.choice(OUTLETS), 'published': published.isoformat(), 'lines': lines, 'own': own}


def retold(number, of, random_):
    """Another outlet's telling: cut short, reordered, or with a sentence of its own, a day later."""
    lines = list(of['lines'])
    way = random_.randrange(3)
    if way == 0:
        lines = lines[:max(5, len(lines) * 2 // 3)] + ['(Agencies)']
    elif way == 1:
        lines[1], lines[2] = lines[2], lines[1]
    else:
        lines.insert(2, of['own'])
    published = datetime.date.fromisoformat(of['published']) + datetime.timedelta(days=random_.randrange(2))
    return {'id': 'g%06d' % number, 'title': of['title'].split(',')[0] + ': what is known', 'outlet': random_.choice(OUTLETS), 'published': published.isoformat(), 'lines': lines, 'own': of['own']}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument('count', type=int)
    options.add_argument('--seed', type=int, default=1)
    options.add_argument('--retold', type=int, default=4, help='percent of stories that retell one of the last twenty (4)')
    chosen = options.parse_args()
    random_ = random.Random(chosen.seed)
    stories, last = templates(), []
    for number in range(chosen.count):
        made = retold(number, random_.choice(last), random_) if last and random_.randrange(100) < chosen.retold else story(number, random_, stories)
        last = (last + [made])[-20:]
        row = {'id': made['id'], 'title': made['title'], 'outlet': made['outlet'], 'published': made['published'], 'text': made['title'] + '\n\n' + '\n\n'.join(made['lines']) + '\n'}
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + '\n')


if __name__ == '__main__':
    main()
