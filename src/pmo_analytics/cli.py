"""The command ``pmo``: results to stdout, words for people to stderr, nothing heavy imported up here."""

from __future__ import annotations

import io
import json
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pmo_analytics.cli_loading import loaded, say
from pmo_analytics.cli_options import (
    Accepted,
    AsOf,
    By,
    Config,
    Corrections,
    Currency,
    Format,
    Inputs,
    Output,
    PasswordFile,
    Period,
    ProfileName,
    RateSet,
    Rules,
    Severity,
    Since,
)
from pmo_analytics.cli_profile import profile_app
from pmo_analytics.cli_template import template

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
app.add_typer(profile_app, name="profile")
app.command()(template)


@app.command()
def sample(
    to: Annotated[Path, typer.Option(help="Folder to write into.")] = Path("pmo-sample"),
    format: Output = Format.TEXT,  # noqa: A002 - the option is called --format
) -> None:
    """Run the sample portfolio through the whole chain: files, check, summary, workbook, page."""
    import shutil

    from pmo_analytics.sample import sample_data, sample_settings

    inputs, config = to / "delivery", to / sample_settings().name
    inputs.mkdir(parents=True, exist_ok=True)
    copied = [Path(shutil.copy(file, inputs / file.name)) for file in sample_data()]
    shutil.copy(sample_settings(), config)
    say(f"copied the sample delivery to {inputs}")
    others = len(set(inputs.iterdir()) - set(copied))
    if others:
        say(f"{others} other file{'s' if others > 1 else ''} in {inputs}: not read here")
    # The files by name, not the folder: what lay there before is no part of the sample.
    portfolio = loaded([str(file) for file in copied], config=config)
    shown = _contents(portfolio, None)
    _write(shown, to / "report.xlsx", to / "report.html")
    _print_summary(portfolio, shown, format)
    say(f"next: pmo check {inputs}; pmo explain {inputs} {portfolio.project_ids[0]}")


@app.command()
def check(
    inputs: Inputs,
    as_of: AsOf = None,
    period: Period = None,
    profile: ProfileName = None,
    config: Config = None,
    password_file: PasswordFile = None,
    fail_on: Annotated[
        Severity, typer.Option(help="Findings from this severity on end in 1.")
    ] = Severity.ERROR,
    since: Since = None,
    accepted: Accepted = None,
    corrections: Corrections = None,
    by: By = None,
    format: Output = Format.TEXT,  # noqa: A002 - the option is called --format
) -> None:
    """Tell what was understood and what is wrong, with file, sheet and cell."""
    from pmo_analytics.errors import MonthUnknown, NothingLoaded
    from pmo_analytics.loading.files.folders import passed_over
    from pmo_analytics.report.checking import check_record, check_text, exit_code, follow, unloaded_record

    if by is not None and corrections is None:
        raise typer.BadParameter("--by says how to share out the workbooks of --corrections DIR")
    try:
        portfolio = loaded(
            inputs, as_of=as_of, period=period, profile=profile, config=config, password_file=password_file
        )
    except (NothingLoaded, MonthUnknown) as error:
        record = unloaded_record(error)
    else:
        record = check_record(portfolio, since=since, accepted=accepted)
        if corrections is not None:
            followed = follow(portfolio, since=since, accepted=accepted)
            record["corrections"] = _write_corrections(followed, corrections, by, password_file)
    record["passed_over"] = passed_over(inputs)
    typer.echo(_json(record) if format is Format.JSON else check_text(record))
    raise typer.Exit(exit_code(record, fail_on))


@app.command()
def summary(
    inputs: Inputs,
    as_of: AsOf = None,
    period: Period = None,
    profile: ProfileName = None,
    config: Config = None,
    password_file: PasswordFile = None,
    rules: Rules = None,
    currency: Currency = None,
    rate_set: RateSet = None,
    format: Output = Format.TEXT,  # noqa: A002 - the option is called --format
) -> None:
    """Print the figures of the portfolio: colours, totals, departments."""
    portfolio = loaded(
        inputs, as_of=as_of, period=period, profile=profile, config=config, password_file=password_file
    )
    converted = _converted(portfolio, currency, rate_set)
    _print_summary(converted, _contents(converted, rules), format)


