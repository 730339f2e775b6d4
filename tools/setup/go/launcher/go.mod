// The program by which images without a shell start Node with a bundle.
module meshery.io/tools/setup/launcher

go 1.24
