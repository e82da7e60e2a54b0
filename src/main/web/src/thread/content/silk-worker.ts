import { fromSilk } from './silk'

/** Answers bytes in Silk with their samples, or with why there are none. */
self.onmessage = ({ data }: MessageEvent<{ bytes: Uint8Array; perSecond: number }>) => {
  fromSilk(data.bytes, data.perSecond).then(
    (samples) => self.postMessage(samples),
    (failure) => self.postMessage(String(failure)),
  )
}
