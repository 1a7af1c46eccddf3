#!/usr/bin/env python3
"""Checks `dragoman export` and `dragoman schema` through the command as a user has it: what is written is read again.

usage: check_exports.py DRAGOMAN       exit 1 if something is wrong, 77 if the engine has no model

1. examples/ and a page and rows made here go into a store, once with one thread and once with two: all exports have the same bytes.
2. Each layout has its columns, its missing values, no raw tab or line break in a cell; spans give the words that stand beside them.
3. Every column of every table in the store and of every layout is explained.
4. What readers rejected is left out; an empty store gives headings; mistakes are told.
"""
import csv
import io
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SINGLE = {"readings": "readings.jsonl", "polecat": "polecat.tsv", "icews": "icews.tsv", "gdelt": "dragoman.export.CSV", "mentions": "dragoman.mentions.CSV",
          "plover": "plover.jsonl", "webannotation": "annotations.jsonld", "gexf": "relations.gexf", "conllu": "sentences.conllu"}
FOLDERS = ("csv", "brat")
COLUMNS = {"polecat": 40, "icews": 20, "gdelt": 61, "mentions": 16}
TIDY = {"events": "event_id doc_id cluster_id plover mode contexts cameo quad score actors recipients date_from date_to date_precision date_basis place_id place_role "
                  "place_precision lat lon modality polarity certainty time_rel asserted_by claim_depth in_lede sentence confidence span",
        "participants": "event_id role entity_id name country sector office mention_span",
        "quotes": "quote_id doc_id kind speaker_id speaker_mention resolved_by cue addressee_id said_on content_span cue_span source_span confidence candidates",
        "documents": "doc_id sha256 url title publisher author lang published fetched media_type n_bytes text_bytes",
        "spans": "span_id doc_id orig_from orig_to text_from text_to cp_from cp_to"}

PAGE = """<html lang="en"><head><title>Kelp and quotas</title></head><body><nav>Home</nav><article><h1>Kelp and quotas</h1>
<p>TORSHAVN, March 9 &#8211; Norway&#8217;s fisheries minister, Signe Aasgaard, met her Faroese &amp; Icelandic colleagues on Monday and agreed to open a kelp laboratory in Bergen by 2028.</p>
<p>&#8220;The sea is patient; we are not,&#8221; Aasgaard said. She accused Denmark of ignoring the quota on mackerel.</p>
<p>Iceland&#8217;s government rejected the plan, and urged Norway to lift its ban on salted cod.</p></article></body></html>
"""
ROWS = [
    {"id": "first", "url": "https://harbour.example/cable", "outlet": "Harbour Mail", "published": "2026-04-02", "title": "Finland and Estonia agree on cable",
     "text": "Finland and Estonia agree on cable\n\nHELSINKI – Finland’s foreign minister, Aino Kallas, and the Estonian foreign minister, Jaan Tamm, signed an agreement on a power cable in\n"
             "Tallinn on Thursday.\n\nTamm said Estonia would pay €40 million by May 2028.\n\n“We keep our word,” Kallas said.\n\nSweden condemned the attack on a cable last year.\n"},
    {"id": "second", "outlet": "Evening Sheet", "published": "2026-04-03", "title": "Cable deal signed",
     "text": "Cable deal signed\n\nHELSINKI – Finland’s foreign minister, Aino Kallas, and the Estonian foreign minister, Jaan Tamm, signed an agreement on a power cable in\n"
             "Tallinn on Thursday.\n\nTamm said Estonia would pay €40 million by May 2028.\n\n“We keep our word,” Kallas said.\n\n(Agencies)\n"},
    {"id": "=risk", "outlet": "Tab\tand\nline", "text": "Poland’s foreign minister, Jan Nowicki, thanked Lithuania on 3 May 2025 in Vilnius.\n"},
    {"id": "nobody", "published": "2026-04-04", "text": "The ministry denied that Latvia had closed the bridge. It said the toll was 5 euros.\n"},
    {"id": "german", "published": "2026-04-04", "text": "Die Außenminister trafen sich am Dienstag in Bern und vereinbarten, die Bahnstrecke noch vor dem Sommer wieder zu öffnen.\n"},
]


