"""What a cell may say, as a page of documentation: every example is read by the parser when the page is made."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.loading.cells.currencies import CODES, SCALES, SIGNS, Unit
from pmo_analytics.loading.cells.dialect import Dialect
from pmo_analytics.loading.cells.fills import HUES, STYLES
from pmo_analytics.loading.cells.parsing import parse_cells
from pmo_analytics.quality.cell_kinds import CELL_KINDS
from pmo_analytics.quality.findings import as_text
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.results import Finding
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pmo_analytics.schemas.tables import Column

#: What is shown of each kind of column; every text is a column of its own.
EXAMPLES: Mapping[Kind, tuple[object, ...]] = MappingProxyType(
    {
        Kind.DATE: (
            *(
                "2026-03-31",
                "2026-03-31 00:00:00",
                "20260331",
                "31 Mar 2026",
                "31-Mar-26",
                "December 1, 2016",
            ),
            *(
                "31/03/2026",
                "01/02/2026",
                "31/03/26",
                "2012-30-09",
                46055,
                "2017-Q3",
                "Q2 FY22-23",
                "2023-24",
            ),
            *("FY2025", "Jun 2026", "Low: 2026-01-31, Mid: 2026-02-28, High: 2026-03-31", "TBD"),
        ),
        Kind.MONEY: (
            *("£1,139.18", "-£120.11m", "(1,234)", "120-", "1 234", "CHF 1'234.50", "31.2 $m", "250 TEUR"),
            *(
                "3 Mio. EUR",
                "1.234,50",
                "inf",
                "Low: 2750.00, Mid: 2820.00, High: 3100.00",
                "100 - 250 Million",
            ),
            *("500 Million +", "Section 43 - Commercial interests", "NULL", "PNS", "#REF!"),
        ),
        Kind.FRACTION: ("45%", "45 percent", 0.45, 45, 1.2, "10-20%"),
        Kind.COLOUR: (
            *("Green", "AMBER", "Amber/ Red", "A/G", "yellow", "🟢", "● Red", "Green (on track)"),
            *("Amber (was Red)", "Gr\u0435en", 5, "No DCA"),
        ),
        Kind.FLAG: ("Yes", "n", "perhaps"),
    }
)
_HEAD = (
    "# What a cell may say",
    "",
    "Made by the parser: `python -m pmo_analytics.loading.cells.cells_page > docs/cells.md`. Every cell that is not",
    "blank ends as a value or as one finding; a value of which something is to be known has a finding beside it.",
    "Nothing here is a guess from the other cells: what they prove is said in the finding, and you declare it.",
    "",
    "The examples are read without a declared `date_order`, with `decimal = '.'`, fiscal years from April, and each",
    "as a column of its own.",
)


def cells_page() -> str:
    """The page: examples with what becomes of them, currencies, scales, fills, findings.

    >>> cells_page().splitlines()[0]
    '# What a cell may say'
    """
    lines = list(_HEAD)
    for kind, examples in EXAMPLES.items():
        column = next(c for c in table("status").columns.values() if c.kind is kind and not c.key)
        lines += ["", f"## {kind}", "", "| written | read as | finding |", "|---|---|---|"]
        lines += [_line(example, column) for example in examples]
    signs = (f"`{sign}` {code or 'names none'}" for sign, code in SIGNS.items())
    scales = (f"`{word}` {factor:,.0f}" for word, factor in SCALES.items())
    hues = (f"{one.colour} {one.first:g}–{one.last:g}°" for one in HUES)
    styles = (f"`{fill}` {colour}" for fill, colour in STYLES.items())
    lines += ["", "## Currencies, scales and fills", "", f"Codes: {', '.join(CODES)}.", ""]
    lines += [f"Signs: {', '.join(signs)}.", "", f"Scales: {', '.join(scales)}.", ""]
    lines += [f"Fills, by hue: {', '.join(hues)}; by the styles of Excel: {', '.join(styles)}.", ""]
    lines += ["A fill counts only where the cell has no word, and not where it runs on along the row.", ""]
    lines += [
        "## Findings about cells",
        "",
        "| code | severity | what it says | what to do |",
        "|---|---|---|---|",
    ]
    lines += [f"| {one.code} | {one.severity} | {one.sentence} | {one.advice} |" for one in CELL_KINDS]
    return "\n".join(lines) + "\n"


def _line(example: object, column: Column) -> str:
    kinds = pd.Series(["t" if isinstance(example, str) else "n"])
    parsed = parse_cells(pd.Series([example], dtype=object), kinds, column, Dialect(), Unit())
    value = as_text(parsed.values).iloc[0] if parsed.values.notna().all() else "null"
    named = parsed.currencies.dropna().tolist() if parsed.currencies is not None else []
    return f"| {example} | {' '.join([value, *named])} | {', '.join(parsed.faults[Finding.code])} |"


if __name__ == "__main__":
    import sys

    sys.stdout.write(cells_page())
