package policies

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // what a photo may be
	"sync"
)

// ErrPortrait says that the bytes are no photo that can be shown.
var ErrPortrait = errors.New("no portrait")

// Limits of a photo.
const (
	MaxPhoto     = 5 << 20  // bytes as it comes
	MaxPortrait  = 8 << 10  // bytes as it is kept
	portraitSide = 160      // pixels
	maxPixels    = 24 << 20 // of what comes: a decoded one takes up to 8 bytes each
)

// oneDecode lets one photo be decoded at a time: each may take 200 MB.
var oneDecode sync.Mutex

// Portrait makes a JPEG of 160 by 160 pixels and at most MaxPortrait bytes of a
// JPEG or PNG: its middle, drawn anew, so that nothing of the file itself stays
// (where it was taken, a thumbnail, what is hidden in it). Error: ErrPortrait.
func Portrait(file []byte) ([]byte, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil || len(file) > MaxPhoto {
		return nil, fmt.Errorf("%w: no JPEG or PNG of at most %d bytes", ErrPortrait, MaxPhoto)
	}
	if config.Width < 1 || config.Height < 1 || config.Width > maxPixels/config.Height {
		return nil, fmt.Errorf("%w: too many pixels", ErrPortrait)
	}
	oneDecode.Lock()
	defer oneDecode.Unlock()
	photo, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, fmt.Errorf("%w: it is broken", ErrPortrait)
	}
	small := shrink(photo)
	for quality := 85; quality > 0; quality -= 15 {
		var out bytes.Buffer
		if err := jpeg.Encode(&out, small, &jpeg.Options{Quality: quality}); err != nil {
			return nil, fmt.Errorf("encode portrait: %w", err)
		}
		if out.Len() <= MaxPortrait {
			return out.Bytes(), nil
		}
	}
	return nil, fmt.Errorf("%w: too much in it", ErrPortrait)
}

// shrink draws the middle square: each pixel is the average of those it stands for.
func shrink(photo image.Image) image.Image {
	bounds := photo.Bounds()
	side := min(bounds.Dx(), bounds.Dy())
	left, top := bounds.Min.X+(bounds.Dx()-side)/2, bounds.Min.Y+(bounds.Dy()-side)/2
	small := image.NewRGBA(image.Rect(0, 0, portraitSide, portraitSide))
	for y := range portraitSide {
		for x := range portraitSide {
			from := image.Pt(left+x*side/portraitSide, top+y*side/portraitSide)
			to := image.Pt(left+(x+1)*side/portraitSide, top+(y+1)*side/portraitSide)
			small.Set(x, y, average(photo, from, to))
		}
	}
	return small
}

// average is the colour from one pixel up to another, at least of the first.
// What can be seen through stands on white.
func average(photo image.Image, from, to image.Point) color.Color {
	var r, g, b, n uint64
	for y := from.Y; y < max(to.Y, from.Y+1); y++ {
		for x := from.X; x < max(to.X, from.X+1); x++ {
			pr, pg, pb, pa := photo.At(x, y).RGBA()
			white := uint64(0xffff - pa)
			r, g, b, n = r+uint64(pr)+white, g+uint64(pg)+white, b+uint64(pb)+white, n+1
		}
	}
	return color.RGBA64{uint16(r / n), uint16(g / n), uint16(b / n), 0xffff}
}
