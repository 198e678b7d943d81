package api

import (
	"errors"
	"fmt"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"rsc.io/qr"

	"vakspiegel/consent"
	"vakspiegel/media"
	"vakspiegel/policies"
	"vakspiegel/web/citizen"
)

func TestAFieldIsNamedAsInTheContract(t *testing.T) {
	for want, pointer := range map[string][]string{
		"": {}, "heldAt": {"heldAt"}, "participants[0].role": {"participants", "0", "role"}, "tags[19]": {"tags", "19"}, "a.b": {"a", "b"},
	} {
		if got := field(pointer); got != want {
			t.Errorf("%v is named %q, want %q", pointer, got, want)
		}
	}
	for in, want := range map[string]string{"minLength": "min_length", "required": "required", "additionalProperties": "additional_properties", "": ""} {
		if got := snake(in); got != want {
			t.Errorf("%q becomes %q", in, got)
		}
	}
}

// Every fault at once, none with the value that was sent.
func TestSchemaFaultsNameEveryFieldAndNoValue(t *testing.T) {
	schemas, err := loadContract()
	must(t, err)
	for name, test := range map[string]struct {
		schema string
		body   map[string]any
		want   string
	}{
		"a conversation": {"NewConversation", map[string]any{
			"heldAt": "geheim gisteren", "label": strings.Repeat("geheim", 20), "owner": "geheim",
			"participants": []any{map[string]any{"role": "geheim"}, map[string]any{}},
		}, " properties|heldAt format|label max_length|participants[0].role enum|participants[1].role required"},
		"nobody in the room": {"NewConversation", map[string]any{"heldAt": "2026-05-01T09:00:00Z", "participants": []any{}}, "participants min_items"},
		"a note": {"NewAnnotation", map[string]any{
			"startMs": -1.0, "endMs": 1.5, "kind": "geheim", "body": strings.Repeat("é", 10001), "visibility": "all", "authorId": "geheim",
		}, " properties|body max_length|endMs type|kind enum|startMs minimum|visibility enum"},
		"an empty change": {"AnnotationChange", map[string]any{}, " min_properties"},
	} {
		t.Run(name, func(t *testing.T) {
			err := schemas.document.Components.Schemas[test.schema].Value.VisitJSON(any(test.body), openapi3.MultiErrors(), openapi3.EnableFormatValidation())
			var got []string
			for _, f := range schemaFaults(err) {
				got = append(got, f.Field+" "+f.Code)
				if strings.Contains(f.Field+f.Detail, "geheim") && f.Field != "owner" {
					t.Errorf("%+v holds what was sent", f)
				}
				if f.Detail == "" {
					t.Errorf("%s says nothing", f.Field)
				}
			}
			if strings.Join(sorted(got), "|") != test.want {
				t.Errorf("faults %q, want %q", strings.Join(got, "|"), test.want)
			}
		})
	}
	if got := schemaFaults(errors.New("other")); len(got) != 1 || got[0].Code != "invalid" {
		t.Errorf("an unknown error: %+v", got)
	}
}

