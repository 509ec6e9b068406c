package adapterhost

import (
	"os"
	"runtime"
)

// environment is all that an adapter learns of the console's environment:
// nothing. Secrets of the office's session stay out of departments' programs.
func environment(spec *Spec, temp string) []string {
	zone := spec.Zone
	if zone == "" {
		zone = "Asia/Shanghai"
	}
	env := []string{"LANG=C.UTF-8", "TZ=" + zone}
	if runtime.GOOS != "windows" {
		return append(env, "TMPDIR="+temp, "HOME="+temp)
	}
	env = append(env, "TEMP="+temp, "TMP="+temp)
	for _, name := range []string{"SystemRoot", "SystemDrive"} { // without them Windows' own libraries fail
		if v := os.Getenv(name); v != "" {
			env = append(env, name+"="+v)
		}
	}
	return env
}
