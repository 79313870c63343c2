"""The sample delivery that travels with the library: a fictional organisation, a year, twenty-five faults."""

from __future__ import annotations

from pathlib import Path

from pmo_analytics.errors import FileMissing

_FOLDER = "sample_data"
_SETTINGS = "pmo.toml"


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
    ['benefits-2026-06.xlsx', 'change-log-2026-06.xlsx']
    """
    return sorted(sample_folder().glob("*.xlsx"))


def sample_settings() -> Path:
    """The settings of the organisation of the sample: a ``pmo.toml`` for ``load(…, config=…)``.

    The sample can be loaded without them; they add the name that reports bear. Raises ``FileMissing`` where
    there is no sample, or one without settings.

    >>> sample_settings().name
    'pmo.toml'
    """
    path = sample_folder() / _SETTINGS
    if not path.is_file():
        raise FileMissing(str(path), "The settings of the sample are not part of this installation.")
    return path
