package api

import (
	"net/http"

	"vakspiegel/api/contract"
	"vakspiegel/policies"
	"vakspiegel/review/protocol"
)

// protocolRoutes are what a session can follow. Like the learning lists they are
// of nobody, and everyone who signed in may read them.
func (s *Server) protocolRoutes() []route {
	return []route{
		{http.MethodGet, base + "/protocols", staff, policies.LearningListRead, false, noBody, quick, s.listProtocols},
	}
}

func (s *Server) listProtocols(*call) (reply, error) {
	out := contract.Protocols{Items: []contract.Protocol{}}
	for _, entry := range s.Protocols.All() {
		item := protocolOf(entry.Protocol)
		origin := contract.ProtocolOriginBuiltin
		if entry.File != "" {
			origin, item.File = contract.ProtocolOriginOwn, &entry.File
		}
		item.Origin = &origin
		out.Items = append(out.Items, item)
	}
	return ok(out), nil
}

// protocolOf is a protocol as it is, or as a session keeps it.
func protocolOf(from protocol.Protocol) contract.Protocol {
	out := contract.Protocol{
		ID: from.ID, Version: from.Version, Name: both(from.Name), About: both(from.About), Minutes: from.Minutes,
		Leader: contract.ProtocolLeader(from.Leader), Cases: contract.ProtocolCases(from.Cases), Steps: []contract.ProtocolStep{},
	}
	out.People.Min, out.People.Max = from.People.Min, from.People.Max
	if from.Choose != "" {
		out.Choose = &from.Choose
	}
	out.Prepare.Asks, out.Prepare.Posts = protocolAsks(from.Prepare.Asks), protocolPosts(from.Prepare.May)
	out.Prepare.Blind, out.Prepare.Refused = from.Prepare.Blind, both(from.Prepare.Refused)
	for _, step := range from.Steps {
		out.Steps = append(out.Steps, protocolStep(step))
	}
	return out
}

func protocolStep(from protocol.Step) contract.ProtocolStep {
	out := contract.ProtocolStep{
		ID: from.ID, Name: both(from.Name), Minutes: from.Minutes, Asks: protocolAsks(from.Asks), Posts: protocolPosts(from.May),
		Film: contract.ProtocolStepFilm(from.Film), Gate: contract.ProtocolStepGate(from.Gate),
		Blind: from.Blind, Reveal: from.Reveal, Rehearse: from.Rehearse, Refused: both(from.Refused),
	}
	if from.Leads != protocol.NobodyLeads {
		leads := contract.ProtocolStepLeads(from.Leads)
		out.Leads = &leads
	}
	return out
}

func protocolAsks(from protocol.Asks) contract.ProtocolAsks {
	return contract.ProtocolAsks{Owner: both(from.Owner), Participant: both(from.Participant), Leader: both(from.Leader)}
}

func protocolPosts(from protocol.Kinds) contract.ProtocolPosts {
	return contract.ProtocolPosts{
		Owner: contributionKinds(from.Owner), Participant: contributionKinds(from.Participant), Leader: contributionKinds(from.Leader),
	}
}

func contributionKinds(from []protocol.Kind) []contract.ContributionKind {
	out := []contract.ContributionKind{}
	for _, kind := range from {
		out = append(out, contract.ContributionKind(kind))
	}
	return out
}

func both(from protocol.Text) contract.Label { return contract.Label{Nl: from.NL, En: from.EN} }
