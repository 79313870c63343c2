"""Published figures, recomputed: what agrees, what differs, what cannot be compared."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import pmo_analytics as pmo
from pmo_analytics.errors import ConfigurationError, PmoError, UnknownName
from pmo_analytics.loading.layout.published import Published, read_published

PROFILE = """
name = "office"
title = "Our export"
currency = "EUR"
date_order = "DMY"
[[row]]
is = "project"
tables = ["projects", "status"]
[headings.projects]
project_id = ["No"]
baseline_finish = ["Planned"]
[headings.status]
period = ["Month"]
bac = ["Budget (k)"]
eac_reported = ["Forecast (k)"]
forecast_finish = ["Expected"]
"""
HEAD = "No,Month,Budget (k),Forecast (k),Planned,Expected,Published"


def findings(folder: Path, published: str, *rows: str) -> pd.DataFrame:
    (folder / "office.toml").write_text(f'{PROFILE}\n[[published]]\nheading = "Published"\n{published}\n')
    (folder / "list.csv").write_text("\n".join([HEAD, *rows]) + "\n")
    told = pmo.load(folder / "list.csv", profile=folder / "office.toml").findings
    return told[told["code"].isin(["PUBLISHED_VARIANCE_DIFFERS", "PUBLISHED_COMPARED"])]


GAP = 'kind = "difference"\nof = ["status.bac", "status.eac_reported"]\nunit = "(k)"\ntolerance = 0.5'
SHARE = (
    'kind = "relative_difference"\nof = ["status.eac_reported", "status.bac"]\nrelative_to = "status.bac"\n'
    'unit = "%"\ntolerance = 0.5'
)
DAYS = 'kind = "difference"\nof = ["projects.baseline_finish", "status.forecast_finish"]\nunit = "days"'
CHANGE = 'kind = "change"\nof = ["status.eac_reported"]\nunit = "(k)"'
MAY, JUNE = "2026-05-31", "2026-06-30"


@pytest.mark.parametrize(
    ("published", "rows", "counted", "told"),
    [
        (GAP, [f"P1,{JUNE},100,120,,,-20"], (1, 0, 0), []),
        # the tolerance is in the unit of the published column, and at it there is no difference
        (GAP, [f"P1,{JUNE},100,120,,,-20.5", f"P2,{JUNE},100,120,,,-19.5"], (2, 0, 0), []),
        (
            GAP,
            [f"P1,{JUNE},100,120,,,-20.6"],
            (0, 1, 0),
            ["-20.6 is published, but -20 = 100000 (C2) less 120000 (D2)"],
        ),
        (
            GAP,
            [f"P1,{JUNE},100,120,,,20"],
            (0, 1, 0),
            ["20 is published, but -20 = 100000 (C2) less 120000 (D2); only the sign differs"],
        ),
        # nothing published, nothing to recompute from, no figure at all
        (GAP, [f"P1,{JUNE},100,120,,,", f"P2,{JUNE},100,,,,-20", f"P3,{JUNE},1,2,,,n/a"], (0, 0, 3), []),
        # 20 of 100 is 20 %, with or without the sign; a base of 0 gives no share
        (SHARE, [f"P1,{JUNE},100,120,,,20%", f"P2,{JUNE},100,120,,,20", f"P3,{JUNE},0,5,,,0"], (2, 0, 1), []),
        (
            SHARE,
            [f"P1,{JUNE},100,120,,,0.2"],
            (0, 1, 0),
            ["0.2 is published, but 20% = 120000 (D2) less 100000 (C2), by 100000 (C2)"],
        ),
        (DAYS, [f"P1,{JUNE},,,2027-03-31,2027-04-10,-10"], (1, 0, 0), []),
        (
            DAYS,
            [f"P1,{JUNE},,,2027-03-31,2027-04-10,10"],
            (0, 1, 0),
            ["10 is published, but -10 days = 2027-03-31 (E2) less 2027-04-10 (F2); only the sign differs"],
        ),
        # against the month before of the same project, wherever its row stands; the first one has none
        (CHANGE, [f"P1,{JUNE},,120,,,20", f"P2,{JUNE},,7,,,0", f"P1,{MAY},,100,,,"], (1, 0, 2), []),
        (
            CHANGE,
            [f"P1,{JUNE},,120,,,25", f"P1,{MAY},,100,,,"],
            (0, 1, 1),
            ["25 is published, but 20 = 120000 (D2) less 100000 (D3) the period before"],
        ),
    ],
)
def test_published_figures(
    tmp_path: Path, published: str, rows: list[str], counted: tuple[int, int, int], told: list[str]
) -> None:
    found = findings(tmp_path, published, *rows).set_index("code")
    agree, differ, neither = counted
    expected = f"{agree} rows agree, {differ} differ, {neither} cannot be compared"
    assert found.loc["PUBLISHED_COMPARED", "value"] == expected
    differing = found[found.index == "PUBLISHED_VARIANCE_DIFFERS"]
    assert [message.partition(". Correct")[0] for message in differing["message"]] == told
    assert set(differing["cell"]) <= {"G2"}
    assert set(differing["key"]) <= {"P1/2026-06"}
    assert set(differing["severity"]) <= {"warning"}


def test_without_the_heading_nothing_is_compared(tmp_path: Path) -> None:
    other = GAP.replace("tolerance", "# tolerance")
    assert len(findings(tmp_path, other, f"P1,{JUNE},100,120,,,-20"))
    (tmp_path / "list.csv").write_text(f"No,Month,Budget (k)\nP1,{JUNE},100\n")
    told = pmo.load(tmp_path / "list.csv", profile=tmp_path / "office.toml").findings
    assert not told["code"].str.startswith("PUBLISHED").any()


ENTRY = {"heading": "V", "kind": "difference", "of": ["status.bac", "status.ac"]}


def test_a_record_is_read() -> None:
    one = read_published(ENTRY | {"tolerance": 1}, "p.toml")
    assert one == Published("V", "difference", ("status.bac", "status.ac"), tolerance=1.0)


@pytest.mark.parametrize(
    ("more", "error", "why"),
    [
        ({"formula": "bac - ac"}, UnknownName, "formula"),
        ({"heading": ""}, ConfigurationError, "needs the key 'heading'"),
        ({"of": []}, ConfigurationError, "needs the key 'of'"),
        ({"kind": "eval"}, UnknownName, "difference"),
        ({"of": ["status.bac"]}, ConfigurationError, "made of 2 fields"),
        ({"of": ["status.bac", "status.spent"]}, UnknownName, "spent"),
        ({"of": ["reports.bac", "status.ac"]}, UnknownName, "reports"),
        ({"relative_to": "status.bac"}, ConfigurationError, "relative_to belongs to"),
        ({"kind": "relative_difference"}, ConfigurationError, "relative_to belongs to"),
        ({"tolerance": -1}, ConfigurationError, "must not be below 0"),
        ({"of": ["status.bac", "status.forecast_finish"]}, ConfigurationError, "must all be amounts"),
        ({"of": ["status.author", "status.author"]}, ConfigurationError, "must all be amounts"),
        ({"unit": "days"}, ConfigurationError, "have the unit 'days'"),
    ],
)
def test_what_no_record_can_say(more: dict[str, object], error: type[PmoError], why: str) -> None:
    with pytest.raises(error, match=why):
        read_published(ENTRY | more, "p.toml")
