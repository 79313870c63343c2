"""Exchange rates: what one unit of a currency is worth in another."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import MAY_BE_EMPTY, Kind, Number, Period, Text, field


class FxRate(pa.DataFrameModel):
    """One row per set of rates, pair of currencies and month."""

    rate_set: Text = field(
        Kind.TEXT, "Rate set", "Set that the rate belongs to, such as budget or spot", key=MAY_BE_EMPTY
    )
    from_currency: Text = field(Kind.TEXT, "From currency", "ISO 4217 code of the amount", key=True)
    to_currency: Text = field(Kind.TEXT, "To currency", "ISO 4217 code that it is turned into", key=True)
    period: Period = field(Kind.PERIOD, "Period", "Month that the rate holds for", key=True)
    rate: Number = field(
        Kind.NUMBER,
        "Exchange rate",
        "Units of the second currency for one of the first",
        unit="units for one",
        at_least=0,
    )
    rate_source: Text = field(Kind.TEXT, "Rate source", "Who states the rate")
