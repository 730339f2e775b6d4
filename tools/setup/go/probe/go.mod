// A small server that answers, from inside of a pod, what the pod sees.
module meshery.io/tools/setup/probe

go 1.24
