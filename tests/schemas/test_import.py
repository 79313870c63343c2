"""What the library's import does to the process it stands in."""

from __future__ import annotations

import subprocess
import sys

IMPORT = (
    "import sys; from pmo_analytics.schemas.tables import tables; tables();"
    "print([name for name in sys.modules if name.startswith('pyspark.pandas')])"
)


def test_nothing_is_warned_of_and_no_name_stays_closed_where_spark_is_installed() -> None:
    ended = subprocess.run([sys.executable, "-W", "error", "-c", IMPORT], capture_output=True, text=True)
    assert (ended.stderr, ended.stdout.strip()) == ("", "[]")
