"""Settings: what an organisation decides once, for every file and every month."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

from pmo_analytics.errors import ConfigurationError, UnknownName
from pmo_analytics.schemas.fiscal_years import NAMED_BY, FiscalYear
from pmo_analytics.schemas.limits import DEFAULT_LIMITS, Limits
from pmo_analytics.schemas.status import RATINGS, Status
from pmo_analytics.schemas.tables import tables

if TYPE_CHECKING:
    from collections.abc import Callable

DATE_ORDERS = ("DMY", "MDY", "YMD")


def _is_precedence(value: Any) -> bool:
    lists = value.values() if isinstance(value, Mapping) else [None]
    return all(
        _is_precedence(entry)
        if isinstance(entry, Mapping)
        else isinstance(entry, list | tuple) and all(isinstance(pattern, str) for pattern in entry)
        for entry in lists
    )


#: What a value of each setting must be: the test, and the words that say so.
_EXPECTED: Mapping[str, tuple[Callable[[Any], object], str]] = MappingProxyType(
    {
        "currency": (
            lambda value: value is None or (isinstance(value, str) and re.fullmatch("[A-Z]{3}", value)),
            "an ISO code of three capital letters, such as 'GBP'",
        ),
        "decimal": (lambda value: value in (".", ","), "'.' or ','"),
        "fiscal_year_start": (
            lambda value: type(value) is int and value in range(1, 13),
            "a month, 1 to 12",
        ),
        "fiscal_year_named_by": (
            lambda value: value is None or value in NAMED_BY,
            f"{' or '.join(map(repr, NAMED_BY))}, the year by which FY2025 calls a fiscal year",
        ),
        "rating_order": (
            lambda value: isinstance(value, list | tuple),
            f"a list of rating columns, such as ['{Status.rag_overall}']",
        ),
        "precedence": (
            _is_precedence,
            "a table of lists, such as [precedence] ac = ['finance-*', '*']",
        ),
        "reports_due": (
            lambda value: value is None or (type(value) is int and value in range(1, 32)),
            "a working day after the end of the month, 1 to 31",
        ),
        "hidden": (lambda value: value in ("read", "skip"), "'read' or 'skip'"),
        "portfolio": (lambda value: value is None or isinstance(value, str), "a text"),
    }
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The organisation's conventions; frozen, read from ``pmo.toml``.

    ``currency`` is the ISO code, in capitals, of amounts that name none. ``date_order`` settles dates such
    as 01/02/2026; without it they are findings. ``rating_order`` says which rating column gives the headline
    colour: the first that holds one. ``fiscal_year_start`` is a month, 1 to 12;
    ``fiscal_year_named_by`` says whether FY2025 is the year that starts or that ends in 2025; without it such texts
    are findings. ``portfolio`` is the name that reports bear. ``hidden`` says whether hidden sheets and rows are
    read, and reported, or set aside. ``limits`` bound what reading one file may take (a table ``[limits]``).
    ``reports_due`` is the working day (Monday to Friday) after the end of a month by which its report is due.
    ``precedence`` says for a column, a table or ``table.column`` which file counts where two state
    the same thing differently: patterns of file names, or names of profiles, the first that fits counts most.
    """

    currency: str | None = None
    date_order: str | None = None
    decimal: str = "."
    fiscal_year_start: int = 4
    fiscal_year_named_by: str | None = None
    rating_order: tuple[str, ...] = (Status.rag_independent, Status.rag_overall)
    portfolio: str | None = None
    hidden: str = "read"
    limits: Limits = DEFAULT_LIMITS
    reports_due: int | None = None
    precedence: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType({}), hash=False
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "limits", Limits.of(self.limits))
        # A settings file can hold any type, whatever the annotations say.
        given: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        for name, (fits, expected) in _EXPECTED.items():
            if not fits(given[name]):
                raise ConfigurationError(f"{name} is {given[name]!r}; it must be {expected}.")
        if self.date_order is not None and self.date_order not in DATE_ORDERS:
            raise UnknownName("date_order", self.date_order, DATE_ORDERS)
        for rating in self.rating_order:
            if rating not in RATINGS:
                raise UnknownName("rating column of rating_order", rating, RATINGS)
        object.__setattr__(self, "rating_order", tuple(self.rating_order))
        object.__setattr__(self, "precedence", MappingProxyType(_flat(self.precedence)))

    @property
    def fiscal_year(self) -> FiscalYear:
        """When fiscal years begin, and by which year they are called.

        >>> Settings(fiscal_year_start=10, fiscal_year_named_by="end").fiscal_year
        FiscalYear(start=10, named_by='end')
        """
        return FiscalYear(self.fiscal_year_start, self.fiscal_year_named_by)

    def precedence_of(self, table_name: str, column: str) -> tuple[str, ...]:
        """The patterns that settle a column of a table, the strongest first; empty where nothing is settled.

        >>> Settings(precedence={"ac": ["finance-*"], "status": {"ac": ["ledger*"]}}).precedence_of("status", "ac")
        ('ledger*',)
        """
        asked = (f"{table_name}.{column}", column, table_name)
        return next((self.precedence[name] for name in asked if name in self.precedence), ())

    @classmethod
    def read(cls, path: str | Path) -> Self:
        """The settings of a TOML file.

        Raises ``ConfigurationError`` where the file is missing or is no TOML, or a setting is of the wrong
        type or out of bounds, ``UnknownName`` for a key or a name that no setting has. Both name the file.
        """
        try:
            raw: dict[str, Any] = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ConfigurationError(f"{path}: cannot be read as TOML: {error}") from error
        known = [field.name for field in fields(cls)]
        for key in raw:
            if key not in known:
                raise UnknownName(f"setting in {path}", key, known)
        try:
            return cls(**raw)
        except ConfigurationError as error:
            raise ConfigurationError(f"{path}: {error}") from None
        except UnknownName as error:
            raise UnknownName(f"{error.what} in {path}", error.name, error.known) from None


def _flat(precedence: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Precedence by column, table or ``table.column``; raises ``UnknownName`` for what is none of them."""
    flat: dict[str, tuple[str, ...]] = {}
    for name, entry in precedence.items():
        nested = entry if isinstance(entry, Mapping) else {}
        flat |= {f"{name}.{column}": tuple(patterns) for column, patterns in nested.items()}
        flat |= {} if nested else {name: tuple(entry)}
    fields_of = {f"{name}.{column}" for name, t in tables().items() for column in t.columns}
    known = fields_of | {field.partition(".")[2] for field in fields_of} | set(tables())
    for name in flat:
        if name not in known:
            raise UnknownName("column or table of precedence", name, known)
    return flat
