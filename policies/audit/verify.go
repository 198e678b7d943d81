package audit

import (
	"bytes"
	"context"
	"fmt"

	"gorm.io/gorm"
)

// Report is what Verify found.
type Report struct {
	Chains  int
	Entries int // checked; behind a break nothing is
	Broken  []Break
}

// OK reports whether every chain holds.
func (r Report) OK() bool { return len(r.Broken) == 0 }

// Break is the first place at which a chain does not hold.
type Break struct {
	ChainID string
	Seq     int64
	Reason  string
}

func (b Break) String() string {
	return fmt.Sprintf("chain %s, entry %d: %s", b.ChainID, b.Seq, b.Reason)
}

// Verify recomputes every chain from its first kept entry to its head. It may
// run while others append. A break is in the report, not in the error.
func (l *Log) Verify(ctx context.Context) (Report, error) {
	var chains []string
	err := l.db.WithContext(ctx).
		Raw(`SELECT chain_id FROM audit_chains UNION SELECT chain_id FROM audit_entries ORDER BY chain_id`).Scan(&chains).Error
	if err != nil {
		return Report{}, fmt.Errorf("audit verify: %w", err)
	}
	report := Report{Chains: len(chains)}
	for _, chain := range chains {
		entries, broken, err := verifyChain(l.db.WithContext(ctx), chain)
		if err != nil {
			return Report{}, fmt.Errorf("audit verify: %w", err)
		}
		report.Entries += entries
		if broken != nil {
			report.Broken = append(report.Broken, *broken)
		}
	}
	return report, nil
}

// link is an entry beside its chain's head, read by one statement so that both
// are of one moment. Either may be missing; its Seq is 0 then.
type link struct {
	Entry     entryRow `gorm:"embedded"`
	HeadSeq   int64
	HeadHash  []byte
	PurgedSeq int64
}

const linksSQL = `SELECT e.*, c.seq AS head_seq, c.hash AS head_hash, c.purged_seq
	FROM (SELECT CAST(@chain AS text) AS chain_id) w
	LEFT JOIN audit_chains c ON c.chain_id = w.chain_id
	LEFT JOIN audit_entries e ON e.chain_id = w.chain_id ORDER BY e.seq`

func verifyChain(db *gorm.DB, chain string) (entries int, broken *Break, err error) {
	rows, err := db.Raw(linksSQL, map[string]any{"chain": chain}).Rows()
	if err != nil {
		return 0, nil, err
	}
	defer rows.Close()
	walk := walk{chain: chain}
	for rows.Next() {
		var l link
		if err := db.ScanRows(rows, &l); err != nil {
			return 0, nil, err
		}
		if walk.broken == nil {
			walk.step(l)
		}
	}
	if err := rows.Err(); err != nil {
		return 0, nil, err
	}
	walk.end()
	return walk.entries, walk.broken, nil
}

// walk goes along one chain and stops at the first break.
type walk struct {
	chain   string
	entries int
	head    link
	seq     int64
	hash    []byte
	broken  *Break
}

func (w *walk) step(l link) {
	if w.entries == 0 {
		w.head, w.seq = l, l.PurgedSeq
	}
	e := l.Entry
	if e.Seq == 0 {
		return // a head without entries
	}
	w.entries++
	first := w.entries == 1
	switch {
	case l.HeadSeq == 0:
		w.fail(e.Seq, "the chain has no head")
	case e.Seq > w.seq+1:
		w.fail(w.seq+1, "missing")
	case e.Seq <= w.seq:
		w.fail(e.Seq, "should have been purged")
	case e.Seq == 1 && len(e.PrevHash) != 0, !first && !bytes.Equal(e.PrevHash, w.hash):
		w.fail(e.Seq, "does not follow the one before")
	case !bytes.Equal(e.Hash, e.digest()):
		w.fail(e.Seq, "was changed")
	}
	w.seq, w.hash = e.Seq, e.Hash
}

func (w *walk) end() {
	switch {
	case w.broken != nil || w.head.HeadSeq == 0:
	case w.seq < w.head.HeadSeq:
		w.fail(w.seq+1, "missing at the end")
	case w.seq > w.head.HeadSeq:
		w.fail(w.head.HeadSeq+1, "is after the head")
	case w.entries > 0 && !bytes.Equal(w.hash, w.head.HeadHash):
		w.fail(w.seq, "is not what the head holds")
	}
}

func (w *walk) fail(seq int64, reason string) { w.broken = &Break{w.chain, seq, reason} }
