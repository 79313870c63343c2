"""Loading: header rows, periods, row accounts, quarantine, currencies, several lists, frames."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pmo_analytics as pmo
from pmo_analytics.errors import ConfigurationError, InvalidTable, NothingLoaded

HEAD = "Project ID,Project,Department,Baseline Finish,Whole-life Cost,RAG,PV,EV,AC,BAC,Forecast Finish"
ROW = "{id},Bridge {id},Roads,2026-12-31,900,Green,100,90,95,400,2027-01-31"


def write(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def codes(portfolio: pmo.Portfolio) -> list[tuple[str, str]]:
    return list(zip(portfolio.findings["code"], portfolio.findings["cell"], strict=True))


def test_a_preamble_totals_notes_and_blank_rows(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "status-2026-06.csv",
        "Status report",
        "",
        HEAD,
        ROW.format(id="P1"),
        ",,,,,,,,,,",
        ROW.format(id="P2"),
        HEAD,
        ROW.format(id="P3"),
        "Total,,,,2700,,300,270,285,1200,",
        "* figures are provisional until the audit,,,,,,,,,,",
    )
    portfolio = pmo.load(path)
    (file,) = portfolio.files
    assert (file.read, file.accepted, file.quarantined, file.empty) == (7, 3, 3, 1)
    assert codes(portfolio) == [
        ("REPEATED_HEADER", "row 7"),
        ("SUBTOTAL_ROW", "row 9"),
        ("FOOTNOTE_ROW", "row 10"),
    ]
    assert portfolio.quarantine["raw"].str.contains("Project ID = Total").any()
    assert pmo.roll_up(portfolio)["ev"].item() == 270


def test_keys_said_twice_or_missing_are_kept_out(tmp_path: Path) -> None:
    rows = [ROW.format(id=name) for name in ("P1", "p1\u00a0", "", "P2")]
    portfolio = pmo.load(write(tmp_path, "status-2026-06.csv", HEAD, *rows))
    assert portfolio.project_ids == ("P1", "P2")
    assert sorted(codes(portfolio)) == [("DUPLICATE_KEY", "A3"), ("MISSING_KEY", "A4")]
    assert list(portfolio.quarantine["row"]) == [3, 4]
    values = "Department = Roads; Baseline Finish = 2026-12-31; Whole-life Cost = 900; RAG = Green"
    assert portfolio.quarantine["raw"].str.contains(values, regex=False).all()
    assert portfolio.quarantine["raw"].iloc[0].startswith("Project ID = p1")


@pytest.mark.parametrize(
    ("name", "above", "options", "period", "origin"),
    [
        ("status-2026-06.csv", "", {}, "2026-06", "taken from the file name"),
        ("status-2026-06.csv", "", {"period": "2026-05"}, "2026-05", "given by the caller"),
        (
            "status.csv",
            "Reporting month: June 2026",
            {},
            "2026-06",
            "taken from the cell labelled Reporting month",
        ),
        (
            "status.csv",
            "Printed on 2026-07-03",
            {"as_of": "2026-06-30"},
            "2026-06",
            "taken from the as-of date",
        ),
        ("version-2026-13.csv", "", {"as_of": "2026-06-15"}, "2026-06", "taken from the as-of date"),
        ("2025-12 vs 2026-06.csv", "", {"as_of": "2026-06-15"}, "2026-06", "taken from the as-of date"),
        ("status June 2026.csv", "", {}, "2026-06", "taken from the file name"),
        ("a.csv", "Portfolio report June 2026", {}, "2026-06", "taken from the cells above the header"),
        (
            "a.csv",
            "Schemes return | Position at 30/06/2026 (Month 3)",
            {},
            "2026-06",
            "taken from the cells above the header",
        ),
        (
            "a.csv",
            "Period 06/2026 | Cut-off: 30 June 2026",
            {},
            "2026-06",
            "taken from the cells above the header",
        ),
        ("a.csv", "Sachstand; Stand: 30.06.2026", {}, "2026-06", "taken from the cells above the header"),
        ("a.csv", "As of,2026-06-30", {}, "2026-06", "taken from the cell labelled As of"),
        ("a.csv", "Printed July 2026", {"as_of": "2026-06-15"}, "2026-06", "taken from the as-of date"),
    ],
)
def test_where_the_period_comes_from(
    tmp_path: Path, name: str, above: str, options: dict[str, str], period: str, origin: str
) -> None:
    portfolio = pmo.load(write(tmp_path, name, above, HEAD, ROW.format(id="P1")), **options)
    (source,) = portfolio.sources
    assert (source.period, source.period_origin) == (period, origin)
    assert f"{portfolio.projects['period'].item():%Y-%m}" == period


def test_without_a_period_rows_are_kept_out_and_said(tmp_path: Path) -> None:
    nameless = write(tmp_path, "status.csv", HEAD, ROW.format(id="P1"))
    with pytest.raises(ConfigurationError, match="--period 2026-06"):
        pmo.load(nameless)
    portfolio = pmo.load([nameless, write(tmp_path, "s-2026-06.csv", HEAD, ROW.format(id="P2"))])
    assert codes(portfolio)[0][0] == "MISSING_PERIOD"
    assert {Path(file.path).name: (file.accepted, file.quarantined) for file in portfolio.files} == {
        "status.csv": (0, 1),
        "s-2026-06.csv": (1, 0),
    }


@pytest.mark.parametrize(
    ("name", "head", "options"),
    [
        ("status-2026-06.csv", HEAD, {}),
        ("status.csv", HEAD, {"period": "2026-06"}),
        ("status-2026-06.csv", "Month," + HEAD, {}),
        ("status.csv", "Month," + HEAD, {"period": "2026-06"}),
    ],
)
def test_headings_without_rows_are_a_portfolio_of_nobody(
    tmp_path: Path, name: str, head: str, options: dict[str, str]
) -> None:
    portfolio = pmo.load(write(tmp_path, name, head), **options)
    assert portfolio.project_ids == ()
    assert portfolio.as_of == pd.Timestamp("2026-06-30")
    assert portfolio.as_of_origin == "the latest period found, 2026-06"


def test_an_empty_frame_is_a_portfolio_of_nobody() -> None:
    portfolio = pmo.from_frames(status=pd.DataFrame({"project_id": []}), period="2026-06")
    assert (portfolio.project_ids, portfolio.as_of) == ((), pd.Timestamp("2026-06-30"))


def test_rows_name_the_month_before_headings_do(tmp_path: Path) -> None:
    may = write(tmp_path, "status-2026-05.csv", HEAD, ROW.format(id="P1"))
    portfolio = pmo.load([may, write(tmp_path, "status-2026-06.csv", HEAD)])
    assert portfolio.as_of == pd.Timestamp("2026-05-31")


def test_headings_alone_without_a_month_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="--period 2026-06"):
        pmo.load(write(tmp_path, "status.csv", HEAD))


def test_a_period_column_wins(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "status-2026-06.csv",
        "Month," + HEAD,
        "2026-04," + ROW.format(id="P1"),
        "2026-05-31," + ROW.format(id="P1"),
    )
    portfolio = pmo.load(path)
    assert [f"{p:%Y-%m}" for p in portfolio.periods] == ["2026-04", "2026-05"]
    assert portfolio.as_of == pd.Timestamp("2026-05-31")
    assert portfolio.findings.empty


def test_units_of_headings_and_currencies(tmp_path: Path) -> None:
    head = "Project ID,Project,RAG,Whole-life Cost (£m),AC (£k),EAC"
    path = write(
        tmp_path,
        "status-2026-06.csv",
        head,
        "P1,A,Green,1.5,250,£1.2m",
        "P2,B,Green,2,300,€900",
        "P3,C,Green,£3bn,10,",
    )
    portfolio = pmo.load(path)
    projects, status = portfolio.projects, portfolio.status
    assert projects["wlc_budget"].tolist() == [1.5e6, 2e6, 3e9]
    assert status["ac"].tolist() == [250e3, 300e3, 10e3]
    assert status["eac_reported"].fillna(-1).tolist() == [1.2e6, -1, -1]
    assert status["eac_reported_reason"].fillna("").tolist() == ["", "unreadable", ""]
    assert set(projects["currency"]) == set(status["currency"]) == {"GBP"}
    assert ("CURRENCY_CONFLICT", "F3") in codes(portfolio)


def test_two_lists_of_one_period_are_one_project(tmp_path: Path) -> None:
    write(tmp_path, "a-2026-06.csv", "Project ID,Project,Department", "P1,Bridge,Roads", "P2,Road,Roads")
    write(tmp_path, "b-2026-06.csv", "Project ID,Sponsor,Whole-life Cost,RAG", "p1,A. Person,900,Red")
    write(tmp_path, "c-2026-06.csv", "Project ID,Sponsor,Whole-life Cost", "P1,A. Person,800")
    portfolio = pmo.load(tmp_path)
    assert portfolio.project_ids == ("P1", "P2")
    bridge = portfolio.projects.set_index("project_id").loc["P1"]
    assert (bridge["project_name"], bridge["sponsor"]) == ("Bridge", "A. Person")
    assert pd.isna(bridge["wlc_budget"])
    assert bridge["wlc_budget_reason"] == "conflict"
    conflict = portfolio.findings.query("code == 'VALUE_CONFLICT'")
    assert (Path(conflict["file"].item()).name, conflict["cell"].item()) == ("c-2026-06.csv", "C2")
    assert portfolio.status["project_id"].tolist() == ["P1"]
    assert all(file.read == file.accepted for file in portfolio.files)


def test_sheets_of_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    cover = book.active
    cover.title = "Cover"
    cover["A1"] = "Welcome"
    plan = book.create_sheet("Plan")
    plan.append(
        ["Milestone ID", "Project ID", "Milestone", "Baseline Date", "Forecast Date", "Actual Date", "Status"]
    )
    plan.append(["M1", "P1", "Start", "2026-01-01", "2026-01-01", None, "planned"])
    status = book.create_sheet("Status")
    status.sheet_state = "hidden"
    for line in (HEAD, ROW.format(id="P1")):
        status.append(line.split(","))
    book.save(tmp_path / "pack-2026-06.xlsx")
    portfolio = pmo.load(tmp_path / "pack-2026-06.xlsx")
    assert portfolio.delivered == {"milestones", "projects", "status"}
    told = portfolio.findings.set_index("code")["sheet"].to_dict()
    assert told["SHEET_NOT_RECOGNISED"] == "Cover"
    assert told["HIDDEN_SHEET"] == "Status"
    assert told["OVERDUE_FORECAST"] == "Plan"
    assert portfolio.milestones["entity_id"].tolist() == ["P1"]


def test_a_name_serves_where_there_is_no_identifier(tmp_path: Path) -> None:
    portfolio = pmo.load(write(tmp_path, "s-2026-06.csv", "Project,RAG,Department", "Bridge,Red,Roads"))
    assert portfolio.project_ids == ("Bridge",)
    assert "PROVISIONAL_ID" in set(portfolio.findings["code"])
    assert portfolio.status[["project_id", "rag_overall"]].to_numpy().tolist() == [["Bridge", "red"]]
    assert len(portfolio.quarantine) == 0


def test_a_project_that_the_caller_gives_goes_before_the_name(tmp_path: Path) -> None:
    path = write(tmp_path, "s-2026-06.csv", "Project,RAG,Department", "Bridge,Red,Roads")
    portfolio = pmo.load(path, project="P7")
    assert portfolio.projects["project_id"].tolist() == portfolio.status["project_id"].tolist() == ["P7"]


def test_raw_text_is_kept_where_it_differs(tmp_path: Path) -> None:
    portfolio = pmo.load(
        write(
            tmp_path,
            "s-2026-06.csv",
            "Project ID,Project,RAG,AC (£m),Mood",
            "P1,Bridge,Amber/Red,approx 3,good",
        )
    )
    raw = portfolio.cells.set_index("heading")["raw"].to_dict()
    assert raw["AC (£m)"] == "approx 3"
    assert raw["RAG"] == "Amber/Red"
    assert raw["Mood"] == "good"
    assert "Project" not in raw


def test_nothing_loaded_names_every_file(tmp_path: Path) -> None:
    write(tmp_path, "a.csv", "some,thing", "1,2")
    with pytest.raises(NothingLoaded) as caught:
        pmo.load([tmp_path / "a.csv", tmp_path / "b.csv"])
    assert {error.code for error in caught.value.errors} == {"NO_TABLE_FOUND", "FILE_MISSING"}


@pytest.fixture
def status() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "project_id": ["P1", "P2", "P3"],
            "rag_overall": ["Green", "red", "mauve"],
            "pv": [100, 50.5, None],
            "ev": ["£60", 50, 1],
            "ac": [110, 40, 2],
            "forecast_finish": ["2026-12-31", pd.Timestamp("2026-11-30"), "01/02/2027"],
        }
    )


def test_frames_are_read_by_the_same_rules(status: pd.DataFrame) -> None:
    before = status.copy(deep=True)
    portfolio = pmo.from_frames(status=status, as_of="2026-06-30")
    pd.testing.assert_frame_equal(status, before)
    assert portfolio.status["ev"].tolist() == [60, 50, 1]
    assert portfolio.status["rag_overall"].fillna("").tolist() == ["green", "red", ""]
    told = portfolio.findings.set_index("code")
    assert told.loc["UNKNOWN_COLOUR", ["file", "cell"]].tolist() == ["frame:status", "rag_overall:3"]
    assert told.loc["AMBIGUOUS_DATE", "cell"] == "forecast_finish:3"


def test_polars_frames_are_welcome() -> None:
    frame = pl.DataFrame({"project_id": ["P1"], "period": ["2026-06"], "ev": [3], "ac": [4.0], "pv": [None]})
    portfolio = pmo.from_frames(status=frame)
    assert pmo.measure(portfolio)["cpi"].item() == 0.75
    assert portfolio.as_of == pd.Timestamp("2026-06-30")


def test_a_frame_without_its_key_is_refused() -> None:
    with pytest.raises(InvalidTable, match="frame:status has no column project_id; it has ac"):
        pmo.from_frames(status=pd.DataFrame({"ac": [1]}))
    with pytest.raises(InvalidTable, match="no frame was given"):
        pmo.from_frames()


def test_what_is_handed_out_can_be_changed_without_harm(status: pd.DataFrame) -> None:
    portfolio = pmo.from_frames(status=status, as_of="2026-06-30")
    handed = portfolio.status
    handed["ac"] = 0.0
    handed.loc[0, "ev"] = -1.0
    assert portfolio.status["ac"].tolist() == [110, 40, 2]
    assert portfolio.status["ev"].tolist() == [60, 50, 1]


cells = st.one_of(
    st.none(), st.text(max_size=12), st.floats(allow_nan=True), st.integers(), st.booleans(), st.dates()
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(st.tuples(cells, cells, cells, cells, cells), max_size=8))
def test_whatever_stands_in_cells_every_row_is_accounted_for(rows: list[tuple[object, ...]]) -> None:
    names = ["project_id", "rag_overall", "ac", "forecast_finish", "pct_complete"]
    frame = pd.DataFrame(rows, columns=names, dtype=object)
    portfolio = pmo.from_frames(status=frame, as_of="2026-06-30")
    blank = frame.apply(lambda column: column.map(lambda v: v is None or v != v or str(v).strip() == ""))
    filled = int((~blank.all(axis=1)).sum()) if len(frame) else 0
    assert len(portfolio.status) + len(portfolio.quarantine) == filled


def test_swallowed_rows_and_encodings_are_said(tmp_path: Path) -> None:
    swallowed = write(
        tmp_path,
        "s-2026-06.csv",
        "Project ID,Project,RAG,AC",
        'P1,"Alpha,Green,100',
        "P2,Beta,Red,200",
        "P3,Gamma,Red,1",
        'P4,Delta",Red,2',
    )
    portfolio = pmo.load(swallowed)
    told = portfolio.findings.set_index("code")
    assert told.loc["SUSPECT_QUOTES", "severity"] == "error"
    assert told.loc["SUSPECT_QUOTES", "file"] == str(swallowed)
    assert "row 2" in told.loc["SUSPECT_QUOTES", "message"]
    western = tmp_path / "w-2026-06.csv"
    western.write_bytes("Project ID,Project,RAG\nP1,Zoë £\x9d,Green\n".encode("latin-1"))
    findings = pmo.load(western).findings
    assert dict(zip(findings["code"], findings["severity"], strict=True)).items() >= {
        ("READING_NOTE", "info"),
        ("DAMAGED_TEXT", "warning"),
    }


def test_values_without_a_heading_are_kept_and_said(tmp_path: Path) -> None:
    rows = ["Project ID,Project,RAG,,", "P1,A,Green,,", "P2,B,Red,noted,99"]
    portfolio = pmo.load(write(tmp_path, "s-2026-06.csv", *rows))
    told = portfolio.findings.query("code == 'BLANK_HEADING'")
    assert told["cell"].tolist() == ["D3", "E3"]
    extra = portfolio.cells.set_index("heading")["raw"].to_dict()
    assert (extra["column D"], extra["column E"]) == ("noted", "99")


@pytest.mark.parametrize(
    ("row", "code", "accepted"),
    [
        ("P2,B,Red,5,99", "RAGGED_ROW", 1),  # a delimiter too many: nobody knows where
        ("P2,Red,5", "RAGGED_ROW", 1),  # a field too few, and the colour is no colour
        ("P2,B,Red", "SHORT_ROW", 2),  # the last field left out, as some programs do
        ("P2,B,Red,", "", 2),
    ],
)
def test_rows_of_another_width(tmp_path: Path, row: str, code: str, accepted: int) -> None:
    portfolio = pmo.load(write(tmp_path, "s-2026-06.csv", "Project ID,Project,RAG,AC", "P1,A,Green,7", row))
    told = portfolio.findings.query("code in ('RAGGED_ROW', 'SHORT_ROW')")
    assert told["code"].tolist() == ([code] if code else [])
    (file,) = portfolio.files
    assert (file.read, file.accepted, file.quarantined) == (2, accepted, 2 - accepted)
    if code == "RAGGED_ROW":
        assert all(part in portfolio.quarantine["raw"].item() for part in row.split(",") if part)


@pytest.mark.parametrize("period", [202606, 20260630, pd.NaT, float("nan"), "June", True])
def test_what_is_no_month_is_refused(tmp_path: Path, period: object) -> None:
    path = write(tmp_path, "a.csv", HEAD, ROW.format(id="P1"))
    with pytest.raises(ConfigurationError, match="write a month such as '2026-06'"):
        pmo.load(path, period=period)  # type: ignore[arg-type]


def test_a_register_without_a_month_takes_the_only_one_of_its_delivery(tmp_path: Path) -> None:
    status = write(tmp_path, "status.csv", "Period," + HEAD, "2026-06," + ROW.format(id="P1"))
    risks = write(
        tmp_path, "risks.csv", "Risk ID,Project ID,Title,Probability,Impact", "R1,P1,Flood,20%,5000"
    )
    portfolio = pmo.load([status, risks])
    assert portfolio.risks["period"].dt.strftime("%Y-%m").tolist() == ["2026-06"]
    (source,) = [one for one in portfolio.sources if "risks" in one.path]
    assert source.period_origin == "taken from the other files"


def test_several_months_in_a_delivery_are_no_month_for_a_register(tmp_path: Path) -> None:
    rows = ["2026-05," + ROW.format(id="P1"), "2026-06," + ROW.format(id="P1")]
    status = write(tmp_path, "status.csv", "Period," + HEAD, *rows)
    risks = write(
        tmp_path, "risks.csv", "Risk ID,Project ID,Title,Probability,Impact", "R1,P1,Flood,20%,5000"
    )
    portfolio = pmo.load([status, risks])
    assert ("MISSING_PERIOD", "row 2") in codes(portfolio)


def test_the_settings_say_how_the_cells_of_short_rows_are_read(tmp_path: Path) -> None:
    rows = [
        "Project ID;Project Name;Period;AC;BAC;RAG;Narrative",
        "P1;A;2026-06;1,5;2,5;G;well",
        "P2;B;2026-06;1.234,50;2.000,00;R",
    ]
    path = write(tmp_path, "a.csv", *rows)
    portfolio = pmo.load(path, config=pmo.Settings(decimal=",", date_order="DMY"))
    assert portfolio.status["ac"].tolist() == [1.5, 1234.5]


def test_a_shared_sign_rules_other_currencies_out(tmp_path: Path) -> None:
    head = "Project ID,Project Name,Period,AC,EV,PV ($k),Currency"
    rows = [
        "P1,A,2026-06,100,$90,5,USD",
        "P2,B,2026-06,100,$90,5,GBP",
        "P3,C,2026-06,100,kr 90,,EUR",
        "P4,D,2026-06,100,kr 90,,SEK",
    ]
    portfolio = pmo.load(write(tmp_path, "a.csv", head, *rows))
    assert portfolio.status["ev"].fillna(-1).tolist() == [90, -1, -1, 90]
    assert portfolio.status["pv"].fillna(-1).tolist() == [5000, -1, -1, -1]
    found = sorted(cell for code, cell in codes(portfolio) if code == "CURRENCY_CONFLICT")
    assert found == ["E3", "E4", "F3"]


@pytest.mark.parametrize(
    ("head", "row", "tables"),
    [
        ("Project ID,Project name,Whole-life cost,Price basis", "P1,Line,5,real terms", ("projects",)),
        ("Project ID,Project name,AC,Price basis", "P1,Line,5,Outturn prices", ("projects", "status")),
    ],
)
def test_a_price_basis_is_that_of_every_table_of_its_row(
    tmp_path: Path, head: str, row: str, tables: tuple[str, ...]
) -> None:
    (tmp_path / "list-2026-06.csv").write_text(f"{head}\n{row}\n")
    portfolio = pmo.load(tmp_path)
    assert portfolio.sources[0].tables == tables
    basis = "real" if "real" in row else "nominal"
    assert [portfolio[name]["price_basis"].item() for name in tables] == [basis] * len(tables)
