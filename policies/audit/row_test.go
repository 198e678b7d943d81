package audit

import (
	"bytes"
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"
)

// Invariant 3: a field that the hash leaves out can be edited unseen.
func TestEveryFieldIsInTheHash(t *testing.T) {
	base := entryRow{FromMs: ms(1), ToMs: ms(2), At: time.UnixMicro(1), PurgeAfter: time.UnixMicro(2), PrevHash: []byte{1}}
	fields := reflect.TypeFor[entryRow]()
	for i := range fields.NumField() {
		changed := base
		field := reflect.ValueOf(&changed).Elem().Field(i)
		switch field.Interface().(type) {
		case string:
			field.SetString("x")
		case int64:
			field.SetInt(7)
		case *int64:
			field.SetZero()
		case time.Time:
			field.Set(reflect.ValueOf(time.UnixMicro(9)))
		case []byte:
			field.SetBytes([]byte{9})
		case uuid.UUID:
			field.Set(reflect.ValueOf(uuid.UUID{9}))
		default:
			t.Fatalf("no change is known for %s", fields.Field(i).Name)
		}
		same := bytes.Equal(changed.digest(), base.digest())
		if name := fields.Field(i).Name; same != (name == "Hash") {
			t.Errorf("changing %s: the digest stays the same is %v", name, same)
		}
	}
}

func TestAPositionOfZeroIsNotNoPosition(t *testing.T) {
	if bytes.Equal(entryRow{FromMs: ms(0)}.digest(), entryRow{}.digest()) {
		t.Error("both have one digest")
	}
	if bytes.Equal(entryRow{FromMs: ms(5)}.digest(), entryRow{ToMs: ms(5)}.digest()) {
		t.Error("from and to can be swapped")
	}
}
