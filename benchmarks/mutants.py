"""Mutants: every small change to the code of a file that a test should notice, one at a time.

Left alone are texts for people (titles, formulas, docstrings, sources), annotations, and what stands under
``if TYPE_CHECKING`` or ``if __name__``, which does not run when a module is imported and used.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from pmo_analytics.schemas.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
#: A comparison the other way round; its border is the business of COMPARISONS.
REVERSED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Gt: ast.Lt,
    ast.GtE: ast.LtE,
    ast.Lt: ast.Gt,
    ast.LtE: ast.GtE,
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
#: Members of enumerations, each with the one that takes its place.
MEMBERS = {
    "Aggregate": ("SUM", "MIN", "MAX", "MEDIAN"),
    "Better": ("HIGHER", "LOWER", "NONE"),
    "RollUp": ("SUM", "RATIO", "SHARE", "RECOMPUTED", "WORST", "DISTRIBUTION", "NONE"),
    "Reason": tuple(Reason.__members__),
}
ENDS = {"min": "max", "max": "min", "min_horizontal": "max_horizontal", "max_horizontal": "min_horizontal"}
#: The steps from the root of a tree to a node: which field, and where that is a list, which of it.
Way: TypeAlias = tuple[tuple[str, int | None], ...]
#: The position of the conditions among the arguments of a Metric.
UNDEFINED_AT = 9


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: where it stands in which file, of which kind it is, and both texts."""

    file: str
    line: int
    column: int
    kind: str
    original: str
    mutated: str


def mutants_of(path: Path) -> list[Mutant]:
    """Every mutant of a file, in the order of its lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return sorted((mutant for mutant, _, _ in _found(path, tree)), key=lambda one: (one.line, one.column))


def mutated(path: Path, mutant: Mutant | None) -> ast.Module:
    """The tree of a file with one mutant in its place; ``None`` leaves it as it is."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if mutant is None:
        return tree
    way, changed = next((way, changed) for one, way, changed in _found(path, tree) if one == mutant)
    parent: ast.AST = tree
    for field, index in way[:-1]:
        parent = _child(parent, field, index)
    field, index = way[-1]
    if index is None:
        setattr(parent, field, changed)
    else:
        getattr(parent, field)[index] = changed
    return ast.fix_missing_locations(tree)


def _child(node: ast.AST, field: str, index: int | None) -> ast.AST:
    return getattr(node, field) if index is None else getattr(node, field)[index]


def _found(path: Path, tree: ast.Module) -> Iterator[tuple[Mutant, Way, ast.expr]]:
    """Every mutant with the way to its place and what comes there."""
    for node, way, role in _places(tree):
        for kind, changed in _changes(node, role):
            texts = (ast.unparse(node), ast.unparse(changed))
            yield Mutant(path.name, node.lineno, node.col_offset, kind, *texts), way, changed


def _places(tree: ast.Module) -> Iterator[tuple[ast.expr, Way, str]]:
    """Every expression that may be mutated, the way to it, and the part it plays: ``word``, ``cases`` or nothing."""
    roles: dict[ast.AST, str] = {}
    waiting: list[tuple[ast.AST, Way]] = [(tree, ())]
    while waiting:
        node, way = waiting.pop()
        roles |= _roles(node)
        if isinstance(node, ast.expr):
            yield node, way, roles.get(node, "")
        for field, value in ast.iter_fields(node):
            if _left_alone(node, field):
                continue
            children = value if isinstance(value, list) else [value]
            for at, child in enumerate(children):
                if isinstance(child, ast.AST):
                    step = (field, at if isinstance(value, list) else None)
                    waiting.append((child, (*way, step)))


