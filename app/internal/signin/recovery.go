package signin

import (
	"crypto/rand"
	"encoding/hex"
	"strings"

	"golang.org/x/crypto/argon2"
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
		rand.Read(one[:]) // never fails
		if int(one[0]) < 256/len(unmistakable)*len(unmistakable) {
			b.WriteByte(unmistakable[int(one[0])%len(unmistakable)])
		}
	}
	return b.String()
}

// hashedCode is how a recovery code is kept, however it was typed: hashed as
// passwords are (ASVS 6.5.2), with one salt for an account's, so that checking one
// is one hash.
func hashedCode(code string, salt []byte) string {
	code = strings.NewReplacer(" ", "", "-", "").Replace(strings.ToLower(normal(code)))
	return hex.EncodeToString(argon2.IDKey([]byte(code), salt, params.Iterations, params.Memory, params.Parallelism, params.KeyLength))
}
