#!/usr/bin/env python3
"""Checks `dragoman serve` as a user has it: over sockets, started and ended as a program.

usage: check_serve.py DRAGOMAN

What the answers hold is checked in web/server/explorer_test.cc. Exit 77 if the engine has no model.
"""
import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "bench"))


class Server:
    def __init__(self, program, store, *options, env=None):
        self.process = subprocess.Popen([program, "serve", str(store), "--port", "0", *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                        env={**os.environ, **(env or {})})
        self.url = self.process.stdout.readline().strip()
        assert self.url, self.process.stderr.read()
        self.host = self.url.split("/")[2]
        self.port = int(self.host.rsplit(":", 1)[1])

    def ask(self, path, method="GET", body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer, text

    def json(self, path, **more):
        answer, text = self.ask(path, **more)
        assert answer.status == 200, (path, answer.status, text)
        return json.loads(text)

    def end(self, how=signal.SIGTERM):
        begun = time.monotonic()
        self.process.send_signal(how)
        status = self.process.wait(20)
        assert status == 0, status
        assert time.monotonic() - begun < 10, "slow to end"


def refused(program, *words, env=None):
    done = subprocess.run([program, "serve", *map(str, words)], capture_output=True, text=True, timeout=30, env={**os.environ, **(env or {})})
    assert done.returncode != 0 and done.stderr, words
    return done.returncode, done.stderr


def check_answers(server):
    summary = server.json("/api/summary")
    assert summary["stories"] == 5 and summary["read"] and summary["review"] is None, summary
    answer, _ = server.ask("/api/summary")
    for name, value in {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY", "Cache-Control": "no-store"}.items():
        assert answer.headers[name] == value, (name, answer.headers[name])
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'"), answer.headers
    assert "Access-Control-Allow-Origin" not in answer.headers and "Server" not in answer.headers
    page, text = server.ask("/")
    if page.status == 200:
        assert page.headers["Content-Type"].startswith("text/html"), page.headers
        again, nothing = server.ask("/", If_None_Match=page.headers["ETag"])
        assert again.status == 304 and not nothing
        assert server.ask("/ledger?of=PRT")[1] == text, "an address of the page's own"
    for path in ("/%2e%2e/%2e%2e/etc/hostname.txt", "/../../../etc/passwd.x", "/api/../../etc/passwd", "/nothing.js"):
        assert server.ask(path)[0].status == 404, path
    for doc in server.json("/api/documents")["rows"]:
        story = server.json(f"/api/story?doc={doc['doc']}")
        text = story["reading"]["document"]["text"].encode()
        assert len(text) == story["reading"]["document"]["bytes"]
        for byte, unit in story["utf16"]:
            assert len(text[:byte].decode().encode("utf-16-le")) // 2 == unit, (doc, byte, unit)
    placed = [event for event in server.json("/api/events")["rows"] if event["lat"] is not None]
    places = server.json("/api/places")["rows"]
    assert sum(place["events"] for place in places) >= len(placed)
    for place in places:
        assert len(server.json("/api/events?limit=1000&place=" + urllib.parse.quote(place["name"]))["rows"]) == place["events"], place
    assert len(server.json("/api/documents?between=PRT,ISL")["rows"]) == server.json("/api/dossier?between=PRT,ISL")["stories"]


def check_commands_agree(program, server, store):
    """The same rows as the commands give."""
    def command(*words):
        return json.loads(subprocess.run([program, *map(str, words), "--format", "json"], capture_output=True, text=True, check=True).stdout)
    for path, words in (("events", ["events"]), ("quotes", ["quotes"]), ("ledger", ["ledger"]), ("matrix", ["matrix"]), ("events?of=PRT", ["events", "--of", "PRT"]),
                        ("ledger?between=PRT,ISL", ["ledger", "--between", "PRT", "ISL"]), ("months", ["timeline"]), ("search?q=power", ["search", "power"])):
        ours = server.json("/api/" + path)
        verb, *options = words
        theirs = command(verb, store, *options)
        assert len(ours["rows"]) == len(theirs) and ours["next"] is None, (path, len(ours["rows"]), len(theirs))
    dossier, brief = server.json("/api/dossier?between=Portugal,ISL"), command("brief", store, "PRT", "ISL")
    for key in ("stories", "all_meetings", "months", "channels"):
        assert dossier[key] == brief[key], key


def check_reading(server):
    story = "LISBON – Helena Vasconcelos, Portugal’s foreign minister, said she would visit Reykjavik in May. <img src=x onerror=alert(1)>"
    read = server.json("/api/read?published=2026-03-12", method="POST", body=story.encode(), Content_Type="text/plain; charset=utf-8")
    assert read["reading"]["document"]["text"] == story and read["reading"]["statements"], read
    page = f"<html><title>Visit</title><body><article><p>{story}</p><script>evil()</script></article></body></html>"
    read = server.json("/api/read", method="POST", body=page.encode(), Content_Type="text/html")
    assert "evil()" not in read["reading"]["document"]["text"] and "Helena" in read["reading"]["document"]["text"], read
    for status, body, headers in ((415, b"x", {"Content_Type": "image/png"}), (413, b"a " * 600_000, {"Content_Type": "text/plain"}),
                                  (403, b"x", {"Content_Type": "text/plain", "Origin": "http://evil.example"}), (400, b"", {"Content_Type": "text/plain"})):
        try:
            answer, text = server.ask("/api/read", "POST", body, **headers)
        except (BrokenPipeError, ConnectionResetError):
            assert status == 413  # it did not wait for the rest
            continue
        assert answer.status == status and json.loads(text)["message"], (status, answer.status, text)
    assert server.json("/api/summary")["documents"] == 5, "something was stored"


def check_slow_requests(server):
    """Half a request is given up, and nobody waits for it meanwhile."""
    with socket.create_connection(("127.0.0.1", server.port)) as slow:
        slow.sendall(b"GET /api/summary HTTP/1.1\r\nHost: ")
        begun = time.monotonic()
        server.json("/api/summary")
        assert time.monotonic() - begun < 3
        slow.settimeout(20)
        while slow.recv(4096):
            pass
        assert 5 < time.monotonic() - begun < 18, "when a request is given up"
    with socket.create_connection(("127.0.0.1", server.port)) as rude:
        rude.sendall(b"\x16\x03\x01\x02\x00" + os.urandom(2000))
    server.json("/api/summary")


def check_reviews(program, store):
    with_review = Server(program, store, "--allow-review")
    review = with_review.json("/api/summary")["review"]
    event = with_review.json("/api/events?limit=1")["rows"][0]["id"]
    body = json.dumps({"id": event, "verdict": "reject", "reviewer": "ana"}).encode()
    assert with_review.ask("/api/review", "POST", body, Content_Type="application/json")[0].status == 403
    done = with_review.json("/api/review", method="POST", body=body, Content_Type="application/json", **{review["header"].replace("-", "_"): review["token"]})
    assert done["done"].startswith(event), done
    assert event not in [row["id"] for row in with_review.json("/api/events")["rows"]]
    with_review.end(signal.SIGINT)


def check_additions(program, store):
    with_add = Server(program, store, "--allow-add")
    add, before = with_add.json("/api/summary")["add"], with_add.json("/api/summary")["documents"]
    story = b"LIMA, May 6 - Peru and Nepal signed an agreement on Wednesday to open a kite museum in Cusco by 2028."
    assert with_add.ask("/api/add", "POST", story, Content_Type="text/plain")[0].status == 403
    secret = {add["header"].replace("-", "_"): add["token"]}
    ask = lambda body: with_add.json("/api/add?published=2026-05-07&outlet=Andean+Mail", method="POST", body=body, Content_Type="text/plain", **secret)
    done = ask(story)
    assert done["there"] is False and done["reason"] is None, done
    assert ask(story) == {**done, "there": True}
    assert with_add.json("/api/summary")["documents"] == before + 1
    assert [row["doc"] for row in with_add.json("/api/documents?outlet=Andean+Mail")["rows"]] == [done["doc"]]
    assert with_add.json("/api/ledger?between=NPL,PER")["rows"], "what was added is in the ledger at once"
    german = "Der Minister sagte am Dienstag, die Gespräche über die Fähre seien gut verlaufen und würden im Herbst in Lissabon fortgesetzt werden.".encode()
    assert ask(german)["reason"], "another language is kept, unread"
    with_add.end(signal.SIGINT)


def check_open(program, folder, store):
    """--open hands the address to xdg-open, and says so where there is none."""
    shown = folder / "shown"
    browser = folder / "bin/xdg-open"
    browser.parent.mkdir()
    browser.write_text(f'#!/bin/sh\necho "$1" >"{shown}"\n')
    browser.chmod(0o755)
    serve = [program, "serve", str(store), "--port", "0", "--open"]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ, "PATH": str(browser.parent) + os.pathsep + os.environ["PATH"]}) as process:
        url = process.stdout.readline().strip()
        deadline = time.monotonic() + 10
        while not (shown.exists() and shown.read_text()) and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
    assert shown.read_text().strip() == url, (shown.read_text(), url)
    with subprocess.Popen(serve, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={"PATH": str(folder)}) as process:
        url, said = process.stdout.readline().strip(), process.stderr.readline()
        process.send_signal(signal.SIGINT)
    assert "xdg-open" in said and url in said, said
    code, said = refused(program, store, "--port", "0", "--open", "--token", "0123456789abcdef")
    assert code == 2 and "--open" in said, said


def check_refusals(program, folder, store, server):
    code, said = refused(program, store, "--port", server.port)
    assert code == 1 and "in use" in said and "--port" in said, said
    code, said = refused(program, store, "--host", "0.0.0.0", "--port", "0")
    assert code == 2 and "--token" in said, said
    code, said = refused(program, store, "--host", "0.0.0.0", "--port", "0", "--token", "short")
    assert code == 2 and "16" in said, said
    code, said = refused(program, store, "--port", "70000")
    assert code == 2, said
    code, said = refused(program, folder / "missing.db")
    assert code == 1 and "missing.db" in said, said
    (folder / "text.db").write_text("no database\n" * 100)
    assert "text.db" in refused(program, folder / "text.db")[1]
    newer = folder / "newer.db"
    newer.write_bytes(store.read_bytes())
    with sqlite3.connect(newer) as database:
        database.execute("PRAGMA user_version=999")
    assert "newer dragoman" in refused(program, newer)[1]


def check_token(program, store):
    secret = "0123456789abcdef-secret"
    server = Server(program, store, "--host", "0.0.0.0", env={"DRAGOMAN_TOKEN": secret})
    assert secret not in server.url
    answer, text = server.ask("/api/summary")
    assert answer.status == 401 and json.loads(text)["error"] == "token", text
    assert server.ask("/api/summary", Authorization=f"Bearer {secret}")[0].status == 200
    answer, _ = server.ask(f"/ledger?of=PRT&token={secret}")
    assert answer.status == 303 and answer.headers["Location"] == "/ledger?of=PRT", answer.headers
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and secret not in cookie, cookie
    assert server.ask("/api/summary", Cookie=cookie.split(";")[0])[0].status == 200
    server.end()


def check_load(program, store):
    most_mb = "2000" if os.environ.get("DRAGOMAN_SANITIZED") else "400"  # sanitizers keep what was let go
    done = subprocess.run([sys.executable, ROOT / "bench/serve_load.py", program, str(store), "--clients", "200", "--seconds", "4", "--most-mb", most_mb],
                          capture_output=True, text=True)
    print(done.stdout, end="")
    assert done.returncode == 0, done.stdout + done.stderr


def check_ends_under_load(program, store):
    """Ctrl-C while questions are asked: those under way are answered, and it ends."""
    server = Server(program, store)
    stop = threading.Event()

    def keep_asking():
        while not stop.is_set():
            try:
                server.ask("/api/events")
            except (OSError, http.client.HTTPException):
                return

    threads = [threading.Thread(target=keep_asking) for _ in range(8)]
    for thread in threads:
        thread.start()
    idle = socket.create_connection(("127.0.0.1", server.port))
    time.sleep(0.3)
    server.end(signal.SIGINT)
    stop.set()
    for thread in threads:
        thread.join()
    idle.close()


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = folder / "example.db"
        added = subprocess.run([program, "add", store, ROOT / "examples/series"], capture_output=True, text=True)
        if added.returncode != 0:
            print(added.stderr)
            return 77
        server = Server(program, store)
        check_answers(server)
        check_commands_agree(program, server, store)
        check_reading(server)
        check_slow_requests(server)
        check_refusals(program, folder, store, server)
        server.end()
        check_token(program, store)
        check_ends_under_load(program, store)
        check_load(program, store)
        check_reviews(program, store)
        check_additions(program, store)
        check_open(program, folder, store)
    print("serve: fine")
    return 0


if __name__ == "__main__":
    sys.exit(main())
