package session

// AgreementVersion is the present version of the safe-haven agreement. Whoever
// accepted an older one accepts again before they look.
const AgreementVersion = 1

// Agreement is the text that everyone accepts before a session, in Dutch and
// English (Van kijken naar zien, rules 2 and 3). A new wording is a new version.
var Agreement = struct{ NL, EN string }{
	NL: "Wat we zien en zeggen blijft hier. We kijken om te leren, niet om te oordelen. We nemen niets op en delen niets door. " +
		"Ik beoordeel deze collega niet, en ook niet in de komende twaalf maanden. De eigenaar van de opname mag op elk moment stoppen, zonder uitleg.",
	EN: "What we see and say stays here. We look to learn, not to judge. We record nothing and pass nothing on. " +
		"I do not evaluate this colleague, nor will I in the coming twelve months. The owner of the recording may stop at any moment, without explanation.",
}
