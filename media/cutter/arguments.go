package cutter

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// ahead is how far the order of decoding may be ahead of that of showing.
const ahead = 2 * time.Second

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

// probeArgs asks for the key frames up to the piece, with their times (framecrc),
// and for one packet of the sound.
func probeArgs(order Order, begin beginning) []string {
	return slices.Concat(reading(begin.back), streams(order), []string{
		"-t", seconds(ahead), "-bsf:v", "noise=drop='not(key)'", "-bsf:a", "noise=drop='gt(n,0)'", "-f", "framecrc", "pipe:1",
	})
}

// copyArgs copies the piece with its lead, so that its first picture is at 0, and
// tells every packet of it.
func copyArgs(order Order, begin beginning) []string {
	piece := pieceOf(order, begin)
	return slices.Concat(reading(begin.back), piece,
		[]string{
			"-map_metadata", "-1", "-map_metadata:s", "-1", "-map_chapters", "-1", "-fflags", "+bitexact",
			"-avoid_negative_ts", "disabled", "-output_ts_offset", seconds(begin.lead),
			"-f", string(order.Format), "-y", outputFD,
		},
		piece, []string{"-f", "framecrc", "pipe:1"},
	)
}

// streams are what an output takes: one picture, one sound; no cover, subtitles,
// positions or other data.
func streams(order Order) []string {
	sound := []string{"-map", "0:a:0?", "-c", "copy"}
	if order.SoundOnly {
		return sound
	}
	return append([]string{"-map", "0:V:0?"}, sound...)
}

// pieceOf is what an output takes of them. Packets come in the order of decoding,
// which may be a little ahead of that of showing: the filters are exact, -t is
// where reading stops.
func pieceOf(order Order, begin beginning) []string {
	length := order.To - order.From
	return append(streams(order),
		"-t", seconds(length+ahead),
		"-bsf:v", "noise=drop='"+pictureOutside(begin.lead, length)+"'",
		"-bsf:a", "noise=drop='"+soundOutside(length)+"'",
	)
}

// pictureOutside is true of a packet of pictures that is left out; 0 is the
// piece's start. All before the key frame with which the lead begins, wherever
// FFmpeg begins to read. What is shown before that frame builds on what is before
// it (open groups of pictures). And from the first one that is shown at the end or
// later on, all of them: those that follow may build on it.
func pictureOutside(lead, length time.Duration) string {
	begins := "gte(pts*tb," + seconds(-lead-time.Millisecond) + ")"
	return strings.Join([]string{
		"eq(pts,nopts)",
		"not(" + begins + ")",
		"not(st(1,max(ld(1),key*" + begins + ")))",
		"st(0,max(ld(0),gte(pts*tb," + seconds(length) + ")))",
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
