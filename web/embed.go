// Package web holds the built staff app (dist, made by `npm run build`).
//
// In a fresh clone dist holds only a placeholder, so that the program compiles
// before the front end has been built; Static then has no index.html.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Static is the built app: index.html, and under assets/ files whose names
// carry a hash of their content, so that they may be cached for ever.
func Static() fs.FS {
	static, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // impossible: the directory is embedded
	}
	return static
}
