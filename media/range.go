package media

import (
	"strconv"
	"strings"
)

// Range is a part of a film: Length bytes from Start.
type Range struct {
	Start, Length int64
	// Partial: a range was asked for, so the answer is 206, also when it is
	// the whole film.
	Partial bool
}

// ParseRange reads a Range header for a film of size bytes (RFC 9110, 14.1.2
// and 14.2). No header, a malformed one and another unit than bytes stand for
// the whole film. A range that ends beyond the film is shortened. Errors:
// ErrRange for several ranges (decrypting thousands of one-byte ranges is an
// attack, and no player asks for two), and for one that begins beyond the end.
func ParseRange(header string, size int64) (Range, error) {
	whole := Range{Length: size}
	unit, set, ok := strings.Cut(header, "=")
	if !ok || !strings.EqualFold(strings.TrimSpace(unit), "bytes") {
		return whole, nil
	}
	specs := 0
	var only rangeSpec
	for part := range strings.SplitSeq(set, ",") {
		part = strings.Trim(part, " \t")
		if part == "" { // RFC 9110, 5.6.1.2: empty list elements are ignored
			continue
		}
		spec, ok := parseSpec(part)
		if !ok {
			return whole, nil
		}
		only = spec
		specs++
	}
	switch specs {
	case 0:
		return whole, nil
	case 1:
		return only.within(size)
	default:
		return Range{}, ErrRange
	}
}

// rangeSpec is "first-last", "first-" (last is -1), or "-suffix" (first is -1).
type rangeSpec struct{ first, last int64 }

func parseSpec(text string) (rangeSpec, bool) {
	from, to, ok := strings.Cut(text, "-")
	if !ok || (from == "" && to == "") {
		return rangeSpec{}, false
	}
	spec := rangeSpec{-1, -1}
	if from != "" {
		if spec.first, ok = parseDigits(from); !ok {
			return spec, false
		}
	}
	if to != "" {
		if spec.last, ok = parseDigits(to); !ok {
			return spec, false
		}
	}
	if spec.first >= 0 && spec.last >= 0 && spec.last < spec.first {
		return spec, false // RFC 9110, 14.1.2: invalid
	}
	return spec, true
}

// parseDigits reads 1*DIGIT; a number beyond any film counts as the largest.
func parseDigits(text string) (int64, bool) {
	if strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		n = 1<<63 - 1
	}
	return n, true
}

func (s rangeSpec) within(size int64) (Range, error) {
	switch {
	case s.first < 0 && s.last == 0, s.first >= size, size == 0:
		return Range{}, ErrRange
	case s.first < 0:
		n := min(s.last, size)
		return Range{Start: size - n, Length: n, Partial: true}, nil
	case s.last < 0 || s.last >= size:
		return Range{Start: s.first, Length: size - s.first, Partial: true}, nil
	default:
		return Range{Start: s.first, Length: s.last - s.first + 1, Partial: true}, nil
	}
}
