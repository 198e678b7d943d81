package main

import (
	"slices"
	"strings"

	"vakspiegel/consent"
	"vakspiegel/media"
	"vakspiegel/policies"
	"vakspiegel/review"
	"vakspiegel/review/session"
	"vakspiegel/review/signal"
)

//go:generate go test . -run TestTheRegistryIsWritten -update

// holdings is everything the product keeps, by every room's own word.
func holdings() []policies.Stored {
	return slices.Concat(policies.Holdings, consent.Holdings, media.Holdings, review.Holdings, session.Holdings, signal.Holdings, browserHoldings)
}

// browserHoldings is what is kept in a browser, and what the databases' own
// tools keep.
var browserHoldings = []policies.Stored{
	{
		Name:   "cookie vakspiegel_session",
		Holds:  "Een willekeurig getal dat bij een sessie op de server hoort.",
		About:  "De medewerker die is aangemeld.",
		SeenBy: "Niemand; scripts kunnen er niet bij.",
		Kept:   "Tot het afmelden of het sluiten van de browser; op de server hooguit twaalf uur.",
		Erased: "Bij het afmelden aan beide kanten.",
	},
	{
		Name:   "cookie vakspiegel_link",
		Holds:  "Een willekeurig getal dat bij een geopende link hoort.",
		About:  "Wie de link heeft geopend.",
		SeenBy: "Niemand; de pagina's van de inwoner hebben geen script.",
		Kept:   "Tot het sluiten van de browser; op de server hooguit twee uur.",
		Erased: "Na een nee meteen; anders vanzelf.",
	},
	{
		Name:   "cookie vakspiegel_signin",
		Holds:  "Een willekeurig getal dat het antwoord van de aanmelddienst aan deze browser bindt.",
		About:  "De medewerker die zich aanmeldt.",
		SeenBy: "Niemand.",
		Kept:   "Tijdens het aanmelden.",
		Erased: "Zodra het aanmelden klaar is.",
	},
	{
		Name:   "cookie vakspiegel_language",
		Holds:  "De taal van de schermen: nl of en.",
		About:  "De medewerker.",
		SeenBy: "Alleen de eigen browser.",
		Kept:   "Een jaar.",
		Erased: "Door de browser.",
	},
	{
		Name:   "browser localStorage vakspiegel.sending.*",
		Holds:  "Het adres van een onderbroken toevoeging, onder een vingerafdruk van het bestand. Geen naam, geen beeld.",
		About:  "De klantmanager.",
		SeenBy: "Alleen de eigen browser.",
		Kept:   "Tot de opname is toegevoegd of gestopt.",
		Erased: "Bij het einde van het toevoegen, bij afmelden, en zodra de server het adres niet meer kent.",
	},
	{
		Name:   "browser localStorage vakspiegel.keys",
		Holds:  "Dat iemand de losse toetsen bij de film heeft uitgezet: off, of niets.",
		About:  "De klantmanager.",
		SeenBy: "Alleen de eigen browser.",
		Kept:   "Tot de toetsen weer aan gaan.",
		Erased: "Zodra de toetsen weer aan gaan, of door de browser.",
	},
	{
		Name:   "browser sessionStorage vakspiegel.renewed",
		Holds:  "Vanaf welke versie van Vakspiegel dit tabblad naar een nieuwere ging: de naam van een bestand van het programma. Zo gebeurt dat één keer.",
		About:  "Niemand.",
		SeenBy: "Alleen de eigen browser.",
		Kept:   "Tot het tabblad dichtgaat.",
		Erased: "Door de browser.",
	},
	{
		Name:   "browser sessionStorage vakspiegel.unsent.*",
		Holds:  "Wat iemand bij een opname typt en de server nog niet heeft, versleuteld (AES-GCM). De sleutel komt van de server, is afgeleid van die van de opname, geldt voor deze persoon en staat alleen in het geheugen. Zonder beveiligde verbinding (https) staat hier niets.",
		About:  "De schrijver, en over wie de notitie gaat.",
		SeenBy: "Niemand zonder de server; na het wissen van de opname niemand.",
		Kept:   "Tot de server het heeft, hooguit tot het tabblad dichtgaat.",
		Erased: "Zodra de server het heeft, bij het einde van de opname, en bij het afmelden.",
	},
	{
		Name:   "goose_db_version",
		Holds:  "Welke versie het schema van de database heeft.",
		About:  "Niemand.",
		SeenBy: "De technisch beheerder.",
		Kept:   "Zolang de installatie bestaat.",
		Erased: "Met de installatie.",
	},
}

// registry writes docs/gegevens.md: half the DPIA and the entry of article 30.
func registry() string {
	var out strings.Builder
	out.WriteString("# Wat Vakspiegel bewaart\n\n" +
		"Dit bestand wordt gemaakt uit wat elke kamer van het programma over zichzelf verklaart (`Holdings`).\n" +
		"Een test faalt als er een tabel, een kolom met inhoud of een plek in de opslag bestaat die hier niet staat.\n")
	for _, s := range holdings() {
		out.WriteString("\n## `" + s.Name + "`\n\n")
		for _, line := range [][2]string{
			{"Wat", s.Holds}, {"Over wie", s.About}, {"Wie ziet het", s.SeenBy}, {"Hoe lang", s.Kept}, {"Hoe het weggaat", s.Erased},
		} {
			out.WriteString("- **" + line[0] + ":** " + line[1] + "\n")
		}
	}
	return out.String()
}
