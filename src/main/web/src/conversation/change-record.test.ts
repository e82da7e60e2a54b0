import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import { setLocale } from '@/i18n/i18n'
import { aChange } from '@/testing/samples'
import ChangeRecord from './ChangeRecord.vue'

const member = { kind: 'colleague', name: 'lisi' } as const
const STATES = ['bot', 'waiting', 'agent', 'elsewhere', 'closed'] as const

describe('the record of changes', () => {
  beforeEach(() => setLocale('zh'))

  it('names every state in whole words', () => {
    const changes = STATES.map((to, at) => aChange(at, to, { by: member }))
    const states = mount(ChangeRecord, { props: { changes, now: Date.now() } })
      .findAll('.to')
      .map((line) => line.text())

    expect(states).toContain('在平台客户端服务中')
    expect(states.join('')).not.toMatch(/[{}]|state\./)
    expect(new Set(states).size).toBe(STATES.length)
  })
})