@app.command()
def report(
    inputs: Inputs,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Workbook to write.")] = None,
    html: Annotated[Path | None, typer.Option("--html", help="Page to write.")] = None,
    signed_off: Annotated[str | None, typer.Option(help="By whom and when; without it a draft.")] = None,
    as_of: AsOf = None,
    period: Period = None,
    profile: ProfileName = None,
    config: Config = None,
    password_file: PasswordFile = None,
    rules: Rules = None,
    currency: Currency = None,
    rate_set: RateSet = None,
    format: Output = Format.TEXT,  # noqa: A002 - the option is called --format
) -> None:
    """Write the workbook, the page, or both."""
    if out is None and html is None:
        raise typer.BadParameter("say what to write: -o OUT.xlsx, --html OUT.html, or both")
    portfolio = loaded(
        inputs, as_of=as_of, period=period, profile=profile, config=config, password_file=password_file
    )
    shown = _contents(_converted(portfolio, currency, rate_set), rules, signed_off=signed_off)
    written = _write(shown, out, html)
    record = {name: str(path) for name, path in written.items()}
    typer.echo(_json(record) if format is Format.JSON else "\n".join(record.values()))


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
    password_file: PasswordFile = None,
    rules: Rules = None,
    format: Output = Format.TEXT,  # noqa: A002 - the option is called --format
) -> None:
    """Say why a project has its colour: rules, figures, thresholds, cells."""
    if len(arguments) < 2:
        raise typer.BadParameter("give at least one input and, last, the id of a project")
    *inputs, project = arguments
    from pmo_analytics import explain as explained
    from pmo_analytics import measure, rate

    portfolio = loaded(
        inputs, as_of=as_of, period=period, profile=profile, config=config, password_file=password_file
    )
    told = explained(rate(measure(portfolio), rules=rules), project, portfolio=portfolio, rules=rules)
    typer.echo(_json(told.record()) if format is Format.JSON else str(told))


def main() -> None:
    """Run the command; a crash ends in 2, never in 1, so that 1 always means findings."""
    from pmo_analytics.errors import PmoError

    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a name that the console lacks is no crash
    try:
        app()
    except PmoError as error:
        say(f"error: {error}")
        sys.exit(FAILED)
    except Exception:  # noqa: BLE001 - the last door: what is unforeseen is shown whole and ends in 2
        traceback.print_exc()
        sys.exit(FAILED)


def _write_corrections(
    portfolio: Portfolio, folder: Path, by: str | None, password_file: Path | None
) -> list[str]:
    from pmo_analytics import write_corrections
    from pmo_analytics.loading.password_file import read_password

    paths = write_corrections(portfolio, folder, by=by, password=read_password(password_file))
    written = [str(path) for path in paths]
    say("\n".join(f"wrote {path}" for path in written) or "no row to mend: no correction workbook written")
    return written


def _converted(portfolio: Portfolio, currency: str | None, rate_set: str | None) -> Portfolio:
    from pmo_analytics import convert

    if currency is None and rate_set is not None:
        raise typer.BadParameter("--rate-set says how to convert; say into what with --currency")
    return portfolio if currency is None else convert(portfolio, currency, rate_set=rate_set)


def _contents(portfolio: Portfolio, rules: Path | None, signed_off: str | None = None) -> Contents:
    from pmo_analytics.report.contents import contents

    return contents(portfolio, rules=rules, signed_off=signed_off)


def _write(shown: Contents, out: Path | None, html: Path | None) -> dict[str, Path]:
    """Write what was asked for; the paths by what they hold."""
    from pmo_analytics.report.page import write_page_of
    from pmo_analytics.report.saving import check_target
    from pmo_analytics.report.workbook import write_workbook

    # Both targets are checked before either is written: half an answer is none.
    targets = [(out, ".xlsx", "report", write_workbook), (html, ".html", "page", write_page_of)]
    asked = [(check_target(path, suffix=kind), name, write) for path, kind, name, write in targets if path]
    written = {name: write(shown, path) for path, name, write in asked}
    for path in written.values():
        say(f"wrote {path}")
    return written


def _print_summary(portfolio: Portfolio, shown: Contents, form: Format) -> None:
    from pmo_analytics.report.plain import summary_text
    from pmo_analytics.report.summary import summarise

    record = summarise(portfolio, shown)
    typer.echo(_json(record) if form is Format.JSON else summary_text(record))


def _json(record: dict[str, Any]) -> str:
    # What a console of Windows cannot show is escaped, so that the output stays JSON on every one of them.
    plain = not (sys.stdout.encoding or "ascii").casefold().startswith("utf")
    return json.dumps(record, ensure_ascii=plain, indent=2, allow_nan=False)
