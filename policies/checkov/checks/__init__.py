"""The rules as checks for checkov: ``checkov --file plan.json --external-checks-dir policies/checkov/checks``.

checkov runs every other file of this folder as a module of its own, once for each framework; `policies.checkov.own`
has what is not checkov's.
"""
