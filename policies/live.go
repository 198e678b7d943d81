package policies

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// Pair asks about an actor before an owner's recording.
type Pair struct{ ActorID, OwnerID uuid.UUID }

// LiveFacts are what is so at this moment of a pair.
type LiveFacts struct {
	Roles     []Role // of the actor
	Disabled  bool   // the actor; also someone who is not there
	Evaluates bool   // the actor evaluates the owner: announced, now, or ended less than 12 months ago
}

// Live answers all pairs with one query, so that a lease can ask it for every
// running stream of a replica four times a second. Every pair asked is in the
// answer; someone unknown is disabled. db is a transaction or nil. On error
// nothing is known and nothing may go on.
func (p *People) Live(ctx context.Context, db *gorm.DB, queries []Pair) (map[Pair]LiveFacts, error) {
	answers := make(map[Pair]LiveFacts, len(queries))
	if len(queries) == 0 {
		return answers, nil
	}
	if db == nil {
		db = p.db
	}
	var rows []liveRow
	if err := db.WithContext(ctx).Raw(liveSQL, p.liveArgs(queries)).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("live facts: %w", err)
	}
	present, roles, evaluates := map[uuid.UUID]bool{}, map[uuid.UUID][]Role{}, map[Pair]bool{}
	for _, row := range rows {
		switch row.What {
		case "present":
			present[row.ActorID] = true
		case "role":
			roles[row.ActorID] = append(roles[row.ActorID], Role(row.Role))
		default:
			evaluates[Pair{row.ActorID, row.OwnerID}] = true
		}
	}
	for _, pair := range queries {
		answers[pair] = LiveFacts{slices.Sorted(slices.Values(roles[pair.ActorID])), !present[pair.ActorID], evaluates[pair]}
	}
	return answers, nil
}

type liveRow struct {
	What    string
	ActorID uuid.UUID
	OwnerID uuid.UUID
	Role    string
}

// One statement sees one moment. The evaluators of all actors and owners are
// more than the pairs asked, but each table is read once.
const liveSQL = `SELECT 'present' AS what, id AS actor_id, id AS owner_id, '' AS role
	FROM people WHERE id IN @actors AND disabled_at IS NULL
UNION ALL SELECT 'role', person_id, person_id, role
	FROM person_roles WHERE person_id IN @actors
UNION ALL SELECT 'evaluates', r.evaluator_id, r.evaluated_id, ''
	FROM evaluator_relations r WHERE r.evaluator_id IN @actors AND r.evaluated_id IN @owners AND ` + stillCounts

// stillCounts is the condition on a relation r that has no end, or whose end has
// not been recorded and over for afterglow.
const stillCounts = `(NOT EXISTS (SELECT 1 FROM evaluator_endings e WHERE e.relation_id = r.id)
	OR EXISTS (SELECT 1 FROM evaluator_endings e WHERE e.relation_id = r.id AND (e.ends_at > @cutoff OR e.recorded_at > @cutoff)))`

func (p *People) liveArgs(queries []Pair) map[string]any {
	actors, owners := map[uuid.UUID]bool{}, map[uuid.UUID]bool{}
	for _, pair := range queries {
		actors[pair.ActorID], owners[pair.OwnerID] = true, true
	}
	return map[string]any{"actors": keys(actors), "owners": keys(owners), "cutoff": p.utc().Add(-afterglow)}
}

func keys(set map[uuid.UUID]bool) []uuid.UUID {
	list := make([]uuid.UUID, 0, len(set))
	for id := range set {
		list = append(list, id)
	}
	return list
}

// Evaluated are the people whom the actor evaluates (announced, now, or ended
// less than 12 months ago): a list leaves out what is theirs, so that it shows
// exactly what single look-ups would allow. db is a transaction or nil.
func (p *People) Evaluated(ctx context.Context, db *gorm.DB, actorID uuid.UUID) ([]uuid.UUID, error) {
	if db == nil {
		db = p.db
	}
	var ids []uuid.UUID
	err := db.WithContext(ctx).Raw("SELECT DISTINCT r.evaluated_id FROM evaluator_relations r WHERE r.evaluator_id = @actor AND "+stillCounts,
		map[string]any{"actor": actorID, "cutoff": p.utc().Add(-afterglow)}).Scan(&ids).Error
	if err != nil {
		return nil, fmt.Errorf("evaluated: %w", err)
	}
	return ids, nil
}
