package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"vakspiegel/api/contract"
	"vakspiegel/review/protocol"
)

// ownProtocol is a built-in under another id, as a municipality would begin one.
func ownProtocol(t *testing.T) string {
	t.Helper()
	catalogue, err := protocol.Load(nil)
	must(t, err)
	club, _ := catalogue.Get("videoclub")
	return strings.Replace(club.Source, "id: videoclub", "id: kijkuur", 1)
}

func TestEveryoneReadsTheProtocolsAndWhichIsTheMunicipalitys(t *testing.T) {
	own := fstest.MapFS{"protocols/kijkuur.yaml": {Data: []byte(ownProtocol(t))}}
	s, _ := launch(t, sqlitePair(t), func(settings *Settings) { settings.Texts = own })
	for _, who := range []string{"noor", "bram", "omar"} {
		other := s.as(who)
		var read contract.Protocols
		must(t, json.Unmarshal(other.want(200, other.get("/api/v1/protocols")).body, &read))
		if len(read.Items) != 7 {
			t.Fatalf("%s reads %d protocols", who, len(read.Items))
		}
		method, ours := read.Items[0], read.Items[6]
		if method.ID != "incidentmethode" || *method.Origin != contract.ProtocolOriginBuiltin || method.File != nil || len(method.Steps) != 7 || *method.Choose != "kiezen" {
			t.Errorf("%s reads %+v", who, method)
		}
		advice := method.Steps[5]
		if advice.ID != "advies" || len(advice.Posts.Owner) != 0 || advice.Posts.Participant[0] != contract.ContributionKindAdvice || advice.Asks.Owner.En != "Only listen, and keep what you want to use." {
			t.Errorf("%s reads %+v", who, advice)
		}
		if ours.ID != "kijkuur" || *ours.Origin != contract.ProtocolOriginOwn || *ours.File != "protocols/kijkuur.yaml" || ours.Steps[0].Leads != nil {
			t.Errorf("%s reads %+v", who, ours)
		}
	}
	s.browser().wantCode(401, "unauthorized", s.browser().get("/api/v1/protocols"))
}

func TestAWrongProtocolStopsTheStartAndTheCheckWithFileAndLine(t *testing.T) {
	folder := t.TempDir()
	must(t, os.Mkdir(filepath.Join(folder, protocol.Folder), 0o700))
	wrong := strings.Replace(ownProtocol(t), "gate: ready", "gate: vote", 1)
	must(t, os.WriteFile(filepath.Join(folder, protocol.Folder, "kijkuur.yaml"), []byte(wrong), 0o600))
	at := 1 + strings.Count(wrong[:strings.Index(wrong, "gate: vote")], "\n")
	line := fmt.Sprintf("protocols/kijkuur.yaml:%d: steps[1].gate must be ready or leader", at)

	i := onOneServer(t).migrated().with("TEXTS", folder)
	if said := i.refuses(); !strings.Contains(said, line) {
		t.Errorf("serve says %q", said)
	}
	if code, out, _ := i.run("check"); code != 1 || !strings.Contains(out, "protocols "+line) {
		t.Errorf("check ends with %d and says\n%s", code, out)
	}
	must(t, os.WriteFile(filepath.Join(folder, protocol.Folder, "kijkuur.yaml"), []byte(ownProtocol(t)), 0o600))
	if _, out, _ := i.run("check"); !strings.Contains(out, "protocols ok") {
		t.Errorf("check says\n%s", out)
	}
}
