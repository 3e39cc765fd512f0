module groundwork.invalid/toolchain/alertmanager

go 1.26
