#!/usr/bin/env bash
# Commit messages: a subject of at most 72 characters, an empty line, and a body
# that says why. Without arguments every commit since the rule is read; with a
# file, that one message, which is how git's hook asks (build/hooks).
set -euo pipefail
source "$(dirname "$0")/lib.sh"

# What landed before is as it is: the rule was not asked of branches then. The first
# commit that it is asked of follows this one.
base=17ec929
most=72

export LC_ALL=C.UTF-8 # characters are counted, not bytes
wrong=0

complain() { # WHICH ZH EN
  printf '%s: %s  %s\n' "$1" "$2" "$3" >&2
  wrong=1
}

# judge WHICH MESSAGE
judge() {
  local which=$1 subject rest line
  subject=${2%%$'\n'*}
  rest=${2#"$subject"}
  case $subject in
    'Merge '* | 'Revert "'* | 'fixup! '* | 'squash! '*) return ;; # git's own words
  esac
  [ -n "$subject" ] || complain "$which" "没有标题。" "There is no subject."
  [ ${#subject} -le $most ] ||
    complain "$which" "标题 ${#subject} 个字，最多 $most 个：“$subject”" "The subject has ${#subject} characters, $most at most."
  case $subject in *.) complain "$which" "标题末尾不加句号：“$subject”" "The subject ends without a full stop." ;; esac
  if [ -z "${rest//[$'\n\t ']/}" ]; then
    complain "$which" "“$subject”没有正文：请写明为什么。" "There is no body: say why."
  elif [ "${rest:0:2}" != $'\n\n' ]; then
    complain "$which" "“$subject”之后请空一行。" "An empty line stands between subject and body."
  fi
  while IFS= read -r line; do
    # An address or a quoted line cannot be broken.
    case $line in *' '*) [ ${#line} -le 80 ] || complain "$which" "正文请按 72 个字折行，最多 80：“$line”" "The body is wrapped at 72 characters, 80 at most." ;; esac
  done <<<"$rest"
}

if [ $# -gt 0 ]; then
  # As git will keep it: without comments and what stands below the scissors.
  judge "$1" "$(sed '/^# -* >8 -*$/,$d; /^#/d' "$1" | git stripspace)"
elif git cat-file -e "$base^{commit}" 2>/dev/null; then
  for commit in $(git rev-list --no-merges "$base..HEAD"); do
    judge "${commit:0:10}" "$(git log -1 --format=%B "$commit")"
  done
else # a shallow clone
  judge HEAD "$(git log -1 --format=%B)"
fi
exit $wrong
