"""Profiles: what one says that cannot be meant is told when it is read; its own headings and sheets count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest

import pmo_analytics as pmo
from pmo_analytics.errors import ConfigurationError, NothingLoaded, PmoError, UnknownName
from pmo_analytics.loading.layout.headings import match_headings
from pmo_analytics.loading.layout.profiles import profiles_for
from pmo_analytics.schemas.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

ROW = '[[row]]\nis = "project"\ntables = ["projects", "status"]\n'
HEADED = ROW + '[headings.projects]\nproject_id = ["Code"]\nproject_name = ["Bet"]\n'
HEADED += '[headings.status]\nrag_overall = ["RAG"]\n'


def _profile(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(f'name = "mine"\n{text}', "utf-8")
    return path


@pytest.fixture
def quarters(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, colour in (("Q1 FY25", "Red"), ("Q2 FY25", "Green")):
        sheet = book.create_sheet(name)
        for row in (("Code", "Bet", "RAG"), ("QB-1", "Search", colour), ("QB-2", "Billing", colour)):
            sheet.append(row)
    path = tmp_path / "review.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("[sheets]\nskipp = ['Q1*']\n" + ROW, UnknownName, "unknown key of .sheets.*Did you mean 'skip'"),
        ("[sheets]\nskip = [5]\n" + ROW, ConfigurationError, "skip of .sheets. is .5."),
        ("[period]\nsheet_name = '(?P<quarer>Q.)'\n" + ROW, UnknownName, "'quarer'.*'quarter'.*fy, month"),
        (
            "[period]\nfile_name = '(?P<month>..)'\n" + ROW,
            ConfigurationError,
            "period.file_name needs .* year",
        ),
        (
            "[period]\nfile_name = '(?P<start_year>20..)'\n" + ROW,
            ConfigurationError,
            "both start_year and end_year",
        ),
        ("[project]\nsheet_name = '^Plan .*'\n" + ROW, ConfigurationError, "project.sheet_name needs"),
        ("[words.status]\nopen = ['offen']\n" + ROW, UnknownName, "unknown word list .*risk_status"),
        ("[words]\nrisk_status = ['offen']\n" + ROW, ConfigurationError, "write under .words.risk_status."),
        ("[words.risk_status]\nopn = ['offen']\n" + ROW, UnknownName, "'opn'. Did you mean 'open'"),
        (
            ROW + "[headings.status]\nbac = ['Budget']\neac_reported = ['Total', 'Budget']\n",
            ConfigurationError,
            "'Budget' stands for two fields of .headings.status., bac and eac_reported",
        ),
        (
            ROW + "[headings.status]\nbac = 'Budget'\n",
            ConfigurationError,
            "bac of .headings.status. is a text",
        ),
    ],
)
def test_what_cannot_be_meant_is_told_when_the_profile_is_read(
    tmp_path: Path, text: str, error: type[PmoError], words: str
) -> None:
    with pytest.raises(error, match=words):
        profiles_for(_profile(tmp_path, text))


def test_a_heading_of_ones_own_profile_goes_before_a_title_of_the_tables(tmp_path: Path) -> None:
    text = '[[row]]\nis = "milestone"\ntables = ["milestones"]\n[headings.milestones]\nname = ["Gate"]\n'
    (profile,) = profiles_for(_profile(tmp_path, text))
    assert match_headings(["Gate", "Gate code"], profile, profile.rows[0]).fields == {
        ("milestones", "name"): 0,
        ("milestones", "gate_code"): 1,
    }


@pytest.mark.parametrize("said", ['skip = ["q1*"]', 'only = ["Q2 FY25"]', 'only = "Q2*"'])
def test_sheets_are_left_out_and_each_is_told(tmp_path: Path, quarters: Path, said: str) -> None:
    profile = _profile(tmp_path, f"[sheets]\n{said}\n{HEADED}")
    portfolio = pmo.load(quarters, profile=profile, period="2025-06")
    assert portfolio.status["rag_overall"].tolist() == ["green", "green"]
    told = portfolio.findings[portfolio.findings["code"] == "SHEET_LEFT_OUT"]
    assert told["sheet"].tolist() == ["Q1 FY25"]
    assert said.split(" ")[0] in told["message"].item()


def test_a_profile_that_leaves_out_every_sheet_says_so(tmp_path: Path, quarters: Path) -> None:
    profile = _profile(tmp_path, f'[sheets]\nskip = ["Q*"]\n{HEADED}')
    with pytest.raises(NothingLoaded, match="leaves out every sheet that it has: Q1 FY25, Q2 FY25"):
        pmo.load(quarters, profile=profile)


@pytest.mark.parametrize(
    ("pattern", "fiscal_year", "months"),
    [
        (r"Q(?P<quarter>\d) FY(?P<year>\d\d)", (4, None), ["2025-03-31", "2025-06-30"]),
        (r"Q(?P<quarter>\d) FY(?P<fy>\d\d)", (1, None), ["2025-03-31", "2025-06-30"]),
        (r"Q(?P<quarter>\d) FY(?P<fy>\d\d)", (4, None), ["2024-06-30", "2024-09-30"]),
        (r"Q(?P<quarter>\d) FY(?P<fy>\d\d)", (4, "start"), ["2025-06-30", "2025-09-30"]),
        (r"Q(?P<quarter>\d) FY(?P<fy>\d\d)", (10, None), ["2024-12-31", "2025-03-31"]),
    ],
)
def test_a_sheet_name_gives_the_month_in_which_its_quarter_ends(
    tmp_path: Path, quarters: Path, pattern: str, fiscal_year: tuple[int, str | None], months: list[str]
) -> None:
    profile = _profile(tmp_path, f"[period]\nsheet_name = '{pattern}'\n{HEADED}")
    start, named_by = fiscal_year
    config = Settings(fiscal_year_start=start, fiscal_year_named_by=named_by)
    portfolio = pmo.load(quarters, profile=profile, config=config)
    assert [source.period for source in portfolio.sources] == [
        f"{pd.Timestamp(month):%Y-%m}" for month in months
    ]


@pytest.mark.parametrize(
    ("file_name", "month", "start", "period"),
    [
        ("list_2021_22.csv", "", 4, "2022-03"),
        ("list_2021_22.csv", "", 10, "2022-09"),
        ("list_2021_22.csv", "month = 3", 1, "2022-03"),
        ("list_2021_22.csv", "month = 12", 4, "2022-12"),
        ("list_2021_23.csv", "month = 3", 4, "2026-06"),
        ("list_2021_22.csv", "", 1, "2026-06"),
    ],
)
def test_two_years_in_a_file_name_give_the_last_month_or_the_stated_one(
    tmp_path: Path, file_name: str, month: str, start: int, period: str
) -> None:
    (tmp_path / file_name).write_text("Code,Bet,RAG\nQB-1,Search,Red\n", "utf-8")
    pattern = r"_(?P<start_year>20\d\d)_(?P<end_year>\d\d)"
    profile = _profile(tmp_path, f"[period]\nfile_name = '{pattern}'\n{month}\n{HEADED}")
    config = Settings(fiscal_year_start=start)
    portfolio = pmo.load(tmp_path / file_name, profile=profile, config=config, as_of="2026-06-30")
    assert [source.period for source in portfolio.sources] == [period]
