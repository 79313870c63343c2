"""Dialects: how the cells of a table are to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_analytics.loading.cells.dialect import Dialect

if TYPE_CHECKING:
    from pmo_analytics.loading.layout.profiles import Profile
    from pmo_analytics.schemas.settings import Settings


def dialect_of(profile: Profile, settings: Settings) -> Dialect:
    """How cells are to be read: what the profile says, else what the settings say."""
    return Dialect(
        date_order=profile.date_order or settings.date_order,
        decimal=profile.decimal or settings.decimal,
        fiscal_year=settings.fiscal_year,
        spellings=profile.spellings,
        withheld=profile.withheld,
        not_reported=profile.not_reported,
    )
