"""The job's contract: README and code agree, the container is hardened, the job stands alone."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import apsw
import pytest

from backup.facts import assert_floor
from backup.failure import Code, Failure

JOB = Path(__file__).resolve().parents[1]
README = (JOB / "README.md").read_text()
DOCKERFILE = (JOB / "Dockerfile").read_text()
SOURCES = sorted((JOB / "src").rglob("*.py"))


def test_every_exit_code_is_documented() -> None:
    """README's table holds exactly the codes of the program."""
    rows = re.findall(r"^\| (\d+) \| `(\w+)` \|", README, re.MULTILINE)
    assert {(str(int(code)), code.name.lower()) for code in Code} == set(rows)


def test_every_event_is_documented() -> None:
    """README names each event that the program can say."""
    said = {name for path in SOURCES for name in re.findall(r'tell\(\s*"(\w+)"', path.read_text())}
    assert said == {name for name in said if f"`{name}`" in README or f'"event":"{name}"' in README}
    assert len(said) > 10


def test_every_variable_is_documented() -> None:
    """README names each variable that the program reads."""
    read = set(re.findall(r'"(BACKUP_[A-Z_]+[A-Z])"', (JOB / "src/backup/settings.py").read_text()))
    assert read == {name for name in read if f"`{name}`" in README}


def test_the_job_imports_nothing_of_the_rest() -> None:
    """The job ships alone: it imports none of the repository's other packages."""
    others = {"infra", "providers", "policies", "delivery", "sandbox", "toolchain"}
    imported = {
        (alias.name if isinstance(node, ast.Import) else str(node.module)).partition(".")[0]
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    assert set() == imported & others


def test_the_stdlib_sqlite_is_never_loaded() -> None:
    """Two SQLites in one process break each other's locks: only apsw's is there."""
    program = "import sys, backup.cli; print('_sqlite3' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "False"


def test_the_image_has_a_sqlite_above_the_floor() -> None:
    """The SQLite that the lock file brings passes, and the last faulty one does not."""
    assert_floor()
    assert_floor("3.51.3")
    with pytest.raises(Failure) as caught:
        assert_floor("3.51.2")
    assert caught.value.code is Code.VERSION_FLOOR
    assert apsw.sqlite_lib_version() != "3.51.2"


def test_the_container_needs_no_root_and_no_shell() -> None:
    """The image runs as a numbered user, and starts the program itself."""
    assert re.search(r"^USER 10001:10001$", DOCKERFILE, re.MULTILINE)
    assert re.search(r'^ENTRYPOINT \["backup"\]$', DOCKERFILE, re.MULTILINE)
