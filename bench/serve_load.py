#!/usr/bin/env python3
"""Asks a `dragoman serve` many questions at a time, and says how many went wrong, how long they took and how much memory it took.

usage: bench/serve_load.py DRAGOMAN DB [--clients 200] [--seconds 60] [--most-mb 600] [--slowest-ms N]

The clients keep their connections, as browsers do, and open a new one now and then. A few others send their requests a byte a second, to
see that nobody else waits for them. Exit 1 if an answer was wrong or missing, memory grew past --most-mb, or (with --slowest-ms) one
client asking alone waits longer than that for any of the questions, the store's caches being warm.
"""
import argparse
import asyncio
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

QUESTIONS = """/api/summary /api/parties /api/outlets /api/network /api/issues /api/ledger /api/events /api/quotes /api/matrix /api/months
/api/documents /api/people /api/places /api/review /api/search?q=the /api/search?q=minister+OR+talks /api/suggest?q=p /api/story?doc=1 /api/events?type=material_conflict
/api/events?issue=ferry /api/quotes?issue=ferry /api/ledger?stage=completed /api/ledger?contradicted=1 /api/documents?duplicates=1 /api/review?why=changed
/api/review?why=overdue /api/citation?doc=1&span=0-20 /""".split()


def start(program, store, *more):
    server = subprocess.Popen([program, "serve", store, "--port", "0", *more], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    url = server.stdout.readline().strip()
    if not url:
        sys.exit(f"serve_load: {program} serve {store} did not start")
    return server, int(url.rsplit(":", 1)[1].split("/")[0])


def megabytes(pid, what="VmRSS"):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(what)) / 1024


def get(port, path):
    """The body; None where there is no such page."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return None
        raise


async def ask(reader, writer, path, port):
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
    await writer.drain()
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
    body = await reader.readexactly(int(fields.get(b"Content-Length", b"0")))
    return status, body, fields.get(b"Connection", b"").lower() == b"close"


async def client(number, port, questions, until, wrong, times):
    connection, asked = None, number
    while time.monotonic() < until:
        path = questions[asked % len(questions)]
        asked += 1
        begun = time.monotonic()
        try:
            if connection is None:
                connection = await asyncio.open_connection("127.0.0.1", port)
            status, body, closed = await asyncio.wait_for(ask(*connection, path, port), 60)
            if status != 200 or not body:
                wrong.append(f"{path}: {status} {body[:80]!r}")
            elif path.startswith("/api/") and asked % 16 == 0:
                json.loads(body)
        except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError, ValueError) as problem:
            wrong.append(f"{path}: {type(problem).__name__} {problem}")
            closed = True
        times.append(time.monotonic() - begun)
        if closed or asked % 50 == 0:
            if connection:
                connection[1].close()
            connection = None


async def dawdler(port, until):
    """Sends a request a byte a second: the server is to give up on it."""
    while time.monotonic() < until:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            for byte in b"GET /api/summary HTTP/1.1\r\nHost: x":
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(1)
                if time.monotonic() > until:
                    break
            writer.close()
        except OSError:
            pass


async def load(port, clients, seconds, questions):
    wrong, times = [], []
    until = time.monotonic() + seconds
    await asyncio.gather(*(client(i, port, questions, until, wrong, times) for i in range(clients)), *(dawdler(port, until) for _ in range(5)))
    return wrong, sorted(times)


async def alone(port, questions):
    """The time that each question takes when nobody else asks, once it was asked before."""
    slowest = []
    for path in questions:
        for _ in range(2):
            connection = await asyncio.open_connection("127.0.0.1", port)
            begun = time.monotonic()
            status, body, _ = await ask(*connection, path, port)
            took = (time.monotonic() - begun) * 1000
            connection[1].close()
            if status != 200:
                sys.exit(f"serve_load: {path}: {status} {body[:200]!r}")
        slowest.append((took, path, len(body)))
    return sorted(slowest, reverse=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("store")
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--most-mb", type=float, default=600)
    parser.add_argument("--slowest-ms", type=float, default=0)
    options = parser.parse_args()
    server, port = start(options.program, options.store)
    failed = False
    try:
        questions = list(QUESTIONS)
        if get(port, "/") is None:
            questions.remove("/")  # built without the page
        state = json.loads(get(port, "/api/parties?kind=state&limit=1"))["rows"][0]["party"]
        questions += [f"/api/{view}?of={state}" for view in ("ledger", "events", "matrix", "issues", "people", "network")]
        for partner in json.loads(get(port, f"/api/partners?of={state}&limit=1"))["rows"]:
            questions += [f"/api/{view}?between={state},{partner['party']}" for view in ("dossier", "ledger", "events", "quotes", "matrix", "months")]
        slowest = asyncio.run(alone(port, questions))
        print("alone:", ", ".join(f"{path} {took:.0f} ms" for took, path, _ in slowest[:6]))
        if options.slowest_ms and slowest[0][0] > options.slowest_ms:
            print(f"too slow: {[(path, round(took)) for took, path, _ in slowest if took > options.slowest_ms]}")
            failed = True
        before = megabytes(server.pid)
        wrong, times = asyncio.run(load(port, options.clients, options.seconds, questions))
        most = megabytes(server.pid, "VmHWM")
        print(f"{options.clients} clients, {options.seconds:g} s: {len(times)} answers ({len(times) / options.seconds:.0f}/s), median {times[len(times) // 2] * 1000:.0f} ms, "
              f"slowest {times[-1] * 1000:.0f} ms, {len(wrong)} wrong; memory {before:.0f} MB before, at most {most:.0f} MB")
        for line in wrong[:10]:
            print("  wrong:", line)
        failed |= bool(wrong) or most > options.most_mb
        server.send_signal(signal.SIGTERM)
        if server.wait(15) != 0:
            print("did not end well after SIGTERM:", server.returncode)
            failed = True
    finally:
        if server.poll() is None:
            os.kill(server.pid, signal.SIGKILL)
    return failed


if __name__ == "__main__":
    sys.exit(main())
