"""The page about the rules of data quality, made from their records."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pmo_analytics.quality.checking import RULES
from pmo_analytics.quality.dimensions import CAP, CAPPING_RULES, COUNTS, DIMENSIONS, SEVERITY_WEIGHT
from pmo_analytics.quality.kinds import ERROR, KINDS, WARNING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pmo_analytics.quality.kinds import FindingKind

_HEAD = """# Rules of data quality

Made from the records in `src/pmo_analytics/quality/`: kinds of findings (`kinds.py`, `cell_kinds.py`, `rule_kinds.py`,
`correction_kinds.py`), rules (`rules.py`, `links.py`, `over_time.py`, `likeness.py`, `amounts.py`, `gates.py`,
`governance.py`) and dimensions (`dimensions.py`). In the sentences *value* is the cell as written, *column* its column,
*key* the key of the row, *detail* what the check adds. A rule whose columns hold nothing anywhere is not run, and
`pmo check` says so.

## The score

The data-quality score of a project in a month (`pmo.score_quality`) is the weighted mean, times 100, of the dimensions
that had anything to check. A dimension is 1 less the weight of its failed checks by the weight of those that applied;
a failed check that is an error weighs {error:g}, a warning {warning:g}, info nothing. A check applies where a rule
could judge a row: a start and a finish that are both there, an open issue. Where nothing applied there is no score.
An error of the rules {capping} caps the score at {cap:g}. Findings about programmes and whole files count for no
project; accepted findings count: the data are as they are. The weights are this house's own.
"""


def quality_rules_page() -> str:
    """The text of ``docs/quality_rules.md``: how the score is made, then every kind of finding by dimension."""
    head = _HEAD.format(
        error=SEVERITY_WEIGHT[ERROR],
        warning=SEVERITY_WEIGHT[WARNING],
        capping=", ".join(CAPPING_RULES),
        cap=CAP,
    )
    parts = [head, _dimensions(), _counts()]
    parts += [_kinds(one.title, (k for k in KINDS.values() if k.dimension == one.name)) for one in DIMENSIONS]
    parts.append(_kinds("In no dimension", (k for k in KINDS.values() if not k.dimension)))
    return "\n".join(parts)


def _dimensions() -> str:
    rows = [f"| {one.title} | {one.weight:.2f} | {one.asks} |" for one in DIMENSIONS]
    return "\n".join(["| dimension | weight | asks |", "|---|---|---|", *rows, ""])


def _counts() -> str:
    titles = {one.name: one.title.lower() for one in DIMENSIONS}
    rows = [f"| `{c.name}` | {titles[c.dimension]} | {c.severity} | {c.asks} |" for c in COUNTS]
    lines = ["Besides the rules below, these are checked:", ""]
    return "\n".join([*lines, "| check | dimension | weighs as | asks |", "|---|---|---|---|", *rows, ""])


def _kinds(title: str, kinds: Iterable[FindingKind]) -> str:
    lines = [
        f"## {title}",
        "",
        "| code | severity | rule | what is wrong | what to do | looks at |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join([*lines, *map(_row, kinds), ""])


def _row(kind: FindingKind) -> str:
    cells = (f"`{kind.code}`", kind.severity, kind.rule, _words(kind.sentence), _words(kind.advice))
    return "| " + " | ".join((*cells, _columns(kind.code))) + " |"


def _words(sentence: str) -> str:
    return re.sub(r"\{(\w+)\}", r"*\1*", sentence).replace("|", "\\|")


def _columns(code: str) -> str:
    """The columns that the rules of a kind need, and those of which they need one."""
    fields = [field for rule in RULES if rule.code == code for field in (*rule.needs, *rule.any_of)]
    return ", ".join(f"{table}.{column}" for table, column in dict.fromkeys(fields))


if __name__ == "__main__":
    import sys

    sys.stdout.write(quality_rules_page())
