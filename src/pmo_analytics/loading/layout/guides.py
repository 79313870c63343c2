"""Guides: sheets of a collection workbook that explain how to fill it in, and are no data themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmo_analytics.loading.files.raw_sheet import RawSheet

#: What stands in the first cell of a guide; the template writes it, the loader passes such a sheet over.
GUIDE_MARK = "Guide of a pmo_analytics collection workbook: not read as data"


def is_guide(sheet: RawSheet) -> bool:
    """Whether a sheet says of itself, in its first cell, that it is a guide."""
    return bool(sheet.columns and sheet.columns[0]) and sheet.columns[0][0] == GUIDE_MARK
