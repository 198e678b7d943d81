package cutter

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// outputFD is where a job's output lies among FFmpeg's files.
const outputFD = "/proc/self/fd/3"

// reading is how FFmpeg reads a film. The script on its input names the one
// address: a command line is seen by every user of a machine. It begins so much
// before the piece, and 0 is the piece's start.
func reading(back time.Duration) []string {
	return []string{
		"-nostdin", "-hide_banner", "-v", "quiet", "-threads", "1",
		"-f", "concat", "-safe", "0", "-auto_convert", "0",
		"-protocol_whitelist", "pipe,http,tcp",
		"-format_whitelist", "concat,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm",
		"-codec_whitelist", "h264,hevc,vp8,vp9,av1,mpeg4,aac,opus,vorbis,mp3float",
		"-copyts", "-itsoffset", seconds(-back), "-i", "pipe:0",
	}
}

// script is what stands on FFmpeg's input: a film from the key frame at or before
// a position on.
func script(url string, from time.Duration) string {
	return "ffconcat version 1.0\nfile '" + url + "'\ninpoint " + seconds(from) + "\n"
}

// probeArgs asks for the first packet of each stream, with its times (framecrc).
func probeArgs(back time.Duration) []string {
	return append(reading(back), "-map", "0:V:0?", "-map", "0:a:0?", "-c", "copy", "-frames:v", "1", "-frames:a", "1", "-f", "framecrc", "pipe:1")
}

// copyArgs copies the piece with its lead, so that its first picture is at 0, and
// tells every packet of it.
func copyArgs(order Order, back, lead time.Duration) []string {
	piece := pieceOf(order.To - order.From)
	return slices.Concat(reading(back), piece,
		[]string{
			"-map_metadata", "-1", "-map_metadata:s", "-1", "-map_chapters", "-1", "-fflags", "+bitexact",
			"-avoid_negative_ts", "disabled", "-output_ts_offset", seconds(lead),
			"-f", string(order.Format), "-y", outputFD,
		},
		piece, []string{"-f", "framecrc", "pipe:1"},
	)
}

// pieceOf is what an output takes: one picture, no cover; one sound; no
// subtitles, positions or other data. Packets come in the order of decoding,
// which may be a little ahead of that of showing: the filters are exact, -t is
// where reading stops.
func pieceOf(length time.Duration) []string {
	return []string{
		"-map", "0:V:0?", "-map", "0:a:0?", "-c", "copy", "-t", seconds(length + 2*time.Second),
		"-bsf:v", "noise=drop='" + pictureOutside(length) + "'",
		"-bsf:a", "noise=drop='" + soundOutside(length) + "'",
	}
}

// pictureOutside is true of a packet of pictures that is left out; 0 is the
// piece's start. From the first one that is shown at the end or later on, all
// of them: those that follow may build on it. And what is shown before the
// first key frame builds on what is before it (open groups of pictures).
func pictureOutside(length time.Duration) string {
	return strings.Join([]string{
		"eq(pts,nopts)",
		"st(0,max(ld(0),gte(pts*tb," + seconds(length) + ")))",
		"lt(pts,if(eq(n,0),st(1,pts),ld(1)))",
	}, "+")
}

// soundOutside is true of a packet of sound that begins before the start or goes
// on after the end.
func soundOutside(length time.Duration) string {
	return "eq(pts,nopts)+lt(pts*tb,0)+gt((pts+d)*tb," + seconds(length) + ")"
}

// seconds writes a duration as FFmpeg reads it, to the microsecond.
func seconds(d time.Duration) string {
	return strconv.FormatFloat(d.Seconds(), 'f', 6, 64)
}
