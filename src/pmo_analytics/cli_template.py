"""The command ``pmo template``: the workbook in which those who report fill in their month."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

OUT = typer.Argument(metavar="OUT.xlsx", help="Workbook to write.", show_default=False)


def template(
    out: Annotated[Path, OUT],
    *,
    table: Annotated[
        list[str] | None, typer.Option("--table", help="A table to collect; repeat it, or 'all'.")
    ] = None,
    prefill: Annotated[
        list[str] | None, typer.Option("--prefill", help="Last month's files or folders, to be corrected.")
    ] = None,
    period: Annotated[
        str | None, typer.Option(help="Month of prefilled rows. Default: the month after the latest.")
    ] = None,
    profile: Annotated[
        str | None, typer.Option("--profile", help="Profile of headings of --prefill.")
    ] = None,
    config: Annotated[Path | None, typer.Option(help="Settings of the organisation: a pmo.toml.")] = None,
) -> None:
    """Write a blank workbook to collect the month in: drop-downs, checks, notes, examples."""
    from pmo_analytics import load, write_template
    from pmo_analytics.schemas.tables import tables

    portfolio = load(prefill, profile=profile, config=config) if prefill else None
    names = list(tables()) if table == ["all"] else table
    written = write_template(out, tables=names, prefill=portfolio, period=period)
    typer.echo(f"wrote {written}", err=True)
    typer.echo(str(written))
