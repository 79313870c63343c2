"""Settings: what an organisation decides once, for every file and every month."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

from pmo_analytics.errors import ConfigurationError, UnknownName
from pmo_analytics.schemas.status import RATINGS, Status

DATE_ORDERS = ("DMY", "MDY", "YMD")


@dataclass(frozen=True, slots=True)
class Settings:
    """The organisation's conventions; frozen, read from ``pmo.toml``.

    ``currency`` is the ISO code of amounts that name none. ``date_order`` settles dates such as 01/02/2026;
    without it they are findings. ``rating_order`` says which rating column gives the headline colour: the
    first that holds one. ``fiscal_year_start`` is a month, 1 to 12. ``portfolio`` is the name that
    reports bear.
    """

    currency: str | None = None
    date_order: str | None = None
    decimal: str = "."
    fiscal_year_start: int = 4
    rating_order: tuple[str, ...] = (Status.rag_independent, Status.rag_overall)
    portfolio: str | None = None

    def __post_init__(self) -> None:
        if self.date_order is not None and self.date_order not in DATE_ORDERS:
            raise UnknownName("date order", self.date_order, DATE_ORDERS)
        if self.decimal not in (".", ","):
            raise ConfigurationError(f"decimal is {self.decimal!r}; it must be '.' or ','.")
        if self.fiscal_year_start not in range(1, 13):
            raise ConfigurationError(
                f"fiscal_year_start is {self.fiscal_year_start!r}; it must be a month, 1 to 12."
            )
        for name in self.rating_order:
            if name not in RATINGS:
                raise UnknownName("rating column", name, RATINGS)

    @classmethod
    def read(cls, path: str | Path) -> Self:
        """The settings of a TOML file.

        Raises ``ConfigurationError`` where the file is missing or is no TOML, ``UnknownName`` for a key that
        no setting has.
        """
        try:
            raw: dict[str, Any] = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ConfigurationError(f"{path}: cannot be read as TOML: {error}") from error
        known = [field.name for field in fields(cls)]
        for key in raw:
            if key not in known:
                raise UnknownName(f"setting in {path}", key, known)
        if "rating_order" in raw:
            raw["rating_order"] = tuple(raw["rating_order"])
        return cls(**raw)
