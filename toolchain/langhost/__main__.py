"""Start the language host: ``python -P -m toolchain.langhost [flags of the engine] ENGINE_ADDRESS``."""

from __future__ import annotations

from toolchain.langhost.host import main

if __name__ == "__main__":
    main()
