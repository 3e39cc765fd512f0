"""Record a command's output on a terminal as an SVG: ``python docs/record.py docs/up.svg make up``.

The command runs on a pseudo-terminal, so that it shows what a person sees; lines that a progress display overwrote are
left out, as they are on the screen.
"""

from __future__ import annotations

import io
import os
import pty
import re
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

_COLUMNS = 110
_SPINNER = re.compile("(\x1b\\[[0-9;]*m)*[\u2800-\u28ff]")
_CONTROLS = re.compile(r"\x1b\[\?25[lh]|\x1b\[\d*[AK]|\x1b\[2K")


def main(target: Path, command: list[str]) -> int:
    """Run the command and write the picture; returns the command's exit code."""
    os.environ |= {"COLUMNS": str(_COLUMNS), "LINES": "50", "TERM": "xterm-256color"}
    recorded = io.BytesIO()

    def read(descriptor: int) -> bytes:
        data = os.read(descriptor, 65536)
        recorded.write(data)
        return data

    code = os.waitstatus_to_exitcode(pty.spawn(command, read))
    console = Console(record=True, width=_COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(Text(f"$ {' '.join(command)}", style="bold green"))
    for line in recorded.getvalue().decode(errors="replace").split("\n"):
        kept = _CONTROLS.sub("", line.rstrip("\r").rpartition("\r")[2])
        overwritten = bool(line.strip()) and not kept.strip()
        if not overwritten and not _SPINNER.match(kept):
            console.print(Text.from_ansi(kept), soft_wrap=True)
    target.write_text(console.export_svg(title=" ".join(command)))
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
