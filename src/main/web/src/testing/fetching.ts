import { vi } from 'vitest'

interface Request {
  method: string
  path: string
  headers: Headers
  body: unknown
}

type Answer = { status?: number; json?: unknown; headers?: Record<string, string> } | 'no network'

/** The gateway behind `fetch`, answering as the test says and remembering what it was asked. */
export class TestGateway {
  readonly asked: Request[] = []
  private readonly answers: { method: string; path: RegExp; give: (request: Request) => Answer | Promise<Answer> }[] = []

  constructor() {
    vi.stubGlobal('fetch', (input: string, init: RequestInit) => this.receive(input, init))
  }

  on(method: string, path: RegExp, give: (request: Request) => Answer | Promise<Answer>): this {
    this.answers.unshift({ method, path, give })
    return this
  }

  private async receive(input: string, init: RequestInit): Promise<Response> {
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : init.body
    const request = { method: init.method ?? 'GET', path: input, headers: new Headers(init.headers), body }
    this.asked.push(request)
    const found = this.answers.find((one) => one.method === request.method && one.path.test(input))
    const answer = found === undefined ? { status: 404 } : await found.give(request)
    if (answer === 'no network') {
      throw new TypeError('Failed to fetch')
    }
    const status = answer.status ?? 200
    return new Response(status === 204 ? null : JSON.stringify(answer.json ?? {}), { status, headers: answer.headers ?? {} })
  }
}
