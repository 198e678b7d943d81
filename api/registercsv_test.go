package api

import "testing"

func TestNoCellIsReadAsAFormula(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "v1": "v1", "nl": "nl", "KM-7F3A9C": "KM-7F3A9C", "2026-11-03T10:15:00Z": "2026-11-03T10:15:00Z",
		"=1+1": "'=1+1", "+31": "'+31", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "'\r=1", "\n=1": "'\n=1",
		" =1": "' =1", "\u00a0=1": "'\u00a0=1", "＝1": "'＝1",
	} {
		if got := plainCell(cell); got != want {
			t.Errorf("%q becomes %q, want %q", cell, got, want)
		}
	}
}