class Checker:
    def __init__(self, program, folder):
        self.program, self.folder, self.wrong = program, folder, 0

    def call(self, *words):
        return subprocess.run([self.program, *map(str, words)], capture_output=True)

    def run(self, *words):
        done = self.call(*words)
        if done.returncode != 0:
            sys.exit(f"dragoman {' '.join(map(str, words))}: {done.returncode}: {done.stderr.decode()}")
        return done.stdout

    def say(self, fine, what):
        if not fine:
            self.wrong += 1
            print("wrong:", what)
        return fine

    def store(self, name, threads):
        stories = self.folder / "stories"
        if not stories.exists():
            stories.mkdir()
            (stories / "kelp.html").write_text(PAGE)
            (stories / "rows.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS))
        store = self.folder / name
        self.run("add", store, ROOT / "examples/series", ROOT / "examples/lisbon.txt", stories, "--threads", threads)
        return store

    def export(self, store, name):
        """All exports, by layout and file."""
        files = {}
        for layout in (*FOLDERS, *SINGLE):
            out = self.folder / name / layout
            out.mkdir(parents=True)
            self.run("export", store, "--as", layout, "--out", out)
            for path in sorted(out.iterdir()):
                files[layout, path.name] = path.read_bytes()
        return files


def rows_of(data):
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


def check_tabs(check, files):
    for layout, count in COLUMNS.items():
        lines = files[layout, SINGLE[layout]].decode().split("\n")
        check.say(lines.pop() == "", f"{layout}: does not end in a line break")
        check.say(len(lines) > 3, f"{layout}: {len(lines)} lines")
        for line in lines:
            check.say(line.count("\t") == count - 1, f"{layout}: {line.count(chr(9)) + 1} columns, not {count}: {line[:80]}")
            check.say("\r" not in line, f"{layout}: a carriage return in {line[:80]}")
        cells = [line.split("\t") for line in lines]
        names = [c["column"] for c in json.loads(check.run("schema", layout, "--format", "json"))]
        check.say(len(names) == count, f"{layout}: {len(names)} columns explained, not {count}")
        if layout in ("polecat", "icews"):
            check.say(cells.pop(0) == names, f"{layout}: heading")
        rows = [dict(zip(names, row)) for row in cells]
        if layout == "polecat":
            check.say(all(all(row) for row in cells), "polecat: an empty cell; missing is None")
            check.say({r["Quad Code"] for r in rows} <= {"VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"}, "polecat: quad codes")
            check.say(any(dict(zip(r["Actor Country"].split(";"), r["Actor COW"].split(";"))).get("FIN") == "375" for r in rows), "polecat: no Finland with COW 375")
            check.say(all(re.fullmatch(r"None|\d{4}-\d\d-\d\d", r["Event Date"]) for r in rows), "polecat: dates")
        if layout == "icews":
            check.say(all(re.fullmatch(r"|\d{2,4}", r["CAMEO Code"]) for r in rows), "icews: codes")
            check.say(any(r["CAMEO Code"].startswith("0") for r in rows), "icews: no code with its zero")
            check.say(all(r["Event Text"] or not r["CAMEO Code"] for r in rows), "icews: a code without its name")
            check.say(any(r["Source Country"] == "Finland" for r in rows), "icews: no Finland")
        if layout == "gdelt":
            check.say(len({r["GLOBALEVENTID"] for r in rows}) == len(rows), "gdelt: an event twice")
            check.say(all(r["AvgTone"] == "" for r in rows), "gdelt: a tone out of nowhere")
            check.say(all(r["GLOBALEVENTID"].isdigit() and r["QuadClass"] in "1234" for r in rows), "gdelt: ids, quads")
            check.say(all(r["EventRootCode"] == r["EventCode"][:2] and r["FractionDate"][:4] == r["Year"] == r["SQLDATE"][:4] for r in rows), "gdelt: codes and days")
            check.say(any(r["NumArticles"] == "2" and r["NumSources"] == "2" for r in rows), "gdelt: two tellings are not one event")
            check.say(any(r["SOURCEURL"].startswith("https://harbour.example") for r in rows), "gdelt: no address")
            events = {r["GLOBALEVENTID"]: r for r in rows}
        if layout == "mentions":
            check.say(all(r["GLOBALEVENTID"] in events for r in rows), "mentions: of an event that is not in gdelt")
            check.say(sum(int(e["NumMentions"]) for e in events.values()) == len(rows), "mentions: not as many as gdelt counts")
            check.say(all(r["MentionType"] == ("1" if r["MentionIdentifier"].startswith("https") else "2") for r in rows), "mentions: types")


def check_tidy(check, files):
    tables = {}
    for name in ("documents", "events", "participants", "quotes", "commitments", "commitment_history", "positions", "entities", "aliases", "offices", "spans"):
        rows = rows_of(files["csv", f"{name}.csv"])
        names = [c["column"] for c in json.loads(check.run("schema", f"{name}.csv", "--format", "json"))]
        check.say(rows.pop(0) == names, f"{name}.csv: heading")
        check.say(names[:len(TIDY.get(name, "").split())] == TIDY.get(name, "").split(), f"{name}.csv: columns")
        check.say(rows and all(len(row) == len(names) for row in rows), f"{name}.csv: no rows, or not with {len(names)} cells")
        check.say(not any("\n" in cell or "\t" in cell or "\r" in cell for row in rows for cell in row), f"{name}.csv: a line break or tab in a cell")
        tables[name] = [dict(zip(names, row)) for row in rows]
    for name, key in (("events", "event_id"), ("quotes", "quote_id"), ("commitments", "commitment_id"), ("positions", "position_id"), ("entities", "id"), ("spans", "span_id"), ("documents", "doc_id")):
        check.say(len({row[key] for row in tables[name]}) == len(tables[name]), f"{name}.csv: {key} twice")
    spans = {row["span_id"]: row for row in tables["spans"]}
    for name, row in ((n, r) for n in tables for r in tables[n] if n != "spans"):
        for column in (c for c in row if c.endswith("span") or c == "verdict_basis"):
            check.say(not row[column] or row[column] in spans, f"{name}.csv: {column} {row[column]} is not in spans.csv")
    texts = {row["doc_id"]: (files["brat", row["doc_id"] + ".txt"]) for row in tables["documents"] if row["state"] == "read"}
    for row in tables["spans"]:
        data = texts[row["doc_id"]]
        by_bytes = data[int(row["text_from"]):int(row["text_to"])].decode()
        check.say(by_bytes == data.decode()[int(row["cp_from"]):int(row["cp_to"])], f"spans.csv: {row['span_id']}: bytes and code points differ")
    for row in tables["quotes"]:
        span = spans[row["content_span"]]
        words = " ".join(texts[row["doc_id"]][int(span["text_from"]):int(span["text_to"])].decode().split())
        check.say(row["content"].startswith(words[:20]), f"quotes.csv: {row['quote_id']}: {row['content']!r} is not {words!r}")
    page = next(row for row in tables["documents"] if row["media_type"] == "text/html")
    original = PAGE.encode()
    for row in (r for r in tables["spans"] if r["doc_id"] == page["doc_id"]):
        mine = texts[page["doc_id"]][int(row["text_from"]):int(row["text_to"])].decode()
        check.say(original[int(row["orig_from"]):int(row["orig_to"])].decode()[:3] in (mine[:3], "&#8"), f"spans.csv: {row['span_id']} does not lead to the page's bytes")
    clusters = {row["id"]: row["cluster_id"] for row in tables["documents"]}
    check.say(clusters["first"] == clusters["second"] != clusters["nobody"], "documents.csv: clusters")
    check.say({r["doc_id"] for r in tables["events"]} <= set(texts), "events.csv: a document that is not there")
    check.say(any(row["id"] == "'=risk" for row in tables["documents"]), "documents.csv: a cell that a spreadsheet runs")
    check.say(any(r["state"] == "unread" and r["reason"] for r in tables["documents"]), "documents.csv: no unread document")
    check.say(all(not (r["date_from"] or r["date_to"]) or r["date_basis"] in ("explicit", "relative", "tense-only") for r in tables["events"]), "events.csv: a day without its basis")
    check.say(b'"042"' in files["csv", "events.csv"] or b'"040"' in files["csv", "events.csv"] or b'"057"' in files["csv", "events.csv"], "events.csv: codes are not quoted")
    ferry = [r for r in tables["commitments"] if "ferry line" in r["title"]]
    check.say(any(r["stage"] == "stalled" and r["verdict"] == "0" for r in ferry), "commitments.csv: the ferry line is not stalled")
    history = [r["stage"] for r in tables["commitment_history"] if r["commitment_id"] == ferry[0]["commitment_id"]]
    check.say(len(history) >= 3 and history[-1] == "stalled", f"commitment_history.csv: {history}")
    return tables, texts


def check_marks(check, files, tables, texts):
    kinds = set(re.findall(r"^([A-Za-z_]+)", files["brat", "annotation.conf"].decode(), re.M))
    count = 0
    for doc, data in texts.items():
        text, marks = data.decode(), {}
        for line in files["brat", doc + ".ann"].decode().splitlines():
            mark, body, *rest = line.split("\t")
            marks[mark] = body
            if mark[0] != "T":
                continue
            kind, places = body.split(" ", 1)
            words = " ".join(text[int(a):int(b)] for a, b in (p.split() for p in places.split(";")))
            check.say(words == rest[0] and kind in kinds, f"brat: {doc} {mark} {kind}: {words!r} is not {rest[0]!r}")
            count += 1
        for mark, body in marks.items():
            for other in re.findall(r":([TE]\d+)", body):
                check.say(other in marks, f"brat: {doc} {mark} points to {other}, which is not there")
    check.say(count > 50, f"brat: {count} marks")

    page = json.loads(files["webannotation", "annotations.jsonld"])
    shas = {__import__("hashlib").sha256(data).hexdigest(): data for data in texts.values()}
    check.say(page["type"] == "AnnotationPage" and len(page["items"]) > 20, "webannotation: items")
    for item in page["items"]:
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in targets:
            data = shas[target["source"].removeprefix("urn:sha256:")]
            where = {s["type"]: s for s in target["selector"]}
            by_bytes = data[where["DataPositionSelector"]["start"]:where["DataPositionSelector"]["end"]].decode()
            at, end = where["TextPositionSelector"]["start"], where["TextPositionSelector"]["end"]
            quote = where["TextQuoteSelector"]
            text = data.decode()
            check.say(by_bytes == text[at:end] == quote["exact"] != "", f"webannotation: {item['id']}: the selectors differ")
            check.say(text[:at].endswith(quote["prefix"]) and text[end:].startswith(quote["suffix"]), f"webannotation: {item['id']}: prefix or suffix")
    check.say({i["id"].removeprefix("urn:dragoman:") for i in page["items"] if i["body"]["dragoman:layer"] == "event"} == {r["event_id"] for r in tables["events"]},
              "webannotation: not the events of events.csv")


def check_records(check, files, tables, texts):
    needed = {"id", "date", "enddate", "actor", "recipient", "event", "mode", "context", "event_loc", "event_text", "quad_code", "event_scale", "text_info", "cite_info", "comment", "dragoman"}
    records = [json.loads(line) for line in files["plover", "plover.jsonl"].decode().splitlines()]
    check.say({r["id"] for r in records} == {r["event_id"] for r in tables["events"]}, "plover: not the events of events.csv")
    for record in records:
        check.say(set(record) == needed, f"plover: keys {set(record) ^ needed}")
        text, info = texts[record["dragoman"]["doc_id"]].decode(), record["text_info"]
        by_bytes = texts[record["dragoman"]["doc_id"]][slice(*record["dragoman"]["span"])].decode()
        check.say(text[info["start"]:info["end"]] == by_bytes, f"plover: {record['id']}: code points and bytes differ")
    readings = [json.loads(line) for line in files["readings", "readings.jsonl"].decode().splitlines()]
    check.say(len(readings) == len(texts), f"readings: {len(readings)} of {len(texts)}")
    check.say(all(r["sentences"] for r in readings), "readings: one without sentences")
    again = check.folder / "again.db"
    (check.folder / "readings.jsonl").write_bytes(files["readings", "readings.jsonl"])
    check.run("load", again, check.folder / "readings.jsonl")
    loaded = [json.loads(line) for line in check.run("export", again, "--as", "readings").splitlines()]
    check.say({json.dumps(r["events"]) for r in loaded} == {json.dumps(r["events"]) for r in readings}, "readings: events are others after load")

    tree = ElementTree.fromstring(files["gexf", "relations.gexf"])
    space = {"g": "http://gexf.net/1.3"}
    nodes = {n.get("id") for n in tree.iterfind(".//g:node", space)}
    edges = tree.findall(".//g:edge", space)
    check.say(tree.get("version") == "1.3" and len(nodes) > 5 and edges, "gexf: no nodes or edges")
    check.say(all(e.get("source") in nodes and e.get("target") in nodes for e in edges), "gexf: an edge without its node")
    check.say(all(s.get("timestamp") and not s.get("start") for s in tree.iterfind(".//g:spell", space)), "gexf: intervals among timestamps")

    sentences = tokens = 0
    doc = None
    for line in files["conllu", "sentences.conllu"].decode().split("\n"):
        if line.startswith("# newdoc id = "):
            doc = line[14:]
        elif line.startswith("# sent_id"):
            sentences += 1
        elif line and not line.startswith("#"):
            cells = line.split("\t")
            check.say(len(cells) == 10, f"conllu: {len(cells)} columns")
            where = dict(pair.split("=") for pair in cells[9].split("|"))
            words = texts[doc][int(where["start_byte"]):int(where["end_byte"])].decode()
            check.say(words == cells[1] or not words.strip() or "\\" in cells[1], f"conllu: {cells[1]!r} is not {words!r}")
            tokens += 1
    check.say(sentences > 20 and tokens > 300, f"conllu: {sentences} sentences")


def check_schema(check, store):
    explained = {}
    for layout in json.loads(check.run("schema", "--format", "json")):
        explained[layout["layout"]] = [c["column"] for c in json.loads(check.run("schema", layout["layout"], "--format", "json"))]
        check.say(explained[layout["layout"]], f"schema: {layout['layout']} has no columns")
    with sqlite3.connect(store) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type IN ('table','view') AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_%'")]
        for table in tables:
            columns = [row[1] for row in database.execute(f"PRAGMA table_xinfo({table})") if not (table == "search" and row[6] == 1)]
            check.say(explained.get("store." + table) == columns, f"schema: store.{table}: {columns} are there, {explained.get('store.' + table)} explained")
    for layout in explained:
        check.say(not layout.startswith("store.") or layout[6:] in tables, f"schema: {layout} is not in the store")
    text = check.run("schema", "events").decode()
    check.say("events.csv" in text and "store.events" in text, "schema: events is two tables")
    check.say(b"CONCEDE" in check.run("schema", "--notes"), "schema: notes")
    check.say(check.call("schema", "nosuch").returncode == 2, "schema: a table that is not there")


def check_edges(check, store, tables):
    first = tables["events"][0]
    doc = next(d for d in tables["documents"] if d["doc_id"] == first["doc_id"])
    check.run("review", store, f"{doc['id']}:{first['event_id'].split(':')[1]}", "reject")
    left = check.run("export", store, "--as", "plover").decode()
    check.say(first["event_id"] not in left and left, "a rejected event is exported")
    between = check.run("export", store, "--as", "plover", "--between", "Finland", "EST").decode()
    check.say(0 < between.count("\n") < left.count("\n"), "--between selects nothing, or everything")
    empty = check.folder / "empty.db"
    (check.folder / "none").mkdir()
    check.call("add", empty, check.folder / "none")
    for layout in SINGLE:
        check.run("export", empty, "--as", layout, "--out", check.folder / f"empty-{layout}.export.CSV")
    check.say(len((check.folder / "empty-polecat.export.CSV").read_text().splitlines()) == 1, "an empty store has no heading")
    ElementTree.fromstring((check.folder / "empty-gexf.export.CSV").read_text())
    json.loads((check.folder / "empty-webannotation.export.CSV").read_text())
    for words, status in ((("--as", "nosuch"), 2), (("--as", "csv"), 2), (("--as", "gdelt", "--out", check.folder / "x.csv"), 2), ((), 2),
                          (("--as", "polecat", "--out", check.folder / "nofolder/x"), 1)):
        done = check.call("export", store, *words)
        check.say(done.returncode == status and done.stderr, f"export {words}: {done.returncode}, expected {status}: {done.stderr}")


def main():
    program = str(Path(sys.argv[1]).resolve())
    if subprocess.run([program, "doctor"], capture_output=True).returncode != 0:
        print("skipped: no model or no knowledge; `./run build` makes them")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        check = Checker(program, Path(folder))
        store, other = check.store("one.db", 1), check.store("two.db", 2)
        files, again = check.export(store, "one"), check.export(other, "two")
        check.say(files.keys() == again.keys(), f"one and two threads give other files: {files.keys() ^ again.keys()}")
        for name, data in files.items():
            check.say(data == again.get(name), f"{name}: one and two threads give other bytes")
        check_tabs(check, files)
        tables, texts = check_tidy(check, files)
        check_marks(check, files, tables, texts)
        check_records(check, files, tables, texts)
        check_schema(check, store)
        check_edges(check, store, tables)
    return 1 if check.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
