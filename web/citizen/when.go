package citizen

import (
	"fmt"
	"strconv"
	"time"
	_ "time/tzdata" // the clock of the Netherlands, also on a bare server

	"vakspiegel/consent/texts"
)

// amsterdam is the clock on the wall of whoever reads these pages.
var amsterdam = func() *time.Location {
	location, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err) // tzdata is part of the program
	}
	return location
}()

// InAmsterdam is a moment on the clock of the Netherlands.
func InAmsterdam(at time.Time) time.Time { return at.In(amsterdam) }

// when writes a moment in the form of a language: "dinsdag 3 november, 10.15 uur".
func when(form string, dates texts.Dates, at time.Time) (string, error) {
	at = at.In(amsterdam)
	return texts.FillSome(form, map[string]string{
		"weekday": dates.Weekdays[at.Weekday()],
		"day":     strconv.Itoa(at.Day()),
		"month":   dates.Months[at.Month()-1],
		"year":    strconv.Itoa(at.Year()),
		"hour":    strconv.Itoa(at.Hour()),
		"minute":  fmt.Sprintf("%02d", at.Minute()),
	})
}
