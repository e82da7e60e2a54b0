import { randomUUID } from 'node:crypto'
import { MEDIA } from './people.mjs'
import { png, wav } from './pictures.mjs'

/** What was uploaded since the start, by id. */
export const uploads = new Map()

export function upload(request, body) {
  const boundary = Buffer.from(`--${request.headers['content-type'].split('boundary=')[1]}`)
  const head = body.indexOf('\r\n\r\n')
  const mimeType = body.subarray(0, head).toString().match(/Content-Type: (.+)/i)?.[1].trim() ?? 'application/octet-stream'
  const name = body.subarray(0, head).toString().match(/filename="(.+?)"/)?.[1] ?? null
  const bytes = body.subarray(head + 4, body.lastIndexOf(boundary) - 2)
  const id = randomUUID()
  const described = { id, url: `/api/v1/media/${id}`, mimeType, size: bytes.length, name }
  uploads.set(id, { bytes, described })
  return { status: 201, json: described }
}

export function media(id) {
  const upload = uploads.get(id)
  if (upload) {
    return { status: 200, bytes: upload.bytes, type: upload.described.mimeType }
  }
  if (id === 'tone') {
    return { status: 200, bytes: wav(), type: 'audio/wav' }
  }
  const picture = MEDIA[id]
  return picture ? { status: 200, bytes: png(picture.width, picture.height, picture.colour), type: 'image/png' } : undefined
}
