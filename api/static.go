package api

import (
	"io/fs"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
)

// fallback answers what is in no route: the staff app's files and pages to a
// browser that navigates, a problem to everything else.
func (s *Server) fallback(g *gin.Context) {
	c := &call{Context: g}
	path := g.Request.URL.Path
	read := g.Request.Method == http.MethodGet || g.Request.Method == http.MethodHead
	switch {
	case read && strings.HasPrefix(path, "/assets/"):
		if _, err := s.asset(c, s.App, strings.TrimPrefix(path, "/")); err != nil {
			s.fail(g, err)
		}
	case read && !strings.HasPrefix(path, "/api/") && strings.Contains(g.GetHeader("Accept"), "text/html"):
		s.appPage(g, path)
	default:
		s.fail(g, errNotFound)
	}
}

// The addresses of the staff app's screens, as web/src/app/router.tsx has them (a
// test compares); under the latter stands one of something.
var (
	appScreens = []string{"/", "/inloggen", "/mijn-foto", "/verklaringen", "/voornemens", "/signalen", "/zoeken", "/sessies", "/register", "/beheer"}
	appFolders = []string{"/gesprekken/", "/gevraagd/", "/opnames/", "/register/", "/beheer/", "/sessies/"}
)

// appPage serves the one page of the staff app. It knows which addresses it
// has; the others carry the status of what they show: not found.
func (s *Server) appPage(g *gin.Context, path string) {
	status := http.StatusNotFound
	under := func(folder string) bool { return strings.HasPrefix(path, folder) }
	if slices.Contains(appScreens, path) || slices.ContainsFunc(appFolders, under) {
		status = http.StatusOK
	}
	page, err := fs.ReadFile(s.App, "index.html")
	if err != nil {
		s.fail(g, errNotFound)
		return
	}
	g.Data(status, "text/html; charset=utf-8", page)
}
