package adapterhost

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/landlock-lsm/go-landlock/landlock"
	ll "github.com/landlock-lsm/go-landlock/landlock/syscall"
	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"
)

// What any program needs of the system to run, to find a server by its name and
// to trust its certificate. No process's folder in /proc is among it: command
// lines and environments of others stay theirs.
var (
	systemFolders = []string{
		"/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32", "/libx32", "/opt", "/nix/store",
		"/etc/ssl", "/etc/pki", "/etc/ca-certificates", "/etc/ld.so.conf.d", "/etc/alternatives", "/etc/java", "/etc/odbcinst.ini.d",
		"/run/systemd/resolve", "/run/NetworkManager", "/run/resolvconf", "/sys/devices/system/cpu", "/sys/kernel/mm", "/proc/sys",
	}
	systemFiles = []string{
		"/etc/resolv.conf", "/etc/hosts", "/etc/host.conf", "/etc/nsswitch.conf", "/etc/gai.conf", "/etc/services", "/etc/protocols",
		"/etc/localtime", "/etc/timezone", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.preload", "/etc/passwd", "/etc/group",
		"/etc/mime.types", "/etc/krb5.conf", "/etc/odbc.ini", "/etc/odbcinst.ini", "/etc/freetds/freetds.conf", "/etc/os-release",
		"/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/uptime", "/proc/version", "/proc/filesystems", "/proc/loadavg",
		"/dev/random", "/dev/urandom", "/dev/zero",
	}
	// Databases of this machine that are reached by a socket in a folder.
	serverFolders = []string{"/run/postgresql", "/run/mysqld", "/run/mariadb"}
)

// confinement is a Landlock ruleset and a filter of calls that wait for their process;
// fd is -1 where the kernel has no Landlock.
type confinement struct {
	fd    int
	flags uint32
	calls []bpf.Instruction
}

// confine prepares what holds an adapter to its reach.
func confine(program *os.File, own []string, r reach) (*confinement, error) {
	abi := landlockABI()
	config := landlock.Config{HandledAccessFS: landlock.V9.HandledAccessFS, Scoped: landlock.V9.Scoped}.BestEffort()
	write := landlock.RWDirs(append(own, r.writes...)...).WithResolveUnix()
	if abi >= 2 { // the first version refuses to move files between folders, whatever is asked for
		write = write.WithRefer()
	}
	rules := []landlock.Rule{
		landlock.RODirs(systemFolders...).IgnoreIfMissing(),
		landlock.ROFiles(systemFiles...).IgnoreIfMissing(),
		landlock.RWFiles("/dev/null", "/dev/full").IgnoreIfMissing(),
		landlock.PathAccess(ll.AccessFSResolveUnix, serverFolders...).IgnoreIfMissing(),
		write,
	}
	// What lies in memory only belongs to no folder, and needs no rule.
	handle := fmt.Sprintf("/proc/self/fd/%d", program.Fd())
	if at, err := os.Readlink(handle); err != nil || !strings.HasPrefix(at, "/memfd:") {
		rules = append(rules, landlock.ROFiles(handle))
	}
	for _, path := range r.reads {
		rule := landlock.ROFiles
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			rule = landlock.RODirs
		}
		rules = append(rules, rule(path).IgnoreIfMissing())
	}
	fd, flags, err := config.NewRulesetFD(rules...)
	if err != nil {
		return nil, fmt.Errorf("the adapter could not be confined: %w", err)
	}
	return &confinement{fd, flags, callFilter()}, nil
}

func (c *confinement) close() {
	if c.fd >= 0 {
		_ = unix.Close(c.fd)
	}
}

// enter holds the calling thread to the ruleset, and all that it starts from
// then on. Neither can ever leave it: the thread must end with the adapter.
func (c *confinement) enter() error {
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return os.NewSyscallError("prctl", err)
	}
	if c.fd >= 0 {
		if err := ll.LandlockRestrictSelf(c.fd, c.flags); err != nil {
			return os.NewSyscallError("landlock_restrict_self", err)
		}
	}
	if err := dropCapabilities(); err != nil {
		return err
	}
	return refuseCalls(c.calls)
}

// dropCapabilities takes the system administrator's powers from what the
// thread starts, apart from reading files of others, which a console that runs
// as root may have been set up for. Without such powers nothing is to be done.
func dropCapabilities() error {
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var data [2]unix.CapUserData
	if err := unix.Capget(&header, &data[0]); err != nil {
		return os.NewSyscallError("capget", err)
	}
	if data[0].Permitted|data[1].Permitted == 0 {
		return nil
	}
	_ = unix.Prctl(unix.PR_CAP_AMBIENT, unix.PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) // older than some kernels
	for capability := range uintptr(64) {
		if capability == unix.CAP_DAC_READ_SEARCH {
			continue
		}
		if err := unix.Prctl(unix.PR_CAPBSET_DROP, capability, 0, 0, 0); errors.Is(err, unix.EINVAL) {
			break // the last one that this kernel has
		}
	}
	data[0].Inheritable, data[1].Inheritable = 0, 0
	return os.NewSyscallError("capset", unix.Capset(&header, &data[0]))
}

func landlockABI() int {
	abi, err := ll.LandlockGetABIVersion()
	if err != nil {
		return 0
	}
	return abi
}

// Held says how far this system keeps an adapter to itself, in both languages;
// whole when nothing is missing that the console can ask for.
func Held() (whole bool, zh, en string) {
	if landlockABI() < 1 {
		return false, "本机内核没有 Landlock：数据接口与控制台同权，能读到数据文件夹和密钥。请只安装来源可靠的数据接口，或换用 5.13 以上并启用 Landlock 的内核。",
			"This kernel has no Landlock: adapters have the console's rights and can read the data folder and its keys. Install adapters of trusted origin only, or use a kernel from 5.13 on with Landlock enabled."
	}
	if !filtersCalls() {
		return false, "本机内核或处理器没有系统调用过滤（seccomp）：数据接口与控制台同属一个用户，能改动数据文件夹里文件的权限和时间。请只安装来源可靠的数据接口，或换用启用 seccomp 的内核。",
			"This kernel or processor has no filter of system calls (seccomp): adapters run as the console's user and can change rights and times of files in the data folder. Install adapters of trusted origin only, or use a kernel with seccomp enabled."
	}
	return true, "", ""
}
