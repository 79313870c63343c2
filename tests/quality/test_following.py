"""Findings from run to run: new, repeated, mended, accepted until a day."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pmo_analytics.errors import ConfigurationError
from pmo_analytics.quality.findings import describe, faults
from pmo_analytics.quality.following import accept, compare_findings, read_accepted, read_findings
from pmo_analytics.schemas.source import Source

SOURCE = Source("s1", "s.csv", None, "", "generic", "project", ("status",), 1, None, "")


def found(*ids: str, **columns: Any) -> pd.DataFrame:
    base = {
        "code": "X",
        "table": "status",
        "key": "P1/2026-06",
        "column": "ac",
        "status": "",
        "accepted_until": "",
    }
    return pd.DataFrame({"id": list(ids), "times": "1"} | base | columns).astype("str")


def states(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    return list(frame[["id", "status", "times"]].itertuples(index=False, name=None))


def test_new_repeated_and_mended() -> None:
    told = compare_findings(found("a", "b"), found("b", "c", "c-2", key="P1/2026-05"))
    assert states(told) == [("a", "new", "1"), ("b", "repeated", "2"), ("c", "mended", "1")]


@pytest.mark.parametrize(
    ("as_of", "before", "times"),
    [
        # the months of the checks, as they say them
        ("2026-06-30", {"as_of": "2026-05-31"}, "5"),
        ("2026-06-30", {"as_of": "2026-06-30"}, "4"),
        ("2026-06-30", {"as_of": "2026-06-12"}, "4"),
        ("2026-06-30", {"as_of": "2026-07-31"}, "4"),
        # else the latest month in the keys
        ("2026-06-30", {"key": ["P1/2026-05", "P1/2026-04"]}, "5"),
        ("2026-06-30", {"key": ["P1/2026-05", "P1/2026-06"]}, "4"),
        (None, {"key": "P1/2026-05"}, "5"),
        (None, {}, "4"),
        # nothing says the month: nothing is added
        ("2026-06-30", {"key": "P1"}, "4"),
    ],
)
def test_a_month_that_is_checked_twice_counts_once(
    as_of: str | None, before: dict[str, Any], times: str
) -> None:
    day = pd.Timestamp(as_of) if as_of else None
    told = compare_findings(
        found("a", "b", times=["1", "9"]), found("a", "b", times=["4", "3"], **before), as_of=day
    )
    assert states(told) == [("a", "repeated", times), ("b", "repeated", "9")]


def test_what_was_mended_once_is_new_when_it_comes_back_and_is_not_told_again() -> None:
    before = compare_findings(found("a"), found("b"))
    assert states(compare_findings(found("b"), before)) == [("b", "new", "1"), ("a", "mended", "1")]


def test_nothing_before_and_nothing_now() -> None:
    assert states(compare_findings(found(), found("a"))) == [("a", "mended", "1")]
    assert states(compare_findings(found("a"), found())) == [("a", "new", "1")]
    with pytest.raises(ConfigurationError, match="no column id"):
        compare_findings(found("a"), pd.DataFrame({"code": ["X"]}))


def test_months_of_one_delivery_are_counted() -> None:
    rows = pd.DataFrame(
        {
            "project_id": ["P1", "P1", "P2"],
            "source": "s1",
            "source_row": [2, 3, 4],
            "period": pd.to_datetime(["2026-05-31", "2026-06-30", "2026-06-30"]).as_unit("us"),
        }
    )
    told = describe(faults("EAC_BELOW_AC", rows, table_name="status", column="ac"), [SOURCE])
    assert told.set_index("key")["times"].to_dict() == {
        "P1/2026-05": "2",
        "P1/2026-06": "2",
        "P2/2026-06": "1",
    }


AGREED = 'until = 2026-09-30\nby = "A. Person"\nwhy = "the ledger closes in autumn"\n'


@pytest.mark.parametrize(
    ("name", "hit"),
    [
        ('id = "a"', ["a", "a-2"]),
        ('id = "a-2"', ["a", "a-2"]),
        ('code = "X"', ["a", "a-2", "b"]),
        ('code = "X"\nkey = "P2/2026-06"', ["b"]),
        ('code = "X"\nkey = "P2/2026-06"\ncolumn = "ev"', []),
        ('code = "Y"', []),
    ],
)
def test_what_is_accepted_is_marked(tmp_path: Path, name: str, hit: list[str]) -> None:
    (tmp_path / "accepted.toml").write_text(f"[[accepted]]\n{name}\n{AGREED}")
    agreed = read_accepted(tmp_path / "accepted.toml")
    now = found("a", "a-2", "b", key=["P1/2026-06", "P1/2026-05", "P2/2026-06"])
    told, idle = accept(now, agreed, pd.Timestamp("2026-09-30"))
    marked = told[told["status"] == "accepted"]
    assert marked["id"].tolist() == hit
    assert set(marked["accepted_until"]) <= {"2026-09-30, A. Person: the ledger closes in autumn"}
    assert len(idle) == int(not hit)
    assert set(accept(now, agreed, pd.Timestamp("2026-10-01"))[0]["status"]) == {""}


def test_accepted_as_csv(tmp_path: Path) -> None:
    (tmp_path / "accepted.csv").write_text("code,key,until,by,why\nX,P1/2026-06,2026-09-30,A. Person,known\n")
    (one,) = read_accepted(tmp_path / "accepted.csv")
    assert one.named == (("code", "X"), ("key", "P1/2026-06"))


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (AGREED, "has id or code"),
        ('id = "a"\nuntil = 2026-09-30\nby = "x"', "missing: why"),
        ('id = "a"\ncell = "F3"\n' + AGREED, "not known: cell"),
        ('id = "a"\nuntil = "soon"\nby = "x"\nwhy = "y"', "until is 'soon'"),
        ("no toml", "cannot be read"),
    ],
)
def test_an_acceptance_that_nobody_signs_is_refused(tmp_path: Path, entry: str, why: str) -> None:
    (tmp_path / "accepted.toml").write_text(f"[[accepted]]\n{entry}\n")
    with pytest.raises(ConfigurationError, match=why):
        read_accepted(tmp_path / "accepted.toml")


@pytest.mark.parametrize("text", ["", "{}", "[1]", "code,key\nX,P1\n", '{"findings": 3}'])
def test_what_holds_no_findings_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "before.json").write_text(text)
    with pytest.raises(ConfigurationError, match="holds no findings"):
        read_findings(tmp_path / "before.json")


def test_findings_of_an_earlier_check(tmp_path: Path) -> None:
    rows = found("a", "b").to_dict("records")
    (tmp_path / "before.json").write_text(json.dumps({"findings": rows}))
    found("a", "b").to_csv(tmp_path / "before.csv", index=False)
    assert read_findings(tmp_path / "before.json")["id"].tolist() == ["a", "b"]
    assert read_findings(tmp_path / "before.csv")["id"].tolist() == ["a", "b"]
    (tmp_path / "none.json").write_text('{"findings": []}')
    assert len(compare_findings(found("a"), read_findings(tmp_path / "none.json"))) == 1
