"""What a table is: one pandera model per table, closed word lists, and the records that travel with data."""

import sys as _sys

# Where PySpark is installed, pandera tries its pandas interface whenever a part of itself is imported. Under
# pandas 3 that interface does not import: every try warns whoever uses this library, and takes its time. So
# the name is closed while pandera is imported, and afterwards as it was before (ADR 21).
_INTERFACE = "pyspark.pandas"
_closed = _INTERFACE not in _sys.modules
if _closed:
    _sys.modules[_INTERFACE] = None
try:
    import pandera.backends.pandas.builtin_checks as _checks  # noqa: F401
    import pandera.pandas as _pandera  # noqa: F401
    import pandera.typing.pyspark as _typing_of_pyspark  # noqa: F401
finally:
    if _closed:
        _sys.modules.pop(_INTERFACE, None)
