"""Print how the cells of the truth set end: ``python tests/truth/print_truth_set.py [FORMAT…]``."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from truth.clean import LOCALES
from truth.running import FORMATS, verdicts
from truth.scoring import VERDICTS


def main(forms: list[str]) -> None:
    """Run every fault of the formats given, or of all, in every country."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for form in forms or FORMATS:
        for country in LOCALES:
            with TemporaryDirectory() as folder:
                for one in verdicts(form, country, Path(folder)):
                    counts.update({(form, one.settings, word): n for word, n in one.score.counts.items()})
                    for told in one.score.wrong:
                        print(form, country.name, one.settings, one.fault, told)  # noqa: T201
    for form, settings in sorted({key[:2] for key in counts}):
        told = ", ".join(f"{counts[form, settings, word]:,} {word}" for word in VERDICTS)
        print(f"{form}, settings {settings}: {told}")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
