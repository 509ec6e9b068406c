package folderhold

// On Windows a file that is open cannot be removed: the lock in the folder is enough.
func take(string) (Held, bool) { return nothing{}, true }
