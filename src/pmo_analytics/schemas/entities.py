"""Entities: the tree that projects, programmes and portfolios form."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import Date, Kind, Text, Word, column


class Entity(pa.DataFrameModel):
    """One row per entity: whatever a register row can belong to."""

    entity_id: Text = column(Kind.TEXT, "Entity ID", "Identifier of the entity", key=True)
    kind: Word = column(Kind.WORD, "Entity kind", "What the entity is", words="entity_kind", required=True)
    name: Text = column(Kind.TEXT, "Entity name", "Name of the entity")
    parent_id: Text = column(Kind.TEXT, "Parent ID", "Entity that this one belongs to")
    valid_from: Date = column(Kind.DATE, "Valid from", "First day of the membership")
    valid_to: Date = column(Kind.DATE, "Valid to", "Last day of the membership")
    sensitivity: Word = column(Kind.WORD, "Sensitivity", "Who may see the entity", words="sensitivity")
