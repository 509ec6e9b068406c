// Package adapterhost runs the departments' adapters as processes: it checks
// each program against its pinned SHA-256, starts it in an environment of its
// own, asks it for everything after the cursors that intake keeps, watches it
// and starts it again when it breaks down. No adapter can take the console or
// another adapter down; what it does wrong is told to the office in a sentence.
package adapterhost
