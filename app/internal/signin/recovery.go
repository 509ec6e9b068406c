package signin

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

const recoveryCodes = 10

// unmistakable are characters that are not taken for each other when read
// aloud or copied by hand.
const unmistakable = "23456789abcdefghjkmnpqrstuvwxyz"

// spoken is 79 bits of chance in four groups that can be read out over the
// telephone.
func spoken() string {
	var b strings.Builder
	for b.Len() < 19 {
		if n := b.Len(); n == 4 || n == 9 || n == 14 {
			b.WriteByte('-')
			continue
		}
		var one [1]byte
		rand.Read(one[:]) //nolint:errcheck // never fails
		if int(one[0]) < 256/len(unmistakable)*len(unmistakable) {
			b.WriteByte(unmistakable[int(one[0])%len(unmistakable)])
		}
	}
	return b.String()
}

// hashedCode is how a recovery code is kept, however it was typed: made by
// chance, it needs no slow hash.
func hashedCode(code string) string {
	code = strings.NewReplacer(" ", "", "-", "").Replace(strings.ToLower(normal(code)))
	sum := sha256.Sum256([]byte(code))
	return hex.EncodeToString(sum[:])
}
