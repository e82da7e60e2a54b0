/** The server understood the request and said no; `code` tells the cases apart, `detail` is for people. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string | null,
    readonly fields: { field: string; message: string }[],
    readonly retryAfterSeconds: number | null,
    /** The whole problem document, for the members a code brings along. */
    readonly body: Record<string, unknown>,
  ) {
    super(`${status} ${code}`)
  }
}

/** No usable answer: offline, timed out, or the server is down. The request may still have been carried out. */
export class NoAnswer extends Error {}

export async function refusalFrom(response: Response): Promise<Refusal> {
  const body = await documentOf(response)
  const retryAfter = Number(response.headers.get('Retry-After'))
  return new Refusal(
    response.status,
    stringOr(body.code, `http-${response.status}`),
    stringOr(body.title, response.statusText),
    typeof body.detail === 'string' ? body.detail : null,
    Array.isArray(body.errors) ? (body.errors as Refusal['fields']) : [],
    Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : null,
    body,
  )
}

async function documentOf(response: Response): Promise<Record<string, unknown>> {
  try {
    const parsed: unknown = await response.json()
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {}
  } catch {
    return {} // a proxy's HTML page, or nothing at all
  }
}

function stringOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise
}
