"""Running the truth set: every fault in every format and country, loaded with settings and without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pmo_analytics as pmo
from pmo_analytics.errors import PmoError
from truth.clean import LOCALES, Locale, Sheet, milestones, projects, risks
from truth.faults import FAULTS, Fault
from truth.scoring import Score, score
from truth.writing import convert, rows_above, write_openpyxl, write_text, write_xlsxwriter

PERIOD = "2026-06"
OFFICE = ("xls", "ods")
FORMATS = ("csv", "openpyxl", "xlsxwriter", *OFFICE)
#: With the settings of the country, and with none.
SETTINGS = ("matching", "none")


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the truth set: the faults that are written in one format and country, loaded with one kind of settings."""

    form: str
    locale: str
    settings: str


#: What the tests run. The faults of a family (text, workbooks) are dealt out among its shares, so that each is met once.
SHARES: Mapping[str, tuple[Share, ...]] = MappingProxyType(
    {
        "text": (
            Share("csv", "en-GB", "none"),
            Share("csv", "en-US", "matching"),
            Share("csv", "de-DE", "none"),
        ),
        "workbook": (
            Share("openpyxl", "en-GB", "none"),
            Share("xlsxwriter", "de-DE", "matching"),
            Share("xls", "en-US", "none"),
            Share("ods", "de-DE", "none"),
        ),
    }
)


def faults_of(share: Share) -> list[Fault]:
    """The faults that fall to a share."""
    family, shares = next((name, shares) for name, shares in SHARES.items() if share in shares)
    return [fault for fault in FAULTS if family in fault.where][shares.index(share) :: len(shares)]


@dataclass(frozen=True, slots=True)
class Written:
    """One file of the truth set, and what it holds."""

    fault: str
    path: Path
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one file under one kind of settings."""

    fault: str
    form: str
    locale: str
    settings: str
    score: Score


def write_all(form: str, locale: Locale, folder: Path, faults: Sequence[Fault] = FAULTS) -> list[Written]:
    """Every fault that a format can have, each in a file of its own; and beside the clean table the clean registers."""
    wanted = "text" if form == "csv" else "workbook"
    made = [
        (fault.name, fault.change(projects(number), locale))
        for number, fault in enumerate(faults, 1)
        if wanted in fault.where
    ]
    if any(fault.name == "clean" for fault in faults):
        made += [("clean milestones", milestones(1)), ("clean risks", risks(1))]
    written = []
    for number, (name, sheet) in enumerate(made):
        stem = folder / f"{number:03d}"
        if form == "csv":
            path = write_text(sheet, locale, stem.with_suffix(".csv"))
        else:
            write = write_xlsxwriter if form == "xlsxwriter" else write_openpyxl
            path = write(sheet, stem.with_suffix(".xlsx"))
        written.append(Written(name, path, sheet))
    if form in OFFICE:
        (folder / form).mkdir()
        paths = convert([one.path for one in written], form, folder / form)
        written = [Written(one.fault, path, one.sheet) for one, path in zip(written, paths, strict=True)]
    return written


def settings_of(kind: str, locale: Locale) -> pmo.Settings:
    """The settings of the country, or none."""
    if kind == "none":
        return pmo.Settings()
    return pmo.Settings(currency=locale.currency, date_order=locale.order, decimal=locale.decimal)


def verdicts(
    form: str,
    locale: Locale,
    folder: Path,
    faults: Sequence[Fault] = FAULTS,
    settings: Sequence[str] = SETTINGS,
) -> list[Verdict]:
    """What became of every file of a format and country, under each kind of settings."""
    written = write_all(form, locale, folder, faults)
    found = []
    for kind in settings:
        try:
            portfolio = pmo.load(
                [one.path for one in written], period=PERIOD, config=settings_of(kind, locale)
            )
        except PmoError:
            portfolio = None
        found += [
            Verdict(
                one.fault,
                form,
                locale.name,
                kind,
                score(portfolio, str(one.path), one.sheet, rows_above(one.sheet)),
            )
            for one in written
        ]
    return found


@cache
def locale_named(name: str) -> Locale:
    """The country of that name."""
    return next(one for one in LOCALES if one.name == name)
