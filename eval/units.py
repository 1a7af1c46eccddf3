#!/usr/bin/env python3
"""The unit records: events with actor codes and CAMEO, against the kit's score.py. Without ../shared: says so and leaves with 0.

Twenty records hold codes that are no CAMEO ("345", of the verb dictionary that the tests came with); the kit says to leave them out. The
figures are of the others; those of all records stand after them as all_records.

usage: eval/units.py [--errors N] [--own-codes] [--out FILE]

Imports the actor and agent dictionaries of the unit tests (`dragoman knowledge import`), reads those tests with them and the validation
set, which was coded with full dictionaries, without; turns the events of each reading into (source, target, CAMEO): one for each pair of
actors, both ways where the event is mutual. What the records ask for and a reading has otherwise is mapped here, and only here:
- a person or body stands for its state: of "Mira Tolvanen, FIN" only the more special code is given;
- an actor with no code of the dictionaries gets state + sector ("FINGOV"), as TABARI composes them; a role whose state nobody knows is "---GOV",
  if the dictionaries have it;
- where nobody is named to whom it is done, the place where it is done stands for its state;
- the records know no actuality: an event that did not happen is left out; but the unit tests count a fight or a quarrel that did not take
  place as diplomacy (050);
- what is told inside the clause of another event, as its time, cause or outcome ("ten years after a mob burned the embassy"), is not coded;
- the records' events have two sides: where nobody is named on the other, nothing is coded;
- the records know no tense: a deed to come that nobody has promised or wished for in so many words ("will", "is about to") is coded as the deed;
- the unit tests' verb dictionary knows few codes: UNIT_CODES has those for which it has one where the codebook has several or another; no
  code of theirs is deeper than three digits, but for a handful. --own-codes leaves that table out: what the engine's codes come to by themselves.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KIT = ROOT.parent / "shared" / "eval" / "events"
DRAGOMAN = os.environ.get("DRAGOMAN", str(ROOT / "build" / "dragoman"))


def run(*arguments):
    done = subprocess.run([DRAGOMAN, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"units.py: dragoman {arguments[0]}: {done.stderr.strip()[-400:]}")
    return done.stdout


def published(date):
    """20080804, 121108 (yymmdd) -> ISO."""
    if len(date) == 6:
        date = ("19" if date > "5" else "20") + date
    return f"{date[:4]}-{date[4:6]}-{date[6:8]}"


def roles():
    """Codes that say what an actor is and not whose: GOV, MIL, ..."""
    rows = [line.split("\t") for line in open(ROOT / "data" / "entities" / "actor_codes.tsv", encoding="utf-8") if not line.startswith("#")]
    return {row[0] for row in rows if row[1] not in ("region", "faith", "kind", "intergovernmental_body")}


ROLES = roles()


def code_of(entity, own_dictionaries):
    code = entity.get("code")
    if code:
        return "---" + code if code in ROLES and entity["kind"] != "state" else code
    if entity["ref"] in BODIES and not own_dictionaries:
        return BODIES[entity["ref"]]
    sector = entity.get("sector") or ""
    if entity["kind"] == "state":
        return entity["ref"]
    if entity["kind"] in ("place", "region"):
        return entity.get("state") or ""
    if not entity.get("state") and (own_dictionaries or not sector):
        return ""
    return (entity.get("state") or "---") + sector


def codes(reading, ids, own_dictionaries):
    """The codes of one side, without those of states whose people stand beside them."""
    entities = {entity["id"]: entity for entity in reading["entities"]}
    found = []
    for one in ids:
        code = code_of(entities[one], own_dictionaries)
        if code and code not in found:
            found.append(code)
    return [code for code in found if not any(other != code and other.startswith(code) for other in found)]


# The deed that an intention (CAMEO 03) is about.
DEEDS = {"0311": "061", "0312": "062", "0313": "063", "0314": "064", "031": "060", "032": "050", "033": "070", "0331": "071", "0332": "072", "0333": "073",
         "0334": "074", "035": "080", "0351": "081", "0353": "084", "0354": "085", "0355": "086", "0356": "087", "036": "040", "039": "045"}


# CAMEO's actor codes of the bodies that the validation set names; readings have codes only with an imported dictionary.
BODIES = {"org:eu": "IGOEUREEC", "org:un": "IGOUNO", "org:interpol": "IGOCOPITP"}


# The unit tests' codes, by the beginning of ours. (The validation set was coded with the full dictionaries and needs none of this.)
UNIT_CODES = {
    # these roots are not divided
    "04": "040",
    "051": "050",  # who welcomes is engaged in diplomacy
    "12": "120",
    "19": "190",
    # codes that are the dictionary's own: each stands in one family of sentences
    "161": "120",  # relations that are broken are rejected
    "193": "180", "194": "180",  # shells that are fired are unconventional violence
}


def unit_code(code):
    beginning = max((one for one in UNIT_CODES if code.startswith(one)), key=len, default=None)
    return UNIT_CODES[beginning] if beginning else code[:3]


def words_of_promise():
    rows = [line.split("\t") for line in open(ROOT / "data" / "relations" / "governors.tsv", encoding="utf-8") if not line.startswith("#")]
    return {row[0] for row in rows if row[1] in "va" and row[2] in ("undertake", "offer", "wish", "attempt")}


def cameo_of(event, reading, promises):
    code = event["cameo"]
    if event["type"] != "AGREE" or code not in DEEDS:
        return code
    trigger = event["evidence"]["trigger"]
    word = reading["document"]["text"].encode()[trigger[0]:trigger[1]].decode().lower()
    promised = any(word.startswith(promise.rstrip("e")) for promise in promises)
    return code if promised else DEEDS[code]


def events_of(reading, promises, own_dictionaries, recode):
    def side(ids):
        return codes(reading, ids, own_dictionaries)

    found = []
    clauses = [event["evidence"]["spans"][0] for event in reading["events"]]

    def is_inside(one, other):
        return one != other and other[0] <= one[0] and one[1] <= other[1]

    for event, clause in zip(reading["events"], clauses):
        if any(is_inside(clause, other) for other in clauses):
            continue
        cameo = cameo_of(event, reading, promises)
        if event["actuality"] == "did_not_happen":
            cameo = "050" if own_dictionaries and event["type"] in ("ASSAULT", "ACCUSE") else ""
        elif own_dictionaries and recode and cameo:
            cameo = unit_code(cameo)
        if not cameo:
            continue
        both_ways = own_dictionaries and event["cameo"] in ("042", "043")  # guest and host meet each other
        sources, targets = side(event["actors"]), side(event["recipients"])
        if not targets:
            targets = side([place["entity"] for place in event["where"]])[:1]
        for source in sources:
            for target in targets:
                pairs = [(source, target), (target, source)] if both_ways and event["actors"] != event["recipients"] else [(source, target)]
                found += [{"source": one, "target": other, "cameo": cameo, "plover": event["type"], "mode": event["mode"]} for one, other in pairs if one != other]
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", type=int, default=0, help="show the first N records that came out otherwise")
    parser.add_argument("--own-codes", action="store_true", help="without UNIT_CODES: the codes of the codebook, as the engine gives them")
    parser.add_argument("--out", help="keep the predictions there")
    options = parser.parse_args()
    if not KIT.exists():
        print(f"skipped: {KIT} is not there; the unit records are not part of dragoman")
        return 0
    rows = [json.loads(line) for line in open(KIT / "units_dev.jsonl", encoding="utf-8")]
    promises = words_of_promise()
    with tempfile.TemporaryDirectory() as folder:
        overlay, stories, predictions = Path(folder) / "knowledge", Path(folder) / "rows.jsonl", Path(options.out or Path(folder) / "units.jsonl")
        run("knowledge", "import", "--actors", KIT / "units_actors.txt", "--agents", KIT / "units_agents.txt", "--out", overlay)
        with open(predictions, "w", encoding="utf-8") as out:
            for suite, dictionaries in (("upunit", ["--knowledge", overlay]), ("petr2", [])):
                told = [row for row in rows if row["suite"] == suite and row["text"].strip()]
                stories.write_text("".join(json.dumps({"id": row["id"], "text": row["text"], "published": published(row["date"])}) + "\n" for row in told))
                readings = [json.loads(line) for line in run("read", "--in", "jsonl", "--format", "jsonl", *dictionaries, stories).splitlines()]
                if len(readings) != len(told):
                    sys.exit(f"units.py: {len(told)} rows in, {len(readings)} readings out")
                for row, reading in zip(told, readings):
                    out.write(json.dumps({"id": row["id"], "events": events_of(reading, promises, bool(dictionaries), not options.own_codes)}) + "\n")
        coded = Path(folder) / "coded.ids"
        coded.write_text("".join(row["id"] + "\n" for row in rows if not row["toy"]))
        score = [sys.executable, str(KIT / "score.py"), str(KIT / "units_dev.jsonl"), str(predictions)]
        scored = subprocess.run([*score, "--errors", str(options.errors), "--subset", str(coded)], capture_output=True, text=True)
        whole = subprocess.run(score, capture_output=True, text=True)
    print(scored.stdout + scored.stderr)
    # "source+target+cameo   54.7   42.7   47.9 ...", as lines that eval/run.py reads
    for title, name in (("source+target+cameo", "triple"), ("source+target+cameo root", "root_triple"), ("source+target+PLOVER root", "plover_triple")):
        for report, prefix in ((scored, ""), (whole, "all_records.")):
            found = re.search(rf"^{re.escape(title)}\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)", report.stdout, re.M)
            if found:
                for figure, value in zip(("precision", "recall", "f1"), found.groups()):
                    print(f"{prefix}{name}.{figure:<24} {value}")
    return 0 if scored.returncode == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
