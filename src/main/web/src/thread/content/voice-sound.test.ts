import { describe, expect, it } from 'vitest'
import { fromSilk } from './silk'
import { codecOf, toWav, wav } from './voice-sound'

interface AmrEncoder {
  encode(pcm: Int16Array, done: (amr: Uint8Array) => void, failed: (why: string) => void, kilobits: number): void
}

/** 440 Hz. */
function tone(seconds: number, perSecond: number): Int16Array {
  return Int16Array.from({ length: seconds * perSecond }, (_, i) => Math.sin((i / perSecond) * 440 * 2 * Math.PI) * 8_000)
}

/** As a phone records it. */
async function inAmr(seconds: number): Promise<Uint8Array> {
  const recorder = (await import('recorder-core')).default as unknown as { AMR: AmrEncoder }
  await import('recorder-core/src/engine/beta-amr-engine.js')
  return new Promise((done, failed) =>
    recorder.AMR.encode(tone(seconds, 8_000), done, (why) => failed(new Error(why)), 12.2))
}

/** As WeChat itself records it. */
async function inSilk(seconds: number): Promise<Uint8Array> {
  const { encode } = await import('silk-wasm')
  return (await encode(new Uint8Array(tone(seconds, 24_000).buffer), 24_000)).data
}

describe('voice notes that no browser plays', () => {
  it('are told by their type', () => {
    expect(codecOf('audio/amr')).toBe('amr')
    expect(codecOf('audio/silk')).toBe('silk')
    expect(codecOf('audio/mpeg')).toBeNull()
    expect(codecOf(null)).toBeNull()
  })

  it('become a wave file as long as they are', async () => {
    const sound = await toWav(await inAmr(2), 'amr')
    const samples = new Int16Array((await sound.arrayBuffer()).slice(44))

    expect(sound.type).toBe('audio/wav')
    // A coder keeps the last frame, 20 ms, to itself.
    expect(2 * 8_000 - samples.length).toBeLessThanOrEqual(160)
    expect(Math.max(...samples)).toBeGreaterThan(4_000)
  })

  it('give their samples in Silk, too', async () => {
    const samples = await fromSilk(await inSilk(2), 24_000)

    expect(Math.abs(2 * 24_000 - samples.length)).toBeLessThanOrEqual(24_000 * 0.06)
    expect(Math.max(...samples)).toBeGreaterThan(4_000)
  })

  it('are refused where they are something else', async () => {
    const noise = new Uint8Array(64).fill(0xff)

    await expect(toWav(noise, 'amr')).rejects.toThrow()
    await expect(fromSilk(noise, 24_000)).rejects.toThrow()
  })

  it('a wave file says how long it is', async () => {
    const bytes = new DataView(await wav(new Int16Array(8_000), 8_000).arrayBuffer())

    expect(bytes.getUint32(40, true)).toBe(16_000)
    expect(bytes.getUint32(24, true)).toBe(8_000)
  })
})
