"""What the library's import does to a process in which Spark is used too."""

from __future__ import annotations

import subprocess
import sys

import pytest

USE = """
import sys
import pmo_analytics as pmo
portfolio = pmo.load(pmo.sample_data(), config=pmo.sample_settings())
{after}
assert len(pmo.measure(portfolio)) == 36
print([name for name in sys.modules if name.startswith("pyspark.pandas")])
"""
SPARK = "import pyspark.sql"


@pytest.mark.parametrize(
    ("before", "after"), [("", ""), (SPARK, ""), ("", SPARK)], ids=["without", "before", "after"]
)
def test_nothing_is_warned_of_and_no_name_stays_closed(before: str, after: str) -> None:
    code = before + USE.format(after=after)
    ended = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True)
    assert (ended.stderr, ended.stdout.strip()) == ("", "[]")
