package media

import "vakspiegel/policies"

// Holdings are what this room keeps: tables, what lies in the object store, and
// what the key holders keep.
var Holdings = []policies.Stored{
	{
		Name:   "key_epochs",
		Holds:  "Nummers van sleutelperioden en wanneer zij begonnen, eindigden en zijn vernietigd; geen sleutels.",
		About:  "Niemand.",
		SeenBy: "De technisch beheerder.",
		Kept:   "Zolang het systeem bestaat.",
		Erased: "Niet: zonder deze nummers kan een oude sleutelkaart niet worden geweigerd.",
	},
	{
		Name:   "data_keys",
		Holds:  "Per opname, per gesprek en per voornemen de sleutel, versleuteld met een sleutel die niet in de database staat. Van een voornemen staat er niet bij wanneer.",
		About:  "Wie in het gesprek was; wie het voornemen schreef; alleen als nummer.",
		SeenBy: "Niemand.",
		Kept:   "Zolang de opname, het gesprek of het voornemen bestaat.",
		Erased: "Bij wissen gaat de rij weg en wordt de sleutel waarmee zij was versleuteld bij elke bewaarder vernietigd, binnen een minuut.",
	},
	{
		Name:   "recordings",
		Holds:  "Van elke opname: bij welk gesprek en welke klantmanager zij hoort, toestand, soort bestand, grootte, duur, tot wanneer zij wordt bewaard, en wanneer de klantmanager zei haar nog nodig te hebben; geen bestandsnaam.",
		About:  "De klantmanager en, alleen via het gespreksnummer, wie er verder bij was.",
		SeenBy: "De klantmanager van wie de opname is.",
		Kept:   "Zestig dagen na het filmen, of zoals de organisatie instelt, ten hoogste 180 dagen; de database zelf weigert meer.",
		Erased: "Na het wissen van de bytes verdwijnt de rij, met alles wat eraan hangt.",
	},
	{
		Name:   "originals",
		Holds:  "Van een opname uit een bestand: dat er ergens anders een eerste bestand was, en wanneer de klantmanager zei dat het daar is gewist. Geen naam van het bestand, geen plaats.",
		About:  "De klantmanager; indirect wie erbij was.",
		SeenBy: "De klantmanager van wie de opname is; wie erbij was op de eigen pagina.",
		Kept:   "Als bewijs tot een jaar na de langste bewaartermijn, of zoals de organisatie instelt, zonder inhoud.",
		Erased: "Een opruimtaak verwijdert de rij na de eigen termijn; eerder weigert de database dat.",
	},
	{
		Name:   "cuts",
		Holds:  "Van elk fragment dat wordt uitgeknipt om samen te bekijken: van welke seconde tot welke, hoe ver het knippen is, hoe groot, en waarom het mislukte.",
		About:  "Iedereen die te zien of te horen is, alleen als nummer van de opname.",
		SeenBy: "Wie aan de sessie meedoet.",
		Kept:   "Zolang de opname, ten hoogste tot de eigenaar het fragment terugneemt of de sessie eindigt.",
		Erased: "Verdwijnt samen met de opname; bij terugnemen of einde van de sessie zodra de stukken in de opslag zijn verwijderd en dat is nagekeken.",
	},
	{
		Name:   "segments",
		Holds:  "Welke versleutelde stukken samen een opname of een fragment daarvan zijn: naam in de opslag, plaats, grootte, zout en controlegetal.",
		About:  "Niemand in het bijzonder: getallen.",
		SeenBy: "Niemand.",
		Kept:   "Zolang de opname, of het fragment.",
		Erased: "Verdwijnt samen met de opname, of met het fragment.",
	},
	{
		Name:   "uploads",
		Holds:  "Hoeveel bytes van een opname zijn aangekomen, van hoeveel, en tot wanneer op de rest wordt gewacht.",
		About:  "Niemand in het bijzonder: getallen.",
		SeenBy: "De klantmanager die de opname verstuurt.",
		Kept:   "Zolang de opname; een upload die een dag stilligt, wordt met de opname gewist.",
		Erased: "Verdwijnt samen met de opname.",
	},
	{
		Name:   "upload_locks",
		Holds:  "Welk verzoek op dit moment aan een upload werkt, met een willekeurige naam.",
		About:  "Niemand.",
		SeenBy: "Niemand.",
		Kept:   "Zolang het verzoek duurt, ten hoogste tien seconden langer.",
		Erased: "Aan het einde van het verzoek, anders door een opruimtaak.",
	},
	{
		Name:   "objecten recordings/",
		Holds:  "De stukken film en de fragmenten die eruit zijn geknipt, elk versleuteld met de sleutel van de opname; de naam bevat alleen nummers.",
		About:  "Iedereen die te zien of te horen is.",
		SeenBy: "Niemand; wie ze mag bekijken krijgt ze ontsleuteld van de server.",
		Kept:   "Zolang de opname.",
		Erased: "Eerst wordt de sleutel vernietigd, daarna elk stuk verwijderd en nagekeken of er niets over is, ook geen oude versies.",
	},
	{
		Name:   "objecten ledger/",
		Holds:  "Per sluiting een regel: wat er dichtging (intrekken, inperken, wissen) en wanneer, met nummers; geen reden, naam of inhoud.",
		About:  "Deelnemers aan een gesprek, alleen als nummer.",
		SeenBy: "De functionaris gegevensbescherming en de technisch beheerder.",
		Kept:   "Zolang er een reservekopie kan bestaan waarop de sluiting nog moet worden toegepast.",
		Erased: "Nu niet automatisch: zonder de regel kan een teruggezette kopie weer opengaan.",
	},
	{
		Name:   "file:PATH (sleutelkaart)",
		Holds:  "De sleutels van de lopende periode en de geheime sleutel voor de korte codes.",
		About:  "Niemand.",
		SeenBy: "Alleen het programma; nooit in een reservekopie.",
		Kept:   "Tot de volgende sleutelperiode; de geheime sleutel voor codes blijft.",
		Erased: "Bij elke wisseling wordt de oude sleutel bij alle bewaarders overschreven en verwijderd.",
	},
}
