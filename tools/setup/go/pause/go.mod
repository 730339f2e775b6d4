// The container that holds a pod's namespaces open.
module meshery.io/tools/setup/pause

go 1.24
