package session

import "vakspiegel/policies"

const (
	untilLast   = "Tot de laatste opname van de sessie is gewist, en loopt zij dan nog: tot haar einde, hooguit een dag. Een plan zonder opname hooguit 60 dagen na de laatste wijziging."
	untilGone   = "Tot de laatste opname van de sessie is gewist; een plan zonder opname hooguit 60 dagen na de laatste wijziging."
	keyDestroys = "De sleutel wordt vernietigd en wat ermee verzegeld was verwijderd; oude kopieën van de database zijn daarna onleesbaar."
	byMembers   = "Wie aan de sessie meedoet."
)

// Holdings declares what this room stores (trust.md 2).
var Holdings = []policies.Stored{
	{
		Name:   "review_sessions",
		Holds:  "Dat er een sessie is: wie haar maakte en leidt, de werkvorm, wanneer, en hoe ver zij is.",
		About:  "De klantmanager en wie meedoet.",
		SeenBy: byMembers,
		Kept:   untilLast,
		Erased: "De rij wordt verwijderd, met alles wat eraan hangt.",
	},
	{
		Name:   "review_sessions.sealed",
		Holds:  "De titel en de leervraag, versleuteld onder de sleutel van de sessie.",
		About:  "De klantmanager.",
		SeenBy: byMembers,
		Kept:   untilGone,
		Erased: keyDestroys,
	},
	{
		Name:   "session_people",
		Holds:  "Wie in een sessie zit, of diegene is uitgenodigd per e-mail en voor welk moment, er is, op papier meedoet en klaar is.",
		About:  "Wie meedoet.",
		SeenBy: byMembers,
		Kept:   untilLast,
		Erased: "Gaat samen met de sessie weg.",
	},
	{
		Name:   "session_fragments",
		Holds:  "Welk stuk van welke opname in een sessie is gebracht, en of het is teruggenomen.",
		About:  "De klantmanager van de opname.",
		SeenBy: "Wie aan de sessie meedoet, zolang het stuk open is.",
		Kept:   "Even lang als de opname en de sessie.",
		Erased: "Gaat samen met de opname of de sessie weg.",
	},
	{
		Name:   "session_agreements",
		Holds:  "Wie de afspraak van de veilige haven heeft aanvaard, in welke versie en wanneer.",
		About:  "Wie meedoet.",
		SeenBy: byMembers,
		Kept:   untilLast,
		Erased: "Gaat samen met de sessie weg.",
	},
	{
		Name:   "session_contributions",
		Holds:  "Dat iemand in een sessie iets schreef: wie, in welke stap, van welke soort, en bij welk moment van de film.",
		About:  "De schrijver en de klantmanager van de opname.",
		SeenBy: "De schrijver; wie meedoet, als de stap is onthuld en zolang het fragment open is; daarna alleen de klantmanager van de opname.",
		Kept:   "Even lang als de opname waar het over gaat, of anders als de sessie.",
		Erased: "Wordt verwijderd als het fragment wordt teruggenomen, en gaat samen met de opname of de sessie weg.",
	},
	{
		Name:   "session_contributions.sealed",
		Holds:  "Wat iemand in een sessie schreef, versleuteld onder de sleutel van de opname waar het over gaat, of anders onder die van de sessie.",
		About:  "De klantmanager, en over wie het gaat.",
		SeenBy: "De schrijver; wie meedoet, als de stap is onthuld en zolang het fragment open is; daarna alleen de klantmanager van de opname.",
		Kept:   "Even lang als de opname waar het over gaat, of anders als de sessie.",
		Erased: keyDestroys,
	},
	{
		Name:   "session_posted",
		Holds:  "Onder welk willekeurig kenmerk een scherm iets instuurde, zodat het er één keer komt te staan, ook als het antwoord wegviel.",
		About:  "De schrijver.",
		SeenBy: "Niemand; wie het instuurde, krijgt bij hetzelfde kenmerk het eigen stuk terug.",
		Kept:   "Tot het einde van de sessie.",
		Erased: "De rij wordt verwijderd als de sessie eindigt; zij houdt geen woord vast, ook niet van wat eerder is weggehaald.",
	},
	{
		Name:   "session_films",
		Holds:  "Welk fragment in een sessie aan staat, waar in de film, of het speelt, en wie het zo zette.",
		About:  "De klantmanager en wie de film leidt.",
		SeenBy: "Wie aan de sessie meedoet, zolang het fragment open is.",
		Kept:   untilLast,
		Erased: "Gaat samen met de sessie weg.",
	},
	{
		Name:   "session_presence",
		Holds:  "Wie een sessie nu op een scherm heeft.",
		About:  "Wie meedoet.",
		SeenBy: byMembers,
		Kept:   "Tot het scherm sluit; valt een server uit, dan een minuut.",
		Erased: "De rij wordt verwijderd.",
	},
	{
		Name:   "session_insights",
		Holds:  "Dat een klantmanager na een sessie opschreef wat diegene meeneemt, en over welke eigen opname. Niet wanneer.",
		About:  "De klantmanager van de opname.",
		SeenBy: "Niemand anders dan wie het schreef.",
		Kept:   "Even lang als de opname, of tot wie het schreef het leegmaakt.",
		Erased: "Gaat samen met de opname weg.",
	},
	{
		Name:   "session_insights.sealed",
		Holds:  "Wat een klantmanager meeneemt uit een sessie, versleuteld onder de sleutel van de eigen opname.",
		About:  "De klantmanager, en over wie het gaat.",
		SeenBy: "Niemand anders dan wie het schreef.",
		Kept:   "Even lang als de opname, of tot wie het schreef het leegmaakt.",
		Erased: keyDestroys,
	},
}
