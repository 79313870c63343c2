"""The options that several commands of ``pmo`` take."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How a result is printed."""

    TEXT = "text"
    JSON = "json"


class Severity(StrEnum):
    """From which severity on a check fails."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


Inputs = Annotated[
    list[str], typer.Argument(metavar="INPUT...", help="Workbooks, CSV files or folders.", show_default=False)
]
AsOf = Annotated[
    str | None, typer.Option(help="Day that figures refer to, 2026-06-30. Default: the latest period found.")
]
Period = Annotated[str | None, typer.Option(help="Month of tables without a period column, 2026-06.")]
ProfileName = Annotated[
    str | None, typer.Option("--profile", help="Profile of headings: a name, a .toml or a .xlsx.")
]
Config = Annotated[Path | None, typer.Option(help="Settings of the organisation: a pmo.toml.")]
PasswordFile = Annotated[
    Path | None, typer.Option(help="Text file whose first line is the password of encrypted workbooks.")
]
Corrections = Annotated[Path | None, typer.Option(help="Folder for workbooks with only the rows to mend.")]
By = Annotated[str | None, typer.Option(help="One of these for each value of a column of projects.")]
Since = Annotated[
    Path | None, typer.Option(help="What an earlier check printed as JSON: say what is new or mended.")
]
Accepted = Annotated[
    Path | None, typer.Option(help="Findings that are lived with until a day: a .toml or .csv.")
]
Rules = Annotated[Path | None, typer.Option(help="Rule set for the colours: a .toml.")]
Currency = Annotated[
    str | None, typer.Option(help="Convert all amounts to this currency, such as GBP, by the table fx_rates.")
]
RateSet = Annotated[
    str | None, typer.Option(help="Set of exchange rates to convert by, where the table has several.")
]
Output = Annotated[Format, typer.Option("--format", help="Words for people, or JSON on stdout.")]
