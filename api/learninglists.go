package api

import (
	"net/http"

	"vakspiegel/api/contract"
	"vakspiegel/policies"
	"vakspiegel/review"
)

// learningListRoutes are the lists people learn with. They are of nobody: who
// may read or publish them does not depend on which list it is.
func (s *Server) learningListRoutes() []route {
	const get, post = http.MethodGet, http.MethodPost
	const list = base + "/learning-lists/:listKind/:listCode"
	return []route{
		{get, base + "/learning-lists", staff, policies.LearningListRead, false, noBody, quick, s.listLearningLists},
		{get, list + "/versions", staff, policies.LearningListRead, true, noBody, quick, s.listLearningListVersions},
		{post, list, staff, policies.LearningListPublish, true, small, quick, s.publishLearningList},
	}
}

func (s *Server) listLearningLists(c *call) (reply, error) {
	lists, err := s.Review.Lists(c.ctx())
	if err != nil {
		return reply{}, err
	}
	out := contract.LearningLists{
		Moments: learningList(lists.Moments), Codes: learningList(lists.Codes), Forms: []contract.FormTemplate{},
	}
	for _, form := range lists.Forms {
		out.Forms = append(out.Forms, formTemplate(form))
	}
	return ok(out), nil
}

func (s *Server) listLearningListVersions(c *call) (reply, error) {
	if _, err := s.decideList(c); err != nil {
		return reply{}, err
	}
	versions, err := s.Review.ListVersions(c.ctx(), review.ListKind(c.Param("listKind")), c.Param("listCode"))
	if err != nil {
		return reply{}, err
	}
	out := contract.LearningListVersions{Items: []contract.LearningListVersion{}}
	for _, version := range versions {
		out.Items = append(out.Items, listVersion(version))
	}
	return ok(out), nil
}

func (s *Server) publishLearningList(c *call) (reply, error) {
	decision, err := s.decideList(c)
	if err != nil {
		return reply{}, err
	}
	basedOn, err := c.ifMatch()
	if err != nil {
		return reply{}, err
	}
	body, err := decode[contract.NewLearningListVersion](s, c, "NewLearningListVersion")
	if err != nil {
		return reply{}, err
	}
	kind, code := review.ListKind(c.Param("listKind")), c.Param("listCode")
	published, err := s.Review.PublishList(c.ctx(), c.actor, decision.Rule, kind, code, basedOn, listContent(body))
	if err != nil {
		return reply{}, err
	}
	s.hub.nudge()
	return reply{
		status: 201, body: listVersion(published),
		header: map[string]string{"ETag": etag(published.Version), "Location": base + "/learning-lists/" + string(kind) + "/" + code + "/versions"},
	}, nil
}

// decideList asks the policy. That the lists exist is no secret to who may not
// publish them: a no is 403.
func (s *Server) decideList(c *call) (policies.Decision, error) {
	decision := s.Policy.Decide(c.actor, c.route.action, policies.Facts{}, policies.NoPurpose)
	if !decision.Allowed {
		return decision, errForbidden
	}
	c.decided = true
	return decision, nil
}

func listContent(from contract.NewLearningListVersion) review.ListContent {
	content := review.ListContent{Title: fromLabel(from.Title), Lead: fromLabel(from.Lead), Current: from.Current == nil || *from.Current}
	for _, entry := range from.Entries {
		in := review.ListEntry{Code: entry.Code, Label: *fromLabel(&entry.Label)}
		if entry.Kind != nil {
			in.Kind = review.EntryKind(*entry.Kind)
		}
		content.Entries = append(content.Entries, in)
	}
	return content
}

func fromLabel(from *contract.WrittenLabel) *review.Label {
	if from == nil {
		return nil
	}
	label := review.Label{NL: from.Nl}
	if from.En != nil {
		label.EN = *from.En
	}
	return &label
}

func learningList(from review.LearningList) contract.LearningList {
	out := contract.LearningList{Version: from.Version, PublishedAt: from.PublishedAt, Entries: []contract.ListEntry{}}
	for _, entry := range from.Entries {
		out.Entries = append(out.Entries, contract.ListEntry{Code: entry.Code, Label: label(entry.Label), Current: entry.Current})
	}
	return out
}

// formTemplate is a form as one fills it in.
func formTemplate(from review.ListVersion) contract.FormTemplate {
	out := contract.FormTemplate{
		Code: from.Code, Version: from.Version, PublishedAt: from.PublishedAt, Current: from.Current, Entries: []contract.FormEntry{},
	}
	if from.Title != nil {
		out.Title = label(*from.Title)
	}
	if from.Lead != nil {
		lead := label(*from.Lead)
		out.Lead = &lead
	}
	for _, entry := range from.Entries {
		out.Entries = append(out.Entries, contract.FormEntry{Code: entry.Code, Kind: contract.FormEntryKind(entry.Kind), Label: label(entry.Label)})
	}
	return out
}

func label(from review.Label) contract.Label {
	whole := from.Whole()
	return contract.Label{Nl: whole.NL, En: whole.EN}
}

// listVersion is a version as it was written: without English where none was.
func listVersion(from review.ListVersion) contract.LearningListVersion {
	out := contract.LearningListVersion{
		Version: from.Version, PublishedAt: from.PublishedAt, Current: from.Current, Entries: []contract.WrittenEntry{},
		Title: writtenLabel(from.Title), Lead: writtenLabel(from.Lead),
	}
	for _, entry := range from.Entries {
		e := contract.WrittenEntry{Code: entry.Code, Label: *writtenLabel(&entry.Label)}
		if entry.Kind != "" {
			kind := contract.FormEntryKind(entry.Kind)
			e.Kind = &kind
		}
		out.Entries = append(out.Entries, e)
	}
	return out
}

func writtenLabel(from *review.Label) *contract.WrittenLabel {
	if from == nil {
		return nil
	}
	out := contract.WrittenLabel{Nl: from.NL}
	if from.EN != "" {
		out.En = &from.EN
	}
	return &out
}
