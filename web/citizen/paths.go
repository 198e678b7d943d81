package citizen

// Paths that the pages link or post to; the server routes them.
const (
	PathConsent       = "/toestemming"               // GET: the page that fits the record; POST: every form
	PathKept          = "/toestemming/bewaren"       // GET: Answered again, while code and QR may be shown
	PathDone          = "/toestemming/klaar"         // GET: Answered after a yes, Refused after a no; of one size; POST: "Klaar" on a shared screen
	PathSignIn        = "/inloggen"                  // of staff: where Returned leads
	PathPhoto         = "/toestemming/foto"          // GET ?r=Ref: the klantmanager's photo, where there is one
	PathSound         = "/toestemming/geluid"        // GET ?taal=: the consent text read aloud, where there is one
	PathCard          = "/toestemming/kaart"         // GET, also with FieldNeutral: Card, while it may be shown
	PathReceipt       = "/toestemming/verklaring"    // GET ?nr=N: Receipt, the newest without; .json: the signed file
	PathStatement     = "/toestemming/wisverklaring" // GET: Statement; .json: the signed file
	PathOwn           = "/verklaringen"              // of staff: their own receipts; below it Receipt and Statement of each record
	PathCheck         = "/verklaring"                // GET ?v=ID&k=digest: Check, for everyone
	PathRefused       = "/toestemming/nee"           // GET: Refused, for everyone, without a cookie
	PathCode          = "/code"                      // GET: Code; POST: `code`
	PathLost          = "/link-kwijt"                // GET
	PathLimits        = "/eerlijke-grenzen"          // GET
	PathPrivacy       = "/privacy"                   // GET
	PathAccessibility = "/toegankelijkheid"          // GET
	PathStatic        = "/citizen/"                  // GET: Static
)

// Names and values of the fields of the forms.
const (
	FieldRef      = "r"
	FieldLanguage = "taal" // also the query of the language links
	FieldChoice   = "keuze"
	FieldUntil    = "tot"    // what was asked, with ChoiceLonger: RFC 3339
	FieldVersion  = "versie" // of the text that is read above the form
	FieldScope    = "scope"
	FieldLess     = "weg"  // a scope that goes, on our own form of `minder`
	FieldTick     = "vink" // TickNeeded: the form has a box that must be ticked
	FieldConfirm  = "bevestig"
	FieldCode     = "code"
	FieldNumber   = "nr"       // of a receipt
	FieldDocument = "v"        // of the page that checks: the id of a receipt, or of the record of a statement
	FieldDigest   = "k"        // the first DigestDigits of its digest, at least
	FieldKind     = "soort"    // KindStatement for a statement; without it a receipt
	FieldNeutral  = "neutraal" // query of the card that says little
	FieldPIN      = "pin"      // the present one
	FieldEmail    = "email"
	FieldNewPIN   = "nieuwepin"
	FieldNewAgain = "nieuwepin2" // typed once more

	ChoiceYes       = "ja"
	ChoiceNo        = "nee"
	ChoiceNarrow    = "minder"
	ChoicePause     = "stil"
	ChoiceResume    = "verder"
	ChoiceErase     = "wis"
	ChoicePIN       = "pincode"
	ChoiceWish      = "terugkijken"
	ChoiceUnwish    = "niet-terugkijken"
	ChoiceRemind    = "herinnering"
	ChoiceNoRemind  = "geen-herinnering"
	ChoiceAgain     = "nogmaals"
	ChoiceLonger    = "langer"
	ChoiceNotLonger = "niet-langer"
	KindStatement   = "wis"
	DigestDigits    = 32 // 128 bits: nobody finds another document with them

	ConfirmYes = "ja"
	TickNeeded = "nodig"
)
