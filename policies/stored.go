package policies

// Stored declares one place in which something is kept: a table, a column with
// content ("table.column"), an object prefix, a file, a cookie, the browser's
// storage. docs/gegevens.md is made of these; each is one Dutch sentence.
type Stored struct {
	Name   string
	Holds  string // what is in it
	About  string // about whom
	SeenBy string // who can see it
	Kept   string // how long
	Erased string // how it goes
}

// Holdings are what this room and policies/audit keep.
var Holdings = []Stored{
	{
		Name:   "people",
		Holds:  "Inlognaam (naar een e-mailadres als inlognaam gaan uitnodigingen voor sessies), weergavenaam, de vaste aanmeldidentiteit en of de toegang is ingetrokken.",
		About:  "Medewerkers.",
		SeenBy: "Namen: medewerkers die iemand kunnen uitnodigen; de rest: de functioneel beheerder.",
		Kept:   "Zolang iemand bij de organisatie werkt en zolang er nog een beoordelaarsrelatie of bewijs aan hangt.",
		Erased: "Eerst wordt de toegang ingetrokken; de rij gaat weg als niets er meer naar verwijst.",
	},
	{
		Name:   "people_photos",
		Holds:  "Een kleine foto van een klantmanager die dat wil, door het programma opnieuw getekend: zonder plaats, tijd of toestel.",
		About:  "Medewerkers.",
		SeenBy: "De medewerker zelf, en wie bij een gesprek van die klantmanager is, op de toestemmingspagina.",
		Kept:   "Tot de medewerker de foto weghaalt of de toegang wordt ingetrokken.",
		Erased: "De rij wordt meteen verwijderd.",
	},
	{
		Name:   "person_roles",
		Holds:  "Welke rollen iemand heeft.",
		About:  "Medewerkers.",
		SeenBy: "De medewerker zelf, de functioneel beheerder en de ondernemingsraad.",
		Kept:   "Tot de rol wordt afgenomen.",
		Erased: "De rij wordt verwijderd zodra de rol vervalt, en werkt dan meteen niet meer.",
	},
	{
		Name:   "teams",
		Holds:  "De namen van teams.",
		About:  "Niemand in het bijzonder.",
		SeenBy: "Alle medewerkers.",
		Kept:   "Zolang het team bestaat.",
		Erased: "De functioneel beheerder verwijdert het team.",
	},
	{
		Name:   "team_members",
		Holds:  "Wie bij welk team hoort.",
		About:  "Medewerkers.",
		SeenBy: "Medewerkers die iemand kunnen uitnodigen.",
		Kept:   "Zolang iemand bij het team hoort.",
		Erased: "De rij wordt verwijderd als iemand het team verlaat.",
	},
	{
		Name:   "evaluator_relations",
		Holds:  "Wie het werk van welke medewerker beoordeelt, vanaf wanneer en wie dat heeft vastgelegd.",
		About:  "Beoordelaars en beoordeelde medewerkers.",
		SeenBy: "De beoordeelde medewerker, de functioneel beheerder en de ondernemingsraad.",
		Kept:   "Tot twee jaar na het einde van de relatie: een jaar werkt zij nog door, een jaar dient zij als bewijs.",
		Erased: "Een opruimtaak verwijdert de rij na die termijn; eerder weigert de database dat.",
	},
	{
		Name:   "evaluator_endings",
		Holds:  "Wanneer een beoordelaarsrelatie eindigt en wie dat heeft vastgelegd.",
		About:  "Beoordelaars en beoordeelde medewerkers.",
		SeenBy: "De beoordeelde medewerker, de functioneel beheerder en de ondernemingsraad.",
		Kept:   "Even lang als de relatie zelf.",
		Erased: "Verdwijnt samen met de relatie.",
	},
	{
		Name:   "staff_sessions",
		Holds:  "Een hash van het sessienummer, van wie de sessie is en wanneer zij begon en laatst is gebruikt.",
		About:  "Medewerkers die zijn aangemeld.",
		SeenBy: "Niemand.",
		Kept:   "Tot afmelden, twee uur niets doen of twaalf uur na aanmelden.",
		Erased: "Bij afmelden meteen, anders door een opruimtaak.",
	},
	{
		Name:   "sign_in_requests",
		Holds:  "Eenmalige geheimen van een aanmelding die nog loopt en de pagina waar die naar terugkeert.",
		About:  "Wie zich aan het aanmelden is; zonder naam.",
		SeenBy: "Niemand.",
		Kept:   "Ten hoogste tien minuten.",
		Erased: "Bij gebruik meteen, anders door een opruimtaak.",
	},
	{
		Name:   "audit_chains",
		Holds:  "Per opname het nummer en de hash van de laatste logregel.",
		About:  "Niemand: een opnamenummer en getallen.",
		SeenBy: "De privacybeheerder en de functionaris gegevensbescherming, via de controle van het log.",
		Kept:   "Zolang er logregels van de opname zijn.",
		Erased: "Verdwijnt met de laatste logregel.",
	},
	{
		Name:   "audit_entries",
		Holds:  "Wie wanneer wat deed of wilde doen, met welk doel, welke regel besliste en welk stuk is bekeken; nooit inhoud.",
		About:  "Medewerkers en, alleen als nummer, deelnemers aan een gesprek.",
		SeenBy: "De klantmanager ziet wie er keek, de inwoner hoeveel, wanneer en waarvoor, de functionaris gegevensbescherming alles.",
		Kept:   "Een jaar, of zoveel langer als de organisatie instelt.",
		Erased: "Een opruimtaak verwijdert verlopen regels; eerder weigert de database dat, en wijzigen kan nooit.",
	},
}
