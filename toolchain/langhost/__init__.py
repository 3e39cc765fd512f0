"""The Python language host: what the Pulumi engine starts to run programs and plugins written in Python.

Used only where the vendor's own is absent (its host is not on the Go module proxy): the cached ``pulumi`` has a shim
beside it that starts ``python -m toolchain.langhost``.
"""
