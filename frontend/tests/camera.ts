// Writes what a camera writes into a picture: when and where it was taken.

/** Little-endian TIFF directories, by hand after Exif 2.32, 4.6. */
function exifBlock(at: string, offset: string, lat: [number, number, number], lon: [number, number, number]): Buffer {
  const out = Buffer.alloc(512)
  let data = 200 // values that do not fit an entry stand from here on
  const entry = (at: number, tag: number, type: number, count: number, value: number): void => {
    out.writeUInt16LE(tag, at)
    out.writeUInt16LE(type, at + 2)
    out.writeUInt32LE(count, at + 4)
    out.writeUInt32LE(value, at + 8)
  }
  const text = (s: string): number => {
    const where = data
    out.write(`${s}\0`, where, 'latin1')
    data += s.length + 1 + ((s.length + 1) % 2)
    return where
  }
  const degrees = (parts: [number, number, number]): number => {
    const where = data
    parts.forEach((p, i) => {
      out.writeUInt32LE(Math.round(p * 1000), where + i * 8)
      out.writeUInt32LE(1000, where + i * 8 + 4)
    })
    data += 24
    return where
  }
  out.write('II*\0', 0, 'latin1')
  out.writeUInt32LE(8, 4)
  out.writeUInt16LE(2, 8) // IFD0: pointers to the two directories
  entry(10, 0x8769, 4, 1, 50)
  entry(22, 0x8825, 4, 1, 100)
  out.writeUInt16LE(2, 50) // Exif
  entry(52, 0x9003, 2, 20, text(at))
  entry(64, 0x9011, 2, 7, text(offset))
  out.writeUInt16LE(4, 100) // GPS
  entry(102, 1, 2, 2, 'N'.charCodeAt(0))
  entry(114, 2, 5, 3, degrees(lat))
  entry(126, 3, 2, 2, 'E'.charCodeAt(0))
  entry(138, 4, 5, 3, degrees(lon))
  return out.subarray(0, data)
}

/** The JPEG with a camera's notes in it. */
export function asTaken(jpeg: Buffer, at: string, offset: string, lat: [number, number, number], lon: [number, number, number]): Buffer {
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exifBlock(at, offset, lat, lon)])
  const head = Buffer.alloc(4)
  head.writeUInt16BE(0xffe1, 0)
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)])
}
