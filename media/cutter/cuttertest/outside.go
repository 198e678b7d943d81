package cuttertest

import (
	"math"
	"testing"
	"time"
)

const (
	windowSize = 32
	// slack is what packets of sound may stick out, in seconds.
	slack = 0.02
)

// KeyBefore is where the last key frame at or before a position lies, in seconds;
// infinite where there is no picture.
func KeyBefore(packets []Packet, at float64) float64 {
	begins := math.Inf(1)
	for _, p := range packets {
		if p.Video && p.Key && (p.At <= at+0.0005 || math.IsInf(begins, 1)) {
			begins = p.At
		}
	}
	return begins
}

// RefuseOutside fails if any 32 bytes of a packet of the film are in what was
// served that do not lie in the piece from..to or, for the picture, in the lead
// before it, and are not also in a packet that does.
func RefuseOutside(t testing.TB, name string, film []byte, packets []Packet, served []byte, from, to time.Duration) {
	t.Helper()
	begins := KeyBefore(packets, from.Seconds())
	inside := func(p Packet) bool {
		first := from.Seconds()
		if p.Video {
			first = min(first, begins)
		}
		return p.At >= first-slack && p.At < to.Seconds()+slack
	}
	found, allowed := map[[windowSize]byte]bool{}, map[[windowSize]byte]bool{}
	for at := 0; at+windowSize <= len(served); at++ {
		found[[windowSize]byte(served[at:])] = true
	}
	windows := func(p Packet, do func(window [windowSize]byte)) {
		for at := p.Start; at+windowSize <= p.Start+p.Length; at++ {
			do([windowSize]byte(film[at:]))
		}
	}
	outside, strangers, own := 0, 0, 0
	for _, p := range packets {
		if inside(p) {
			windows(p, func(window [windowSize]byte) {
				allowed[window] = true
				if found[window] {
					own++
				}
			})
		}
	}
	for _, p := range packets {
		if inside(p) {
			continue
		}
		outside++
		windows(p, func(window [windowSize]byte) {
			if found[window] && !allowed[window] {
				if strangers++; strangers == 1 {
					t.Errorf("%s: bytes of the packet at %.3f s (video %v) were served", name, p.At, p.Video)
				}
			}
		})
	}
	if outside < 10 || own < 1000 {
		t.Errorf("%s: nothing was compared", name)
	}
}
