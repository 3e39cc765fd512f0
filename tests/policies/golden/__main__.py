"""``python -m tests.policies.golden``: run all pairs, print the table of checks; 1 where the sides do not agree."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.policies.golden.compare import compare
from tests.policies.golden.covered import table

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        compared = compare(Path(folder))
    sys.stdout.write(table(compared))
    wrong = compared.strays() + compared.inventions() + compared.differences()
    sys.stderr.writelines(f"{line}\n" for line in wrong)
    sys.exit(bool(wrong))
