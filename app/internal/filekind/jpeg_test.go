package filekind

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"testing"
)

// L: bytes behind a JPEG's end are not kept, be it one byte, a whole file or another
// picture; the picture itself is.
func TestLNothingBehindAPictureIsKept(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 1))
		img := image.NewRGBA(image.Rect(0, 0, 1+r.IntN(90), 1+r.IntN(90)))
		for i := range img.Pix {
			img.Pix[i] = byte(r.Uint32())
		}
		img.Set(0, 0, color.White)
		var b bytes.Buffer
		if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 1 + r.IntN(100)}); err != nil {
			t.Fatal(err)
		}
		picture := b.Bytes()
		if !isJPEG(picture) {
			t.Fatalf("seed %d: a picture is none", seed)
		}
		for what, tail := range map[string][]byte{"a byte": {0}, "an archive": []byte("PK\x03\x04..."), "the picture again": picture, "an end again": {0xFF, 0xD9}} {
			if isJPEG(append(bytes.Clone(picture), tail...)) {
				t.Errorf("seed %d: %s behind it is taken", seed, what)
			}
		}
		if isJPEG(picture[:len(picture)-2]) {
			t.Errorf("seed %d: a picture without its end is taken", seed)
		}
	}
	// A comment segment that holds an end does not end the picture.
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	picture := b.Bytes()
	commented := append(append(bytes.Clone(picture[:2]), 0xFF, 0xFE, 0, 6, 0xFF, 0xD9, 0xFF, 0xD8), picture[2:]...)
	if !isJPEG(commented) {
		t.Error("a comment ends a picture")
	}
	if isJPEG(append(commented, 'x')) {
		t.Error("behind a picture with a comment something is taken")
	}
}

func FuzzJPEGEnd(f *testing.F) {
	f.Add([]byte{0xFF, 0xD8, 0xFF, 0xD9})
	f.Add([]byte{0xFF, 0xD8, 0xFF, 0xDA, 0, 2, 0xFF, 0, 0xFF, 0xD0, 0xFF, 0xD9})
	f.Fuzz(func(t *testing.T, b []byte) {
		if n := jpegEnd(b); n < 0 || n > len(b) {
			t.Errorf("%d of %d", n, len(b))
		}
	})
}
