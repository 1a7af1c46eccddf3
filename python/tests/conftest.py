"""Fixtures. The tests run on the installed package, whatever folder they are started in."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import dragoman

sys.path.insert(0, str(Path(__file__).parent))
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def lisbon() -> str:
    return (ROOT / "examples" / "lisbon.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def reading(lisbon: str) -> dragoman.Reading:
    return dragoman.read(lisbon, published="2026-03-12", outlet="Harbour Post")


def command(*arguments: str, input: "bytes | None" = None) -> "tuple[int, bytes, str]":
    """Runs the program of the package: status, output, messages."""
    import subprocess

    from dragoman._command import PROGRAM

    done = subprocess.run([PROGRAM, *arguments], input=input, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr.decode()
