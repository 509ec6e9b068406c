//go:build !linux

package adapterhost

import "os"

// confinement holds nothing here.
type confinement struct{}

func confine(*os.File, []string, reach) (*confinement, error) { return &confinement{}, nil }

func (*confinement) close() {}

func (*confinement) enter() error { return nil }

// Held says how far this system keeps an adapter to itself.
func Held() (whole bool, zh, en string) {
	return false, "本系统不能把数据接口与控制台的文件隔开：数据接口与控制台同权，能读到数据文件夹和密钥。请只安装来源可靠的数据接口。",
		"This system cannot keep an adapter away from the console's files: adapters have the console's rights and can read the data folder and its keys. Install adapters of trusted origin only."
}
