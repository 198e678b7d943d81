package review

import (
	"embed"
	"path"
	"strings"

	"github.com/goccy/go-yaml"
)

//go:embed lists
var listFiles embed.FS

// builtinLists are the lists that come with the program: version 0 of each. A
// fault in them is a fault in the program, and its first test finds it.
var builtinLists = mustBuiltin()

func mustBuiltin() []ListVersion {
	lists := []ListVersion{
		builtin("lists/moments.yaml", MomentList, StandardList),
		builtin("lists/codes.yaml", CodeList, StandardList),
	}
	forms, err := listFiles.ReadDir("lists/forms")
	if err != nil {
		panic(err)
	}
	for _, file := range forms {
		lists = append(lists, builtin("lists/forms/"+file.Name(), FormList, strings.TrimSuffix(file.Name(), ".yaml")))
	}
	return lists
}

func builtin(name string, kind ListKind, code string) ListVersion {
	raw, err := listFiles.ReadFile(name)
	if err != nil {
		panic(err)
	}
	list := ListVersion{Kind: kind, Code: code}
	if err := yaml.UnmarshalWithOptions(raw, &list.ListContent, yaml.Strict()); err != nil {
		panic(path.Base(name) + ": " + err.Error())
	}
	list.Current = true
	return list
}
