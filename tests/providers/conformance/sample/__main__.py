"""Run the sample provider."""

from __future__ import annotations

from toolchain import bare_sdk

if __name__ == "__main__":
    bare_sdk.enter()
    from providers.kit import serve
    from tests.providers.conformance.sample.provider import VERSION, make

    serve("sample", VERSION, make())