var drawn = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`)

// The picture is the code, module by module, in a border that scanners need.
func TestTheQRCodeIsDrawnWholeWithAQuietZone(t *testing.T) {
	const link = "https://vakspiegel.example/c/Zm9vYmFyYmF6cXV1eGNvcmdlZ3JhdWx0Z2FycGx5d2Fs"
	svg, err := qrSVG(link)
	must(t, err)
	code, err := qr.Encode(link, qr.M)
	must(t, err)
	size := code.Size + 8
	if !strings.Contains(svg, fmt.Sprintf(`viewBox="0 0 %d %d"`, size, size)) || !strings.Contains(svg, fmt.Sprintf(`fill="#fff" d="M0 0h%dv%dh-%dz"`, size, size, size)) {
		t.Errorf("no white ground of %d: %.120s", size, svg)
	}
	black := map[[2]int]bool{}
	for _, m := range drawn.FindAllStringSubmatch(svg, -1) {
		x, _ := strconv.Atoi(m[1])
		y, _ := strconv.Atoi(m[2])
		width, _ := strconv.Atoi(m[3])
		if m[3] != m[4] {
			t.Errorf("a row that does not close: %s", m[0])
		}
		for i := range width {
			black[[2]int{x + i, y}] = true
		}
	}
	for y := range size {
		for x := range size {
			inside := x >= 4 && y >= 4 && x < size-4 && y < size-4
			if want := inside && code.Black(x-4, y-4); black[[2]int{x, y}] != want {
				t.Fatalf("module %d,%d is black %v", x, y, !want)
			}
		}
	}
	if strings.Contains(svg, "vakspiegel.example") || strings.Contains(svg, "script") {
		t.Error("the picture holds text")
	}
	if _, err := qrSVG(strings.Repeat("x", 5000)); err == nil {
		t.Error("a text that does not fit is drawn")
	}
}

func TestACodeIsReadOutInFours(t *testing.T) {
	for in, want := range map[string]string{"": "", "1234": "1234", "12345": "1234 5", "1234567890123": "1234 5678 9012 3"} {
		if got := spaced(in); got != want {
			t.Errorf("%q is shown as %q", in, got)
		}
	}
}

func TestThePiecesOfALookAreOneView(t *testing.T) {
	noor, bram := uuid.New(), uuid.New()
	at := func(minutes int) time.Time {
		return time.Date(2026, 5, 1, 9, 0, 0, 0, time.UTC).Add(time.Duration(minutes) * time.Minute)
	}
	view := func(who uuid.UUID, minutes int, purpose policies.Purpose) media.View {
		return media.View{ActorID: who, At: at(minutes), Purpose: purpose}
	}
	const self, coaching = policies.SelfReflection, policies.Coaching
	for name, test := range map[string]struct {
		pieces []media.View // newest first
		begins []int
	}{
		"nobody looked":              {nil, nil},
		"many pieces":                {[]media.View{view(noor, 20, self), view(noor, 10, self), view(noor, 0, self)}, []int{0}},
		"a long film in many pieces": {[]media.View{view(noor, 80, self), view(noor, 55, self), view(noor, 29, self), view(noor, 0, self)}, []int{0}},
		"half an hour between":       {[]media.View{view(noor, 30, self), view(noor, 0, self)}, []int{30, 0}},
		"someone else":               {[]media.View{view(bram, 2, self), view(noor, 0, self)}, []int{2, 0}},
		"for another reason":         {[]media.View{view(noor, 2, coaching), view(noor, 0, self)}, []int{2, 0}},
	} {
		got := merged(test.pieces, partOf)
		if len(got) != len(test.begins) {
			t.Errorf("%s: %d views, want %d", name, len(got), len(test.begins))
			continue
		}
		for i, minutes := range test.begins {
			if !got[i].At.Equal(at(minutes)) {
				t.Errorf("%s: view %d began %v", name, i, got[i].At)
			}
		}
	}
}

func TestAPageHasALimitAndEveryFaultOfTheQuery(t *testing.T) {
	for query, want := range map[string]struct {
		limit  int
		faults string
	}{
		"": {50, ""}, "limit=1": {1, ""}, "limit=100": {100, ""},
		"limit=0": {0, "limit"}, "limit=101": {0, "limit"}, "limit=-1": {0, "limit"}, "limit=x": {0, "limit"}, "limit=9999999999999999999999": {0, "limit"},
		"cursor=bad": {0, "cursor"}, "limit=0&cursor=bad": {0, "limit,cursor"},
	} {
		g, _ := gin.CreateTestContext(httptest.NewRecorder())
		g.Request = httptest.NewRequest("GET", "/?"+query, nil)
		asked := 0
		_, next, err := paged(&call{Context: g}, func(cursor string, limit int) ([]int, string, error) {
			asked = limit
			if cursor == "bad" {
				return nil, "", consent.ErrInvalid
			}
			return []int{1}, "more", nil
		})
		var found *fault
		var fields []string
		if errors.As(err, &found) {
			for _, f := range found.faults {
				fields = append(fields, f.Field)
			}
		}
		if strings.Join(fields, ",") != want.faults {
			t.Errorf("%q: faults %v, want %s", query, fields, want.faults)
		}
		if want.faults == "" && (asked != want.limit || next == nil || *next != "more") {
			t.Errorf("%q: asked for %d, next %v", query, asked, next)
		}
	}
	g, _ := gin.CreateTestContext(httptest.NewRecorder())
	g.Request = httptest.NewRequest("GET", "/?limit=0", nil)
	down := errors.New("down")
	if _, _, err := paged(&call{Context: g}, func(string, int) ([]int, string, error) { return nil, "", down }); !errors.Is(err, down) {
		t.Errorf("a room that is down is %v", err)
	}
}

func TestTheCitizenReadsWhenAndForWhatAndNeverWho(t *testing.T) {
	at := time.Date(2026, 5, 1, 9, 0, 0, 0, time.UTC)
	views := []media.View{}
	for i := range 8 { // newest first, a day apart, each in two pieces
		for _, minutes := range []int{10, 0} {
			views = append(views, media.View{
				ActorID: uuid.New(), Purpose: policies.Coaching, At: at.AddDate(0, 0, -i).Add(time.Duration(minutes) * time.Minute),
			})
			if minutes == 0 {
				views[len(views)-1].ActorID = views[len(views)-2].ActorID
			}
		}
	}
	got := looks(views)
	if len(got) != looksShown {
		t.Fatalf("%d looks are listed", len(got))
	}
	for i, look := range got {
		if want := (citizen.Look{At: at.AddDate(0, 0, -i), Purpose: "coaching"}); look != want {
			t.Errorf("look %d is %+v, want %+v", i, look, want)
		}
	}
}
