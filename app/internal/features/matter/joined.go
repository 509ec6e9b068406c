package matter

// What other features' statements have of matters in SQL, so that a list of theirs
// stays one statement.

// Joined is an SQL join: the matter m, if any, that came of what an expression
// numbers, of a source of which each has at most one. It has an id and a state.
func Joined(source Source, of string) string {
	return `LEFT JOIN matters m ON m.source = '` + string(source) + `' AND m.source_id = ` + of
}

// All is an SQL table: the matters of a source, with source_id.
func All(source Source) string {
	return `(SELECT source_id FROM matters WHERE source = '` + string(source) + `')`
}

// At is an SQL table: the matters of a source that stand at a state, with id,
// source_id, finding and begun_at.
func At(source Source, state string) string {
	return `(SELECT id, source_id, finding, begun_at FROM matters WHERE source = '` + string(source) + `' AND state = '` + state + `')`
}
