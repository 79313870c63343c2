"""Following: this run's findings beside an earlier run's, and those that somebody has accepted for a while.

A finding is followed by its identity without the count behind it, so that the month and the cell play no part: it is
``new``, ``repeated``, ``mended`` (it was there and is no more), or ``accepted`` until a day.
"""

from __future__ import annotations

import csv
import json
import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from pmo_analytics.errors import ConfigurationError
from pmo_analytics.schemas.results import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NEW, REPEATED, MENDED, ACCEPTED = "new", "repeated", "mended", "accepted"
#: What an acceptance names a finding by: its identity, or all of the others that are given.
NAMED_BY = (Finding.id, Finding.code, Finding.table, Finding.key, Finding.column)
#: An acceptance without these is none: nobody could ask about it.
SIGNED = ("until", "by", "why")


#: The day that an earlier check refers to, as a column beside its findings: it is one day for all of them.
AS_OF = "as_of"

_COUNT = re.compile(r"-\d+$")
_MONTH = r"(?:^|/)(\d{4}-\d{2})$"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What somebody lives with: the finding by identity, or by code and more; until when, who says so, and why."""

    named: tuple[tuple[str, str], ...]
    until: pd.Timestamp
    by: str
    why: str


def compare_findings(
    now: pd.DataFrame, before: pd.DataFrame, *, as_of: pd.Timestamp | None = None
) -> pd.DataFrame:
    """The findings of now with ``status`` and ``times``, and below them those of ``before`` that are mended.

    ``before`` are the findings of an earlier run. ``times`` counts the months in which a finding was told: those
    of this run or those that the earlier run counted, and one more if that run was of an earlier month, whichever
    is more; a month that is checked twice counts once. The month of a run is that of ``as_of`` (in ``before``, of
    its column ``as_of``, which ``read_findings`` gives), else the latest in the keys; unknown, nothing is added.
    A frame without identities raises ``ConfigurationError``.

    >>> rows = pd.DataFrame({"id": ["a", "b"], "times": "1"})
    >>> compare_findings(rows, rows.tail(1).assign(id=["c"]))[["id", "status"]].values.tolist()
    [['a', 'new'], ['b', 'new'], ['c', 'mended']]
    """
    for frame in (now, before):
        if Finding.id not in frame:
            raise ConfigurationError(
                "a table of findings has no column id; take it from pmo check --format json."
            )
    if Finding.status in before:
        before = before[before[Finding.status] != MENDED]
    subject, was = subject_of(now[Finding.id]), subject_of(before[Finding.id])
    known = subject.isin(was)
    counted = (
        pd.to_numeric(before.get(Finding.times, pd.Series("1", index=before.index)))
        .astype("float64")
        .fillna(1)
    )
    earlier = counted.groupby(was).max()
    own = pd.to_numeric(now.get(Finding.times, pd.Series("1", index=now.index))).astype("float64").fillna(1)
    told_before = subject.map(earlier).astype("float64").fillna(0) + int(_is_later(now, before, as_of))
    times = own.where(~known, own.clip(lower=told_before))
    followed = now.assign(
        **{
            Finding.status: known.map({True: REPEATED, False: NEW}).astype("str"),
            Finding.times: times.astype("int64").astype("str"),
        }
    )
    gone = before[~was.isin(subject) & ~was.duplicated()]
    mended = (
        gone.reindex(columns=followed.columns).assign(**{Finding.status: MENDED}).fillna("").astype("str")
    )
    return pd.concat([followed, mended], ignore_index=True) if len(mended) else followed


def _is_later(now: pd.DataFrame, before: pd.DataFrame, as_of: pd.Timestamp | None) -> bool:
    this = f"{as_of:%Y-%m}" if as_of is not None else _latest_month(now)
    that = str(before[AS_OF].max())[:7] if AS_OF in before and len(before) else _latest_month(before)
    return bool(this and that and this > that)


def _latest_month(findings: pd.DataFrame) -> str:
    keys = findings.get(Finding.key, pd.Series(dtype="str")).astype("str")
    return str(keys.str.extract(_MONTH, expand=False).fillna("").max()) if len(keys) else ""


def subject_of(ids: pd.Series) -> pd.Series:
    """What the identity of a finding is about, without the count of earlier months behind it."""
    return ids.astype("str").str.replace(_COUNT, "", regex=True)


def accept(
    findings: pd.DataFrame, accepted: Iterable[Acceptance], as_of: pd.Timestamp
) -> tuple[pd.DataFrame, tuple[Acceptance, ...]]:
    """The findings with those accepted marked, and the acceptances that no finding needs any more.

    An acceptance holds up to and on its day, seen from ``as_of``; after it the finding stands as before.
    """
    status, until = findings[Finding.status], findings[Finding.accepted_until]
    idle = []
    for one in accepted:
        hit = status != MENDED
        for column, value in one.named:
            text = subject_of(findings[column]) if column == Finding.id else findings[column].astype("str")
            hit &= text == (_COUNT.sub("", value) if column == Finding.id else value)
        if not hit.any():
            idle.append(one)
        if as_of <= one.until:
            status = status.mask(hit, ACCEPTED)
            until = until.mask(hit, f"{one.until:%Y-%m-%d}, {one.by}: {one.why}")
    return findings.assign(**{Finding.status: status, Finding.accepted_until: until}), tuple(idle)


def read_accepted(path: str | Path) -> tuple[Acceptance, ...]:
    """The acceptances of a TOML file (``[[accepted]]``) or of a CSV with the same headings.

    Each has ``until``, ``by`` and ``why``, and names findings by ``id`` or by ``code`` with any of ``table``,
    ``key`` and ``column``. Raises ``ConfigurationError`` for a file that cannot be read and for an entry that lacks
    one of these.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
        listed: Sequence[dict[str, Any]] = (
            tomllib.loads(text).get("accepted", [])
            if str(path).casefold().endswith(".toml")
            else list(csv.DictReader(text.splitlines()))
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path}: cannot be read as a list of accepted findings: {error}") from error
    return tuple(_acceptance(entry, f"{path}, entry {at}") for at, entry in enumerate(listed, start=1))


