package api

import (
	"vakspiegel/api/contract"
	"vakspiegel/policies"
)

func (s *Server) getSettings(c *call) (reply, error) {
	settings := contract.Settings{
		Organisation: s.Organisation, Mode: contract.SettingsMode(s.Mode), MaxUploadBytes: s.MaxUpload,
		Version: s.Version, Cuts: s.Media.CanCut(), PolicyHash: s.Policy.Hash(), People: []contract.DemoPerson{}, Mail: s.mailSettings(),
	}
	if s.Mode != Demo {
		return ok(settings), nil
	}
	people, err := s.People.List(c.ctx())
	if err != nil {
		return reply{}, err
	}
	for _, p := range people {
		settings.People = append(settings.People, contract.DemoPerson{Login: p.Login, Name: p.Name, Roles: roles(p.Roles)})
	}
	return ok(settings), nil
}

func roles(of []policies.Role) []contract.Role {
	out := make([]contract.Role, len(of))
	for i, role := range of {
		out[i] = contract.Role(role)
	}
	return out
}
