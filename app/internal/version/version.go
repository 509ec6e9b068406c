// Package version is the program's version.
package version

// Version is set when the program is built: a tag or a commit.
var Version = "dev"
