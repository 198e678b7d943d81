package cuttertest

import (
	"bytes"
	"math"
	"testing"
	"time"
)

const (
	blockSize = 32
	// slack is what packets of sound may stick out, in seconds.
	slack = 0.02
)

type block [blockSize]byte

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

// RefuseOutside fails if 32 bytes of a packet of the film were served that does
// not lie in the piece from..to or, for the picture, in the lead before it: any of
// the blocks of 32 bytes that a packet is made of, wherever in the answer. What is
// also in a packet inside does not count.
func RefuseOutside(t testing.TB, name string, film []byte, packets []Packet, served []byte, from, to time.Duration) {
	t.Helper()
	lies := piece(packets, from, to)
	inside, outside := map[block]*Packet{}, map[block]*Packet{}
	for i, p := range packets {
		into := outside
		if lies(p) {
			into = inside
		}
		for at := p.Start; at+blockSize <= p.Start+p.Length; at += blockSize {
			into[block(film[at:])] = &packets[i]
		}
	}
	own := 0
	for at := 0; at+blockSize <= len(served); at++ {
		here := block(served[at:])
		if inside[here] != nil {
			own++
		} else if stranger := outside[here]; stranger != nil && !within(film, packets, here, lies) {
			t.Errorf("%s: bytes of the packet at %.3f s (video %v) were served", name, stranger.At, stranger.Video)
			return
		}
	}
	if len(outside) < 100 || own < 100 {
		t.Errorf("%s: nothing was compared", name)
	}
}

// within looks for a block anywhere in the packets inside, not only where a block
// of theirs begins.
func within(film []byte, packets []Packet, what block, lies func(Packet) bool) bool {
	for _, p := range packets {
		if lies(p) && bytes.Contains(film[p.Start:p.Start+p.Length], what[:]) {
			return true
		}
	}
	return false
}

// piece says which packets may be in a cut.
func piece(packets []Packet, from, to time.Duration) func(Packet) bool {
	begins := KeyBefore(packets, from.Seconds())
	return func(p Packet) bool {
		first := from.Seconds()
		if p.Video {
			first = min(first, begins)
		}
		return p.At >= first-slack && p.At < to.Seconds()+slack
	}
}
