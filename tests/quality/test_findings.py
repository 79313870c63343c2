"""From faults to findings: sentences, addresses, identities."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

import pandas as pd
import pytest

from pmo_analytics.quality.checking import check
from pmo_analytics.quality.doubled_rows import split_keys
from pmo_analytics.quality.findings import as_text, describe, faults, gather, no_faults, row_key
from pmo_analytics.quality.kinds import KINDS, SEVERITIES
from pmo_analytics.schemas.results import Finding, empty_result
from pmo_analytics.schemas.source import Source

Make = Callable[..., pd.DataFrame]


@pytest.fixture(scope="module")
def source() -> Source:
    """A workbook with addresses for two columns."""
    addresses = MappingProxyType({"status.ev": "F", "status.pct_complete": "G", "Comment": "Z"})
    return Source(
        "s1", "june.xlsx", "Status", "", "generic", "project", ("status",), 1, None, "", addresses=addresses
    )


@pytest.mark.parametrize("code", sorted(KINDS))
def test_every_sentence_can_be_said(make: Make, source: Source, code: str) -> None:
    told = faults(code, make("status", {}), table_name="status", column="ev", value="12", detail="34")
    finding = describe(told, [source]).iloc[0]
    kind = KINDS[code]
    expected = f"{kind.sentence}. {kind.advice}".strip()
    expected = expected.format(value="12", detail="34", column="ev", key="X2/2026-06")
    assert finding["message"] == expected
    assert finding["severity"] in SEVERITIES
    assert (finding["file"], finding["sheet"], finding["cell"]) == ("june.xlsx", "Status", "F2")


@pytest.mark.parametrize(("column", "cell"), [("ev", "F2"), ("Comment", "Z2"), ("ac", "row 2")])
def test_addresses(make: Make, source: Source, column: str, cell: str) -> None:
    told = faults("UNREADABLE_MONEY", make("status", {}), table_name="status", column=column)
    assert describe(told, [source])["cell"].tolist() == [cell]


def test_a_fault_of_a_whole_file_has_no_cell(source: Source) -> None:
    rows = pd.DataFrame({"source": ["s1"]})
    told = describe(faults("HIDDEN_SHEET", rows, table_name=""), [source])
    assert told[["file", "cell", "key"]].values.tolist() == [["june.xlsx", "", ""]]


def test_worst_first(make: Make, source: Source) -> None:
    rows = make("status", {})
    told = gather(
        faults(code, rows, table_name="status") for code in ("WITHHELD", "NAME_CHANGED", "MISSING_KEY")
    )
    assert describe(told, [source])["severity"].tolist() == ["error", "warning", "info"]


def test_nothing_found(source: Source) -> None:
    told = describe(no_faults(), [source])
    pd.testing.assert_frame_equal(told, empty_result(Finding))


def test_a_message_of_real_rows(make: Make, source: Source) -> None:
    rows = make("status", {"project_id": "P1", "ev": 120.5, "bac": 100.0})
    told = describe(check({"status": rows}).faults, [source])
    assert told[["code", "key", "entity_id", "cell", "value", "message"]].values.tolist() == [
        [
            "EV_ABOVE_BAC",
            "P1/2026-06",
            "P1",
            "F2",
            "120.5",
            "earned value 120.5 is above the budget at completion 100. Correct EV or BAC.",
        ]
    ]


def faulty(make: Make) -> pd.DataFrame:
    rows = [
        {"project_id": project, "period": month, "ev": 5.0, "ac": 0.0, "pct_complete": share}
        for project in ("P1", "P2")
        for month, share in (("2026-04-30", 1.5), ("2026-05-31", 0.5), ("2026-06-30", 2.0))
    ]
    return make("status", *rows, {"project_id": None}, {"project_id": None}, rows[0])


def identities(rows: pd.DataFrame, source: Source) -> pd.DataFrame:
    kept, unfit = split_keys(rows, "status")
    return describe(gather([unfit, check({"status": kept}).faults]), [source])


def test_identities_do_not_depend_on_the_order_of_rows(make: Make, source: Source) -> None:
    rows = faulty(make)
    told = identities(rows, source)
    assert told["id"].is_unique
    for seed in (1, 2, 3):
        assert set(identities(rows.sample(frac=1, random_state=seed), source)["id"]) == set(told["id"])


def test_the_address_is_no_part_of_an_identity(make: Make, source: Source) -> None:
    rows = faulty(make)
    moved = rows.assign(source_row=rows["source_row"] + 40)
    assert set(identities(moved, source)["id"]) == set(identities(rows, source)["id"])


def test_next_month_the_same_fault_has_the_same_identity(make: Make, source: Source) -> None:
    def one(month: str) -> dict[str, object]:
        return {"project_id": "P1", "period": month, "ev": 5.0, "ac": 0.0}

    may = identities(make("status", one("2026-05-31")), source)["id"].item()
    june = identities(make("status", one("2026-06-30")), source)["id"].item()
    both = identities(make("status", one("2026-05-31"), one("2026-06-30")), source).set_index("key")["id"]
    assert may == june
    assert both.to_dict() == {"P1/2026-06": june, "P1/2026-05": f"{june}-2"}


@pytest.mark.parametrize(
    ("name", "row", "key"),
    [
        ("status", {"project_id": "P1"}, "P1/2026-06"),
        ("risks", {"risk_id": "R/1"}, "R/1/2026-06"),
        ("entities", {"entity_id": "E"}, "E"),
        ("status", {"project_id": None}, "2026-06"),
    ],
)
def test_keys_as_text(make: Make, name: str, row: dict[str, object], key: str) -> None:
    assert row_key(make(name, row), name).tolist() == [key]


@pytest.mark.parametrize(
    ("values", "text"),
    [
        (pd.Series([1000.0, 0.25, 1.004, 0.1 + 0.2, None]), ["1000", "0.25", "1.004", "0.3", ""]),
        (pd.Series(["2026-06-30", None], dtype="datetime64[us]"), ["2026-06-30", ""]),
        (pd.Series([3, None], dtype="Int64"), ["3", ""]),
        (pd.Series(["a", None], dtype="str"), ["a", ""]),
        (pd.Series([True, None], dtype="boolean"), ["True", ""]),
    ],
)
def test_values_as_text(values: pd.Series, text: list[str]) -> None:
    assert as_text(values).tolist() == text


def test_amounts_near_the_largest_of_all_are_told_too() -> None:
    told = as_text(pd.Series([2.5e304, 0.1234567, 7.0, None]))
    assert told.tolist() == ["2.5e+304", "0.123457", "7", ""]
