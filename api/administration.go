package api

import (
	"time"

	"vakspiegel/api/contract"
	"vakspiegel/consent/texts"
)

// The administrator's screens only read. Texts and settings are versioned files
// and variables: nothing is ever edited in place, so there is nothing to write.

// Setting is a setting and where it is set.
type Setting struct {
	Variable string
	Value    any // a time.Duration, a number of bytes (int64), a count (int) or a bool
}

// Health is what answers; nil is well.
type Health struct {
	Database, Store, Keys error
	// KeyHolders is which of them answer, in the order of the setting.
	KeyHolders []bool
	// Waiting is how long the oldest erasure waits.
	Waiting time.Duration
}

// erasedWithin is the promise about bytes (trust.md P3). What waits for less is
// told to nobody: that an erasure has just begun says that somebody withdrew.
const erasedWithin = 10 * time.Minute

func (s *Server) readTexts(*call) (reply, error) {
	list := contract.TextOverview{Languages: []contract.TextLanguage{}}
	for _, l := range s.Texts.Languages() {
		out := contract.TextLanguage{
			Tag: l.Tag, Name: l.Name, Direction: contract.TextLanguageDirection(l.Direction), ReviewedBy: l.ReviewedBy,
			Authoritative: l.Tag == texts.Authoritative, Versions: []contract.TextVersion{},
		}
		newest := s.Texts.Consent(l.Tag).Version
		for _, text := range s.Texts.Versions(l.Tag) {
			out.Versions = append(out.Versions, contract.TextVersion{
				Version: text.Version, Hash: text.Hash, Own: text.Own, Current: text.Version == newest, Sound: text.Sound != nil,
			})
		}
		list.Languages = append(list.Languages, out)
	}
	return ok(list), nil
}

func (s *Server) readTextDocuments(c *call) (reply, error) {
	documents := s.Texts.Documents(c.Query("language"))
	if documents == nil {
		return reply{}, errNotFound
	}
	out := contract.TextDocuments{Documents: []contract.TextDocument{}}
	for _, d := range documents {
		document := contract.TextDocument{Name: d.Name, Lines: []contract.TextLine{}}
		for _, line := range d.Lines {
			document.Lines = append(document.Lines, contract.TextLine{Key: line.Key, Text: line.Text})
		}
		out.Documents = append(out.Documents, document)
	}
	return ok(out), nil
}

func (s *Server) readOrganisation(*call) (reply, error) {
	o := s.Texts.Organisation()
	basis, err := s.Texts.Words(texts.Authoritative).Say("basis." + string(o.LegalBasis))
	if err != nil {
		return reply{}, err
	}
	out := contract.OrganisationPage{
		Name: s.Organisation, File: o.Name != "", Basis: basis, Address: o.Address,
		Lacks: []contract.OrganisationPageLacks{},
	}
	if out.File {
		out.Controller, out.Hash, out.Telephone = &o.Name, &o.Hash, (*string)(&o.Telephone)
		out.PrivacyContact, out.IndependentHelp = contact(o.PrivacyContact), contact(o.IndependentHelp)
		return ok(out), nil
	}
	// The file is whole or not there at all (texts, invariant 5).
	out.Address = []string{}
	out.Lacks = append(out.Lacks, contract.OrganisationPageLacksController, contract.OrganisationPageLacksAddress,
		contract.OrganisationPageLacksTelephone, contract.OrganisationPageLacksPrivacyContact, contract.OrganisationPageLacksIndependentHelp)
	return ok(out), nil
}

func contact(from texts.Contact) *contract.OrganisationContact {
	out := contract.OrganisationContact{Name: from.Name}
	if from.Telephone != "" {
		out.Telephone = (*string)(&from.Telephone)
	}
	if from.Email != "" {
		out.Email = &from.Email
	}
	return &out
}

func (s *Server) readSettings(*call) (reply, error) {
	list := contract.SettingList{Items: []contract.Setting{}}
	for _, setting := range s.Settings {
		out := contract.Setting{Variable: setting.Variable}
		switch value := setting.Value.(type) {
		case time.Duration:
			seconds := int64(value / time.Second)
			out.Seconds = &seconds
		case int64:
			out.Bytes = &value
		case int:
			count := int64(value)
			out.Count = &count
		case bool:
			out.On = &value
		}
		list.Items = append(list.Items, out)
	}
	return ok(list), nil
}

func (s *Server) readHealth(c *call) (reply, error) {
	h := s.Health(c.ctx())
	out := contract.InstallationHealth{Database: h.Database == nil, Store: h.Store == nil, Keys: h.Keys == nil, KeyHolders: append([]bool{}, h.KeyHolders...)}
	if h.Waiting >= erasedWithin {
		seconds := int64(h.Waiting / time.Second)
		out.ErasureWaitsSeconds = &seconds
	}
	return ok(out), nil
}
