package runtime

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/adapterhost"
	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// Program is an installed adapter program with its pinned sum.
type Program struct {
	Name   string   `json:"name"`
	File   string   `json:"file"`
	SHA256 string   `json:"sha256"`
	Writes []string `json:"writes,omitempty"` // fields of its configuration that name files which it writes
	Office bool     `json:"-"`                // installed by the office, in its data folder

	path string
}

const pinsFile = "adapters.json"

// ProgramsFolder is where a data folder keeps the adapters that its office has
// installed, with their list. No build and no update touches it.
const ProgramsFolder = "programs"

// Programs reads the pins of installed adapters: those shipped with the console,
// in a folder beside it, and those of an office, in its data folder.
type Programs struct{ dir, office string }

// InstalledPrograms looks for the folder "adapters" beside the running program.
func InstalledPrograms() Programs {
	exe, err := os.Executable()
	if err != nil {
		return Programs{dir: "adapters"}
	}
	if real, err := filepath.EvalSymlinks(exe); err == nil {
		exe = real
	}
	return Programs{dir: filepath.Join(filepath.Dir(exe), "adapters")}
}

// ProgramsIn is for a folder of adapters elsewhere.
func ProgramsIn(dir string) Programs { return Programs{dir: dir} }

// Dir is the folder of the shipped adapters.
func (p Programs) Dir() string { return p.dir }

// Of adds what an office has installed in its data folder.
func (p Programs) Of(data string) Programs {
	p.office = filepath.Join(data, ProgramsFolder)
	return p
}

// List reads every installed adapter, the office's first.
func (p Programs) List() ([]Program, error) {
	var all []Program
	if p.office != "" {
		own, err := readPins(p.office)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, pinsFault(p.office, err)
		}
		for i := range own {
			own[i].Office = true
		}
		all = own
	}
	shipped, err := readPins(p.dir)
	if err != nil && (len(all) == 0 || !errors.Is(err, os.ErrNotExist)) {
		return nil, pinsFault(p.dir, err)
	}
	for _, s := range shipped { // what the office has pinned itself counts
		if !slices.ContainsFunc(all, func(o Program) bool { return o.Name == s.Name }) {
			all = append(all, s)
		}
	}
	return all, nil
}

func pinsFault(dir string, err error) error {
	file := filepath.Join(dir, pinsFile)
	return fault.New(fault.Unavailable, "adapter_pins",
		fmt.Sprintf("找不到或读不懂数据接口登记表 %s。请重新安装本程序。", file),
		fmt.Sprintf("The list of installed adapters, %s, is missing or cannot be read. Install the program again.", file), err)
}

// readPins answers os.ErrNotExist where there is no list, nor could be one.
func readPins(dir string) (all []Program, err error) {
	b, err := os.ReadFile(filepath.Join(dir, pinsFile))
	if err != nil {
		if _, missing := os.Lstat(filepath.Join(dir, pinsFile)); missing != nil {
			return nil, fmt.Errorf("%w: %w", os.ErrNotExist, err)
		}
		return nil, err
	}
	if err := json.Unmarshal(b, &all); err != nil {
		return nil, err
	}
	for i := range all {
		all[i].path = filepath.Join(dir, filepath.Base(all[i].File))
		if runtime.GOOS == "windows" && filepath.Ext(all[i].path) == "" {
			all[i].path += ".exe"
		}
	}
	return all, nil
}

// Find returns an installed adapter.
func (p Programs) Find(name string) (Program, error) {
	all, err := p.List()
	if err != nil {
		return Program{}, err
	}
	var names []string
	for _, a := range all {
		if a.Name == name {
			return a, nil
		}
		names = append(names, a.Name)
	}
	return Program{}, fault.New(fault.NotFound, "unknown_adapter",
		fmt.Sprintf("没有安装名为 %q 的数据接口。已安装：%s。", name, strings.Join(names, "、")),
		fmt.Sprintf("No adapter named %q is installed. Installed: %s.", name, strings.Join(names, ", ")), nil)
}

// Sum is the SHA-256 that the program must have.
func (p *Program) Sum() ([]byte, error) { return hex.DecodeString(p.SHA256) }

