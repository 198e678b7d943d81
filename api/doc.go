// Package api is the front door: HTTP in, rooms behind. It holds the contract
// (openapi.yaml, types generated into contract/), the one table of routes, who
// is asking (authentication), whether they may (authorisation, default deny),
// and the one table that turns errors of the rooms into RFC 9457 problems.
//
// # Invariants
//
//  1. Every route stands in routes.go with its action and its way of signing in;
//     what is not in the table answers 404.
//  2. A staff handler that answers without a decision of the policy is a fault
//     of ours: the answer is thrown away (500), never sent.
//  3. Every error is application/problem+json with a stable code: not found,
//     wrong method and panics too. Nothing of an inner error reaches the client.
//  4. No log line holds a path of the client, a token, a name or a note: the
//     route's pattern stands for the path.
//  5. GET and HEAD change nothing. What does is refused across origins.
//  6. Every route has a limit for its body, and for its time but where it lasts by
//     nature: a film and a stream of changes are cut when the right to them ends,
//     an upload and a download end with their bytes.
//  7. Link and cookie of a participant never meet a session of staff: the pages
//     of citizen.go know no staff session, the API knows no link.
//
// gin is known only here. The rooms are reached by their services, joined in
// cmd/vakspiegel.
package api
