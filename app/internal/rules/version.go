package rules

// Version numbers what Judge makes of the same facts, and rises with every
// change of verdicts: of a finding, a clock, a summary or a word of either.
// What was judged by another version is judged anew when a data folder is
// opened, so that verdicts stored there and those that a check of the folder
// computes are of one kind.
const Version = 18