def _left_alone(node: ast.AST, field: str) -> bool:
    """Whether a part of a node is text for people or does not run."""
    if isinstance(node, ast.JoinedStr) or field in ("annotation", "returns"):
        return True
    # zip(strict=True) only checks what holds anyway
    if isinstance(node, ast.keyword) and node.arg == "strict":
        return True
    if isinstance(node, ast.If) and field in ("test", "body"):
        return any(name in ast.unparse(node.test) for name in ("TYPE_CHECKING", "__name__"))
    # the target of a TypeAlias is an annotation in all but name
    return isinstance(node, ast.AnnAssign) and "TypeAlias" in ast.unparse(node.annotation)


def _roles(node: ast.AST) -> dict[ast.AST, str]:
    """The parts that the children of a node play: words of data, and lists of cases of which one can be left out."""
    if isinstance(node, ast.Dict):
        return {key: "word" for key in node.keys if isinstance(key, ast.Constant)}
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
        return dict.fromkeys(_texts(node.value.elts), "word")
    if not isinstance(node, ast.Call):
        return {}
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    lists = [argument for argument in node.args if isinstance(argument, ast.List | ast.Tuple)]
    if called == "one_of":
        return dict.fromkeys((text for words in lists for text in _texts(words.elts)), "word")
    if called == "first_true":
        return dict.fromkeys(lists, "cases")
    cases: list[ast.AST] = [argument.value for argument in node.keywords if argument.arg == "undefined"]
    if called == "Metric":
        cases += node.args[UNDEFINED_AT : UNDEFINED_AT + 1]
    return {case: "cases" for case in cases if isinstance(case, ast.Tuple)}


def _texts(elements: list[ast.expr]) -> list[ast.expr]:
    """The elements, where all of them are texts; not those that name columns which nobody sees."""
    texts = [e for e in elements if isinstance(e, ast.Constant) and isinstance(e.value, str)]
    if len(texts) < len(elements):
        return []
    return [text for text in texts if not str(text.value).startswith("__")]


def _changes(node: ast.expr, role: str) -> Iterator[tuple[str, ast.expr]]:
    """Every change to one node, with its kind."""
    if isinstance(node, ast.Compare):
        yield from _compared(node)
    elif isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        yield "operator", ast.BinOp(node.left, OPERATORS[type(node.op)](), node.right)
    elif isinstance(node, ast.BoolOp):
        yield "and/or", ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    elif isinstance(node, ast.UnaryOp):
        yield "negation", node.operand
    elif isinstance(node, ast.Constant):
        yield from _constants(node, role)
    elif isinstance(node, ast.Attribute):
        yield from _members(node)
    elif role == "cases" and isinstance(node, ast.List | ast.Tuple):
        yield from _shortened(node)


def _compared(node: ast.Compare) -> Iterator[tuple[str, ast.expr]]:
    for at, operator in enumerate(node.ops):
        for kind, others in (("comparison", COMPARISONS), ("direction", REVERSED)):
            if type(operator) in others:
                ops = [*node.ops[:at], others[type(operator)](), *node.ops[at + 1 :]]
                yield kind, ast.Compare(node.left, ops, node.comparators)


def _constants(node: ast.Constant, role: str) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node.value, bool):
        yield "true/false", ast.Constant(not node.value)
    elif isinstance(node.value, int | float):
        yield "number", ast.Constant(node.value + 1)
    elif role == "word":
        yield "word", ast.Constant(f"{node.value}?")


def _members(node: ast.Attribute) -> Iterator[tuple[str, ast.expr]]:
    members = MEMBERS.get(node.value.id, ()) if isinstance(node.value, ast.Name) else ()
    if node.attr in members:
        other = members[(members.index(node.attr) + 1) % len(members)]
        yield "member", ast.Attribute(node.value, other, node.ctx)
    elif node.attr in ENDS:
        yield "min/max", ast.Attribute(node.value, ENDS[node.attr], node.ctx)


def _shortened(node: ast.List | ast.Tuple) -> Iterator[tuple[str, ast.expr]]:
    for at in range(len(node.elts)):
        elements = [*node.elts[:at], *node.elts[at + 1 :]]
        yield "left out", type(node)(elements, node.ctx)
