"""Entities: the tree that projects, programmes and portfolios form."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import MAY_BE_EMPTY, Date, Kind, Text, Word, field

#: Kinds of entities that projects are rolled up by, and the projects themselves.
PROJECT, PROGRAMME, PORTFOLIO = "project", "programme", "portfolio"


class Entity(pa.DataFrameModel):
    """One row per entity and membership: whatever a register row can belong to, and what it belongs to itself."""

    entity_id: Text = field(Kind.TEXT, "Entity ID", "Identifier of the entity", key=True)
    kind: Word = field(Kind.WORD, "Entity kind", "What the entity is", words="entity_kind", required=True)
    name: Text = field(Kind.TEXT, "Entity name", "Name of the entity")
    parent_id: Text = field(Kind.TEXT, "Parent ID", "Entity that this one belongs to")
    valid_from: Date = field(
        Kind.DATE, "Valid from", "First day of the membership; empty: always", key=MAY_BE_EMPTY
    )
    valid_to: Date = field(Kind.DATE, "Valid to", "Last day of the membership; empty: still")
    sensitivity: Word = field(Kind.WORD, "Sensitivity", "Who may see the entity", words="sensitivity")
