"""The command: exit codes, JSON on stdout alone, and what a file that cannot be read does."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import pytest

from pmo_analytics.errors import ConfigurationError
from pmo_analytics.loading.password_file import read_password

GOOD = "Project ID,Project,Department,Baseline Finish,Whole-life Cost,RAG,PV,EV,AC,BAC,Forecast Finish\n"


def pmo(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from pmo_analytics.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False)


def head(page: Path) -> str:
    """What a page says above its first section."""
    return page.read_text("utf-8").split("<body", 1)[1].split("<main", 1)[0]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "status-2026-06.csv"
    path.write_text(GOOD + "P1,Bridge,Roads,2026-12-31,900,Green,100,60,110,400,2027-06-30\n", "utf-8")
    return path


def truncated(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Project ID"
    book.save(path)
    path.write_bytes(path.read_bytes()[:600])


def protected(path: Path) -> None:
    plain = path.with_suffix(".plain")
    openpyxl.Workbook().save(plain)
    with plain.open("rb") as source, path.open("wb") as target:
        msoffcrypto.format.ooxml.OOXMLFile(source).encrypt("secret", target)
    plain.unlink()


BAD = [
    ("cut.xlsx", truncated, "DAMAGED_FILE"),
    ("locked.xlsx", protected, "PASSWORD_PROTECTED"),
    (
        "web.xls",
        lambda p: p.write_text("<html><table><tr><td>Project ID</td></tr></table>"),
        "HTML_AS_WORKBOOK",
    ),
    ("nothing.xlsx", lambda p: p.write_bytes(b""), "EMPTY_FILE"),
]


def test_the_password_of_a_workbook_comes_from_a_file(good: Path) -> None:
    plain, locked = good.with_name("status-2026-07.plain"), good.with_name("status-2026-07.xlsx")
    book = openpyxl.Workbook()
    for line in good.read_text("utf-8").splitlines():
        book.active.append(line.split(","))
    book.save(plain)
    with plain.open("rb") as source, locked.open("wb") as target:
        msoffcrypto.format.ooxml.OOXMLFile(source).encrypt("sesam öffne dich ", target)
    secret = good.with_name("secret.txt")
    secret.write_bytes("\ufeffsesam öffne dich \r\nnot this\r\n".encode())
    done = pmo("check", locked, "--password-file", secret, "--format", "json")
    (file,) = json.loads(done.stdout)["files"]
    assert (file["status"], file["error"]) == ("loaded", None)


@pytest.mark.parametrize("content", [None, b"", b"\r\nsecret", b"\xff\xfe"])
def test_a_password_file_without_a_password_is_said(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "secret.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"secret\.txt"):
        read_password(path)


@pytest.mark.parametrize(("name", "make", "code"), BAD, ids=[name for name, _, _ in BAD])
def test_a_bad_file_beside_a_good_one(good: Path, name: str, make, code: str) -> None:
    bad = good.with_name(name)
    make(bad)
    done = pmo("check", good, bad, "--format", "json")
    record = json.loads(done.stdout)
    assert done.returncode == 2
    files = {Path(file["path"]).name: file for file in record["files"]}
    assert files[good.name]["status"] == "loaded"
    told = {"read": 1, "accepted": 1, "quarantined": 0, "empty": 0, "above": 1, "unrecognised": 0}
    assert files[good.name]["rows"] == told
    assert files[name]["status"] == "refused"
    assert files[name]["error"]["code"] == code
    assert files[name]["path"] == str(bad)
    summary = pmo("summary", good, bad, "--format", "json")
    assert summary.returncode == 0
    assert json.loads(summary.stdout)["projects"] == 1
    assert str(bad) in summary.stderr


@pytest.mark.parametrize(("name", "make", "code"), BAD, ids=[name for name, _, _ in BAD])
def test_a_bad_file_alone(tmp_path: Path, name: str, make, code: str) -> None:
    make(tmp_path / name)
    checked = pmo("check", tmp_path / name, "--format", "json")
    assert checked.returncode == 2
    assert json.loads(checked.stdout)["files"][0]["error"]["code"] == code
    summary = pmo("summary", tmp_path / name)
    assert (summary.returncode, summary.stdout) == (2, "")
    assert str(tmp_path / name) in summary.stderr


def test_two_bad_shapes_of_zip(tmp_path: Path, good: Path) -> None:
    with zipfile.ZipFile(tmp_path / "letters.xlsx", "w") as archive:
        archive.writestr("letter.txt", "no workbook")
    done = pmo("check", good, tmp_path / "letters.xlsx", "--format", "json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["files"][1]["error"]["code"] == "UNKNOWN_FORMAT"


@pytest.mark.parametrize(
    ("colour", "fail_on", "code"),
    [("Green", "error", 0), ("Mauve", "error", 1), ("Green", "warning", 0), ("Green", "info", 0)],
)
def test_check_ends_in_0_when_clean_and_1_with_findings(
    tmp_path: Path, colour: str, fail_on: str, code: int
) -> None:
    path = tmp_path / "status-2026-06.csv"
    path.write_text(GOOD + f"P1,Bridge,Roads,2026-12-31,900,{colour},100,60,110,400,2027-06-30\n", "utf-8")
    assert pmo("check", path, "--fail-on", fail_on).returncode == code


def test_corrections_go_out_and_come_back(tmp_path: Path) -> None:
    path = tmp_path / "status-2026-06.csv"
    path.write_text(GOOD + "P1,Bridge,Roads,2026-12-31,900,Mauve,100,60,110,400,2027-06-30\n", "utf-8")
    folder = tmp_path / "mend"
    done = pmo("check", path, "--corrections", folder, "--by", "department", "--format", "json")
    (written,) = json.loads(done.stdout)["corrections"]
    assert done.returncode == 1
    assert f"wrote {written}" in done.stderr
    book = openpyxl.load_workbook(written)
    book.worksheets[1]["H5"] = "Red"
    book.save(written)
    again = pmo("check", path, folder, "--fail-on", "error")
    assert "RAG: Mauve → Red" in again.stdout
    assert "UNKNOWN_COLOUR" not in again.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--by", "department"), "--corrections DIR"),
        (("--corrections", "mend", "--by", "departmint"), "Did you mean 'department'"),
    ],
)
def test_wrong_usage_of_corrections_ends_in_2(good: Path, arguments: tuple[str, ...], words: str) -> None:
    done = pmo("check", good, *arguments, cwd=good.parent)
    assert done.returncode == 2
    assert words in done.stderr
    assert not (good.parent / "mend").exists()


def test_where_nothing_is_wrong_nothing_is_written(good: Path, tmp_path: Path) -> None:
    done = pmo("check", good, "--corrections", tmp_path / "mend")
    assert done.returncode == 0
    assert "no row to mend" in done.stderr
    assert not (tmp_path / "mend").exists()


def test_check_begins_with_what_it_understood(good: Path) -> None:
    out = pmo("check", good).stdout
    assert out.startswith(
        "What was understood\n  status-2026-06.csv: header in row 1, one row is one project"
    )
    assert "period 2026-06 (taken from the file name)" in out


@pytest.mark.parametrize(
    "arguments",
    [("summary",), ("summary", "nowhere.csv"), ("report", "x.csv"), ("explain", "P1"), ("what",)],
)
def test_wrong_usage_ends_in_2(arguments: tuple[str, ...]) -> None:
    done = pmo(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--profile", "gmp", "Did you mean 'gmpp'"),
        ("--as-of", "June", "2026-06-30"),
        ("--config", "none.toml", "none.toml"),
        ("--rules", "none.toml", "none.toml"),
    ],
)
def test_wrong_options_say_what_to_do(good: Path, option: str, value: str, words: str) -> None:
    done = pmo("summary", good, option, value)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_crash_ends_in_2(good: Path, tmp_path: Path) -> None:
    code = "import pmo_analytics.cli as c; c.loaded = lambda *a, **k: 1 / 0; c.main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "summary", str(good)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "ZeroDivisionError" in done.stderr


def test_the_shape_of_the_summary(good: Path) -> None:
    record = json.loads(pmo("summary", good, "--format", "json").stdout)
    assert {"as_of", "period", "projects", "left", "rag", "totals", "coverage", "by"} <= set(record)
    colours = {"green", "amber_green", "amber", "amber_red", "red", "unknown"}
    assert set(record["rag"]["reported"]) == set(record["rag"]["computed"]) == colours
    assert record["rag"]["reported"]["green"] == 1
    assert record["rag"]["computed"]["red"] == 1
    (roads,) = record["by"]["department"]
    assert roads["department"] == "Roads"
    assert roads["projects"] == 1
    assert roads["totals"]["cpi"] == pytest.approx(60 / 110)
    assert record["totals"]["pv"] == 100
    assert record["reporting"] == {"reported": 1, "carried_forward": 0, "silent": 0}


def test_report_writes_workbook_and_page(good: Path, tmp_path: Path) -> None:
    book, page = tmp_path / "board.xlsx", tmp_path / "board.html"
    done = pmo(
        "report", good, "-o", book, "--html", page, "--signed-off", "A. Quill, 3 July", "--format", "json"
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"report": str(book), "page": str(page)}
    words = [cell.value for row in openpyxl.load_workbook(book)["Summary"].iter_rows() for cell in row]
    assert any("A. Quill, 3 July" in str(word) for word in words)
    assert "A. Quill, 3 July" in head(page)
    assert "draft" not in head(page).lower()


def test_headings_without_rows_are_reported_as_nobody(tmp_path: Path) -> None:
    (tmp_path / "status-2026-06.csv").write_text(GOOD, "utf-8")
    summary = pmo("summary", "status-2026-06.csv", "--format", "json", cwd=tmp_path)
    assert summary.returncode == 0, summary.stderr
    record = json.loads(summary.stdout)
    assert (record["projects"], record["as_of"]) == (0, "2026-06-30")
    done = pmo("report", "status-2026-06.csv", "-o", "x.xlsx", "--html", "x.html", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "x.xlsx").is_file()
    assert "</html>" in (tmp_path / "x.html").read_text("utf-8")[-20:]


def test_a_report_that_nobody_signed_is_a_draft(good: Path, tmp_path: Path) -> None:
    done = pmo("report", good, "--html", tmp_path / "board.html")
    assert (done.returncode, done.stdout) == (0, f"{tmp_path / 'board.html'}\n")
    assert "draft" in head(tmp_path / "board.html").lower()
    assert not list(tmp_path.glob("*.xlsx"))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "-o OUT.xlsx, --html OUT.html"),
        (("-o", "good.xlsx", "--html", "page.doc"), ".html"),
        (("-o", "book.pdf", "--html", "page.html"), ".xlsx"),
        (("--html", "nowhere/page.html"), "nowhere"),
    ],
)
def test_a_report_that_cannot_be_written_leaves_nothing_half_done(
    good: Path, tmp_path: Path, options: tuple[str, ...], words: str
) -> None:
    before = sorted(tmp_path.iterdir())
    done = pmo("report", good, *options, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(tmp_path.iterdir()) == before


def test_explain_names_rule_figure_and_cell(good: Path) -> None:
    out = pmo("explain", good, "P1").stdout
    assert "computed Red" in out
    assert "status-2026-06.csv" in out
    assert "H2" in out


def test_explain_an_unknown_project(good: Path) -> None:
    done = pmo("explain", good, "P2")
    assert done.returncode == 2
    assert "P1" in done.stderr


def test_sample_runs_from_any_folder(tmp_path: Path) -> None:
    done = pmo("sample", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "pmo-sample" / "report.xlsx").stat().st_size > 5_000
    assert "</html>" in (tmp_path / "pmo-sample" / "report.html").read_text("utf-8")[-20:]
    assert "Projects by colour" in done.stdout


def test_sample_reads_what_it_copied_and_nothing_older(good: Path, tmp_path: Path) -> None:
    older = tmp_path / "pmo-sample" / "delivery" / "status-2027-01.csv"
    older.parent.mkdir(parents=True)
    older.write_bytes(good.read_bytes())
    done = pmo("sample", "--format", "json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["as_of"] == "2026-06-30"
    assert "1 other file" in done.stderr
    assert older.is_file()


def test_check_follows_findings_and_lives_with_what_is_accepted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from pmo_analytics import load
    from pmo_analytics.report.checking import check_record, check_text, exit_code

    head = "Project ID,Project,RAG,EAC,AC\n"
    before, now = tmp_path / "s-2026-05.csv", tmp_path / "s-2026-06.csv"
    before.write_text(head + "P1,Bridge,Green,50,60\nP2,Road,Green,oops,60\n")
    now.write_text(head + "P1,Bridge,Green,50,60\nP2,Road,Grue,90,60\n")
    (tmp_path / "may.json").write_text(json.dumps(check_record(load(before))))
    (tmp_path / "ok.toml").write_text(
        '[[accepted]]\ncode = "EAC_BELOW_AC"\nuntil = 2026-06-30\nby = "A"\nwhy = "known"\n'
        '[[accepted]]\ncode = "UNKNOWN_COLOUR"\nuntil = 2026-06-30\nby = "A"\nwhy = "known"\n'
    )
    june = load(now)
    told = check_record(june, since=tmp_path / "may.json")
    states = {one["code"]: (one["status"], one["times"]) for one in told["findings"]}
    assert states["EAC_BELOW_AC"] == ("repeated", "2")
    assert states["UNKNOWN_COLOUR"] == ("new", "1")
    assert states["UNREADABLE_MONEY"] == ("mended", "1")
    assert "[repeated, 2 times]" in check_text(told)
    # the same month checked again tells nothing new
    (tmp_path / "june.json").write_text(json.dumps(told))
    again = check_record(june, since=tmp_path / "june.json")
    assert {one["code"]: one["times"] for one in again["findings"]}["EAC_BELOW_AC"] == "2"
    assert "[repeated, 1 time]" in check_text(again)
    assert "1 mended" in check_text(told)
    assert exit_code(told, "error") == 1
    agreed = check_record(june, since=tmp_path / "may.json", accepted=tmp_path / "ok.toml")
    assert exit_code(agreed, "error") == 0
    assert "[accepted until 2026-06-30, A: known]" in check_text(agreed)
    assert "Accepted, but" not in check_text(agreed)
    (tmp_path / "vain.csv").write_text("code,key,until,by,why\nEAC_BELOW_AC,P9/2026-06,2026-12-31,A,known\n")
    vain = check_record(june, accepted=tmp_path / "vain.csv")
    assert "  code EAC_BELOW_AC, key P9/2026-06: until 2026-12-31, A: known" in check_text(vain)
    assert [one["key"] for one in vain["accepted_in_vain"]] == ["P9/2026-06"]
    later = check_record(june.at("2026-07-31"), accepted=tmp_path / "ok.toml")
    assert exit_code(later, "error") == 1


def test_all_amounts_in_one_currency(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(
        "Project ID,Project name,Department,Baseline finish,Period,Currency,Approved BAC\n"
        "P1,Bridge,North,2026-12-31,2026-06,GBP,100\nP2,Pont,Sud,2026-12-31,2026-06,EUR,200\n"
    )
    rates = "Rate set,From currency,To currency,Period,Exchange rate\n"
    (tmp_path / "rates.csv").write_text(rates + "Spot,EUR,GBP,2026-06,0.9\nBudget,EUR,GBP,2026-06,0.5\n")
    options = ("--currency", "GBP", "--rate-set", "spot")
    summary = json.loads(pmo("summary", tmp_path, *options, "--format", "json").stdout)
    assert (summary["currency"], summary["rate_set"]) == (["GBP"], "Spot")
    assert summary["totals"]["bac"] == 280
    assert "Amounts converted to GBP by the exchange rates Spot" in pmo("summary", tmp_path, *options).stdout
    page = tmp_path / "out.html"
    assert pmo("report", tmp_path, *options, "--html", page).returncode == 0
    assert "Amounts converted to GBP by the exchange rates &#39;Spot&#39;." in page.read_text("utf-8")
    unsaid = pmo("summary", tmp_path, "--currency", "GBP")
    assert (unsaid.returncode, "several sets: Budget, Spot" in unsaid.stderr) == (2, True)
    useless = pmo("summary", tmp_path, "--rate-set", "Spot")
    assert (useless.returncode, "--currency" in useless.stderr) == (2, True)
