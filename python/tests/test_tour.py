"""examples/tour.ipynb runs from top to bottom. With DRAGOMAN_KEEP_TOUR=1 its outputs are kept in the file."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from conftest import ROOT

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")


def test_the_tour_runs(tmp_path: Path) -> None:
    # The kernel is this Python, whatever kernels the machine knows by name.
    kernel = tmp_path / "kernels" / "this"
    kernel.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (kernel / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "this", "language": "python"}))
    os.environ["JUPYTER_PATH"] = str(tmp_path)

    path = ROOT / "examples" / "tour.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="this", resources={"metadata": {"path": str(path.parent)}}).execute()
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code) >= 10 and all(cell.execution_count for cell in code)
    shown = json.dumps([cell.outputs for cell in code])
    assert "Helena Vasconcelos" in shown and "text/html" in shown
    if os.environ.get("DRAGOMAN_KEEP_TOUR"):
        for cell in code:
            cell.metadata.pop("execution", None)  # times of day
        nbformat.write(notebook, path)
