"""The draft of a profile, as TOML with comments and as a record: headings, proposals, samples, gaps."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from pmo_analytics.loading.cells.currencies import read_unit
from pmo_analytics.loading.drafting import column_of
from pmo_analytics.metrics.catalogue import CATALOGUE, MEASURES, sources_of
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.tables import table
from pmo_analytics.schemas.words import word_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pmo_analytics.loading.drafting import Draft, DraftColumn

#: How names of files and sheets say a month; the first that fits one of them is taken.
PERIOD_PATTERNS = (
    r"(?<!\d)(?P<year>20\d\d)[-_. ]?(?P<month>0[1-9]|1[0-2])(?!\d)",
    r"(?<!\d)(?P<month>0[1-9]|1[0-2])[-_. ]?(?P<year>20\d\d)(?!\d)",
    r"(?P<month>[A-Z][a-z]{2,8})[-_. ]?(?P<year>20\d\d)(?!\d)",
    r"Q(?P<quarter>[1-4])[-_. ]?FY[-_. ]?(?P<fy>(?:20)?\d\d)(?!\d)",
    r"Q(?P<quarter>[1-4])[-_. ]?(?P<year>20\d\d)(?!\d)",
)
#: So many values that no list knows are shown of each list.
MOST_WORDS = 12


class Gap(NamedTuple):
    """A field that no heading delivers: whether it is a key, and how many metrics need it."""

    field: str
    title: str
    key: bool
    metrics: int


#: The currency proposed where headings have only a sign that several share.
_USUAL = MappingProxyType({"$": "USD", "¥": "JPY", "kr": "SEK", "kr.": "SEK", "Rs": "INR", "Rs.": "INR"})


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
                        "group": column.group,
                        "unit": column.unit,
                        "looks_like": column.shape,
                        "unknown_words": list(column.strange),
                    }
                    for column in draft.columns
                ],
            }
            for draft in drafts
        ],
        "gaps": [gap._asdict() for gap in gaps(drafts)],
    }


def draft_toml(drafts: Sequence[Draft], name: str) -> str:
    """The drafts as one profile in TOML; what is only likely is commented out, and reads with the marks taken away."""
    lines = [
        "# A first draft. Lines without # are headings that are known already; lines with # are proposals: take the",
        "# mark away where one is right, correct it where it is not. Samples of the values stand behind each.",
        "",
        f"name = {_quoted(name)}",
        f"title = {_quoted('Export of ' + ', '.join(dict.fromkeys(PurePath(d.path).name for d in drafts)))}",
        '# date_order = "DMY"        # settles 01/02/2026: DMY, MDY or YMD',
        f"# currency = {_quoted(_currency(drafts))}          # of amounts that name none",
    ]
    lines += _sheet_lines(drafts)
    lines += _period_lines(drafts)
    for row_is, tables in _kinds(drafts):
        listed = ", ".join(_quoted(one) for one in tables)
        lines += ["", "[[row]]", f"is = {_quoted(row_is)}", f"tables = [{listed}]"]
    for table_name in dict.fromkeys(one for draft in drafts for one in draft.tables):
        lines += _table_lines(drafts, table_name)
    lines += _undecided_lines(drafts)
    lines += _strange_lines(drafts)
    proposed = {column.proposal for draft in drafts for column in draft.columns}
    lines += ["", "# Needed, and delivered by no heading that is known:"]
    lines += [
        f"#   {gap.field} ({gap.title}): {_needed(gap)}{'; proposed above' if gap.field in proposed else ''}"
        for gap in gaps(drafts)
    ] or ["#   nothing"]
    return "\n".join(lines) + "\n"


def period_pattern(drafts: Sequence[Draft]) -> tuple[str, str] | None:
    """Where the names of the files or sheets say the month: key and pattern of ``[period]``; else nothing."""
    names = {
        "file_name": [PurePath(draft.path).name for draft in drafts],
        "sheet_name": [draft.sheet for draft in drafts if draft.sheet],
    }
    fitting = (
        (key, pattern)
        for key, listed in names.items()
        for pattern in PERIOD_PATTERNS
        if any(re.search(pattern, one, re.IGNORECASE) for one in listed)
    )
    return next(fitting, None)


def _kinds(drafts: Sequence[Draft]) -> dict[tuple[str, tuple[str, ...]], None]:
    return dict.fromkeys((draft.row_is, draft.tables) for draft in drafts)


def _currency(drafts: Sequence[Draft]) -> str:
    columns = [column for draft in drafts for column in draft.columns]
    said = [read_unit(text).currency or "" for column in columns for text in (column.heading, column.unit)]
    codes = [_USUAL.get(one, one) for one in said]
    return next((one for one in codes if len(one) == len("GBP")), "GBP")


def _sheet_lines(drafts: Sequence[Draft]) -> list[str]:
    sheets = list(dict.fromkeys(draft.sheet for draft in drafts if draft.sheet))
    if len(sheets) < len(("one", "other")):
        return []
    listed = ", ".join(map(_quoted, sheets))
    return ["", "[sheets]", f"# only = [{listed}]    # the sheets that count; * stands for any letters"]


def _period_lines(drafts: Sequence[Draft]) -> list[str]:
    found = period_pattern(drafts)
    if found is None:
        return ["", "[period]", '# constant = "2026-06"    # where no column and no title names the month']
    fiscal = (
        "    # as fiscal_year_start and fiscal_year_named_by of pmo.toml say" if "<fy>" in found[1] else ""
    )
    return ["", "[period]", f"{found[0]} = '{found[1]}'{fiscal}"]


def _table_lines(drafts: Sequence[Draft], name: str) -> Iterator[str]:
    """The headings of a table: the known, then the proposed; each heading once, with the sheets that have it."""
    mine = [draft for draft in drafts if name in draft.tables]
    sheets = ", ".join(f"{_sheet(draft)} (headings in row {draft.header_row})" for draft in mine)
    yield from ("", f"# From {sheets}", f"[headings.{name}]")
    given = _given(mine, name)
    known = {field for field, _, column in given if column.field == field}
    for field in dict.fromkeys(field for field, _, _ in given):
        same = [(draft, column) for one, draft, column in given if one == field]
        sure = [(draft, column) for draft, column in same if column.field]
        for mark, listed in (
            ("", sure),
            ("#   also " if field in known else "# ", [p for p in same if p not in sure]),
        ):
            if listed:
                headings = ", ".join(dict.fromkeys(_quoted(column.heading) for _, column in listed))
                where = (
                    f" [{', '.join(dict.fromkeys(_sheet(draft) for draft, _ in listed))}]"
                    if len(mine) > 1
                    else ""
                )
                sign = ":" if mark.endswith("also ") else " ="
                yield f"{mark}{field.partition('.')[2]}{sign} [{headings}]{_remark(listed[0][1])}{where}"
    units = {field: column for field, _, column in reversed(given) if column.unit}
    if units:
        yield from ("", f"[units.{name}]")
        for field, column in units.items():
            said = f"the group {column.group!r}" if column.group else "a title"
            yield f"# {field.partition('.')[2]} = {_quoted(column.unit)}    # as {said} of {column.heading!r} says"


def _given(drafts: Sequence[Draft], name: str) -> list[tuple[str, Draft, DraftColumn]]:
    """Field, sheet and column of what a table is given; of one heading the first field, the known ones first."""
    listed = [(draft, column) for draft in drafts for column in draft.columns]
    listed.sort(key=lambda one: one[1].field is None)
    taken: dict[str, str] = {}
    given = []
    for draft, column in listed:
        field = column.field or column.proposal or ""
        if field.startswith(f"{name}.") and taken.setdefault(column.heading, field) == field:
            given.append((field, draft, column))
    return given


def _undecided_lines(drafts: Sequence[Draft]) -> list[str]:
    lines = []
    for draft in drafts:
        open_ = [column for column in draft.columns if not column.field and not column.proposal]
        if open_:
            lines += [
                "",
                f"# {_sheet(draft)}: headings without a proposal; write one under its table, or leave it: it is",
                "# kept as an extra.",
            ]
            lines += [f"#   {_quoted(column.heading)}{_remark(column)}" for column in open_]
    return lines


def _strange_lines(drafts: Sequence[Draft]) -> list[str]:
    found: dict[str, dict[str, None]] = {}
    for draft in drafts:
        for column in draft.columns:
            field = column.field or column.proposal
            if column.strange and field:
                words = column_of(field).words or "colour"
                found.setdefault(words, {}).update(dict.fromkeys(column.strange))
    if not found:
        return []
    lines = ["", "# Values that are no words of their lists; say under [words.<list>] which word each means:"]
    for words, values in found.items():
        told = ", ".join(map(_quoted, list(values)[:MOST_WORDS]))
        lines.append(f"#   [words.{words}] knows {', '.join(word_list(words))}; not {told}")
    return lines


def _sheet(draft: Draft) -> str:
    return f"sheet {draft.sheet!r}" if draft.sheet else PurePath(draft.path).name


def _remark(column: DraftColumn) -> str:
    samples = ", ".join(" ".join(sample.split()) for sample in column.samples)
    group = f"under {column.group!r}" if column.group else ""
    told = "; ".join(
        part for part in (group, column.why, f"such as {samples}" if samples else "is empty") if part
    )
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
