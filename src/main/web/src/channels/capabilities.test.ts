import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import { setLocale } from '@/i18n/i18n'
import { allChannels, anAccount, aWechat, smsCan } from '@/testing/channels'
import { capabilityGroups, directionOf, kindsOf } from './capability-groups'
import CapabilityTable from './CapabilityTable.vue'

const sms = { ...aWechat(anAccount('bill', { channel: 'sms', capabilities: smsCan })), channel: 'sms' }
const all = allChannels(aWechat(anAccount('a'), anAccount('b'), anAccount('off', { capabilities: null })), sms)

describe('what channels carry', () => {
  beforeEach(() => setLocale('zh'))

  it('is said once for accounts that carry the same', () => {
    expect(capabilityGroups(all).map(({ channel, accounts }) => [channel, accounts])).toEqual([['wechat', ['a', 'b']], ['sms', ['bill']]])
  })

  it('lists every kind that any of them knows, the usual ones first', () => {
    const groups = capabilityGroups(all)
    groups[1]!.can = { ...smsCan, receives: ['fax', 'text'] }
    expect(kindsOf(groups)).toEqual(['text', 'image', 'template', 'event', 'fax'])
    expect(['text', 'event', 'template', 'fax'].map((kind) => directionOf(groups[0]!.can, kind))).toEqual(['both', 'in', 'out', 'neither'])
  })

  it('say how long something can be taken back', () => {
    const app = aWechat(anAccount('app', { capabilities: { ...smsCan, recall: true, recallSeconds: 120 } }))

    expect(mount(CapabilityTable, { props: { all: allChannels(app) } }).text()).toContain('2 分钟内可撤回')
  })

  it('can be read as a table', () => {
    const words = mount(CapabilityTable, { props: { all } }).text()
    expect(words).toContain('2048 字节')
    expect(words).toContain('500 字；70 字内 1 条，超过后每 67 字 1 条')
    expect(words).toContain('用审核过的模板')
    expect(words).toContain('来信后 48 小时内 5 条')
    expect(words).toContain('≤ 10.0 MB')
  })
})
