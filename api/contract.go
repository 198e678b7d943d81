package api

import (
	_ "embed" // the contract
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"

	"vakspiegel/api/contract"
)

//go:embed openapi.yaml
var contractYAML []byte

// contractSchemas is the contract as the server uses it: to answer it, and to
// find every fault of an input at once.
type contractSchemas struct {
	document *openapi3.T
	json     []byte
}

// loadContract reads the contract once per process: it is the program's own, and
// nobody changes what was read.
var loadContract = sync.OnceValues(func() (*contractSchemas, error) {
	document, err := openapi3.NewLoader().LoadFromData(contractYAML)
	if err != nil {
		return nil, fmt.Errorf("contract: %w", err)
	}
	body, err := document.MarshalJSON()
	if err != nil {
		return nil, fmt.Errorf("contract: %w", err)
	}
	return &contractSchemas{document, body}, nil
})

// answers are the media types that a route answers with when all is well.
func (c *contractSchemas) answers(r route) []string {
	operation := c.operation(r)
	if operation == nil {
		return nil
	}
	var types []string
	for status, response := range operation.Responses.Map() {
		if strings.HasPrefix(status, "2") {
			types = slices.AppendSeq(types, maps.Keys(response.Value.Content))
		}
	}
	return types
}

// operation is the route in the contract, or nil.
func (c *contractSchemas) operation(r route) *openapi3.Operation {
	path, ours := strings.CutPrefix(r.path, base)
	if !ours {
		return nil
	}
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if name, variable := strings.CutPrefix(part, ":"); variable {
			parts[i] = "{" + name + "}"
		}
	}
	item := c.document.Paths.Value(strings.Join(parts, "/"))
	if item == nil {
		return nil
	}
	return item.GetOperation(r.method)
}

func (s *Server) getContract(c *call) (reply, error) {
	c.Header("Access-Control-Allow-Origin", "*")
	c.Header("Cross-Origin-Resource-Policy", "cross-origin")
	c.Data(http.StatusOK, "application/json", s.contract.json)
	return written(), nil
}

// decode reads a JSON body of the named schema of the contract into T, and
// returns every fault of it at once. What the contract does not name is a
// fault, not ignored.
func decode[T any](s *Server, c *call, schema string) (T, error) {
	var into T
	kind, _, err := mime.ParseMediaType(c.GetHeader("Content-Type"))
	if err != nil || kind != "application/json" {
		return into, errMediaType
	}
	body, err := io.ReadAll(c.Request.Body)
	if err != nil {
		return into, broken(err, errInterrupted)
	}
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return into, &fault{[]contract.Fault{{Field: "", Code: "not_json", Detail: "Send one JSON object."}}}
	}
	err = s.contract.document.Components.Schemas[schema].Value.VisitJSON(value, openapi3.MultiErrors(), openapi3.EnableFormatValidation())
	if err != nil {
		return into, &fault{schemaFaults(err)}
	}
	if err := json.Unmarshal(body, &into); err != nil {
		// The schema holds and the type does not: a date-time that is no time.
		return into, &fault{[]contract.Fault{typeFault(err)}}
	}
	return into, nil
}

// broken says why a body could not be read: too large, or else otherwise.
func broken(err, otherwise error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return errTooLarge
	}
	return otherwise
}

func typeFault(err error) contract.Fault {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return contract.Fault{Field: wrong.Field, Code: "type", Detail: "Send a value of the type that the contract names."}
	}
	return contract.Fault{Field: "", Code: "format", Detail: "A value has not the form that the contract names."}
}

// schemaFaults flattens what the schema found. A fault names the field and what
// the contract asks of it, never the value that was sent.
func schemaFaults(err error) []contract.Fault {
	var several openapi3.MultiError
	if errors.As(err, &several) {
		var faults []contract.Fault
		for _, one := range several {
			faults = append(faults, schemaFaults(one)...)
		}
		return faults
	}
	var one *openapi3.SchemaError
	if !errors.As(err, &one) {
		return []contract.Fault{{Field: "", Code: "invalid", Detail: "The input does not follow the contract."}}
	}
	return []contract.Fault{{Field: field(one.JSONPointer()), Code: snake(one.SchemaField), Detail: asks(one)}}
}

// field writes a pointer as the contract does: participants[0].role.
func field(pointer []string) string {
	var path strings.Builder
	for _, part := range pointer {
		if _, err := strconv.Atoi(part); err == nil {
			path.WriteString("[" + part + "]")
			continue
		}
		if path.Len() > 0 {
			path.WriteByte('.')
		}
		path.WriteString(part)
	}
	return path.String()
}

func snake(name string) string {
	var out strings.Builder
	for _, r := range name {
		if r >= 'A' && r <= 'Z' {
			out.WriteByte('_')
			r += 'a' - 'A'
		}
		out.WriteRune(r)
	}
	return out.String()
}

// asks says what the schema wants of the field that is wrong.
func asks(e *openapi3.SchemaError) string {
	schema := e.Schema
	switch e.SchemaField {
	case "required":
		return "This field is missing."
	case "properties", "additionalProperties":
		return "The contract knows no such field."
	case "enum":
		return fmt.Sprintf("Choose one of %v.", schema.Enum)
	case "maxLength":
		return fmt.Sprintf("At most %d characters.", *schema.MaxLength)
	case "minLength":
		return fmt.Sprintf("At least %d characters.", schema.MinLength)
	case "maxItems":
		return fmt.Sprintf("At most %d.", *schema.MaxItems)
	case "minItems":
		return fmt.Sprintf("At least %d.", schema.MinItems)
	case "minimum":
		return fmt.Sprintf("At least %v.", *schema.Min)
	case "type":
		return "Send a value of the type that the contract names."
	}
	return "The value has not the form that the contract names."
}
