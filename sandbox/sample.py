"""A product's database to try a backup on: Amoisekai's shape, SQLite in WAL mode, and someone who keeps writing to it.

``python -m sandbox.sample make --database F`` makes it, ``write --database F --seconds N`` writes to it, ``check
--database F`` proves that what it holds fits together, which a torn copy would not.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import signal
import sqlite3
import sys
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SEED = 20_250_801
CREDITS = 100
_BUSY_SECONDS = 10.0
_EVERY_CHAPTER = 10

_SCHEMA = """
CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  handle TEXT NOT NULL UNIQUE,
  tier TEXT NOT NULL CHECK (tier IN ('free', 'pro')),
  credits INTEGER NOT NULL CHECK (credits >= 0)
);
CREATE TABLE stories (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (id),
  title TEXT NOT NULL,
  chapter_count INTEGER NOT NULL
);
CREATE TABLE chapters (
  id INTEGER PRIMARY KEY,
  story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  body TEXT NOT NULL,
  critic_score REAL NOT NULL,
  UNIQUE (story_id, number)
);
CREATE TABLE transfers (
  id INTEGER PRIMARY KEY,
  giver_id INTEGER NOT NULL REFERENCES users (id),
  taker_id INTEGER NOT NULL REFERENCES users (id),
  credits INTEGER NOT NULL
);
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counters VALUES ('transfers', 0);
"""

# Each finds rows that no moment between two transactions ever held.
_CHECKS = {
    "a transfer created or lost credits": (
        f"SELECT 1 WHERE (SELECT sum(credits) FROM users) <> {CREDITS} * (SELECT count(*) FROM users)"  # noqa: S608 - a constant
    ),
    "the counter of transfers differs from their rows": (
        "SELECT 1 WHERE (SELECT value FROM counters WHERE name = 'transfers') <> (SELECT count(*) FROM transfers)"
    ),
    "a story's number of chapters differs from its chapters": (
        "SELECT 1 FROM stories WHERE chapter_count <> (SELECT count(*) FROM chapters WHERE story_id = stories.id)"
    ),
}

_LEXICON = (
    "amber archive blade bridge candle citadel cloud covenant crown dawn dragon ember exile falcon forest gate "
    "ghost guild harbor heir iron island jade key lantern legend library mage map mirror moon mountain oath ocean "
    "oracle path phoenix portal quest rain raven realm river rune sage scroll shadow silver spirit star stone storm "
    "sword temple thorn tower traveler twilight vale village vow well winter wolf"
)
_WORDS = tuple(_LEXICON.split())


@dataclass(frozen=True)
class Size:
    """How much the sample holds: by default 4,701 rows, 5.6 MB.

    Attributes:
        users: users, with `CREDITS` credits each.
        stories: stories.
        chapters: chapters in each story.
        words: words in each chapter.
    """

    users: int = 200
    stories: int = 500
    chapters: int = 8
    words: int = 180


@dataclass(frozen=True)
class Written:
    """What a writer did.

    Attributes:
        transactions: committed transactions.
        seconds: how long it wrote.
    """

    transactions: int
    seconds: float


def make(database: Path, size: Size | None = None) -> None:
    """Make the database, the same rows each time; one that is there already stays as it is.

    Raises:
        OSError: the folder cannot be written to.
        sqlite3.Error: the disk is full, or the file cannot be made.
    """
    if database.exists():
        return
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Made aside and put in its place when whole: closed, SQLite leaves one file.
    unfinished = database.with_name(f".{database.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    try:
        unfinished.touch(mode=0o600)
        with _connected(unfinished) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_SCHEMA)
            _fill(connection, size or Size())
        unfinished.rename(database)
    finally:
        for leftover in (unfinished, *(unfinished.with_name(unfinished.name + end) for end in ("-wal", "-shm"))):
            leftover.unlink(missing_ok=True)


def write(database: Path, seconds: float, per_second: float = 100.0, stop: threading.Event | None = None) -> Written:
    """Write for so many seconds, or until told to stop; each transaction leaves all of `problems`' rules true.

    Raises:
        sqlite3.Error: the database is no sample, or was locked for more than 10 s.
    """
    stop = stop or threading.Event()
    dice = random.Random()  # noqa: S311 - sample data
    begun = time.monotonic()
    done = 0
    with _connected(database) as connection:
        users = [int(row[0]) for row in connection.execute("SELECT id FROM users")]
        stories = [int(row[0]) for row in connection.execute("SELECT id FROM stories")]
        while not stop.is_set() and time.monotonic() - begun < seconds:
            giver, taker = dice.sample(users, 2)
            with _transaction(connection):
                _transfer(connection, giver, taker, dice.randint(1, 5))
                if done % _EVERY_CHAPTER == 0:
                    _add_chapter(connection, dice.choice(stories), _text(dice, 120), dice.uniform(5, 10))
            done += 1
            # Kept to the rate over the whole time, whatever a single transaction took.
            stop.wait(max(0.0, begun + done / per_second - time.monotonic()))
    return Written(done, round(time.monotonic() - begun, 3))


def problems(database: Path) -> list[str]:
    """What does not fit together in a copy of the sample; empty for every true snapshot.

    Raises:
        sqlite3.Error: it is no sample database.
    """
    with _connected(database) as connection:
        found = [name for name, query in _CHECKS.items() if connection.execute(query).fetchone()]
        integrity = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if integrity != "ok":
            found.append(f"integrity check: {integrity}")
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            found.append("a foreign key leads nowhere")
    return found


@contextlib.contextmanager
def _connected(database: Path) -> Iterator[sqlite3.Connection]:
    # mode=rw: a missing file is an error, not an empty database.
    uri = f"{database.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        yield connection
    finally:
        connection.close()


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _fill(connection: sqlite3.Connection, size: Size) -> None:
    dice = random.Random(SEED)  # noqa: S311 - the same sample each time
    users = [(n, f"reader{n:05}", "pro" if n % 5 == 0 else "free", CREDITS) for n in range(1, size.users + 1)]
    stories = [
        (n, dice.randint(1, size.users), _text(dice, 4).title(), size.chapters) for n in range(1, size.stories + 1)
    ]
    chapters = (
        (story, number, _text(dice, size.words), round(dice.uniform(5, 10), 1))
        for story in range(1, size.stories + 1)
        for number in range(1, size.chapters + 1)
    )
    with _transaction(connection):
        connection.executemany("INSERT INTO users VALUES (?, ?, ?, ?)", users)
        connection.executemany("INSERT INTO stories VALUES (?, ?, ?, ?)", stories)
        connection.executemany(
            "INSERT INTO chapters (story_id, number, body, critic_score) VALUES (?, ?, ?, ?)", chapters
        )


def _transfer(connection: sqlite3.Connection, giver: int, taker: int, wanted: int) -> None:
    row = connection.execute("SELECT credits FROM users WHERE id = ?", (giver,)).fetchone()
    credits_moved = min(wanted, int(row[0]))
    connection.execute("UPDATE users SET credits = credits - ? WHERE id = ?", (credits_moved, giver))
    connection.execute("UPDATE users SET credits = credits + ? WHERE id = ?", (credits_moved, taker))
    connection.execute(
        "INSERT INTO transfers (giver_id, taker_id, credits) VALUES (?, ?, ?)", (giver, taker, credits_moved)
    )
    connection.execute("UPDATE counters SET value = value + 1 WHERE name = 'transfers'")


def _add_chapter(connection: sqlite3.Connection, story: int, body: str, score: float) -> None:
    connection.execute("UPDATE stories SET chapter_count = chapter_count + 1 WHERE id = ?", (story,))
    connection.execute(
        "INSERT INTO chapters (story_id, number, body, critic_score)"
        " SELECT id, chapter_count, ?, ? FROM stories WHERE id = ?",
        (body, round(score, 1), story),
    )


def _text(dice: random.Random, words: int) -> str:
    return " ".join(dice.choices(_WORDS, k=words))


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; exit code 1 when a check finds something."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.sample", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in (("make", "make the sample"), ("write", "write to it"), ("check", "check that it fits together")):
        command = commands.add_parser(name, help=text)
        command.add_argument("--database", type=Path, required=True)
        if name == "write":
            command.add_argument("--seconds", type=float, required=True)
            command.add_argument("--rate", type=float, default=100.0, help="transactions a second")
    chosen = parser.parse_args(arguments)
    if chosen.command == "make":
        make(chosen.database)
        return 0
    if chosen.command == "check":
        found = problems(chosen.database)
        sys.stdout.write(json.dumps({"event": "checked", "problems": found}) + "\n")
        return 1 if found else 0
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    written = write(chosen.database, chosen.seconds, chosen.rate, stop)
    sys.stdout.write(json.dumps({"event": "written", **asdict(written)}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
