module groundwork.invalid/toolchain/etcd

go 1.26
