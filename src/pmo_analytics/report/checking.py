"""What a delivery is like: which files were understood how, what became of every row, and each finding."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from pmo_analytics.errors import NothingLoaded
from pmo_analytics.metrics.data_quality import score_quality
from pmo_analytics.quality.following import (
    ACCEPTED,
    MENDED,
    REPEATED,
    SIGNED,
    accept,
    read_accepted,
    read_findings,
)
from pmo_analytics.quality.kinds import SEVERITIES
from pmo_analytics.report.data_quality import quality_lines, quality_record
from pmo_analytics.report.missing import with_metrics
from pmo_analytics.report.wording import some_words
from pmo_analytics.schemas.results import Finding
from pmo_analytics.schemas.source import FileResult, Source, column_letter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pmo_analytics.errors import FileError, MonthUnknown
    from pmo_analytics.portfolio import Portfolio
    from pmo_analytics.quality.following import Acceptance


#: What is not part of any table: rows, or the filled cells of a form.
_OUTSIDE = {"rows": "outside of tables", "cells": "filled and not named by its map"}


def check_record(
    portfolio: Portfolio, *, since: str | Path | None = None, accepted: str | Path | None = None
) -> dict[str, Any]:
    """The result of a check as plain values, ready for JSON: understood, files, quality, findings, quarantine.

    ``since`` is what an earlier check printed as JSON, ``accepted`` a list of findings that somebody lives with;
    with either, every finding says what became of it.
    """
    allowed = read_accepted(accepted) if accepted is not None else ()
    findings = follow(portfolio, since=since, accepted=accepted).findings
    return {
        "as_of": f"{portfolio.as_of:%Y-%m-%d}",
        "as_of_origin": portfolio.as_of_origin,
        "understood": [_understood(source) for source in portfolio.sources],
        "files": [_file(result) for result in portfolio.files],
        "quality": quality_record(score_quality(portfolio)),
        "findings": with_metrics(findings).to_dict("records"),
        "accepted_in_vain": [_acceptance(one) for one in accept(findings, allowed, portfolio.as_of)[1]],
        "quarantine": portfolio.quarantine.to_dict("records"),
        "not_run": [{"code": code, "why": why} for code, why in portfolio.not_run],
    }


def follow(
    portfolio: Portfolio, *, since: str | Path | None = None, accepted: str | Path | None = None
) -> Portfolio:
    """The portfolio whose findings say what became of them since the check in the file ``since``, if any is given."""
    if since is None and accepted is None:
        return portfolio
    earlier = read_findings(since) if since is not None else None
    allowed = read_accepted(accepted) if accepted is not None else ()
    return replace(portfolio, findings=portfolio.followed(since=earlier, accepted=allowed))


def unloaded_record(error: NothingLoaded | MonthUnknown) -> dict[str, Any]:
    """The same record where no file could be read, or nothing says the month: with what was understood."""
    if isinstance(error, NothingLoaded):
        return refused_record(error.errors)
    understood = [_understood(source) for source in error.sources if isinstance(source, Source)]
    told = {"code": error.code, "message": str(error)}
    return refused_record(()) | {"understood": understood, "error": told}


def refused_record(errors: Iterable[FileError]) -> dict[str, Any]:
    """The same record where no file could be read."""
    refused = [
        FileResult(
            error.path,
            "refused",
            {"code": error.code, "message": error.message, "sheet": error.sheet, "cell": error.cell},
        )
        for error in errors
    ]
    return {
        "as_of": None,
        "as_of_origin": None,
        "understood": [],
        "files": [_file(result) for result in refused],
        "quality": None,
        "findings": [],
        "accepted_in_vain": [],
        "quarantine": [],
        "not_run": [],
    }


def exit_code(record: dict[str, Any], fail_on: str) -> int:
    """2 if a file is unreadable or no month is known, else 1 if a finding is at or above ``fail_on``, else 0."""
    if record.get("error") or any(file["status"] == "refused" for file in record["files"]):
        return 2
    failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    stands = [one for one in record["findings"] if one.get(Finding.status) not in (MENDED, ACCEPTED)]
    return int(any(finding[Finding.severity] in failing for finding in stands))


def check_text(record: dict[str, Any]) -> str:
    """The record as lines for people: what was understood, each file, then the findings, worst first."""
    lines = ["What was understood"]
    lines += [line for one in record["understood"] for line in _source_lines(one)]
    if record["as_of"]:
        lines.append(f"  as of {record['as_of']} ({record['as_of_origin']})")
    lines += ["", "Files"]
    for file in record["files"]:
        rows = file["rows"]
        told = (
            f"{rows['read']} {file['counted']} = {rows['accepted']} accepted + {rows['quarantined']} quarantined "
            f"+ {rows['empty']} empty"
        )
        besides = (
            f"{rows['above']} of titles and headers" if rows["above"] else "",
            f"{rows['unrecognised']} {_OUTSIDE[file['counted']]}" if rows["unrecognised"] else "",
        )
        told += f"; besides {' and '.join(filter(None, besides))}" if any(besides) else ""
        told = f"REFUSED {file['error']['code']}: {file['error']['message']}" if file["error"] else told
        lines.append(f"  {PurePath(file['path']).name}: {told}")
    lines += [f"  {one['path']}: passed over, {one['why']}" for one in record.get("passed_over", ())]
    if record["quality"]:
        lines += ["", "Quality", *(f"  {line}" for line in quality_lines(record["quality"]))]
    if record.get("error"):
        return "\n".join([*lines, "", f"Nothing was checked: {record['error']['message']}"])
    if all(file["error"] for file in record["files"]):
        return "\n".join([*lines, "", "Nothing was checked: no file could be read"])
    lines += ["", _counts(record["findings"])]
    lines += [f"  {_finding(finding)}" for finding in record["findings"]]
    if record["accepted_in_vain"]:
        lines += ["", "Accepted, but no finding is like it (mended, or misspelt): take it off the list"]
        lines += [f"  {_in_vain(one)}" for one in record["accepted_in_vain"]]
    if record["not_run"]:
        codes = dict.fromkeys(rule["code"] for rule in record["not_run"])
        lines += [
            "",
            f"Not judged, at least in part, for want of data (why: --format json): {', '.join(codes)}",
        ]
    return "\n".join(lines)


def _where_headings_are(one: dict[str, Any]) -> str:
    if one["record"] == "form":
        return "a form, cell by cell"
    if one["record"] == "column":
        return f"headings in column {column_letter(one['header_row'] - 1)}"
    return f"header in row {one['header_row']}"


def _record_is(one: dict[str, Any]) -> str:
    return (
        f"read as {one['row_is']}"
        if one["record"] == "form"
        else f"one {one['record']} is one {one['row_is']}"
    )


def _source_lines(one: dict[str, Any]) -> list[str]:
    sheet = f" [{one['sheet']}]" if one["sheet"] else ""
    period = f"period {one['period']} ({one['period_origin']})" if one["period"] else one["period_origin"]
    lines = [
        f"  {PurePath(one['file']).name}{sheet}: {_where_headings_are(one)}, {_record_is(one)} → "
        f"{', '.join(one['tables'])}; {period}; profile {one['profile']}, {one['score']}"
    ]
    if one["project"]:
        lines.append(f"    project {one['project']} ({one['project_origin']})")
    if one["near"]:
        lines.append(f"    nearly as well read as {'; '.join(one['near'])}; to decide: --profile")
    if one["unmapped"]:
        lines.append(
            f"    headings nobody knows: {some_words([repr(heading) for heading in one['unmapped']])}"
        )
    return lines


def _counts(findings: list[dict[str, Any]]) -> str:
    here = [finding for finding in findings if finding.get(Finding.status) != MENDED]
    found = [finding[Finding.severity] for finding in here]
    counted = ", ".join(f"{found.count(severity)} {severity}" for severity in SEVERITIES)
    states = [finding.get(Finding.status, "") for finding in findings]
    followed = ", ".join(f"{states.count(state)} {state}" for state in dict.fromkeys(states) if state)
    return (f"Findings: {counted}" if found else "No findings") + (f"; {followed}" if followed else "")


def _finding(finding: dict[str, Any]) -> str:
    place = " ".join(
        part
        for part in (
            PurePath(finding[Finding.file]).name,
            f"[{finding[Finding.sheet]}]" if finding[Finding.sheet] else "",
            finding[Finding.cell],
        )
        if part
    )
    key = f" ({finding[Finding.key]})" if finding[Finding.key] else ""
    standing = _standing(finding)
    severity, code, message = (finding[name] for name in (Finding.severity, Finding.code, Finding.message))
    return f"{severity:<7} {code} {place}{key}: {message}{standing}"


def _standing(finding: dict[str, Any]) -> str:
    """What became of a finding since the earlier run, for people; nothing where no run was given."""
    status, times = finding.get(Finding.status, ""), finding.get(Finding.times, "")
    if status == ACCEPTED:
        return f" [accepted until {finding[Finding.accepted_until]}]"
    if status == REPEATED:
        return f" [repeated, {times} time{'s' if times != '1' else ''}]"
    return f" [{status}]" if status else (f" [{times} months]" if times not in ("", "1") else "")


#: What one record of a table is in its sheet.
_RECORDS = {"rows": "row", "columns": "column", "cells": "form"}


def _acceptance(one: Acceptance) -> dict[str, str]:
    return {**dict(one.named), "until": f"{one.until:%Y-%m-%d}", "by": one.by, "why": one.why}


def _in_vain(one: dict[str, str]) -> str:
    named = ", ".join(f"{name} {value}" for name, value in one.items() if name not in SIGNED)
    return f"{named}: until {one['until']}, {one['by']}: {one['why']}"


def _understood(source: Source) -> dict[str, Any]:
    return {
        "file": source.path,
        "sheet": source.sheet,
        "tables": list(source.tables),
        "row_is": source.row_is,
        "profile": source.profile,
        "header_row": source.header_row,
        "record": _RECORDS[source.orientation],
        "period": source.period,
        "period_origin": source.period_origin,
        "project": source.project,
        "project_origin": source.project_origin,
        "score": source.score,
        "understood": source.understood,
        "known_extras": source.known_extras,
        "headings": source.n_headings,
        "near": list(source.near),
        "unmapped": list(source.unmapped),
    }


def _file(result: FileResult) -> dict[str, Any]:
    return {
        "path": result.path,
        "status": result.status,
        "error": dict(result.error) if result.error else None,
        "counted": result.counted,
        "rows": {
            "read": result.read,
            "accepted": result.accepted,
            "quarantined": result.quarantined,
            "empty": result.empty,
            "above": result.above,
            "unrecognised": result.unrecognised,
        },
    }
