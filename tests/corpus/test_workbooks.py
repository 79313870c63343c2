"""The corpus: workbooks."""

from __future__ import annotations

from corpus.promises import *  # noqa: F403 - the same tests over other folders

FOLDERS = (
    "bcompiler-pmo",
    "calamine",
    "closedxml",
    "excelize",
    "exceljs",
    "libxls",
    "msoffcrypto",
    "npoi",
    "openpyxl-2x-tests",
    "phpspreadsheet",
    "python-calamine",
    "readxl",
    "roo",
    "sheetjs",
    "xlrd",
)