def _acceptance(entry: dict[str, Any], where: str) -> Acceptance:
    given = {name: str(value).strip() for name, value in entry.items() if str(value or "").strip()}
    unknown = sorted(set(given) - {*NAMED_BY, *SIGNED})
    lacking = [name for name in SIGNED if name not in given]
    if unknown or lacking or not {Finding.id, Finding.code} & set(given):
        raise ConfigurationError(
            f"{where}: an accepted finding has id or code, and until, by and why"
            + (f"; missing: {', '.join(lacking)}" if lacking else "")
            + (f"; not known: {', '.join(unknown)}" if unknown else "")
            + "."
        )
    try:
        until = pd.Timestamp(date.fromisoformat(given["until"]))
    except ValueError:
        raise ConfigurationError(f"{where}: until is {given['until']!r}; write it as 2026-09-30.") from None
    named = tuple((name, given[name]) for name in NAMED_BY if name in given)
    return Acceptance(named, until, given["by"], given["why"])


def read_findings(path: str | Path) -> pd.DataFrame:
    """The findings of an earlier ``pmo check --format json``, or of a CSV of findings.

    Those of a check have the day that it refers to beside them, in the column ``as_of``.
    Raises ``ConfigurationError`` where the file is neither.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
        record = json.loads(text) if text.lstrip().startswith("{") else {"findings": _lines(text)}
        rows = record["findings"]
        found = pd.DataFrame(rows, columns=None if rows else [Finding.id]).astype("str")
        return found.assign(**{AS_OF: str(record[AS_OF])}) if record.get(AS_OF) else found
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(
            f"{path}: holds no findings ({error}); it should be what pmo check --format json printed."
        ) from error


def _lines(text: str) -> list[dict[str, Any]]:
    rows = list(csv.DictReader(text.splitlines()))
    if not rows or Finding.id not in rows[0]:
        raise ValueError("no column id")
    return rows
