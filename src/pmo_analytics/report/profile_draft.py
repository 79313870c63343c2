"""The draft of a profile, as TOML with comments and as a record: headings, proposals, samples, gaps."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from pmo_analytics.metrics.catalogue import CATALOGUE, MEASURES, sources_of
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pmo_analytics.loading.drafting import Draft, DraftColumn


class Gap(NamedTuple):
    """A field that no heading delivers: whether it is a key, and how many metrics need it."""

    field: str
    title: str
    key: bool
    metrics: int


def metrics_needing() -> Counter[str]:
    """How many metrics of the catalogue need each field, by ``table.column``.

    >>> metrics_needing()["status.ac"] > 1
    True
    """
    needed: Counter[str] = Counter()
    for metric in CATALOGUE.values():
        fields = {pair for name in metric.measures for pair in sources_of(MEASURES[name])}
        needed.update(f"{name}.{column}" for name, column in fields)
    return needed


def gaps(drafts: Sequence[Draft]) -> list[Gap]:
    """The fields that are keys or that metrics need and that no heading is known to deliver, most needed first.

    The period is left out: the file name or the caller can give it.
    """
    delivered = {
        column.field.partition(".")[2] for draft in drafts for column in draft.columns if column.field
    }
    needed = metrics_needing()
    found = [
        Gap(f"{name}.{column.name}", column.title, column.key, needed[f"{name}.{column.name}"])
        for name in dict.fromkeys(name for draft in drafts for name in draft.tables)
        for column in table(name).columns.values()
        if column.name not in delivered and not column.derived and column.kind is not Kind.PERIOD
    ]
    once = {gap.field.partition(".")[2]: gap for gap in reversed(found)}
    wanted = [gap for gap in once.values() if gap.key or gap.metrics]
    return sorted(wanted, key=lambda gap: (not gap.key, -gap.metrics, gap.field))


def draft_record(drafts: Sequence[Draft]) -> dict[str, Any]:
    """The drafts as plain values, ready for JSON."""
    return {
        "sheets": [
            {
                "file": draft.path,
                "sheet": draft.sheet,
                "header_row": draft.header_row,
                "row_is": draft.row_is,
                "tables": list(draft.tables),
                "profile": draft.profile,
                "headings": [
                    {
                        "heading": column.heading,
                        "field": column.field,
                        "proposal": column.proposal,
                        "why": column.why,
                        "samples": list(column.samples),
                    }
                    for column in draft.columns
                ],
            }
            for draft in drafts
        ],
        "gaps": [gap._asdict() for gap in gaps(drafts)],
    }


def draft_toml(drafts: Sequence[Draft], name: str) -> str:
    """The drafts as one profile in TOML; what is only likely is commented out."""
    lines = [
        "# A first draft. Lines without # are headings that are known already; lines with # are proposals: take the",
        "# mark away where one is right, correct it where it is not. Samples of the values stand behind each.",
        "",
        f"name = {_quoted(name)}",
        f"title = {_quoted('Export of ' + ', '.join(dict.fromkeys(PurePath(d.path).name for d in drafts)))}",
        '# date_order = "DMY"        # settles 01/02/2026: DMY, MDY or YMD',
        '# currency = "GBP"          # of amounts that name none',
        "",
        "[period]",
        r"file_name = '(?<!\d)(?P<year>20\d\d)[-_. ]?(?P<month>0[1-9]|1[0-2])(?!\d)'",
    ]
    for row_is, tables in dict.fromkeys((draft.row_is, draft.tables) for draft in drafts):
        listed = ", ".join(_quoted(one) for one in tables)
        lines += ["", "[[row]]", f"is = {_quoted(row_is)}", f"tables = [{listed}]"]
    lines += _heading_lines(drafts)
    lines += ["", "# Needed, and delivered by no heading that is known:"]
    lines += [f"#   {gap.field} ({gap.title}): {_needed(gap)}" for gap in gaps(drafts)] or ["#   nothing"]
    return "\n".join(lines) + "\n"


def _heading_lines(drafts: Sequence[Draft]) -> Iterator[str]:
    columns = [column for draft in drafts for column in draft.columns]
    names = dict.fromkeys(name for draft in drafts for name in draft.tables)
    for name in names:
        yield from ("", f"[headings.{name}]")
        known = [column for column in columns if (column.field or "").startswith(f"{name}.")]
        for field in dict.fromkeys(column.field or "" for column in known):
            same = [column for column in known if column.field == field]
            headings = ", ".join(dict.fromkeys(_quoted(column.heading) for column in same))
            yield f"{field.partition('.')[2]} = [{headings}]{_remark(same[0])}"
        for column in columns:
            if column.proposal and column.proposal.startswith(f"{name}."):
                yield f"# {column.proposal.partition('.')[2]} = [{_quoted(column.heading)}]{_remark(column)}"
    unknown = [column for column in columns if not column.field and not column.proposal]
    if unknown:
        yield from (
            "",
            "# Headings without a proposal; write one under its table, or leave it: it is kept as an extra.",
        )
        yield from (f"#   {_quoted(column.heading)}{_remark(column)}" for column in unknown)


def _remark(column: DraftColumn) -> str:
    samples = ", ".join(" ".join(sample.split()) for sample in column.samples)
    told = "; ".join(part for part in (column.why, f"such as {samples}" if samples else "is empty") if part)
    return f"    # {told}"


def _needed(gap: Gap) -> str:
    metrics = (
        f"{gap.metrics} metric{'s' if gap.metrics != 1 else ''} need{'s' if gap.metrics == 1 else ''} it"
    )
    return f"the key of the row; {metrics}" if gap.key else metrics


def _quoted(text: str) -> str:
    # A basic string of TOML has the escapes of JSON; what JSON leaves as it is, DEL, TOML forbids.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def fields_of(drafts: Iterable[Draft]) -> list[str]:
    """Every field that a heading of these drafts could be given, as ``table.column``."""
    names = dict.fromkeys(name for draft in drafts for name in draft.tables)
    return [f"{name}.{c.name}" for name in names for c in table(name).columns.values() if not c.derived]
