import type { Transport } from './http'

/** Answers without a body, which a `Response` refuses to have. */
const BODILESS = [204, 205, 304]

/**
 * Sends as `fetch` does, and tells how much of the body is on its way, from 0 to 1, which `fetch` cannot.
 *
 * @param givenUp ends it as a lost line would
 */
export function telling(progress: (done: number) => void, givenUp: AbortSignal): Transport {
  return (address, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest()
      const stop = () => request.abort()
      const lost = () => reject(new TypeError('upload lost'))
      request.open(method, address)
      headers.forEach((value, name) => request.setRequestHeader(name, value))
      request.upload.addEventListener('progress', ({ lengthComputable, loaded, total }) => {
        if (lengthComputable) {
          progress(loaded / total)
        }
      })
      request.addEventListener('load', () => resolve(answerOf(request)))
      request.addEventListener('error', lost)
      request.addEventListener('abort', lost)
      signal.addEventListener('abort', stop)
      givenUp.addEventListener('abort', stop)
      request.send(body)
    })
}

function answerOf(request: XMLHttpRequest): Response {
  const headers = new Headers()
  for (const line of request.getAllResponseHeaders().split('\r\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) {
      headers.append(line.slice(0, colon), line.slice(colon + 1).trim())
    }
  }
  const body = BODILESS.includes(request.status) ? null : request.responseText
  return new Response(body, { status: request.status, statusText: request.statusText, headers })
}
