package consent

import (
	"strings"
	"unicode"
)

// A telephone number has at most 15 digits with its country (ITU-T E.164); with
// fewer than 8 no message arrives.
const (
	minTelephone = 8
	maxTelephone = 15
	netherlands  = "31"
)

// parseTelephone reads a telephone number in any digit script, with spaces,
// dashes and brackets: "06 1234 5678", "+31 6 1234 5678", "0031…". A number
// without a country is Dutch. It gives the digits with the country.
func parseTelephone(typed string) (digits string, ok bool) {
	typed = strings.TrimSpace(typed)
	international := strings.HasPrefix(typed, "+")
	var b strings.Builder
	for _, r := range strings.TrimPrefix(typed, "+") {
		switch {
		case unicode.IsDigit(r):
			b.WriteByte('0' + digitValue(r))
		case unicode.IsSpace(r), unicode.Is(unicode.Pd, r), unicode.Is(unicode.Cf, r), strings.ContainsRune("().", r):
		default:
			return "", false
		}
	}
	digits = b.String()
	switch {
	case international:
	case strings.HasPrefix(digits, "00"):
		digits = digits[2:]
	case strings.HasPrefix(digits, "0"):
		digits = netherlands + digits[1:]
	default:
		return "", false
	}
	return digits, len(digits) >= minTelephone && len(digits) <= maxTelephone && digits[0] != '0'
}

// reachable is where a reminder goes: an e-mail address, or a telephone number
// as an address of the municipality's gateway from mail to text messages, where
// it has one. Errors: ErrMailAddress.
func (s *Service) reachable(typed string) (address string, err error) {
	if digits, ok := parseTelephone(typed); ok && s.SMSGateway != "" {
		return digits + "@" + s.SMSGateway, nil
	}
	return ParseAddress(typed)
}

// isTelephone tells an address that reachable made of a number.
func (s *Service) isTelephone(address string) bool {
	number, gateway, _ := strings.Cut(address, "@")
	return s.SMSGateway != "" && gateway == s.SMSGateway && strings.Trim(number, "0123456789") == ""
}
