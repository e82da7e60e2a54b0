import { beforeEach, describe, expect, it } from 'vitest'
import { TestGateway } from '@/testing/fetching'
import { call, useHttpHooks } from './http'
import { NoAnswer, Refusal } from './problem'

describe('a call to the gateway', () => {
  let gateway: TestGateway
  let endings: number

  beforeEach(() => {
    gateway = new TestGateway()
    endings = 0
    useHttpHooks({ language: () => 'en', signedOut: () => (endings += 1) })
    document.cookie = 'XSRF-TOKEN=first'
  })

  it('carries the language, and the CSRF token where it changes something', async () => {
    gateway.on('GET', /me/, () => ({ json: {} })).on('POST', /take/, () => ({ json: {} }))
    await call('GET', '/me')
    await call('POST', '/conversations/1/take')
    expect(gateway.asked.map((one) => one.headers.get('X-XSRF-TOKEN'))).toEqual([null, 'first'])
    expect(gateway.asked[0]?.headers.get('Accept-Language')).toBe('en')
  })

  it('is tried once more when signing in elsewhere has renewed the CSRF token', async () => {
    gateway
      .on('POST', /close/, (request) => (request.headers.get('X-XSRF-TOKEN') === 'second' ? { json: { id: 'c' } } : { status: 403 }))
      .on('GET', /me/, () => {
        document.cookie = 'XSRF-TOKEN=second'
        return { json: {} }
      })
    expect(await call('POST', '/conversations/1/close')).toEqual({ id: 'c' })
  })

  it('is not tried again when it is simply forbidden', async () => {
    gateway.on('POST', /close/, () => ({ status: 403 })).on('GET', /me/, () => ({ json: {} }))
    await expect(call('POST', '/conversations/1/close')).rejects.toMatchObject({ status: 403 })
    expect(gateway.asked.filter((one) => one.method === 'POST')).toHaveLength(1)
  })

  it('says what the server refused and why', async () => {
    gateway.on('POST', /take/, () => ({ status: 409, json: { code: 'conversation-taken', title: '已被接入', agent: { name: '钱多' } } }))
    const refusal = await call('POST', '/conversations/1/take').catch((failure: unknown) => failure)
    expect(refusal).toBeInstanceOf(Refusal)
    expect(refusal).toMatchObject({ code: 'conversation-taken', title: '已被接入', body: { agent: { name: '钱多' } } })
  })

  it('tells "nobody answered" from "no", also behind a proxy that cannot reach the gateway', async () => {
    gateway.on('GET', /me/, () => 'no network').on('GET', /conversations/, () => ({ status: 502 }))
    await expect(call('GET', '/me')).rejects.toBeInstanceOf(NoAnswer)
    await expect(call('GET', '/conversations')).rejects.toBeInstanceOf(NoAnswer)
  })

  it('reports the end of the session, but not a wrong password', async () => {
    gateway.on('GET', /me/, () => ({ status: 401, json: { code: 'not-signed-in' } }))
    gateway.on('POST', /session/, () => ({ status: 401, json: { code: 'bad-credentials' } }))
    await call('POST', '/session', {}).catch(() => {})
    expect(endings).toBe(0)
    await call('GET', '/me').catch(() => {})
    expect(endings).toBe(1)
  })

  it('says how long to wait after too many attempts', async () => {
    gateway.on('POST', /session/, () => ({ status: 429, json: { code: 'too-many-attempts' }, headers: { 'Retry-After': '12' } }))
    await expect(call('POST', '/session', {})).rejects.toMatchObject({ retryAfterSeconds: 12 })
  })
})
