package filekind

import (
	"bytes"
	"image/jpeg"
)

// isJPEG tells whether it is a JPEG that browsers can show, and nothing but one: what
// stands behind a picture's end is shown to nobody, and would be kept all the same.
func isJPEG(picture []byte) bool {
	c, err := jpeg.DecodeConfig(bytes.NewReader(picture))
	return err == nil && c.Width <= MostPixels && c.Height <= MostPixels && jpegEnd(picture) == len(picture)
}

// The markers of ITU-T T.81 B.1.1.3 that pictures are parted by.
const (
	marker    = 0xFF
	temporary = 0x01
	restart0  = 0xD0
	restart7  = 0xD7
	begin     = 0xD8
	end       = 0xD9
	scan      = 0xDA
)

// jpegEnd is where the first picture in the bytes ends; 0 if it does not.
func jpegEnd(b []byte) int {
	if len(b) < 4 || b[0] != marker || b[1] != begin {
		return 0
	}
	for at := 2; at+1 < len(b); {
		if b[at] != marker {
			return 0 // between segments there is nothing
		}
		kind := b[at+1]
		switch {
		case kind == marker: // fill
			at++
			continue
		case kind == end:
			return at + 2
		case kind == temporary || kind >= restart0 && kind <= restart7:
			at += 2
			continue
		case kind == begin || kind == 0 || at+3 >= len(b):
			return 0
		}
		length := int(b[at+2])<<8 | int(b[at+3])
		if length < 2 {
			return 0
		}
		if at += 2 + length; kind == scan {
			at = scanEnd(b, at)
		}
	}
	return 0
}

// scanEnd is where coded data ends: at the next marker that is no restart's. A byte FF
// in the data itself is followed by 0.
func scanEnd(b []byte, at int) int {
	for ; at+1 < len(b); at++ {
		if next := b[at+1]; b[at] == marker && next != 0 && next != marker && (next < restart0 || next > restart7) {
			return at
		}
	}
	return len(b)
}
