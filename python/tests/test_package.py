"""The package: the command, the model and knowledge in it, exceptions, types."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, command

import dragoman
from dragoman import errors


def test_the_command_is_installed() -> None:
    program = Path(sys.executable).parent / "dragoman"
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"dragoman {dragoman.__version__}\n"
    status, out, _ = command("doctor")
    assert status == 0 and b"share/dragoman/dragoman.model" in out


def test_every_error_code_has_its_class() -> None:
    header = (ROOT / "dragoman" / "base" / "result.h").read_text()
    codes = re.findall(r"^  (\w+),\s+///<", header.split("enum class ErrorCode")[1].split("};")[0], re.M)
    assert len(codes) >= 9
    for code in codes:
        name = "".join(word.capitalize() for word in code.split("_")) + "Error"
        assert issubclass(getattr(dragoman, name), dragoman.DragomanError), name


def test_edges_raise_their_class(tmp_path: Path) -> None:
    with pytest.raises(dragoman.NotFoundError, match="nowhere.model"):
        dragoman.Engine(model=tmp_path / "nowhere.model")
    (tmp_path / "bad.model").write_bytes(b"no model at all" * 100)
    with pytest.raises((dragoman.MalformedError, dragoman.ChecksumMismatchError), match=r"bad\.model"):
        dragoman.Engine(model=tmp_path / "bad.model")
    with pytest.raises(FileNotFoundError):
        dragoman.read(tmp_path / "none.txt")
    with pytest.raises(dragoman.UnreadableError):
        dragoman.read(tmp_path)
    with pytest.raises(dragoman.OverLimitError, match="max_bytes"):
        dragoman.Engine(max_bytes=10).read("More than ten bytes.")
    with pytest.raises(TypeError, match="a story is"):
        dragoman.read(7)  # type: ignore[arg-type]
    with pytest.raises(dragoman.MalformedError):
        list(dragoman.read_jsonl(ROOT / "README.md"))
    assert isinstance(errors.OverLimitError("x"), ValueError)


def test_nothing_heavy_is_imported() -> None:
    script = "import sys, dragoman; dragoman.read('Some text.'); print([m for m in ('numpy', 'pandas', 'pyarrow', 'polars', 'spacy', 'pyspark') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_types_are_there() -> None:
    folder = Path(dragoman.__file__).parent
    assert (folder / "py.typed").is_file() and (folder / "_core.pyi").is_file()
    stub = (folder / "_core.pyi").read_text()
    from dragoman import _core

    for name in dir(_core):
        if not name.startswith("__"):
            assert re.search(rf"^(class |def )?{name}\b", stub, re.M), f"_core.pyi lacks {name}"
