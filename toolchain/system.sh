#!/bin/sh
# The two system programs that the tests need: bubblewrap, for containers' walls (`make up` does without it, and says
# so), and zstd, to restore a backup without our own program. Debian's and Ubuntu's own packages, installed where this
# user may.
set -eu
wanted=''
command -v bwrap >/dev/null || wanted="$wanted bubblewrap"
command -v zstd >/dev/null || wanted="$wanted zstd"
if [ -z "$wanted" ]; then exit 0; fi
if [ "$(id -u)" = 0 ]; then as_root=''
elif sudo -n true 2>/dev/null; then as_root='sudo'
else
    echo "set-up: the tests need these, install them once: sudo apt install$wanted" >&2
    exit 4
fi
echo "set-up: installing$wanted" >&2
$as_root apt-get update -qq
# shellcheck disable=SC2086 # a list of names
$as_root apt-get install -y -qq $wanted >/dev/null
