package policies_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"testing"
	"time"

	"gorm.io/gorm"

	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/policies"
)

func picture(t *testing.T, width, height int, at func(x, y int) color.Color) []byte {
	t.Helper()
	photo := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			photo.Set(x, y, at(x, y))
		}
	}
	var out bytes.Buffer
	must(t, png.Encode(&out, photo))
	return out.Bytes()
}

func TestAPortraitIsSmallAndNothingOfTheFile(t *testing.T) {
	red := color.RGBA{200, 30, 30, 255}
	blueInTheMiddle := func(x, _ int) color.Color { // of 640 wide and 320 high
		if x >= 160 && x < 480 {
			return color.RGBA{20, 40, 200, 255}
		}
		return red
	}
	noise := func(int, int) color.Color {
		return color.RGBA{uint8(rand.IntN(256)), uint8(rand.IntN(256)), uint8(rand.IntN(256)), 255}
	}
	var withExif bytes.Buffer
	plain, err := png.Decode(bytes.NewReader(picture(t, 200, 200, func(int, int) color.Color { return red })))
	must(t, err)
	must(t, jpeg.Encode(&withExif, plain, nil))
	const secret = "Exif\x00\x00 52.0607, 4.4940"
	segment := append([]byte{0xff, 0xe1, 0, byte(2 + len(secret))}, secret...)
	tagged := append(append(bytes.Clone(withExif.Bytes()[:2]), segment...), withExif.Bytes()[2:]...)

	for name, file := range map[string][]byte{
		"wide": picture(t, 640, 320, blueInTheMiddle), "noise": picture(t, 400, 400, noise), "one pixel": picture(t, 1, 1, noise), "tagged": tagged,
	} {
		portrait, err := policies.Portrait(file)
		must(t, err)
		made, err := jpeg.Decode(bytes.NewReader(portrait))
		must(t, err)
		if made.Bounds().Dx() != 160 || made.Bounds().Dy() != 160 || len(portrait) > policies.MaxPortrait {
			t.Errorf("%s: %v in %d bytes", name, made.Bounds(), len(portrait))
		}
		if bytes.Contains(portrait, []byte("52.0607")) {
			t.Errorf("%s still says where it was taken", name)
		}
		if r, _, b, _ := made.At(2, 80).RGBA(); name == "wide" && r > b {
			t.Error("the portrait is not the middle of the photo")
		}
	}
}

func TestWhatIsNoPhotoIsRefused(t *testing.T) {
	bomb := picture(t, 8, 8, func(int, int) color.Color { return color.White })
	binary.BigEndian.PutUint32(bomb[16:], 1<<30) // a width that nobody can keep in memory
	for name, file := range map[string][]byte{
		"nothing": nil, "words": []byte("<svg onload=alert(1)>"), "a bomb": bomb, "half a photo": picture(t, 90, 90, func(int, int) color.Color { return color.White })[:60],
		"too large": append(picture(t, 8, 8, func(int, int) color.Color { return color.White }), make([]byte, policies.MaxPhoto)...),
	} {
		if _, err := policies.Portrait(file); !errors.Is(err, policies.ErrPortrait) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAPhotoIsOnesOwnUntilItIsTakenAwayOrTheAccessIs(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		people := seeded(t, db)
		noor, sem := policies.DemoID("noor"), policies.DemoID("sem")
		first := picture(t, 9, 9, func(int, int) color.Color { return color.Black })
		must(t, people.SetPhoto(ctx, noor, picture(t, 9, 9, func(int, int) color.Color { return color.White })))
		must(t, people.SetPhoto(ctx, noor, first))
		must(t, people.SetPhoto(ctx, sem, first))
		shown, err := people.Photo(ctx, noor)
		must(t, err)
		want, err := policies.Portrait(first)
		must(t, err)
		if !bytes.Equal(shown, want) {
			t.Error("the photo is not the last one")
		}
		must(t, people.RemovePhoto(ctx, noor))
		_, err = people.Photo(ctx, noor)
		wantErr(t, err, policies.ErrNoPhoto)
		must(t, people.RemovePhoto(ctx, noor))
		must(t, people.Disable(ctx, sem, time.Now()))
		_, err = people.Photo(ctx, sem)
		wantErr(t, err, policies.ErrNoPhoto)
		wantErr(t, people.SetPhoto(ctx, noor, []byte("no")), policies.ErrPortrait)
	})
}
