"""Identities: which identifiers mean the same project, and what became of those that ended."""

from __future__ import annotations

import pandera.pandas as pa

from pmo_analytics.schemas.columns import Date, Kind, Text, Word, field

#: Relations that the library knows what to do with.
RENAMED, MERGED_INTO = "renamed", "merged_into"

#: Relations that say that two identifiers are one project.
MEANS_THE_SAME = ("same", RENAMED, "replaced_by", "moved")


class Identity(pa.DataFrameModel):
    """One row per identifier and relation: the crosswalk between systems, and between old and new."""

    source_id: Text = field(
        Kind.TEXT, "Source ID", "Identifier in the other system, or the old one", key=True
    )
    relation: Word = field(
        Kind.WORD, "Relation", "What the old identifier is to the project", words="relation", key=True
    )
    project_id: Text = field(Kind.TEXT, "Project ID", "Project that it means now")
    source_system: Text = field(Kind.TEXT, "Source system", "System that the identifier comes from")
    valid_from: Date = field(Kind.DATE, "Valid from", "First day of the relation")
    valid_to: Date = field(Kind.DATE, "Valid to", "Last day of the relation")
    note: Text = field(Kind.TEXT, "Note", "Why, in words")
