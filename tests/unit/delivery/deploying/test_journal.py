"""What a deployment set out to do is on disk until it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from delivery.deploying.journal import Intent, Journal, under_way

if TYPE_CHECKING:
    from pathlib import Path

_INTENT = Intent(product="amoisekai", image="new", before="old", serving="abc", rows=[{"urn": "urn:a"}])


def test_what_was_begun_is_found_by_the_next_run(tmp_path: Path) -> None:
    """Another process reads what was written, for its owner alone."""
    Journal(tmp_path, "prod", "amoisekai").write(_INTENT)

    journal = Journal(tmp_path, "prod", "amoisekai")
    assert (_INTENT, 0o600) == (journal.read(), journal.path.stat().st_mode & 0o777)


def test_what_is_done_is_forgotten(tmp_path: Path) -> None:
    """A closed one is none, and closing twice is as once."""
    journal = Journal(tmp_path, "prod", "amoisekai")
    journal.write(_INTENT)

    journal.close()
    journal.close()

    assert None is journal.read()


def test_what_says_nothing_is_none(tmp_path: Path) -> None:
    """A file that is no such record holds up nobody."""
    journal = Journal(tmp_path, "prod", "amoisekai")
    journal.write(_INTENT)
    journal.path.write_text("{}")

    assert None is journal.read()


def test_each_stack_has_its_own(tmp_path: Path) -> None:
    """Of a stack, the products are told whose deployment is under way."""
    Journal(tmp_path, "prod", "amoisekai").write(_INTENT)
    Journal(tmp_path, "local", "b").write(_INTENT)
    Journal(tmp_path, "local", "a").write(_INTENT)

    assert (["a", "b"], ["amoisekai"], []) == tuple(
        under_way(tmp_path, stack) for stack in ("local", "prod", "staging")
    )
