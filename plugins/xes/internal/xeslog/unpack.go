package xeslog

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"errors"
	"io"
)

// looked is how much of a file's beginning tells its packing and encoding.
const looked = 512 << 10

// unpacked is the text of a log out of whatever packing, by its content and not
// by its name.
func unpacked(in io.Reader) (*bufio.Reader, []io.Closer, error) {
	var opened []io.Closer
	if z, err := unzipped(in); err != nil {
		return nil, nil, err
	} else if z != nil {
		in, opened = z, append(opened, z)
	}
	text := bufio.NewReaderSize(in, looked)
	packed := len(opened) > 0
	for range 4 { // a log packed twice is met, one packed for ever is not
		start, err := text.Peek(8)
		if len(start) == 0 && err != nil {
			if errors.Is(err, io.EOF) {
				err = empty(packed, false)
			}
			return text, opened, err
		}
		switch {
		case bytes.HasPrefix(start, []byte{0x1f, 0x8b}):
			z, err := gzip.NewReader(text)
			if err != nil {
				return text, opened, err
			}
			opened = append(opened, z)
			text, packed = bufio.NewReaderSize(z, looked), true
			continue
		case bytes.HasPrefix(start, []byte("BZh")):
			text, packed = bufio.NewReaderSize(bzip2.NewReader(text), looked), true
			continue
		case bytes.HasPrefix(start, []byte("PK\x03\x04")):
			return text, opened, is(Packed, Found{"压缩包里的 zip 压缩包", "a zip archive within another packing"})
		}
		break
	}
	start, _ := text.Peek(1 << 10)
	return text, opened, notALog(start)
}
