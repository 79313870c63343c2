"""Dialect: how an organisation writes what stands in its cells."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from pmo_analytics.schemas.fiscal_years import DEFAULT_FISCAL_YEAR, FiscalYear

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Dialect:
    """How an organisation writes: order of dates, decimal mark, and its own words.

    ``withheld`` and ``not_reported`` are regular expressions that are matched at the start of the trimmed
    text, case ignored; they are added to those that are always known. ``fiscal_year`` says when fiscal years begin
    and by which year they are called. ``date_1904`` says that serial numbers of days count from 1904, as a workbook
    may declare. ``spellings`` gives for a closed list further spellings and the word that each stands for: a rating
    of 1 to 5 is a colour only where somebody has said which way it runs.
    """

    date_order: str | None = None
    decimal: str = "."
    withheld: tuple[str, ...] = ()
    not_reported: tuple[str, ...] = ()
    fiscal_year: FiscalYear = DEFAULT_FISCAL_YEAR
    date_1904: bool = False
    spellings: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))

    def with_an_order(self) -> Dialect:
        """The same with some order of dates: to see that cells are dates, not which.

        >>> Dialect().with_an_order().date_order
        'DMY'
        """
        return replace(self, date_order=self.date_order or "DMY")
