package texts

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/fstest"
)

var heads = map[string]string{
	"mp3": "ID3\x04rest of it", "m4a": "\x00\x00\x00\x20ftypM4A rest", "ogg": "OggS\x00rest of it",
}

func TestASoundBelongsToTheTextBesideIt(t *testing.T) {
	for kind, head := range heads {
		catalogue, err := Load(fstest.MapFS{"ar/consent/v1." + kind: {Data: []byte(head)}})
		if err != nil {
			t.Fatal(err)
		}
		if catalogue.Consent("nl").Sound != nil {
			t.Error("Dutch has the Arabic sound")
		}
		sound := catalogue.Consent("ar").Sound
		if sound == nil || sound.Type != soundTypes[kind] {
			t.Fatalf("%s: %+v", kind, sound)
		}
		file, err := sound.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.Seek(4, io.SeekStart); err != nil {
			t.Error(err)
		}
		if rest, err := io.ReadAll(file); err != nil || string(rest) != head[4:] {
			t.Errorf("%s: %q, %v", kind, rest, err)
		}
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	}
	if catalogue, err := Load(fstest.MapFS{"nl/consent/v1.mp3": {Data: []byte{0xff, 0xfb, 0x90, 0}}}); err != nil || catalogue.Consent("nl").Sound == nil {
		t.Errorf("an MP3 without a tag: %v", err)
	}
}

func TestAWrongSoundIsRefusedWithItsName(t *testing.T) {
	for name, files := range map[string]fstest.MapFS{
		"nl/consent/v1.mp3":   {"nl/consent/v1.mp3": {Data: []byte(heads["ogg"])}},
		"nl/consent/v1.ogg":   {"nl/consent/v1.ogg": {Data: []byte("<script>alert(1)</script>")}},
		"nl/consent/v1.m4a":   {"nl/consent/v1.m4a": {Data: []byte("\x00\x00")}},
		"tr/consent/v1.ogg":   {"tr/consent/v1.ogg": {Data: append([]byte(heads["ogg"]), make([]byte, MaxSound)...)}},
		"uk/consent/v7.mp3":   {"uk/consent/v7.mp3": {Data: []byte(heads["mp3"])}},
		"pl/consent/v1.ogg":   {"pl/consent/v1.mp3": {Data: []byte(heads["mp3"])}, "pl/consent/v1.ogg": {Data: []byte(heads["ogg"])}},
		"en/consent/v1.wav":   {"en/consent/v1.wav": {Data: []byte("RIFF")}},
		"en/consent/stem.m4a": {"en/consent/stem.m4a": {Data: []byte(heads["m4a"])}},
	} {
		if _, err := Load(files); !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
