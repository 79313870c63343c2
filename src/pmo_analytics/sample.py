"""The sample delivery that travels with the library: a fictional organisation, six months, twelve faults."""

from __future__ import annotations

from pathlib import Path

from pmo_analytics.errors import FileMissing

_FOLDER = "sample_data"


def sample_folder() -> Path:
    """The folder of the sample: workbooks as a PMO gets them, and ``faults.csv``, the faults in them.

    In an installed package the folder lies inside it; in an editable install it is that of the repository.
    Raises ``FileMissing`` where neither is there.

    >>> (sample_folder() / "status-2026-06.xlsx").is_file()
    True
    """
    package = Path(__file__).resolve().parent
    places = (package / _FOLDER, package.parents[1] / _FOLDER)
    for folder in places:
        if any(folder.glob("*.xlsx")):
            return folder
    raise FileMissing(str(places[0]), "The sample is not part of this installation.")


def sample_data() -> list[Path]:
    """The workbooks of the sample in order of their names, without the list of faults and the scripts.

    Raises ``FileMissing`` where there is no sample.

    >>> [path.name for path in sample_data()][:2]
    ['milestone-plan-2026-06.xlsx', 'raid-log-2026-06.xlsx']
    """
    return sorted(sample_folder().glob("*.xlsx"))
