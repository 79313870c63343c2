"""What the tests of colours start from."""

from __future__ import annotations

import pytest

from rag.frames import GOOD, NOTHING, measured


@pytest.fixture
def rated_world():
    """One of each: good, broken, exhausted, unknown, half known."""
    return measured(
        GOOD | {"rag_reported": "green", "project_name": "Harbour"},
        GOOD | {"cpi": 0.87, "rag_reported": "green"},
        NOTHING | {"tcpi_bac_reason": "BUDGET_EXHAUSTED", "cpi_reason": "NO_DATA"},
        NOTHING | {"rag_reported": "amber"},
        NOTHING | {"cpi": 1.0},
        GOOD | {"finish_slip_days": 45.0, "risk_score_max": 20.0, "rag_reported": "red"},
    )
