package demonstration

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
)

// Size of a photograph, in pixels, and how well it is kept.
const (
	wide, high = 640, 480
	quality    = 70
)

// photograph draws what a telephone might have seen of a counter in a hall: a wall
// with a board, a counter with windows, some of them shut, and queue posts. Nobody
// is in it, and no two of different seeds are alike. It gives the JPEG with its
// SHA-256.
func photograph(seed string, n int) (picture []byte, hash string, err error) {
	chance := sha256.Sum256(binary.BigEndian.AppendUint32([]byte(seed), uint32(n)))
	m := image.NewRGBA(image.Rect(0, 0, wide, high))
	warm := chance[0] % 24
	for y := range high { // the wall, darker towards the floor
		c := color.RGBA{222 - uint8(y/10) + warm/2, 220 - uint8(y/9), 212 - uint8(y/8), 255}
		draw.Draw(m, image.Rect(0, y, wide, y+1), image.NewUniform(c), image.Point{}, draw.Src)
	}
	fill := func(x, y, w, h int, c color.RGBA) {
		draw.Draw(m, image.Rect(x, y, x+w, y+h), image.NewUniform(c), image.Point{}, draw.Src)
	}
	fill(0, 400, wide, high-400, color.RGBA{150, 146, 140, 255}) // the floor
	for x := -20 + int(chance[1]%40); x < wide; x += 80 {
		fill(x, 400, 2, high-400, color.RGBA{138, 134, 128, 255})
	}
	fill(30+int(chance[2]%60), 40, 180, 70, color.RGBA{36, 74, 120, 255}) // the board
	for line := range 4 {
		fill(46+int(chance[2]%60), 54+line*13, 60+int(chance[3+line]%80), 5, color.RGBA{214, 222, 232, 255})
	}
	for i := range 4 { // windows, each open, shut, or with a lamp
		x, open := 20+i*155, chance[8+i]%3 != 0
		pane := color.RGBA{176, 204, 216, 255}
		if !open {
			pane = color.RGBA{120, 118, 114, 255}
		}
		fill(x, 150, 140, 130, color.RGBA{92, 84, 76, 255})
		fill(x+6, 156, 128, 118, pane)
		if open {
			fill(x+12+int(chance[12+i]%60), 214, 34, 60, color.RGBA{64, 70, 78, 255}) // a screen
			fill(x+54, 136, 32, 10, color.RGBA{70, 150, 84, 255})
		} else {
			fill(x+54, 136, 32, 10, color.RGBA{168, 60, 52, 255})
		}
	}
	fill(0, 280, wide, 26, color.RGBA{132, 96, 62, 255}) // the counter
	fill(0, 306, wide, 94, color.RGBA{168, 130, 92, 255})
	for i := range 2 + int(chance[17]%4) { // queue posts
		x := 60 + i*(480/(2+int(chance[17]%4))) + int(chance[18+i]%20)
		fill(x, 330, 5, 120, color.RGBA{60, 60, 62, 255})
		fill(x-10, 448, 25, 6, color.RGBA{48, 48, 50, 255})
		fill(x+5, 340, 70, 6, color.RGBA{150, 36, 40, 255})
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, &jpeg.Options{Quality: quality}); err != nil {
		return nil, "", err
	}
	sum := sha256.Sum256(out.Bytes())
	return out.Bytes(), hex.EncodeToString(sum[:]), nil
}
