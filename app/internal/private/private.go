// Package private keeps a data folder from the machine's other users: it holds the
// signing key, the accounts and what departments tell of applicants. A folder that was
// there before may have come from a copy or a careless umask, so that its rights are
// set right at every opening and not only when it is made.
package private

// Folder takes the folder from everybody but its owner, and of what is in it the names
// given (patterns of path.Match), folders with all that is in them. What belongs to
// somebody else, and disks that know no rights, stay as they are; a folder that many
// share on purpose (sticky, like /tmp) does, too, but for the names. What was open to
// others is told, by its path within the folder ("." is the folder itself).
func Folder(dir string, names ...string) (opened []string) { return folder(dir, names) }
