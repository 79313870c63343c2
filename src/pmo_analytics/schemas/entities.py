"""Entities: the tree that projects, programmes and portfolios form."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import Date, Kind, Text, Word, field


class Entity(pa.DataFrameModel):
    """One row per entity: whatever a register row can belong to."""

    entity_id: Text = field(Kind.TEXT, "Entity ID", "Identifier of the entity", key=True)
    kind: Word = field(Kind.WORD, "Entity kind", "What the entity is", words="entity_kind", required=True)
    name: Text = field(Kind.TEXT, "Entity name", "Name of the entity")
    parent_id: Text = field(Kind.TEXT, "Parent ID", "Entity that this one belongs to")
    valid_from: Date = field(Kind.DATE, "Valid from", "First day of the membership")
    valid_to: Date = field(Kind.DATE, "Valid to", "Last day of the membership")
    sensitivity: Word = field(Kind.WORD, "Sensitivity", "Who may see the entity", words="sensitivity")
