"""The summary as lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pmo_analytics.metrics.catalogue import CATALOGUE
from pmo_analytics.report.contents import TOTALS
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.words import COLOURS, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORDS = {colour: colour.replace("_", "/").title() for colour in COLOURS} | {UNKNOWN: "Not rated"}


def summary_text(record: dict[str, Any]) -> str:
    """The summary record as text: heading, colours, figures with their coverage, departments."""
    lines = [
        f"{_period(record)}, as of {record['as_of']} ({record['as_of_origin']}): "
        f"{record['projects']} projects",
        _reporting(record["reporting"]),
        *_movement(record["movement"]),
        f"Rule set {record['rule_set']}",
        *_rates(record),
        "",
        *_table(_colour_rows(record["rag"]), left=1),
        "",
        *_table(_figure_rows(record), left=1),
    ]
    for column, title in ((Project.department, "Department"), (Project.programme_id, "Programme")):
        lines += ["", *_table(_group_rows(record["by"][column], column, title), left=1)]
    return "\n".join(lines)


def _reporting(told: dict[str, int]) -> str:
    return (
        f"{told['reported']} reported, {told['carried_forward']} carried forward from an earlier report, "
        f"{told['silent']} silent"
    )


def _movement(moved: dict[str, Any] | None) -> Iterable[str]:
    if moved is None:
        return
    mark = "; the rating scale changed in between" if moved["across_scale_break"] else ""
    yield (
        f"Since {moved['since']}: {moved['joined']} joined, {moved['left']} left; reported colour of the "
        f"{moved['matched']} others: {moved['improved']} improved, {moved['worsened']} worsened, "
        f"{moved['same']} same, {moved['not_comparable']} not comparable{mark}"
    )


def _rates(record: dict[str, Any]) -> Iterable[str]:
    if record[Project.rate_set] is not None:
        yield f"Amounts converted to {', '.join(record['currency'])} by the exchange rates {record[Project.rate_set]}"


def _colour_rows(rag: dict[str, dict[str, int]]) -> Iterable[list[str]]:
    shown = _shown_colours([rag])
    yield ["Projects by colour", *(_WORDS[colour] for colour in shown)]
    for view, counts in rag.items():
        yield [f"  {view}", *(str(counts[colour]) for colour in shown)]


def _shown_colours(rags: list[dict[str, dict[str, int]]]) -> list[str]:
    """The three usual colours and not rated always; the half steps where something has one."""
    used = {c for rag in rags for counts in rag.values() for c, n in counts.items() if n}
    return [c for c in (*COLOURS, UNKNOWN) if c in used or "_" not in c]


def _figure_rows(record: dict[str, Any]) -> Iterable[list[str]]:
    yield ["Portfolio", "", "projects used", f"share by {record['coverage']['weight']}"]
    for name in TOTALS:
        coverage = record["coverage"][name]
        share = "" if coverage["share"] is None else f"{coverage['share']:.0%}"
        used = "" if coverage["n_used"] is None else str(coverage["n_used"])
        yield [f"  {CATALOGUE[name].title}", _figure(record, name), used, share]


def _figure(record: dict[str, Any], name: str) -> str:
    value = record["totals"][name]
    if value is None:
        return f"n/a ({record['reasons'].get(name, 'NO_DATA')})"
    if CATALOGUE[name].unit == "money":
        return f"{value:,.0f}"
    return f"{value:,.2f}" if CATALOGUE[name].unit == "ratio" else f"{value:,.0f}"


def _group_rows(groups: list[dict[str, Any]], column: str, title: str) -> Iterable[list[str]]:
    shown = _shown_colours([group["rag"] for group in groups])
    yield [title, "projects", *(_WORDS[c] for c in shown), "BAC", "CPI", "SPI"]
    for group in groups:
        yield [
            f"  {group[column] or 'none'}",
            str(group["projects"]),
            *(_both(group["rag"], colour) for colour in shown),
            *(_figure(group, name) for name in ("bac", "cpi", "spi")),
        ]
    yield ["  (reported → computed)"]


def _both(rag: dict[str, dict[str, int]], colour: str) -> str:
    return f"{rag['reported'][colour]} → {rag['computed'][colour]}"


def _table(rows: Iterable[list[str]], *, left: int) -> list[str]:
    """Columns aligned: the first ``left`` ones to the left, figures to the right."""
    listed = list(rows)
    width = max(len(row) for row in listed)
    padded = [row + [""] * (width - len(row)) for row in listed]
    sizes = [max(len(row[at]) for row in padded if at or len(row[at]) < 60) for at in range(width)]
    return [
        "  ".join(
            cell.ljust(size) if at < left else cell.rjust(size)
            for at, (cell, size) in enumerate(zip(row, sizes, strict=True))
        ).rstrip()
        for row in padded
    ]


def _period(record: dict[str, Any]) -> str:
    return f"Period {record['period']}" if record["period"] else "No period"
