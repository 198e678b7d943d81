// Package policies decides who may do what with what, and why; it keeps the
// people, their roles, teams and evaluators, and their sign-ins.
//
// Terms:
//
//   - role: what a person is in the organisation, given by an administrator.
//   - relation: what a person is to one object (owner, author). In the policy
//     a role is written "role:coach" and a relation "is:owner", so that
//     neither can be mistaken for the other, whatever a person is called.
//   - fact: what the database says about one object at this moment. Facts are
//     read by the caller from the primary, in the same transaction or query
//     round as the work they allow; they are never kept.
//   - purpose: why someone looks. It follows from the page or session in which
//     they look; a client never sends it. Purposed actions (Action.Purposed)
//     need one, all others are asked with NoPurpose.
//   - evaluator: whoever judges a klantmanager's work. A relation counts from
//     the moment it is announced until twelve months after its end, longer
//     than any recording lives.
//   - owner: the recorded klantmanager. One who is no klantmanager any more is
//     a former owner, who can erase but no longer look.
//
// How a decision is made: guard.go says no first, in Go; then casbin looks for
// a line in policy.csv; no line is no. matrix.csv holds the expected answer of
// every cell and is read by people.
//
// Invariants; tests cite them by number:
//
//  1. Nobody who evaluates the owner gets a yes, by any role, relation or purpose.
//  2. The purposes performance_evaluation and evidence never get a yes.
//  3. What no line allows is refused; an error is a refusal.
//  4. Model and policy are embedded and validated whole when loaded; a file
//     with any shape that casbin would read as "allow" by mistake is refused.
//  5. A role comes only from person_roles, a relation only from facts.
//  6. Every cell of matrix.csv holds, and no cell is missing.
//  7. No decision, role or fact is cached: what was taken away is gone at the
//     next question.
//  8. Evaluator relations and their endings are append-only; an ending never
//     opens anything before twelve months after it was recorded.
//  9. A person's sign-in subject is bound once.
//  10. Session tokens and sign-in states are stored as SHA-256 only; a state
//     works once.
//
// Every room may import policies; policies imports none of ours.
package policies
