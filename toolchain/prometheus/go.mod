module groundwork.invalid/toolchain/prometheus

go 1.26
