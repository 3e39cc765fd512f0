"""Write to a database for ever: each commit moves money between two accounts and notes it: `pay.py FILE`."""

from __future__ import annotations

import random
import sys
import time

import apsw

connection = apsw.Connection(sys.argv[1])
connection.set_busy_timeout(10_000)
connection.pragma("journal_mode", "wal")
connection.pragma("wal_autocheckpoint", 50)
connection.execute("CREATE TABLE IF NOT EXISTS accounts(id INTEGER PRIMARY KEY, money INTEGER)")
connection.execute("CREATE TABLE IF NOT EXISTS payments(id INTEGER PRIMARY KEY, amount INTEGER, filler BLOB)")
with connection:
    connection.executemany("INSERT OR IGNORE INTO accounts VALUES(?, 1000)", ((number,) for number in range(100)))
dice = random.Random(1)  # noqa: S311 - not for secrets
sys.stdout.write("ready\n")
sys.stdout.flush()
while True:
    payer, payee, amount = dice.randrange(100), dice.randrange(100), dice.randrange(1, 50)
    with connection:
        connection.execute("UPDATE accounts SET money = money - ? WHERE id = ?", (amount, payer))
        connection.execute("UPDATE accounts SET money = money + ? WHERE id = ?", (amount, payee))
        connection.execute("INSERT INTO payments(amount, filler) VALUES(?, randomblob(3000))", (amount,))
    time.sleep(0.005)
