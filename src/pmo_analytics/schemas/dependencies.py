"""Dependencies: what one project needs of another, and by when."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import Colour, Date, Kind, Period, Text, Word, field


class Dependency(pa.DataFrameModel):
    """One row per dependency and delivery of the log; it belongs to the project that waits."""

    dep_id: Text = field(Kind.TEXT, "Dependency ID", "Identifier of the dependency", key=True)
    period: Period = field(Kind.PERIOD, "Period", "Month that the log describes", key=True)
    entity_id: Text = field(Kind.TEXT, "Entity ID", "Project, programme or portfolio that needs it")
    from_project: Text = field(Kind.TEXT, "Giving project", "Project or body that delivers it")
    description: Text = field(Kind.TEXT, "Dependency", "What is needed")
    need_by: Date = field(Kind.DATE, "Need by", "Day from which its absence delays the one who waits")
    committed_date: Date = field(Kind.DATE, "Committed date", "Day that the giver has agreed to")
    forecast_date: Date = field(Kind.DATE, "Delivery forecast", "Day on which it is expected")
    delivered_date: Date = field(Kind.DATE, "Delivered", "Day on which it was delivered")
    dependency_rag: Colour = field(
        Kind.COLOUR, "Dependency RAG", "Colour given by its owners", words="colour"
    )
    status: Word = field(Kind.WORD, "Dependency status", "State of the dependency", words="dependency_status")
    giver_owner: Text = field(Kind.TEXT, "Giver's owner", "Who answers for the delivery")
    receiver_owner: Text = field(Kind.TEXT, "Receiver's owner", "Who answers for taking it over")
