package runtime

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/goccy/go-yaml"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	"github.com/mingcha-console/mingcha/sdk/officeclock"
)

// Config is what a data folder says about itself, in console.json.
type Config struct {
	Demo     bool                `json:"demo,omitempty"`     // a demonstration, not an office
	Clock    officeclock.Setting `json:"clock,omitzero"`     // how fast the demonstration's time runs
	Story    *Story              `json:"story,omitempty"`    // of a demonstration whose people's past is not told yet
	Mode     string              `json:"mode,omitempty"`     // "civil" (default) or "strict"
	Rules    RuleSettings        `json:"rules,omitzero"`     // what the office decided where the law leaves it to
	Adapters []Instance          `json:"adapters,omitempty"` // that run with the console
	Network  Network             `json:"network,omitzero"`   // whether the window opens the folder to the network
}

// Network is what the office chose about its network, in the window.
type Network struct {
	Open bool   `json:"open,omitempty"`
	Port int    `json:"port,omitempty"`
	Host string `json:"host,omitempty"` // address of this machine to listen on; empty: all of them
}

// KeepNetwork writes the choice to the folder's console.json.
func KeepNetwork(dir string, n Network) error {
	c, err := LoadConfig(dir)
	if err != nil {
		return err
	}
	c.Network = n
	return c.Save(dir)
}

// Instance is one adapter as the office set it up.
type Instance struct {
	Name    string          `json:"name"`    // of this instance, e.g. "city"
	Adapter string          `json:"adapter"` // the program's name, e.g. "simulator"
	Config  json.RawMessage `json:"config,omitempty"`
	BaseDir string          `json:"base_dir,omitempty"`
	Reads   []string        `json:"reads,omitempty"` // files and folders that it may read besides those that its configuration names
}

const configFile = "console.json"

// LoadConfig reads a data folder's console.json; a folder without one has the
// zero Config.
func LoadConfig(dir string) (c Config, err error) {
	b, err := os.ReadFile(filepath.Join(dir, configFile))
	if errors.Is(err, os.ErrNotExist) {
		return c, nil
	}
	if info, statErr := os.Stat(dir); statErr != nil || !info.IsDir() { // not the file's fault
		return c, fault.New(fault.Unavailable, "data_folder",
			fmt.Sprintf("无法使用数据文件夹 %s。请检查该文件夹是否存在、是否可写。", dir),
			fmt.Sprintf("The data folder %s cannot be used. Check that it exists and can be written to.", dir), err)
	}
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	if err != nil {
		return c, fault.New(fault.Invalid, "console_config",
			fmt.Sprintf("数据文件夹里的设置文件 %s 读不懂。请改正它，或从备份恢复。", filepath.Join(dir, configFile)),
			fmt.Sprintf("The settings file %s in the data folder cannot be read. Correct it, or restore it from a backup.", filepath.Join(dir, configFile)), err)
	}
	if err := c.check(dir); err != nil {
		return c, err
	}
	return c, c.Rules.check(filepath.Join(dir, configFile))
}

// SettingFault is the code of a fault that a setting in console.json has a value
// that is none.
const SettingFault = "console_setting"

// check refuses a setting that would otherwise be taken for its default without
// a word.
func (c *Config) check(dir string) error {
	if c.Mode == "" || c.Mode == "civil" || c.Mode == "strict" {
		return nil
	}
	f := fault.New(fault.Invalid, SettingFault,
		fmt.Sprintf("设置文件 %s 里的 mode 是 %q，只能是 \"civil\"（次日起算）或 \"strict\"（当日起算）。请改正后重新打开。", filepath.Join(dir, configFile), c.Mode),
		fmt.Sprintf("In the settings file %s, mode is %q; it can only be \"civil\" (counted from the next day) or \"strict\" (counted from the same day). Correct it and open the folder again.", filepath.Join(dir, configFile), c.Mode), nil)
	f.Fields = []fault.Field{{Name: "mode", ZH: "只能是 civil 或 strict", EN: "civil or strict"}}
	return f
}

// Save writes console.json.
func (c Config) Save(dir string) error {
	b, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	tmp := filepath.Join(dir, configFile+".new")
	if err := os.WriteFile(tmp, append(b, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(tmp, filepath.Join(dir, configFile))
}

// Settings are the rules' settings under a config.
func (c Config) Settings() rules.Settings {
	s := rules.DefaultSettings()
	if c.Mode == "strict" {
		s.Mode = workday.Strict
	}
	c.Rules.apply(&s)
	return s
}

// ReadAdapterConfig reads an adapter's configuration file, YAML or JSON, as
// JSON.
func ReadAdapterConfig(file string) ([]byte, error) {
	b, err := os.ReadFile(file)
	if info, statErr := os.Stat(file); statErr == nil && info.IsDir() {
		return nil, fault.New(fault.Invalid, "config_file",
			fmt.Sprintf("%s 是文件夹，不是配置文件。请在 --config 后面写上文件夹里配置文件的名称。", file),
			fmt.Sprintf("%s is a folder, not a configuration file. Name the file within it after --config.", file), err)
	}
	if err != nil {
		return nil, fault.New(fault.Invalid, "config_file",
			fmt.Sprintf("读不到配置文件 %s。请核对 --config 后面的路径。", file),
			fmt.Sprintf("The configuration file %s cannot be read. Check the path after --config.", file), err)
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff")) // editors of Windows write it
	if bytes.IndexByte(b, 0) >= 0 || bytes.HasPrefix(b, []byte("PK\x03\x04")) {
		return nil, fault.New(fault.Invalid, "config_syntax",
			fmt.Sprintf("%s 不是文字文件，不是 YAML 或 JSON 的配置。请核对 --config 后面的文件。", file),
			fmt.Sprintf("%s is no text, so it is no configuration in YAML or JSON. Check the file after --config.", file), nil)
	}
	j, err := yaml.YAMLToJSON(b)
	if err != nil {
		return nil, fault.New(fault.Invalid, "config_syntax",
			fmt.Sprintf("配置文件 %s 不是正确的 YAML 或 JSON：%s", file, yaml.FormatError(err, false, false)),
			fmt.Sprintf("The configuration file %s is not valid YAML or JSON: %s", file, yaml.FormatError(err, false, false)), err)
	}
	if string(bytes.TrimSpace(j)) == "null" { // an empty file: the adapter says what it needs
		return []byte("{}"), nil
	}
	return j, nil
}
