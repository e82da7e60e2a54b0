/**
 * Voice notes in the formats that WeChat records and no browser plays, turned into one that all do.
 *
 * The decoders come only when somebody wants to listen: they are larger than the rest of the desk.
 */

export type Codec = 'amr' | 'silk'

const SAMPLES = 24_000
const AMR_SAMPLES = 8_000

/** Null for what browsers play by themselves. */
export function codecOf(mimeType: string | null): Codec | null {
  if (mimeType === null) {
    return null
  }
  return /amr/.test(mimeType) ? 'amr' : /silk/.test(mimeType) ? 'silk' : null
}

/** Fails where the bytes are not what they are said to be. */
export async function toWav(bytes: Uint8Array, codec: Codec): Promise<Blob> {
  return codec === 'amr' ? wav(await fromAmr(bytes), AMR_SAMPLES) : wav(await fromSilk(bytes), SAMPLES)
}

interface AmrEngine {
  decode(amr: Uint8Array, done: (pcm: Int16Array) => void, failed: (why: string) => void): void
}

async function fromAmr(bytes: Uint8Array): Promise<Int16Array> {
  const recorder = (await import('recorder-core')).default as unknown as { AMR: AmrEngine }
  await import('recorder-core/src/engine/beta-amr-engine.js')
  return new Promise((done, failed) => recorder.AMR.decode(bytes, done, (why) => failed(new Error(why))))
}

function fromSilk(bytes: Uint8Array): Promise<Int16Array> {
  const worker = new Worker(new URL('./silk-worker.ts', import.meta.url), { type: 'module' })
  return new Promise<Int16Array>((done, failed) => {
    worker.onmessage = ({ data }) => (data instanceof Int16Array ? done(data) : failed(new Error(String(data))))
    worker.onerror = () => failed(new Error('the decoder did not start'))
    worker.postMessage({ bytes, perSecond: SAMPLES })
  }).finally(() => worker.terminate())
}

/** One channel of 16 bits (RIFF WAVE, PCM). */
export function wav(samples: Int16Array, perSecond: number): Blob {
  const header = new DataView(new ArrayBuffer(44))
  const words = (at: number, text: string) => [...text].forEach((letter, i) => header.setUint8(at + i, letter.charCodeAt(0)))
  words(0, 'RIFF')
  header.setUint32(4, 36 + samples.byteLength, true)
  words(8, 'WAVEfmt ')
  header.setUint32(16, 16, true)
  header.setUint16(20, 1, true)
  header.setUint16(22, 1, true)
  header.setUint32(24, perSecond, true)
  header.setUint32(28, perSecond * 2, true)
  header.setUint16(32, 2, true)
  header.setUint16(34, 16, true)
  words(36, 'data')
  header.setUint32(40, samples.byteLength, true)
  return new Blob([header, samples.slice()], { type: 'audio/wav' })
}
