module groundwork.invalid/toolchain/versitygw

go 1.26
