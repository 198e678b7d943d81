package signal

import "vakspiegel/policies"

// Holdings declares what this room stores (trust.md 2).
var Holdings = []policies.Stored{
	{
		Name:   "signals",
		Holds:  "Dat er een signaal is, uit welke maand, en wat ervan werd (open, opgepakt, klaar). Niet uit welke sessie of opname, niet van wie, en niet op welke dag.",
		About:  "Niemand: een signaal gaat over een oorzaak buiten een gesprek.",
		SeenBy: "Wie de functioneel beheerder daarvoor heeft aangewezen.",
		Kept:   "Tot het wordt opgeruimd, hooguit 24 maanden; het blijft als een opname wordt gewist.",
		Erased: "De rij wordt verwijderd.",
	},
	{
		Name:   "signals.sealed",
		Holds:  "De regel zelf, het antwoord erop en wie het volgt, versleuteld onder een eigen sleutel per signaal.",
		About:  "Niemand; het formulier vraagt geen namen te schrijven en niets over de inwoner. Wie het volgt, kan een naam zijn die een beheerder van de lijst opschrijft.",
		SeenBy: "Wie de functioneel beheerder daarvoor heeft aangewezen.",
		Kept:   "Tot het wordt opgeruimd, hooguit 24 maanden; het blijft als een opname wordt gewist.",
		Erased: "De sleutel wordt vernietigd en de rij verwijderd; oude kopieën van de database zijn daarna onleesbaar.",
	},
	{
		Name:   "signal_keepers",
		Holds:  "Wie de lijst met signalen bijhoudt.",
		About:  "Medewerkers die de functioneel beheerder heeft aangewezen.",
		SeenBy: "De functioneel beheerder.",
		Kept:   "Tot iemand anders wordt aangewezen; wie begon en ophield staat ook in het logboek.",
		Erased: "De rij wordt verwijderd.",
	},
}
