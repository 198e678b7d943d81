package texts

// Text is one version of the consent text in one language, as the citizen sees
// it. Sentences may hold the places {klantmanager}, {organisation}, {days}
// (retention, days) and {hours} (cooling-off, hours); see Fill. The article
// "privacy" has {organisation}, {basis} (the sentence about the legal basis),
// {days} and {proof} (days that the last proof outlives the erasing).
type Text struct {
	Version   string // "v1", from the name of the file
	Language  string // BCP 47, the name of the folder
	Direction string // "ltr" or "rtl"
	Hash      string // SHA-256 of the file, lower-case hex
	Own       bool   // from the municipality's folder, not from the program

	Article
	Limits     string           // one line of honest limits, beside a link to the page
	Scopes     map[string]Scope // coach, peers, training: who else may look
	ScopesAsk  string           // the question above the boxes
	ScopesFree string           // that no box needs a tick
	ScopesWait string           // that others look after the cooling-off ({hours})
	Yes, No    string           // the two buttons
	Sound      *Sound           // the text read aloud, nil without
}

// Scope is one box: a single sentence beside it.
type Scope struct {
	Sentence string `yaml:"sentence"`
}

// Article is a page of running text.
type Article struct {
	Title    string    `yaml:"title"`
	Intro    []string  `yaml:"intro"`
	Sections []Section `yaml:"sections"`
}

// Section is a heading with short paragraphs.
type Section struct {
	ID      string `yaml:"id"`      // stable name, the same in every language
	Picture string `yaml:"picture"` // name of a picture of web/citizen, "" for none
	Heading string `yaml:"heading"`
	// Answer is set in heavy type before the paragraphs ("Nee."), "" for none.
	Answer     string   `yaml:"answer"`
	Paragraphs []string `yaml:"paragraphs"`
	// Roles limits the section to these roles of a participant; empty: everyone.
	Roles []string `yaml:"roles"`
}

// For tells whether a participant with this role reads the section.
func (s Section) For(role string) bool {
	for _, r := range s.Roles {
		if r == role {
			return true
		}
	}
	return len(s.Roles) == 0
}

// consentFile is the form of consent/vN.yaml.
type consentFile struct {
	Article    `yaml:",inline"`
	Limits     string           `yaml:"limits"`
	Scopes     map[string]Scope `yaml:"scopes"`
	ScopesAsk  string           `yaml:"scopesAsk"`
	ScopesFree string           `yaml:"scopesFree"`
	ScopesWait string           `yaml:"scopesWait"`
	Yes        string           `yaml:"yes"`
	No         string           `yaml:"no"`
}
