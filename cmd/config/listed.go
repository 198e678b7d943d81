package config

import (
	"reflect"
	"time"
)

// Setting is one setting of Learning as an administrator reads it: how
// recordings are kept and shared.
type Setting struct {
	Variable string // "VAKSPIEGEL_RETENTION"
	Value    any    // a time.Duration, a number of bytes (int64), a count (int) or a bool
}

// Listed are the settings in the order of Learning. A word is never among
// them: it could be a secret.
func (l Learning) Listed() []Setting {
	var settings []Setting
	value := reflect.ValueOf(l)
	for field := range reflect.TypeFor[Learning]().Fields() {
		switch v := value.FieldByIndex(field.Index).Interface().(type) {
		case time.Duration, int64, int, bool:
			settings = append(settings, Setting{Prefix + field.Tag.Get("env"), v})
		}
	}
	return settings
}
