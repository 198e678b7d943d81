package consent

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"math/big"
	"strings"
	"unicode"
)

// Lengths of what a participant comes back with.
const (
	tokenBytes = 32 // 256 bits, trust.md 5
	codeDigits = 12 // the last is a check digit
)

// newToken is the secret in a participant's link.
func newToken() string { return base64.RawURLEncoding.EncodeToString(randomBytes(tokenBytes)) }

// hashToken is what the database keeps of a token; ok is false for what
// cannot be one, which answers like an unknown one.
func hashToken(token string) (hash []byte, ok bool) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(raw) != tokenBytes {
		return nil, false
	}
	sum := sha256.Sum256(raw)
	return sum[:], true
}

// newCode is a short code that can be read out by telephone: 11 random digits
// and a check digit that finds one wrong digit and two swapped ones (Luhn,
// ISO/IEC 7812-1).
func newCode() (string, error) {
	limit := new(big.Int).Exp(big.NewInt(10), big.NewInt(codeDigits-1), nil)
	n, err := rand.Int(rand.Reader, limit)
	if err != nil {
		return "", err
	}
	digits := n.String()
	digits = strings.Repeat("0", codeDigits-1-len(digits)) + digits
	return digits + string(checkDigit(digits)), nil
}

// ParseCode reads a code in any digit script, with any spaces or dashes. It
// reports false when digits are missing or the check digit is wrong.
func ParseCode(typed string) (string, bool) {
	code, ok := digitsOf(typed)
	if !ok || len(code) != codeDigits || checkDigit(code[:codeDigits-1]) != code[codeDigits-1] {
		return "", false
	}
	return code, true
}

// digitsOf are the digits that were typed, in any script; false when there is
// something between them that is neither digit, space, dash nor dot.
func digitsOf(typed string) (string, bool) {
	var digits strings.Builder
	for _, r := range typed {
		switch {
		case unicode.IsDigit(r):
			digits.WriteByte('0' + digitValue(r))
		case unicode.IsSpace(r), unicode.Is(unicode.Pd, r), r == '.', unicode.Is(unicode.Cf, r):
		default:
			return "", false
		}
	}
	return digits.String(), true
}

// digitValue is the value of a decimal digit of any script: Unicode keeps the
// ten of each script together, in order, so each range of category Nd begins
// at a zero.
func digitValue(r rune) byte {
	for _, block := range unicode.Nd.R16 {
		if rune(block.Lo) <= r && r <= rune(block.Hi) {
			return byte((r - rune(block.Lo)) % 10)
		}
	}
	for _, block := range unicode.Nd.R32 {
		if rune(block.Lo) <= r && r <= rune(block.Hi) {
			return byte((r - rune(block.Lo)) % 10)
		}
	}
	return 0
}

func checkDigit(digits string) byte {
	sum := 0
	for i := len(digits) - 1; i >= 0; i-- {
		d := int(digits[i] - '0')
		if (len(digits)-1-i)%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return byte('0' + (10-sum%10)%10)
}

func codeHMAC(key []byte, code string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("code:" + code))
	return mac.Sum(nil)
}
