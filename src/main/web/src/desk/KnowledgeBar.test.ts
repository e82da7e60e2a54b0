import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { TestGateway } from '@/testing/fetching'
import KnowledgeBar from './KnowledgeBar.vue'

const problem = { file: 'billing.md', line: 12, message: 'the question has no answer' }

function barOver(problems: unknown[]) {
  new TestGateway().on('GET', /knowledge\/status$/, () => ({
    json: { ready: true, entries: 60, wordings: 300, loadedAt: null, problem: problems[0] ?? null, problems },
  }))
  return mount(KnowledgeBar)
}

describe('what is wrong with the knowledge', () => {
  it('is said with file, line and how much there is of it', async () => {
    const bar = barOver([problem, { ...problem, line: 30 }])
    await flushPromises()

    expect(bar.text()).toContain('有 2 处错误')
    expect(bar.text()).toContain('billing.md 第 12 行：the question has no answer')
    bar.unmount()
  })

  it('takes no room where nothing is', async () => {
    const bar = barOver([])
    await flushPromises()

    expect(bar.find('[role=status]').exists()).toBe(false)
    bar.unmount()
  })
})
