package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// opening compares how soon the console is of use on a big and on an empty
// folder: served to a browser, and in its window.
func (b *bench) opening(big string) error {
	if err := b.compareOpening("from start to the first board, served", big, func(dir string) (time.Duration, error) {
		c, err := b.serve(dir)
		if err != nil {
			return 0, err
		}
		return c.ready, c.stop()
	}); err != nil {
		return err
	}
	screen, err := openScreen()
	if err != nil {
		return err
	}
	defer screen.close()
	return b.compareOpening("from start to a window whose page is on the live stream", big, func(dir string) (time.Duration, error) {
		return b.window(dir, screen.display)
	})
}

func (b *bench) compareOpening(what, big string, open func(dir string) (time.Duration, error)) error {
	var ratios, times []float64
	for i := range 5 {
		empty := filepath.Join(b.dir, fmt.Sprintf("empty%d", i))
		var took [2]time.Duration
		for k, dir := range []string{empty, big} {
			if err := prepare(dir, "", nil); err != nil {
				return err
			}
			var err error
			if took[k], err = open(dir); err != nil {
				return err
			}
		}
		if err := os.RemoveAll(empty); err != nil {
			return err
		}
		ratios, times = append(ratios, took[1].Seconds()/took[0].Seconds()), append(times, took[1].Seconds())
	}
	b.add(fmt.Sprintf("%s, %d cases against an empty folder", what, b.cases), fmt.Sprintf("%.2f× (%.1f s)", median(ratios), median(times)), "≤ 1.5×", median(ratios) <= 1.5)
	return nil
}

// window opens the real window on a folder and returns how long it took until
// its page joined the live stream, which it does once it is drawn.
func (b *bench) window(dir, display string) (time.Duration, error) {
	home := filepath.Join(b.dir, "home")
	if err := os.MkdirAll(home, 0o700); err != nil {
		return 0, err
	}
	cmd := exec.Command(b.mingcha, "--data", dir, "-v")
	cmd.Env = append(os.Environ(), "DISPLAY="+display, "HOME="+home, "XDG_RUNTIME_DIR="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home,
		"XDG_DATA_HOME="+home, "WAYLAND_DISPLAY=", "DBUS_SESSION_BUS_ADDRESS=", "GDK_BACKEND=x11", "NO_AT_BRIDGE=1", "LIBGL_ALWAYS_SOFTWARE=1", "LANG=C.UTF-8")
	log, err := cmd.StderrPipe()
	if err != nil {
		return 0, err
	}
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	joined := make(chan time.Duration, 1)
	go func() {
		lines := bufio.NewScanner(log)
		for lines.Scan() {
			if strings.Contains(lines.Text(), "joined the live stream") {
				joined <- time.Since(start)
				break
			}
		}
		io.Copy(io.Discard, log) //nolint:errcheck // until it ends
	}()
	var took time.Duration
	select {
	case took = <-joined:
	case <-time.After(time.Minute):
		err = errors.New("no page of the window joined the live stream within a minute")
	}
	stop := cmd.Process.Signal(syscall.SIGTERM)
	cmd.Wait() //nolint:errcheck // how it ended is not what is measured
	return took, errors.Join(err, stop)
}

// screen is an X server that nobody sees.
type screen struct {
	cmd     *exec.Cmd
	display string
}

func openScreen() (*screen, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	s := &screen{cmd: exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1366x768x24", "-nolisten", "tcp")}
	s.cmd.ExtraFiles = []*os.File{w}
	if err := s.cmd.Start(); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	w.Close()
	number, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		return nil, errors.Join(errors.New("Xvfb did not start"), err, s.cmd.Wait())
	}
	s.display = ":" + strings.TrimSpace(number)
	return s, nil
}

func (s *screen) close() {
	s.cmd.Process.Signal(syscall.SIGTERM) //nolint:errcheck // gone already, then
	s.cmd.Wait()                          //nolint:errcheck // it was told to end
}
