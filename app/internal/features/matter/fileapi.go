package matter

import (
	"context"
	"net/http"
	"net/url"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/filekind"
)

// fileOf names a file of a matter in the address.
type fileOf struct {
	ID     uint64 `path:"id"`
	SHA256 string `path:"sha256" minLength:"64" maxLength:"64" pattern:"^[0-9a-f]{64}$"`
}

// fileOperations send files, which a step names afterwards, and read those of steps as
// who asks may see them.
func (s *Matters) fileOperations(h *api.API) {
	put := h.Describe(http.MethodPut, "/attachments/{sha256}", "putAttachment", "Send a file; a step names it afterwards. It is known by its content: pdf, jpeg, png, docx or xlsx", access.StepsMatters)
	put.MaxBodyBytes, put.SkipValidateBody = MaxFile, true
	api.Do(h, put, func(ctx context.Context, in *struct {
		SHA256  string `path:"sha256" minLength:"64" maxLength:"64" pattern:"^[0-9a-f]{64}$"`
		Name    string `header:"X-Name" maxLength:"2000" doc:"what it is called, percent-encoded"`
		RawBody []byte `contentType:"application/octet-stream"`
	}) error {
		name, err := url.PathUnescape(in.Name)
		if err != nil {
			name = "" // a name that cannot be read loses no file
		}
		return s.files().put(access.From(ctx).Account, in.SHA256, name, in.RawBody)
	})
	api.Attached(h, "/matters/{id}/attachments/{sha256}", "matterAttachment", "A file that came with a step of a matter, for who may see the step", access.SeesCases,
		func(ctx context.Context, in *fileOf) (name, media string, content []byte, err error) {
			m, err := s.One(ctx, access.From(ctx), in.ID)
			if err != nil {
				return "", "", nil, err
			}
			x, content, err := s.files().open(&m, in.SHA256)
			return x.Name, filekind.Kind(x.Kind).Media(), content, err
		})
}
