module groundwork.invalid/toolchain/helm

go 1.26
