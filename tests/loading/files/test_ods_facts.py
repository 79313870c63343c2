"""What stands beside the values of an .ods workbook."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest

from pmo_analytics.loading.files.archive import ZipLimits
from pmo_analytics.loading.files.ods_facts import OdsFacts
from pmo_analytics.loading.files.package import Package
from pmo_analytics.loading.files.raw_sheet import Refused
from pmo_analytics.loading.files.workbook_reader import read_workbook

LIMITS = ZipLimits(unzipped=50 << 20, ratio=200, entries=100)
NAMESPACES = "".join(
    f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("fo", "xsl-fo-compatible"),
        ("calcext", "calc"),
    )
)


def ods(table: str, styles: str = "", settings: str = "", **parts: str) -> bytes:
    body = (
        f"<?xml version='1.0'?><office:document-content{NAMESPACES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{settings}"
        f'<table:table table:name="Plan">{table}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", body)
        archive.writestr("META-INF/manifest.xml", parts.get("manifest", "<manifest/>"))
    return file.getvalue()


def cell(attributes: str = "", text: str | None = None) -> str:
    words = "" if text is None else f"<text:p>{text}</text:p>"
    return f"<table:table-cell {attributes}>{words}</table:table-cell>"


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


TEXT = cell('office:value-type="string"', "x")


@pytest.mark.parametrize(
    ("attributes", "text", "value", "kind"),
    [
        (
            'table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"',
            "#DIV/0!",
            "#DIV/0!",
            "e",
        ),
        ('table:formula="of:=A1"', None, "", "f"),
        ('table:formula="of:=&quot;&quot;"', "", None, " "),
        ('office:value-type="boolean" office:boolean-value="true"', "TRUE", True, "b"),
        ('office:value-type="boolean" office:boolean-value="false"', "FALSE", False, "b"),
        ('office:value-type="time" office:time-value="PT36H00M00S"', "36:00", dt.timedelta(hours=36), "d"),
        ('office:value-type="time" office:time-value="-PT1H30M"', "-1:30", -dt.timedelta(minutes=90), "d"),
        ('office:value-type="time" office:time-value="PT03H04M05S"', "3:04", dt.time(3, 4, 5), "d"),
        ('office:value-type="date" office:date-value="2026-05-01"', "1 May", dt.date(2026, 5, 1), "d"),
        ('office:value-type="float" office:value="7"', "7", 7, "n"),
        ('office:value-type="percentage" office:value="0.45"', "45%", 0.45, "n"),
    ],
)
def test_cells(attributes: str, text: str | None, value: object, kind: str) -> None:
    sheet = read_workbook(ods(row(TEXT, cell(attributes, text), TEXT)), LIMITS).sheets[0]
    assert (sheet.columns[1], sheet.kinds[1]) == ([value], kind)


def test_repeated_errors_and_rows_keep_their_places() -> None:
    error = 'office:value-type="string" calcext:value-type="error" table:number-columns-repeated="2"'
    table = row(TEXT) + row(TEXT, cell(error, "#N/A"), TEXT, attributes='table:number-rows-repeated="2"')
    sheet = read_workbook(ods(table), LIMITS).sheets[0]
    assert sheet.kinds == ("ttt", " ee", " ee", " tt")


def test_hidden_and_merged() -> None:
    columns = '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    table = (
        columns
        + row(TEXT, TEXT, TEXT, TEXT)
        + row(TEXT, attributes='table:visibility="filter" table:number-rows-repeated="2"')
        + row(
            cell(
                'office:value-type="string" table:number-columns-spanned="2" table:number-rows-spanned="3"',
                "x",
            )
        )
    )
    facts = OdsFacts(Package(ods(table), LIMITS)).facts("Plan", [])
    assert (facts.hidden_rows, facts.hidden_columns, facts.merged) == ([1, 2], [1, 2], [(3, 0, 5, 1)])


def test_colours_and_formats() -> None:
    styles = (
        '<number:number-style style:name="N3"><number:number number:decimal-places="0" '
        'number:min-integer-digits="4"/></number:number-style>'
        '<style:style style:name="red" style:family="table-cell">'
        '<style:table-cell-properties fo:background-color="#c00000"/></style:style>'
        '<style:style style:name="white" style:family="table-cell">'
        '<style:table-cell-properties fo:background-color="#ffffff"/></style:style>'
        '<style:style style:name="number" style:family="table-cell" style:parent-style-name="red" '
        'style:data-style-name="N3"/>'
    )
    table = (
        '<table:table-column/><table:table-column table:default-cell-style-name="red"/>'
        + row(TEXT, TEXT, cell('table:style-name="white" office:value-type="string"', "x"))
        + row(
            cell('table:style-name="number" office:value-type="float" office:value="7"', "0007"),
            cell('office:value-type="currency" office:currency="GBP" office:value="5"', "£5"),
        )
        + row(
            cell('table:style-name="red"'),
            cell('table:style-name="red" table:number-columns-repeated="9999"'),
        )
    )
    facts = OdsFacts(Package(ods(table, styles), LIMITS)).facts("Plan", [])
    assert facts.fills == {(0, 1): "C00000", (1, 0): "C00000", (1, 1): "C00000", (2, 0): "C00000"}
    assert facts.formats == {(1, 0): "0000", (1, 1): "[$GBP]#,##0"}


ZEROS = '<number:number number:decimal-places="0" number:min-integer-digits="{}">{}</number:number>'
GROUPED = '<number:number number:decimal-places="2" number:min-integer-digits="1" number:grouping="true"/>'


def number_style(inner: str, tag: str = "number", name: str = "N1") -> str:
    return f'<number:{tag}-style style:name="{name}">{inner}</number:{tag}-style>'


@pytest.mark.parametrize(
    ("styles", "code"),
    [
        (number_style(f"<number:text>£</number:text>{GROUPED}"), '"£"#,##0.00'),
        (number_style(f"{GROUPED}<number:text> EUR</number:text>"), '#,##0.00" EUR"'),
        (
            number_style(f"{GROUPED}<number:currency-symbol>€</number:currency-symbol>", "currency"),
            "#,##0.00[$€]",
        ),
        (number_style("<number:text>£</number:text><number:number/>"), '"£"General'),
        (
            number_style(
                ZEROS.format(5, '<number:embedded-text number:position="2">-</number:embedded-text>')
            ),
            '000"-"00',
        ),
        (number_style(f"<number:text>PRJ-</number:text>{ZEROS.format(4, '')}"), '"PRJ-"0000'),
        # what stands for positive numbers is a format of its own, which that for the others names
        (
            number_style(f"<number:text>£</number:text>{GROUPED}", name="N1P0")
            + number_style(
                f"<number:text>-</number:text>{GROUPED}"
                '<style:map style:condition="value()&gt;=0" style:apply-style-name="N1P0"/>'
            ),
            '"£"#,##0.00',
        ),
        (
            number_style(f"<number:text>£</number:text>{GROUPED}", name="N1P0")
            + number_style(
                '<style:map style:condition="value()&gt;0" style:apply-style-name="N1P0"/>', "text"
            ),
            '"£"#,##0.00',
        ),
        (
            number_style(f"<number:text>£</number:text>{GROUPED}", name="N1P0")
            + number_style(
                f'{GROUPED}<style:map style:condition="value()&gt;1000" style:apply-style-name="N1P0"/>'
            ),
            None,
        ),
        (number_style(GROUPED), None),
        (number_style(ZEROS.format(1, "")), None),
        (number_style(f"{ZEROS.format(1, '')}<number:text>%</number:text>"), None),
    ],
)
def test_what_the_format_of_a_number_tells(styles: str, code: str | None) -> None:
    styles += '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
    number = cell('table:style-name="ce1" office:value-type="float" office:value="7"', "shown")
    facts = OdsFacts(Package(ods(row(number), styles), LIMITS)).facts("Plan", [])
    assert facts.formats.get((0, 0)) == code


def test_a_style_of_the_content_is_not_that_of_the_same_name_elsewhere() -> None:
    red = '<style:table-cell-properties fo:background-color="#c00000"/>'
    styles = (
        f'<style:style style:name="ce1">{red}</style:style><style:style style:name="ce1"/>'
        f'<style:style style:name="ce2" style:parent-style-name="ce1"/>'
    )
    table = row(
        *(cell(f'table:style-name="{name}" office:value-type="string"', "x") for name in ("ce1", "ce2"))
    )
    assert OdsFacts(Package(ods(table, styles), LIMITS)).facts("Plan", []).fills == {}


def test_days_count_from_1904() -> None:
    settings = '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>'
    assert read_workbook(ods(row(TEXT), settings=settings), LIMITS).date_1904
    assert not read_workbook(ods(row(TEXT)), LIMITS).date_1904


def test_an_encrypted_one_is_refused_by_name() -> None:
    with pytest.raises(Refused) as caught:
        read_workbook(ods(row(TEXT), manifest="<manifest><encryption-data/></manifest>"), LIMITS)
    assert caught.value.code == "PASSWORD_PROTECTED"
    assert "LibreOffice" in str(caught.value.advice)


def test_a_cell_repeated_without_end_is_refused() -> None:
    error = 'office:value-type="string" calcext:value-type="error" table:number-columns-repeated="16384"'
    table = row(cell(error, "#N/A"), attributes='table:number-rows-repeated="1048576"')
    with pytest.raises(Refused) as caught:
        read_workbook(ods(table), LIMITS)
    assert caught.value.code == "FILE_TOO_LARGE"
