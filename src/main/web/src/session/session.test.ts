import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useHttpHooks } from '@/api/http'
import { wordsFor } from '@/i18n/i18n'
import { TestGateway } from '@/testing/fetching'
import { lin, zhao } from '@/testing/samples'
import { marker } from './marker'
import { useSession } from './session'

describe('who sits at the desk', () => {
  let signedIn = false
  let gateway: TestGateway

  /** The page is loaded again: what is not in a cookie is forgotten. */
  function load(): ReturnType<typeof useSession> {
    setActivePinia(createPinia())
    useHttpHooks({ language: () => 'zh', signedOut: () => useSession().expire() })
    return useSession()
  }

  function asked(path: string): number {
    return gateway.asked.filter((one) => one.method === 'GET' && one.path.endsWith(path)).length
  }

  beforeEach(() => {
    marker.remove()
    signedIn = false
    gateway = new TestGateway()
      .on('GET', /\/me$/, () => (signedIn ? { json: lin } : { status: 401, json: { code: 'unauthorized' } }))
      .on('POST', /\/session$/, () => {
        signedIn = true
        return { json: lin }
      })
      .on('DELETE', /\/session$/, () => {
        signedIn = false
        return { status: 204 }
      })
  })

  it('is not asked for in a browser where nobody signed in', async () => {
    const session = load()
    await session.resume()

    expect(session.standing).toBe('out')
    expect(asked('/me')).toBe(0)
  })

  it('is found again when the page is loaded again, until they sign out', async () => {
    await load().signIn('lin', 'secret')

    const again = load()
    await again.resume()
    expect(again.standing).toBe('in')
    expect(again.me?.username).toBe('lin')

    await again.signOut()
    const after = load()
    await after.resume()
    expect(after.standing).toBe('out')
    expect(asked('/me')).toBe(1)
  })

  it('is let in once the words of channels are there', async () => {
    gateway.on('GET', /\/words$/, () => ({ json: { 'channel.weibo': '微博' } }))

    await load().signIn('lin', 'secret')

    expect(wordsFor('channel', 'weibo')).toBe('微博')
    await load().resume()
    expect(asked('/words')).toBe(1)
  })

  it('is asked for once when the session has ended meanwhile', async () => {
    await load().signIn('lin', 'secret')
    signedIn = false

    await load().resume()
    const session = load()
    await session.resume()

    expect(session.standing).toBe('out')
    expect(asked('/me')).toBe(1)
  })

  it('serves customers as an agent or a supervisor, not as an administrator alone', () => {
    const session = load()
    expect(session.serves).toBe(false)
    session.me = lin
    expect(session.serves).toBe(true)
    session.me = zhao
    expect(session.serves).toBe(true)
    session.me = { ...zhao, roles: ['administrator'] }
    expect(session.serves).toBe(false)
    session.me = { ...zhao, roles: ['agent', 'administrator'] }
    expect(session.serves).toBe(true)
  })
})
