import { adjustClock } from '@/clock/clock'
import { NoAnswer, refusalFrom, type Refusal } from './problem'

const BASE = '/api/v1'
const ANSWER_WITHIN_MS = 15_000
const UPLOAD_WITHIN_MS = 120_000

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What carries a call to the gateway and its answer back. Fails where there is none. */
export type Transport = (
  address: string,
  request: { method: Method; headers: Headers; body: string | FormData | null; signal: AbortSignal },
) => Promise<Response>

const fetching: Transport = (address, request) => fetch(address, { ...request, credentials: 'same-origin', cache: 'no-store' })

/** What the rest of the desk wants to know about every call. */
export interface HttpHooks {
  language(): string
  /** The session has ended; whoever is on screen has to sign in again. */
  signedOut(): void
}

let hooks: HttpHooks = { language: () => 'zh', signedOut: () => {} }

export function useHttpHooks(given: HttpHooks): void {
  hooks = given
}

/**
 * Calls the gateway and returns its JSON answer, or undefined for 204.
 *
 * Fails only with {@link Refusal} (the server said no) or {@link NoAnswer} (nobody knows).
 */
export async function call<T>(method: Method, path: string, body?: unknown, through: Transport = fetching): Promise<T> {
  const first = await send(method, path, body, through)
  const response = (await staleCsrfToken(method, first)) ? await send(method, path, body, through) : first
  if (response.ok) {
    return (response.status === 204 ? undefined : await readJson(response)) as T
  }
  const refusal = await refusalFrom(response)
  if (refusal.status === 401 && refusal.code !== 'bad-credentials') {
    hooks.signedOut()
  }
  // A gateway in front of ours that cannot reach it answers 502 to 504: nobody knows what happened.
  if (refusal.status >= 502 && refusal.status <= 504) {
    throw new NoAnswer(`${refusal.status}`)
  }
  throw refusal
}

async function send(method: Method, path: string, body: unknown, through: Transport): Promise<Response> {
  const upload = body instanceof FormData
  const headers = new Headers({ Accept: 'application/json', 'Accept-Language': hooks.language() })
  if (body !== undefined && !upload) {
    headers.set('Content-Type', 'application/json')
  }
  const token = method === 'GET' ? null : csrfToken()
  if (token !== null) {
    headers.set('X-XSRF-TOKEN', token)
  }
  try {
    const response = await through(BASE + path, {
      method,
      headers,
      body: body === undefined ? null : upload ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(upload ? UPLOAD_WITHIN_MS : ANSWER_WITHIN_MS),
    })
    adjustClock(response.headers.get('Date'))
    return response
  } catch (failure) {
    throw new NoAnswer(failure instanceof Error ? failure.message : 'network')
  }
}

/**
 * Signing in or out renews the CSRF cookie, so a token read a moment ago may be refused. When a
 * harmless GET brings another one, the call deserves a second try.
 */
async function staleCsrfToken(method: Method, response: Response): Promise<boolean> {
  if (method === 'GET' || response.status !== 403) {
    return false
  }
  const before = csrfToken()
  await send('GET', '/me', undefined, fetching)
  return csrfToken() !== before
}

export function csrfToken(cookies: string = document.cookie): string | null {
  const entry = cookies.split('; ').find((cookie) => cookie.startsWith('XSRF-TOKEN='))
  return entry === undefined ? null : decodeURIComponent(entry.slice('XSRF-TOKEN='.length))
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch (failure) {
    throw new NoAnswer(failure instanceof Error ? failure.message : 'unreadable')
  }
}

export function query(parameters: Record<string, string | number | null | undefined>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') {
      search.set(name, String(value))
    }
  }
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}

export type { Refusal }
