// Package architecture holds the direction of imports. One table says in which
// layer each package stands and what only a few may import; a test reads every
// import of the repository and fails with a sentence when an arrow points up.
// The drawing in build/docs is made from the same imports.
package architecture

// A Layer is a floor of the house. Its packages may import one another and
// every layer beneath, never one above. Go itself forbids circles.
type Layer struct {
	Name string // one word for sentences
	ZH   string // what stands on the drawing, beside Name
	Duty string // what its packages do, in English, for the drawing
	// Packages are paths below the module's, without it. "x/..." is x and
	// everything below; the longest pattern that fits a package has it.
	Packages []string
	// Grouped draws the whole layer as one box, whose arrows are those of all
	// its packages.
	Grouped bool
	// Undrawn layers check or generate. They may import anything, and nothing
	// that is shipped may import them.
	Undrawn bool
}

// A Rule keeps an import to the few packages that are meant to have it. Tests
// are not asked.
type Rule struct {
	Import string   // an import path, or "path/..." for it and all below
	Only   []string // the packages that may import it, as patterns
	Why    string   // why, after "because"
}

// A Fence is what packages may not import, whatever their layer.
type Fence struct {
	Packages []string // patterns
	Never    []string // import paths or patterns; the module's own without its path
	But      []string // the exceptions of Never
	Why      string   // why, after "because"
}

// A House is all that the test holds.
type House struct {
	Layers []Layer // from the top down
	Rules  []Rule
	Fences []Fence
	// Common packages are everybody's: their boxes are dashed, and arrows to
	// them are not drawn, or there would be little else to see.
	Common []string
}

// Mingcha is this repository's house. A new package is entered here, in the
// lowest layer above all that it imports.
func Mingcha() House {
	return House{
		Layers: []Layer{
			{Name: "checks", Undrawn: true, Packages: []string{
				"app/internal/acceptance/...", "app/internal/architecture/...", "app/internal/officetest/...", "app/internal/list/listtest", "app/internal/features/rating/ratingtest",
				"app/internal/describe", "app/internal/pinyin/table", "app/internal/tlogtiles/longjournal", "build/...",
			}},
			{Name: "programs", ZH: "程序", Duty: "what is started", Packages: []string{
				"app", "plugins/...",
			}},
			{Name: "doors", ZH: "出入口", Duty: "window, command line, network", Packages: []string{
				"app/internal/cli", "app/internal/desktop", "app/internal/netserver", "app/internal/remote",
			}},
			{Name: "runtime", ZH: "运行", Duty: "opens a folder and runs", Packages: []string{
				"app/internal/runtime/...", "app/internal/runtime",
			}},
			{Name: "web", ZH: "网页", Duty: "HTTP, its gate and limits", Packages: []string{
				"app/internal/httpapi/...", "app/internal/network",
			}},
			{Name: "features", ZH: "业务", Duty: "people's work, an area each", Grouped: true, Packages: []string{
				"app/internal/features/...",
			}},
			{Name: "frame", ZH: "框架", Duty: "what features are declared in", Packages: []string{
				"app/internal/act/...", "app/internal/api/...", "app/internal/feature/...",
				"app/internal/sampling", "app/internal/signin",
			}},
			{Name: "casefile", ZH: "案卷", Duty: "one case, read whole; how lists are described", Packages: []string{
				"app/internal/casefile/...", "app/internal/list/...",
			}},
			{Name: "pipeline", ZH: "流水线", Duty: "one way in, one writer, one stream out", Packages: []string{
				"app/internal/adapterhost", "app/internal/folderhold", "app/internal/inflight", "app/internal/intake", "app/internal/live", "app/internal/logfile", "app/internal/noroom",
				"app/internal/private", "app/internal/spool", "app/internal/store/...", "app/internal/tlogtiles", "app/internal/userfolder", "app/internal/wire",
			}},
			// The journal's tree and notes are arithmetic, and draws are proved
			// by them; the only file it touches is the signing key.
			{Name: "pure", ZH: "纯函数", Duty: "no database, no network, no clock", Packages: []string{
				"app/internal/access", "app/internal/approval", "app/internal/draw", "app/internal/fault",
				"app/internal/filekind", "app/internal/holidaylist", "app/internal/journal", "app/internal/lookalike", "app/internal/origin", "app/internal/pinyin", "app/internal/rules/...", "app/internal/version", "app/internal/vocab",
				"app/internal/workday", "app/internal/workflow",
			}},
			{Name: "ground", ZH: "对外", Duty: "what departments import; the pages", Packages: []string{
				"frontend", "sdk/...", "build/docs",
			}},
		},
		Common: []string{"app/internal/fault", "app/internal/version"},
		Rules: []Rule{
			{"github.com/wailsapp/wails/...", []string{"app/internal/desktop"},
				"everything but the window builds and is tested without a web view"},
			{"github.com/mattn/go-sqlite3", []string{"app/internal/store", "app/internal/signin", "app/internal/intake", "app/internal/officetest/rewritten", "build/..."},
				"one package opens the data folder (signin keeps accounts.db, which no backup holds; intake knows the driver's word for a broken constraint; rewritten is who tampers with it)"},
			// What a package does in its initialisation is done at every start of every
			// program that links it, of each command and each test.
			{"github.com/mozillazg/go-pinyin", []string{"app/internal/pinyin/table"},
				"its map of characters is built at every start; pinyin embeds a table made from it"},
			{"frontend", []string{"app/internal/cli", "app/internal/netserver"},
				"the pages are handed in from above, so that everything else is tested without building them"},
		},
		Fences: []Fence{
			{Packages: []string{"plugins/..."}, Never: []string{"app/...", "build/...", "frontend/...", "plugins/..."},
				Why: "an adapter is built on sdk alone, as a department's own is"},
			{Packages: []string{"sdk/..."}, Never: []string{"app/...", "build/...", "frontend/...", "plugins/..."},
				Why: "departments import sdk, and nothing of the console with it"},
			// Those that it may are bound by it until they bind themselves.
			{Packages: []string{"app/internal/httpapi"}, Never: []string{"app/internal/features/..."}, But: []string{
				"app/internal/features/account", "app/internal/features/matter", "app/internal/features/rating",
				"app/internal/features/record", "app/internal/features/review", "app/internal/features/route",
				"app/internal/features/term", "app/internal/features/visit",
			}, Why: "a feature binds its own operations"},
			{Packages: []string{"app/...", "frontend/..."}, Never: []string{"plugins/..."},
				Why: "adapters are processes of their own"},
			{Packages: []string{
				"app/internal/access", "app/internal/approval", "app/internal/draw", "app/internal/fault",
				"app/internal/filekind", "app/internal/holidaylist", "app/internal/journal", "app/internal/origin", "app/internal/rules/...", "app/internal/vocab", "app/internal/workday",
				"app/internal/workflow",
			}, Never: []string{
				"database/sql/...", "net/http/...", "github.com/mattn/go-sqlite3", "google.golang.org/protobuf/...",
				"google.golang.org/grpc/...", "sdk/...",
			}, But: []string{"sdk/holidays", "sdk/officeclock"},
				Why: "a verdict follows from its arguments alone, and can be made again by anybody"},
		},
	}
}
