"""The commands ``pmo profile …``: profiles of exports whose headings nobody knew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

profile_app = typer.Typer(
    rich_markup_mode=None, no_args_is_help=True, help="Profiles: what the headings of an export mean."
)


@profile_app.callback()
def profiles() -> None:
    """Profiles: what the headings of an export mean."""


@profile_app.command()
def init(
    exports: Annotated[
        list[str],
        typer.Argument(metavar="EXPORT...", help="Workbooks, CSV files or folders.", show_default=False),
    ],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Profile to write: .toml, or .xlsx with drop-downs.")
    ] = None,
    format: Annotated[  # noqa: A002 - the option is called --format
        str, typer.Option("--format", metavar="text|json", help="Words for people, or JSON on stdout.")
    ] = "text",
) -> None:
    """Draft a profile: each heading with its likely field, samples, and what is missing."""
    from pmo_analytics.loading.drafting import draft_profile
    from pmo_analytics.report.profile_draft import draft_record, draft_toml
    from pmo_analytics.report.profile_workbook import profile_workbook
    from pmo_analytics.report.saving import check_target, save

    if format not in ("text", "json"):
        raise typer.BadParameter("text or json", param_hint="--format")
    workbook = out is not None and out.suffix.lower() == ".xlsx"
    target = check_target(out, suffix=".xlsx" if workbook else ".toml") if out is not None else None
    drafts = draft_profile(exports)
    name = target.stem if target is not None else "our-office"
    if target is not None:
        save(target, profile_workbook(drafts, name) if workbook else draft_toml(drafts, name).encode("utf-8"))
        typer.echo(f"wrote {target}; look through it, then pass it as --profile {target}", err=True)
    if format == "json":
        typer.echo(json.dumps(draft_record(drafts), ensure_ascii=False, indent=2))
    elif target is None:
        typer.echo(draft_toml(drafts, name), nl=False)
