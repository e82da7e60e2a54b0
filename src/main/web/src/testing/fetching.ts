import { vi } from 'vitest'

interface Request {
  method: string
  path: string
  headers: Headers
  body: unknown
}

type Answer = { status?: number; json?: unknown; headers?: Record<string, string> } | 'no network'

/** The gateway behind `fetch` and uploads, answering as the test says and remembering what it was asked. */
export class TestGateway {
  readonly asked: Request[] = []
  private readonly answers: { method: string; path: RegExp; give: (request: Request) => Answer | Promise<Answer> }[] = []

  constructor() {
    const receive = (input: string, init: RequestInit) => this.receive(input, init)
    vi.stubGlobal('fetch', receive)
    vi.stubGlobal('XMLHttpRequest', class extends TestUpload {
      constructor() {
        super(receive)
      }
    })
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

/** As much of an XMLHttpRequest as an upload needs. */
class TestUpload extends EventTarget {
  readonly upload = new EventTarget()
  status = 0
  statusText = ''
  responseText = ''
  private method = ''
  private address = ''
  private answered: Response | null = null
  private readonly headers = new Headers()

  constructor(private readonly receive: (input: string, init: RequestInit) => Promise<Response>) {
    super()
  }

  open(method: string, address: string): void {
    this.method = method
    this.address = address
  }

  setRequestHeader(name: string, value: string): void {
    this.headers.set(name, value)
  }

  send(body: FormData): void {
    this.upload.dispatchEvent(Object.assign(new Event('progress'), { lengthComputable: true, loaded: 1, total: 2 }))
    this.receive(this.address, { method: this.method, headers: this.headers, body }).then(
      (response) => void this.answer(response),
      () => this.dispatchEvent(new Event('error')),
    )
  }

  abort(): void {
    this.dispatchEvent(new Event('abort'))
  }

  getAllResponseHeaders(): string {
    return [...(this.answered?.headers ?? [])].map(([name, value]) => `${name}: ${value}\r\n`).join('')
  }

  private async answer(response: Response): Promise<void> {
    this.answered = response
    this.status = response.status
    this.responseText = await response.text()
    this.dispatchEvent(new Event('load'))
  }
}
