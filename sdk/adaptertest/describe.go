package adaptertest

import (
	"bytes"
	"context"
	"encoding/json"
	"regexp"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/mod/semver"

	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

var nameForm = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

func (r *run) describe(ctx context.Context, client adapterv1.AdapterServiceClient) (*adapterv1.DescribeResponse, bool) {
	d, err := client.Describe(ctx, &adapterv1.DescribeRequest{})
	if err != nil {
		r.fault("describe", "%v", err)
		return nil, false
	}
	if !nameForm.MatchString(d.Name) {
		r.fault("describe", "the name %q is not lower case letters, digits and -", d.Name)
	}
	if v := "v" + d.Version; semver.Canonical(v)+semver.Build(v) != v {
		r.fault("describe", "the version %q is no semantic version such as 1.4.0", d.Version)
	}
	if d.Title == "" || d.TitleEn == "" {
		r.fault("describe", "a title is missing: zh %q, en %q", d.Title, d.TitleEn)
	}
	if d.PollSeconds < 0 {
		r.fault("describe", "polling every %d seconds", d.PollSeconds)
	}
	return d, true
}

// schema compiles the adapter's schema; nil after a fault.
func (r *run) schema(text string) *jsonschema.Schema {
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		r.fault("describe", "the configuration's schema is not JSON: %v", err)
		return nil
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("config.json", doc); err != nil {
		r.fault("describe", "the configuration's schema: %v", err)
		return nil
	}
	schema, err := c.Compile("config.json")
	if err != nil {
		r.fault("describe", "the configuration's schema: %v", err)
		return nil
	}
	return schema
}

// unknownField is one that no adapter has.
const unknownField = "no_such_setting"

// misconfigure gives wrong configurations, which must be refused with the
// fields named.
func (r *run) misconfigure(ctx context.Context, client adapterv1.AdapterServiceClient, schemaText string) {
	if schema := r.schema(schemaText); schema != nil {
		given, err := jsonschema.UnmarshalJSON(strings.NewReader(r.Config))
		if err != nil {
			r.fault("configure", "the given configuration is not JSON: %v", err)
			return
		}
		if err := schema.Validate(given); err != nil {
			r.fault("configure", "the given configuration is not valid under the adapter's own schema: %v", err)
		}
		// Where the schema wants a field, its absence must be refused.
		if schema.Validate(map[string]any{}) != nil {
			r.refuses(ctx, client, `{}`, "")
		}
	}
	r.refuses(ctx, client, `[]`, "")
	r.refuses(ctx, client, `{"`, "")
	members := map[string]json.RawMessage{}
	if json.Unmarshal([]byte(r.Config), &members) == nil {
		members[unknownField] = json.RawMessage(`1`)
		var with bytes.Buffer
		if json.NewEncoder(&with).Encode(members) == nil {
			r.refuses(ctx, client, strings.TrimSpace(with.String()), unknownField)
		}
	}
}

func (r *run) refuses(ctx context.Context, client adapterv1.AdapterServiceClient, config, field string) {
	got, err := client.Configure(ctx, r.request(config, false))
	switch {
	case err != nil:
		r.fault("configure", "%s is answered with the error %v, not with field errors", config, err)
		return
	case len(got.FieldErrors) == 0:
		r.fault("configure", "%s is accepted", config)
		return
	}
	named := false
	for _, f := range got.FieldErrors {
		if f.MessageZh == "" || f.MessageEn == "" {
			r.fault("configure", "%s: the error of field %q lacks a sentence: zh %q, en %q", config, f.Field, f.MessageZh, f.MessageEn)
		}
		named = named || f.Field == field
	}
	if config == `{}` {
		named = got.FieldErrors[0].Field != ""
	}
	if !named {
		r.fault("configure", "%s: the wrong field is not named: %v", config, got.FieldErrors)
	}
}
