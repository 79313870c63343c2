"""The house: names, sizes, floors, homes, and what may stand in quotes."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import pmo_analytics as pmo
from pmo_analytics.schemas.tables import known_columns

SOURCE = Path(__file__).resolve().parents[1] / "src" / "pmo_analytics"
ROOT = SOURCE.parents[1]
FILES = sorted(SOURCE.rglob("*.py"))
#: What makes the sample and the pictures stops at the same lengths.
SCRIPTS = sorted([*(ROOT / "docs" / "pictures").glob("*.py"), *(ROOT / "sample_data").rglob("*.py")])
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "base", "tools", "stuff"}
CLOCKS = {"now", "today", "utcnow", "time_ns"}
#: Calls whose text arguments name columns.
NAMING_CALLS = {
    "col",
    "group_by",
    "groupby",
    "join",
    "merge",
    "sort",
    "sort_values",
    "select",
    "drop",
    "over",
}
#: Words that are columns and also everyday keys of the records of other libraries and of our JSON.
EVERYDAY = {
    "name",
    "type",
    "title",
    "status",
    "weight",
    "kind",
    "tier",
    "category",
    "period",
    "owner",
    "currency",
    "order",
    "unit",
    "accepted",
}


def relative(path: Path) -> str:
    return str(path.relative_to(SOURCE if path.is_relative_to(SOURCE) else ROOT))


def functions(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def test_what_is_visible_is_what_is_promised() -> None:
    code = (
        "import pmo_analytics as pmo, types\n"
        "for name in pmo.__all__: getattr(pmo, name)\n"
        "seen = {n for n in dir(pmo) if not n.startswith('_')\n"
        "        and not isinstance(getattr(pmo, n), types.ModuleType)}\n"
        "promised = {n for n in pmo.__all__ if not isinstance(getattr(pmo, n), types.ModuleType)}\n"
        "print(sorted(seen ^ (promised - {'__version__'})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'lod'"):
        _ = pmo.lod


@pytest.mark.parametrize("statement", ["import pmo_analytics", "import pmo_analytics.cli"])
def test_importing_loads_nothing_heavy(statement: str) -> None:
    heavy = "{'pandas', 'numpy', 'pandera', 'plotly', 'xlsxwriter', 'openpyxl', 'narwhals', 'polars', 'rich'}"
    code = f"{statement}\nimport sys\nprint(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("path", [*FILES, *SCRIPTS], ids=relative)
def test_files_are_short_and_well_named(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
    assert path.stem.strip("_") not in DRAWERS


@pytest.mark.parametrize("path", [*FILES, *SCRIPTS], ids=relative)
def test_functions_are_short(path: Path) -> None:
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in functions(path)
        if node.end_lineno is not None and length_without_docstring(node) > 40
    ]
    assert not long


def length_without_docstring(node: ast.FunctionDef) -> int:
    length = (node.end_lineno or 0) - node.lineno + 1
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        length -= (first.end_lineno or 0) - first.lineno + 1
    return length


@pytest.mark.parametrize("path", [path for path in FILES if path.stem != "cli"], ids=relative)
def test_past_five_parameters_names_are_given(path: Path) -> None:
    crowded = [node.name for node in functions(path) if len(node.args.posonlyargs) + len(node.args.args) > 5]
    assert not crowded


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_no_clock(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not called & CLOCKS


@pytest.mark.parametrize("path", [path for path in FILES if path.parent.name != "schemas"], ids=relative)
def test_column_names_stand_in_the_schemas_only(path: Path) -> None:
    names = known_columns() - EVERYDAY
    tree = ast.parse(path.read_text(encoding="utf-8"))
    quoted = [f"line {node.lineno}: {text!r}" for node, text in column_positions(tree) if text in names]
    assert not quoted


def column_positions(tree: ast.AST) -> list[tuple[ast.AST, str]]:
    found: list[tuple[ast.AST, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript):
            found += [(node, text) for text in texts(node.slice)]
        elif isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in NAMING_CALLS:
                arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
                found += [(node, text) for argument in arguments for text in texts(argument)]
    return found


def texts(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.List | ast.Tuple):
        return [text for element in node.elts for text in texts(element)]
    return []


def test_the_check_on_quotes_can_fail() -> None:
    tree = ast.parse("frame['ac']; frame.groupby(['project_id']); nw.col('ev')")
    assert {text for _, text in column_positions(tree)} == {"ac", "project_id", "ev"}


def test_floors_and_homes() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as run; run()",
            "--no-cache",
        ],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_ci_skips_nothing_and_knows_one_interpreter() -> None:
    run = ROOT / ".ci" / "run"
    if not run.is_file():
        pytest.skip("the sources of a release come without .ci")
    commands = run.read_text("utf-8") + (ROOT / "README.md").read_text("utf-8")
    assert "\nexport CI=true\n" in commands
    assert set(re.findall(r"\bpython3[.\d]*", commands)) == {"python3.11"}
