import { decode } from 'silk-wasm'

/**
 * One channel of 16 bits; fails where the bytes are no Silk. The decoder's glue evaluates strings, which no page
 * of ours may: in the browser it runs in {@link file://./silk-worker.ts}.
 */
export async function fromSilk(bytes: Uint8Array, perSecond: number): Promise<Int16Array> {
  const { data } = await decode(bytes, perSecond)
  return new Int16Array(data.buffer, data.byteOffset, data.byteLength >> 1)
}
