"""The data dictionary, read from the schemas."""

from __future__ import annotations

import pandas as pd

from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.tables import tables
from pmo_analytics.schemas.words import word_list, word_lists

#: Colours are a closed list that their columns need not name.
_LIST_OF = {Kind.COLOUR: "colour"}


def data_dictionary() -> pd.DataFrame:
    """One row per table and column: kind, unit, allowed words, whether key or required, and its meaning.

    Columns: table, column, title, kind, unit, key, required, allowed, description.

    >>> data_dictionary().query("table == 'status' and column == 'ac'")["description"].item()
    'Actual cost to date'
    """
    return pd.DataFrame(
        [
            {
                "table": column.table,
                "column": column.name,
                "title": column.title,
                "kind": str(column.kind),
                "unit": column.unit,
                "key": column.key,
                "required": column.required,
                "allowed": ", ".join(word_list(column.words)) if column.words else "",
                "description": column.description,
            }
            for table in tables().values()
            for column in table.columns.values()
        ]
    )


def dictionary_page() -> str:
    """The data dictionary as a page of Markdown, one table per table."""
    lines = [
        "# Data dictionary",
        "",
        "Made from the schemas. Key columns are bold, needed ones have a star.",
    ]
    for name, columns in data_dictionary().groupby("table", sort=False):
        lines += ["", f"## {name}", "", "| column | title | kind | unit | meaning |", "|---|---|---|---|---|"]
        for row in columns.to_dict("records"):
            shown = f"**{row['column']}**" if row["key"] else row["column"] + ("*" if row["required"] else "")
            meaning = row["description"] + (f" ({row['allowed']})" if row["allowed"] else "")
            lines.append(f"| {shown} | {row['title']} | {row['kind']} | {row['unit']} | {meaning} |")
    return "\n".join([*lines, *_list_lines()]) + "\n"


def _list_lines() -> list[str]:
    """The closed lists: name, words, and the columns that hold them."""
    columns = [column for table in tables().values() for column in table.columns.values()]
    lines = [
        "",
        "## Closed lists",
        "",
        "A profile adds spellings of its own under the name of the list, each to one of its words:",
        "",
        "```toml",
        "[words.risk_status]",
        'open = ["offen", "in Bearbeitung"]',
        'closed = ["geschlossen"]',
        "```",
        "",
        "| list | words | columns |",
        "|---|---|---|",
    ]
    for name in word_lists():
        held = [f"{c.table}.{c.name}" for c in columns if (c.words or _LIST_OF.get(c.kind)) == name]
        if held:
            lines.append(f"| `{name}` | {', '.join(word_list(name))} | {', '.join(held)} |")
    return lines


if __name__ == "__main__":
    import sys

    sys.stdout.write(dictionary_page())
