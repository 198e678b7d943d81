package texts

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

// MaxSound is the size of the largest sound file, in bytes: twenty minutes.
const MaxSound = 20 << 20

// Sound is a consent text read aloud: a file beside it, with its version as name.
type Sound struct {
	Type string // media type
	name string
	fsys fs.FS
}

// Open gives the file. It can be sought in: Load has checked that.
func (s Sound) Open() (io.ReadSeekCloser, error) {
	file, err := s.fsys.Open(s.name)
	if err != nil {
		return nil, err
	}
	if seeker, ok := file.(io.ReadSeekCloser); ok {
		return seeker, nil
	}
	return nil, errors.Join(fmt.Errorf("texts: %s cannot be sought in", s.name), file.Close())
}

var soundFile = regexp.MustCompile(`^(v[1-9][0-9]{0,5})\.(mp3|m4a|ogg)$`)

var soundTypes = map[string]string{"mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg"}

// loadSounds puts each sound file of a folder beside the text of its version.
// Errors: ErrInvalid with the name of a file that is not what its name says, is
// larger than MaxSound, or has no text, or no text of its own.
func loadSounds(fsys fs.FS, dir string, entries []fs.DirEntry, texts []Text) error {
	for _, entry := range entries {
		found := soundFile.FindStringSubmatch(entry.Name())
		if found == nil {
			continue
		}
		name := path.Join(dir, entry.Name())
		if err := sniff(fsys, name, found[2]); err != nil {
			return err
		}
		if err := attach(texts, found[1], Sound{soundTypes[found[2]], name, fsys}); err != nil {
			return err
		}
	}
	return nil
}

func attach(texts []Text, version string, sound Sound) error {
	for i := range texts {
		if texts[i].Version != version {
			continue
		}
		if texts[i].Sound != nil {
			return fmt.Errorf("%w: %s: %s has a sound already", ErrInvalid, sound.name, texts[i].Sound.name)
		}
		texts[i].Sound = &sound
		return nil
	}
	return fmt.Errorf("%w: %s: there is no text %s.yaml beside it", ErrInvalid, sound.name, version)
}

func sniff(fsys fs.FS, name, kind string) error {
	sound := Sound{name: name, fsys: fsys}
	file, err := sound.Open()
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrInvalid, name, err)
	}
	defer func() { _ = file.Close() }()
	size, err := file.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrInvalid, name, err)
	}
	if size > MaxSound {
		return fmt.Errorf("%w: %s: %d bytes, at most %d", ErrInvalid, name, size, MaxSound)
	}
	head := make([]byte, 12)
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: %s: %w", ErrInvalid, name, err)
	}
	if kindOf(head[:n]) != kind {
		return fmt.Errorf("%w: %s is no %s file", ErrInvalid, name, strings.ToUpper(kind))
	}
	return nil
}

// kindOf reads what a file is from its first bytes: an ID3 tag or an MPEG audio
// frame (ISO/IEC 11172-3), an ISO base media file, an Ogg page (RFC 3533).
func kindOf(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("ID3")):
		return "mp3"
	case len(head) > 1 && head[0] == 0xff && head[1]&0xe0 == 0xe0 && head[1]&0x06 != 0:
		return "mp3"
	case len(head) >= 12 && string(head[4:8]) == "ftyp":
		return "m4a"
	case bytes.HasPrefix(head, []byte("OggS")):
		return "ogg"
	}
	return ""
}
