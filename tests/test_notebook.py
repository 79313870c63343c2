"""The notebook runs from top to bottom, draws every chart of the catalogue, and is kept without its outputs."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from pmo_analytics.charts import CHARTS

from .conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PLOTLY = "application/vnd.plotly.v1+json"

# The kernel and its client talk over sockets of this machine and warn that these are neither encrypted nor
# closed at once: neither says anything about the notebook.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def run(notebook: nbformat.NotebookNode, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a notebook in a kernel of this Python, whatever kernels the machine has; what it writes goes to folder."""
    kernel = folder / "jupyter" / "kernels" / "of-the-tests"
    kernel.mkdir(parents=True)
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    record = {"argv": command, "display_name": "of the tests", "language": "python"}
    (kernel / "kernel.json").write_text(json.dumps(record), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(folder / "jupyter"))
    monkeypatch.setenv("TMPDIR", str(folder))
    NotebookClient(notebook, kernel_name=kernel.name, timeout=600).execute()


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> tuple[nbformat.NotebookNode, Path]:
    folder = tmp_path_factory.mktemp("notebook")
    notebook = nbformat.read(ROOT / "notebooks" / "01_portfolio_health.ipynb", as_version=4)
    with pytest.MonkeyPatch.context() as monkeypatch:
        run(notebook, folder, monkeypatch)
    return notebook, folder


def test_it_draws_every_chart(executed: tuple[nbformat.NotebookNode, Path]) -> None:
    notebook, _ = executed
    drawn = {
        cell.id.replace("-", "_"): output["data"][PLOTLY]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if PLOTLY in output.get("data", {})
    }
    assert set(drawn) == set(CHARTS)
    assert [name for name, figure in drawn.items() if not figure["data"]] == []


def test_portfolio_findings_and_explanation_show_themselves(
    executed: tuple[nbformat.NotebookNode, Path],
) -> None:
    notebook, _ = executed
    shown = {
        cell.id: output["data"]["text/html"]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "text/html" in output.get("data", {})
    }
    assert "36 projects in June 2026" in shown["load"]
    assert "25 findings" in shown["findings"]
    assert "Rule" in shown["explain"]


def test_nothing_is_warned_of(executed: tuple[nbformat.NotebookNode, Path]) -> None:
    notebook, _ = executed
    streams = [
        output["text"]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "stream"
    ]
    assert streams == []


def test_it_writes_the_report(executed: tuple[nbformat.NotebookNode, Path]) -> None:
    _, folder = executed
    written = sorted(path.name for path in folder.glob("board-report-*/*"))
    assert written == ["report.html", "report.xlsx"]


def test_a_cell_that_fails_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("assert False, 'seen'")])
    with pytest.raises(CellExecutionError, match="seen"):
        run(notebook, tmp_path, monkeypatch)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.name for path in NOTEBOOKS])
def test_notebooks_are_kept_without_outputs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code
    assert [cell.id for cell in code if cell.outputs or cell.execution_count is not None] == []
