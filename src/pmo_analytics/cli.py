"""The command ``pmo``: results to stdout, words for people to stderr, nothing heavy imported up here."""

from __future__ import annotations

import json
import sys
import traceback
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from pmo_analytics.portfolio import Portfolio
    from pmo_analytics.report.contents import Contents

#: Exit codes: all well; findings; nothing loaded, wrong usage or a crash.
OK, FINDINGS, FAILED = 0, 1, 2

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    add_completion=False,
    help="From spreadsheet exports of project status to checked tables, explained colours and a report.",
)


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
ProfileName = Annotated[str | None, typer.Option("--profile", help="Profile of headings: a name or a .toml.")]
Config = Annotated[Path | None, typer.Option(help="Settings of the organisation: a pmo.toml.")]
Rules = Annotated[Path | None, typer.Option(help="Rule set for the colours: a .toml.")]
Output = Annotated[Format, typer.Option("--format", help="Words for people, or JSON on stdout.")]


@app.command()
def sample(
    to: Annotated[Path, typer.Option(help="Folder to write into.")] = Path("pmo-sample"),
    format: Output = Format.TEXT,  # noqa: A002 - the option is called --format
) -> None:
    """Run the sample portfolio through the whole chain: files, check, summary, report."""
    import shutil

    from pmo_analytics.sample import sample_data

    inputs = to / "delivery"
    inputs.mkdir(parents=True, exist_ok=True)
    for file in sample_data():
        shutil.copy(file, inputs / file.name)
    _say(f"copied the sample delivery to {inputs}")
    portfolio = _load([str(inputs)])
    shown = _contents(portfolio, None)
    _write_report(shown, to / "report.xlsx")
    _print_summary(shown, format)
    _say(f"next: pmo check {inputs}; pmo explain {inputs} {portfolio.project_ids[0]}")


@app.command()
def check(
    inputs: Inputs,
    as_of: AsOf = None,
    period: Period = None,
    profile: ProfileName = None,
    config: Config = None,
    fail_on: Annotated[
        Severity, typer.Option(help="Findings from this severity on end in 1.")
    ] = Severity.ERROR,
    format: Output = Format.TEXT,  # noqa: A002 - the option is called --format
) -> None:
    """Tell what was understood and what is wrong, with file, sheet and cell."""
    from pmo_analytics.errors import NothingLoaded
    from pmo_analytics.report.checking import check_record, check_text, exit_code, refused_record

    try:
        portfolio = _load(inputs, as_of=as_of, period=period, profile=profile, config=config)
    except NothingLoaded as error:
        record = refused_record(error.errors)
    else:
        record = check_record(portfolio)
    typer.echo(_json(record) if format is Format.JSON else check_text(record))
    raise typer.Exit(exit_code(record, fail_on))


@app.command()
def summary(
    inputs: Inputs,
    as_of: AsOf = None,
    period: Period = None,
    profile: ProfileName = None,
    config: Config = None,
    rules: Rules = None,
    format: Output = Format.TEXT,  # noqa: A002 - the option is called --format
) -> None:
    """Print the figures of the portfolio: colours, totals, departments."""
    portfolio = _load(inputs, as_of=as_of, period=period, profile=profile, config=config)
    _print_summary(_contents(portfolio, rules), format)


@app.command()
def report(
    inputs: Inputs,
    out: Annotated[Path, typer.Option("-o", "--out", help="Workbook to write.", show_default=False)],
    as_of: AsOf = None,
    period: Period = None,
    profile: ProfileName = None,
    config: Config = None,
    rules: Rules = None,
    format: Output = Format.TEXT,  # noqa: A002 - the option is called --format
) -> None:
    """Write the workbook."""
    portfolio = _load(inputs, as_of=as_of, period=period, profile=profile, config=config)
    written = _write_report(_contents(portfolio, rules), out)
    typer.echo(_json({"report": str(written)}) if format is Format.JSON else str(written))


@app.command()
def explain(
    arguments: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT... PROJECT", help="Inputs, then the id of a project.", show_default=False
        ),
    ],
    as_of: AsOf = None,
    period: Period = None,
    profile: ProfileName = None,
    config: Config = None,
    rules: Rules = None,
    format: Output = Format.TEXT,  # noqa: A002 - the option is called --format
) -> None:
    """Say why a project has its colour: rules, figures, thresholds, cells."""
    if len(arguments) < 2:
        raise typer.BadParameter("give at least one input and, last, the id of a project")
    *inputs, project = arguments
    from pmo_analytics import explain as explained
    from pmo_analytics import measure, rate

    portfolio = _load(inputs, as_of=as_of, period=period, profile=profile, config=config)
    told = explained(rate(measure(portfolio), rules=rules), project, portfolio=portfolio, rules=rules)
    typer.echo(_json(told.record()) if format is Format.JSON else str(told))


def main() -> None:
    """Run the command; a crash ends in 2, never in 1, so that 1 always means findings."""
    from pmo_analytics.errors import PmoError

    try:
        app()
    except PmoError as error:
        _say(f"error: {error}")
        sys.exit(FAILED)
    except Exception:  # noqa: BLE001 - the last door: what is unforeseen is shown whole and ends in 2
        traceback.print_exc()
        sys.exit(FAILED)


def _load(inputs: list[str], **options: Any) -> Portfolio:
    from pmo_analytics import load

    _say(f"reading {inputs[0]}" + (f" and {len(inputs) - 1} more" if len(inputs) > 1 else ""))
    portfolio = load(inputs, **options)
    for file in portfolio.files:
        if file.error is not None:
            _say(f"not loaded: {file.path}: {file.error['message']}")
    loaded = sum(file.error is None for file in portfolio.files)
    _say(f"{loaded} of {len(portfolio.files)} files loaded, {len(portfolio.project_ids)} projects")
    return portfolio


def _contents(portfolio: Portfolio, rules: Path | None) -> Contents:
    from pmo_analytics.report.contents import contents

    return contents(portfolio, rules=rules)


def _write_report(shown: Contents, path: Path) -> Path:
    from pmo_analytics.report.workbook import write_workbook

    written = write_workbook(shown, path)
    _say(f"wrote {written}")
    return written


def _print_summary(shown: Contents, form: Format) -> None:
    from pmo_analytics.report.plain import summary_text
    from pmo_analytics.report.summary import summarise

    record = summarise(shown)
    typer.echo(_json(record) if form is Format.JSON else summary_text(record))


def _json(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, indent=2, allow_nan=False)


def _say(words: str) -> None:
    typer.echo(words, err=True)
