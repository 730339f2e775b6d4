// Command launcher becomes Node with the main.js beside it and its own
// arguments, so that an image without a shell can offer a Node program under
// a name of its own. Node is the one of the PATH, else the one of our images.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

const usualNode = "/usr/local/bin/node"

func main() {
	self, err := os.Executable()
	if err == nil {
		node, lookErr := exec.LookPath("node")
		if lookErr != nil {
			node = usualNode
		}
		script := filepath.Join(filepath.Dir(self), "main.js")
		err = syscall.Exec(node, append([]string{node, script}, os.Args[1:]...), os.Environ())
	}
	fmt.Fprintf(os.Stderr, "%s cannot start Node: %v\n", os.Args[0], err)
	os.Exit(127)
}
