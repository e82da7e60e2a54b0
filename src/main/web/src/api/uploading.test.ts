import { beforeEach, describe, expect, it } from 'vitest'
import { TestGateway } from '@/testing/fetching'
import { desk } from './desk'
import { NoAnswer, Refusal } from './problem'

describe('an upload', () => {
  let gateway: TestGateway
  const file = new File(['x'], '账单.pdf')
  const nobody = new AbortController().signal

  beforeEach(() => {
    gateway = new TestGateway()
    document.cookie = 'XSRF-TOKEN=first'
  })

  it('says how far it is, and proves where it comes from', async () => {
    gateway.on('POST', /media$/, () => ({ status: 201, json: { id: 'f1' } }))
    const told: number[] = []
    expect(await desk.upload(file, (done) => told.push(done), nobody)).toEqual({ id: 'f1' })
    expect(told).toEqual([0.5])
    expect(gateway.asked[0]?.headers.get('X-XSRF-TOKEN')).toBe('first')
    expect(gateway.asked[0]?.body).toBeInstanceOf(FormData)
  })

  it('is refused in the same words as any other call', async () => {
    gateway.on('POST', /media$/, () => ({ status: 413, json: { code: 'too-large', detail: '文件太大。' } }))
    const refusal = await desk.upload(file, () => {}, nobody).catch((failure: unknown) => failure)
    expect(refusal).toBeInstanceOf(Refusal)
    expect(refusal).toMatchObject({ code: 'too-large', detail: '文件太大。' })
  })

  it('ends without an answer when the line is lost or somebody gives up', async () => {
    gateway.on('POST', /media$/, () => 'no network')
    await expect(desk.upload(file, () => {}, nobody)).rejects.toBeInstanceOf(NoAnswer)

    gateway.on('POST', /media$/, () => new Promise(() => {}))
    const given = new AbortController()
    const upload = desk.upload(file, () => {}, given.signal)
    given.abort()
    await expect(upload).rejects.toBeInstanceOf(NoAnswer)
  })
})
