package review

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"vakspiegel/policies"
	"vakspiegel/policies/audit"
)

// Lists are all learning lists as they apply now. Who may read them the caller
// decides: they are of nobody.
func (s *Service) Lists(ctx context.Context) (LearningLists, error) {
	var lists LearningLists
	all, err := allVersions(s.DB.WithContext(ctx))
	if err != nil {
		return lists, err
	}
	lists.Moments, lists.Codes = known(all, MomentList), known(all, CodeList)
	seen := map[string]bool{}
	for _, v := range all {
		if v.Kind == FormList && !seen[v.Code] {
			seen[v.Code] = true
			lists.Forms = append(lists.Forms, v)
		}
	}
	slices.SortFunc(lists.Forms, func(a, b ListVersion) int { return strings.Compare(a.Code, b.Code) })
	return lists, nil
}

// known is the newest version of a list, and behind it what older ones had:
// an old note still has the name of its moment (invariant 8).
func known(all []ListVersion, kind ListKind) LearningList {
	var list LearningList
	seen := map[string]bool{}
	newest := true
	for _, v := range all {
		if v.Kind != kind {
			continue
		}
		if newest {
			list.Version, list.PublishedAt = v.Version, v.PublishedAt
		}
		for _, entry := range v.Entries {
			if !seen[entry.Code] {
				seen[entry.Code] = true
				list.Entries = append(list.Entries, KnownEntry{entry, newest})
			}
		}
		newest = false
	}
	return list
}

// ListsVersion rises with everything that is published, of any list.
func (s *Service) ListsVersion(ctx context.Context) (int64, error) {
	var published int64
	err := s.DB.WithContext(ctx).Model(&listRow{}).Count(&published).Error
	return published, err
}

// ListVersions are all versions of a list, the newest first. Error: ErrNotFound.
func (s *Service) ListVersions(ctx context.Context, kind ListKind, code string) ([]ListVersion, error) {
	versions, err := versionsOf(s.DB.WithContext(ctx), kind, code)
	if err == nil && len(versions) == 0 {
		return nil, ErrNotFound
	}
	return versions, err
}

// PublishList makes content the newest version of a list, if basedOn is the
// newest now. A new form is based on version 0. The caller has decided that the
// actor may, by rule. Errors: ErrNotFound, ErrListChanged, *Invalid.
func (s *Service) PublishList(ctx context.Context, actor policies.Actor, rule string, kind ListKind, code string, basedOn int64, content ListContent) (ListVersion, error) {
	now := s.now()
	published := ListVersion{ListContent: content, Kind: kind, Code: code, Version: basedOn + 1, PublishedAt: &now}
	if !listCode.MatchString(code) {
		return published, ErrNotFound
	}
	err := s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		versions, err := versionsOf(tx, kind, code)
		if err != nil {
			return err
		}
		if len(versions) == 0 && kind != FormList {
			return ErrNotFound
		}
		if err := content.check(kind); err != nil {
			return err
		}
		if newest(versions) != basedOn {
			return ErrListChanged
		}
		if err := published.add(tx, actor.ID); err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, audit.Entry{
			At: now, ActorKind: string(actor.Kind), ActorID: actor.ID.String(), Action: string(policies.LearningListPublish),
			ObjectKind: string(policies.LearningList), ObjectID: string(kind) + "/" + code, Rule: rule, Result: audit.Done,
		})
	})
	return published, err
}

// newest is the number of the newest of versions: 0 for a form that is new.
func newest(versions []ListVersion) int64 {
	if len(versions) == 0 {
		return 0
	}
	return versions[0].Version
}
