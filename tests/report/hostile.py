"""A portfolio whose texts all try to be something else than text."""

from __future__ import annotations

from typing import Any

from pmo_analytics.portfolio import Portfolio
from pmo_analytics.schemas.results import Finding, Quarantined
from pmo_analytics.schemas.source import FileResult, Source

from .conftest import AS_OF, EARLIER, project, result, status, typed

#: The columns of a finding that hold text from data.
_TEXTS = ("value", "message", "file", "sheet", "entity_id", "key")


def _rows(count: int, **texts: list[str]) -> list[dict[str, Any]]:
    return [{"period": AS_OF} | {name: values[at] for name, values in texts.items()} for at in range(count)]


def hostile(texts: list[str]) -> Portfolio:
    """A portfolio with the payloads in every column of text that a report shows."""
    count = len(texts)
    many = {"entity_id": texts, "title": texts, "owner": texts}
    rows = [project(1, project_id=t, project_name=t, programme_id=t, department=t, currency=t) for t in texts]
    reports = [
        status(
            1, project_id=t, rag_overall="red", rag_reported="red", path_to_green=t, path_owner=t, currency=t
        )
        for t in texts
    ]
    left = project(1, project_id="gone", project_name="=1+1", period=EARLIER)
    tables = {
        "projects": typed("projects", [*rows, left]),
        "status": typed("status", [*reports, status(1, project_id="gone", period=EARLIER)]),
        "milestones": typed(
            "milestones",
            _rows(count, milestone_id=texts, entity_id=texts, name=texts, owner=texts, gate_code=texts),
        ),
        "risks": typed("risks", _rows(count, risk_id=texts, category=texts, status=["open"] * count, **many)),
        "issues": typed(
            "issues", _rows(count, issue_id=texts, resolution=texts, status=["open"] * count, **many)
        ),
        "decisions": typed(
            "decisions",
            _rows(
                count,
                decision_id=texts,
                entity_id=texts,
                title=texts,
                board=texts,
                consequence=texts,
                decider=texts,
                currency=texts,
            ),
        ),
    }
    findings = [{"severity": "error", **dict.fromkeys(_TEXTS, text)} for text in texts]
    raw = [
        {"severity": "error", "message": text, "file": text, "sheet": text, "raw": text, "row": 2.0}
        for text in texts
    ]
    sources = tuple(
        Source(
            key=f"s{at}",
            path=text,
            sheet=text,
            digest="ab" * 32,
            profile=text,
            row_is="project",
            tables=("projects",),
            header_row=1,
            period="2026-06",
            period_origin=text,
            unmapped=(text,),
        )
        for at, text in enumerate(texts)
    )
    refused = [{"code": "EMPTY_FILE", "message": text, "sheet": text, "cell": None} for text in texts]
    return Portfolio(
        tables=tables,
        as_of=AS_OF,
        delivered=frozenset(tables),
        findings=result(Finding, findings),
        quarantine=result(Quarantined, raw),
        sources=sources,
        files=tuple(FileResult(text, "refused", error) for text, error in zip(texts, refused, strict=True)),
    )
