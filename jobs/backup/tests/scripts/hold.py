"""Open a database and do one thing with it, say `ready`, and keep it so: `hold.py FILE SQL...`."""

from __future__ import annotations

import sys
import time

import apsw

connection = apsw.Connection(sys.argv[1])
for statement in sys.argv[2:]:
    connection.execute(statement).fetchall()
sys.stdout.write("ready\n")
sys.stdout.flush()
time.sleep(600)
