"""Run the service: ``python -m sandbox.cloudflare --port N --state FILE --token FILE``."""

from __future__ import annotations

from sandbox.cloudflare.application import Cloudflare
from sandbox.fake import command

if __name__ == "__main__":
    command.run(Cloudflare)