// Path is the program's file.
func (p *Program) Path() string { return p.path }

// writes are the files that a configuration has the program write.
func (p *Program) writes(config json.RawMessage, base string) (files []string) {
	var fields map[string]any
	if len(p.Writes) == 0 || json.Unmarshal(config, &fields) != nil {
		return nil
	}
	for _, name := range p.Writes {
		file, ok := fields[name].(string)
		if !ok || file == "" {
			continue
		}
		if !filepath.IsAbs(file) {
			file = filepath.Join(base, file)
		}
		files = append(files, file)
	}
	return files
}

// Install copies an adapter program into a data folder and pins it to its sum.
// With a sum given, as its supplier states it, a program with another is
// refused. One of the same name is replaced: that is how it is upgraded.
func Install(data, file, name, sum string) (Program, error) {
	if !adapterhost.NameForm.MatchString(name) {
		return Program{}, fault.New(fault.Invalid, "adapter_name",
			fmt.Sprintf("数据接口名称 %q 不可用，请只用小写字母、数字和 - _ .，至多 64 个，以字母或数字开头。", name),
			fmt.Sprintf("The adapter name %q cannot be used. Use lower case letters, digits and - _ . only, at most 64, a letter or digit first.", name), nil)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return Program{}, fault.New(fault.Invalid, "adapter_file", fmt.Sprintf("读不到数据接口程序 %s。请核对路径。", file),
			fmt.Sprintf("The adapter program %s cannot be read. Check the path.", file), err)
	}
	p := Program{Name: name, File: name, SHA256: sumOf(b), Office: true}
	if sum != "" && !strings.EqualFold(strings.TrimSpace(sum), p.SHA256) {
		return Program{}, fault.New(fault.Invalid, "adapter_sum",
			fmt.Sprintf("程序的 SHA-256 是 %s，与给出的不符，没有安装。请向提供方核实。", p.SHA256),
			fmt.Sprintf("The program's SHA-256 is %s, not the one given; it was not installed. Ask its supplier.", p.SHA256), nil)
	}
	if runtime.GOOS == "windows" {
		p.File += ".exe"
	}
	dir := filepath.Join(data, ProgramsFolder)
	all, err := readPins(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return Program{}, pinsFault(dir, err)
	}
	all = append(slices.DeleteFunc(all, func(o Program) bool { return o.Name == name }), p)
	if err := errors.Join(os.MkdirAll(dir, 0o700), replaceFile(filepath.Join(dir, p.File), b, 0o500), writePins(dir, all)); err != nil {
		return Program{}, installFault(dir, err)
	}
	p.path = filepath.Join(dir, p.File)
	return p, nil
}

// Uninstall takes an adapter program out of a data folder. What it sent stays.
func Uninstall(data, name string) error {
	dir := filepath.Join(data, ProgramsFolder)
	all, err := readPins(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return pinsFault(dir, err)
	}
	i := slices.IndexFunc(all, func(o Program) bool { return o.Name == name })
	if i < 0 {
		return fault.New(fault.NotFound, "unknown_adapter", fmt.Sprintf("本数据文件夹没有安装名为 %q 的数据接口。", name),
			fmt.Sprintf("This data folder has no adapter named %q installed.", name), nil)
	}
	path := all[i].path
	if err := errors.Join(writePins(dir, slices.Delete(all, i, i+1)), os.Remove(path)); err != nil {
		return installFault(dir, err)
	}
	return nil
}

func installFault(dir string, err error) error {
	return fault.New(fault.Unavailable, "adapter_install", fmt.Sprintf("未能写入 %s。请检查磁盘空间和权限。", dir),
		fmt.Sprintf("%s could not be written to. Check disk space and your rights to it.", dir), err)
}

func writePins(dir string, all []Program) error {
	b, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	return replaceFile(filepath.Join(dir, pinsFile), append(b, '\n'), 0o600)
}

// replaceFile writes a file whole or not at all.
func replaceFile(path string, content []byte, mode os.FileMode) error {
	tmp := path + ".new"
	if err := os.Remove(tmp); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := os.WriteFile(tmp, content, mode); err != nil {
		return err
	}
	return os.Rename(tmp, path)
}

func sumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
