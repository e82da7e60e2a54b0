import { deflateSync } from 'node:zlib'

/** A card-like PNG with a stripe, so that a picture is recognisable as one. */
export function png(width, height, [r, g, b]) {
  const rows = Buffer.alloc((width * 3 + 1) * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * (width * 3 + 1) + 1 + x * 3
      const stripe = y > height * 0.2 && y < height * 0.36 ? 0.35 : 1
      const light = stripe * (0.85 + 0.15 * Math.sin((x + y) / 40))
      rows[at] = r * light
      rows[at + 1] = g * light
      rows[at + 2] = b * light
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A two-second tone that fades. */
export function wav(seconds = 2, rate = 8000) {
  const samples = Buffer.alloc(rate * seconds)
  for (let i = 0; i < samples.length; i++) {
    const fade = 1 - i / samples.length
    samples[i] = 128 + 60 * fade * Math.sin((2 * Math.PI * 330 * i) / rate)
  }
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + samples.length, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate, 28)
  header.writeUInt16LE(1, 32)
  header.writeUInt16LE(8, 34)
  header.write('data', 36)
  header.writeUInt32LE(samples.length, 40)
  return Buffer.concat([header, samples])
}

const TABLE = Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) {
    c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  }
  return c >>> 0
})

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  let crc = 0xffffffff
  for (const byte of body) {
    crc = TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8)
  }
  framed.writeUInt32BE((crc ^ 0xffffffff) >>> 0, framed.length - 4)
  return framed
}
