// Package frontend holds the built pages, embedded into the console.
//
// `npm run build` fills dist; an unbuilt checkout compiles too, with an empty
// one, and Built reports which of the two this binary is.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Pages is the folder that index.html lies in.
func Pages() fs.FS {
	pages, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // only for a name that is not a valid path
	}
	return pages
}

// Built reports whether the pages were built before this binary was.
func Built() bool {
	_, err := fs.Stat(dist, "dist/index.html")
	return err == nil
}
