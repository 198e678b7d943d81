package citizen

import (
	"errors"
	"strings"
	"time"
)

// LongerText is the question whether the recording may be kept longer, to read
// out: the sentences of the page.
func (p *Pages) LongerText(lang, klantmanager string, now, until time.Time) (string, error) {
	l := p.catalogue.Language(lang)
	words := p.catalogue.Words(l.Tag)
	nowSaid, err := when(l.Dates.Moment, l.Dates, now)
	untilSaid, errUntil := when(l.Dates.Moment, l.Dates, until)
	first, errFirst := words.Say("longer.now", "moment", nowSaid)
	second, errSecond := words.Say("longer.ask", "klantmanager", klantmanager, "moment", untilSaid)
	third, errThird := words.Say("longer.free")
	return strings.Join([]string{first, second, third}, " "), errors.Join(err, errUntil, errFirst, errSecond, errThird)
}
