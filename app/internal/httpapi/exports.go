package httpapi

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/mingcha-console/mingcha/app/internal/export"
)

// exportOperation describes a file.
func exportOperation(what, id, summary string) huma.Operation {
	op := operation(http.MethodGet, "/exports/"+what, id, summary)
	content := map[string]*huma.MediaType{}
	for _, f := range []export.Format{export.CSV, export.JSON, export.XLSX} {
		content[f.ContentType()] = &huma.MediaType{Schema: &huma.Schema{Type: "string", Format: "binary"}}
	}
	op.Responses["200"] = &huma.Response{Description: "The file", Content: content}
	return op
}
