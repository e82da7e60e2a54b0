import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { useHttpHooks } from '@/api/http'
import { currentLocale, setLocale } from '@/i18n/i18n'
import { TestGateway } from '@/testing/fetching'
import KnowledgeBar from './KnowledgeBar.vue'

const problem = { file: 'billing.md', line: 12, kind: 'answer-missing', message: '问题没有答案' }

function answer(problems: unknown[]) {
  return { json: { ready: true, entries: 60, wordings: 300, loadedAt: null, problem: problems[0] ?? null, problems } }
}

function barOver(problems: unknown[]) {
  new TestGateway().on('GET', /knowledge\/status$/, () => answer(problems))
  return mount(KnowledgeBar)
}

describe('what is wrong with the knowledge', () => {
  afterEach(() => setLocale('zh'))

  it('is said with file, line and how much there is of it', async () => {
    const bar = barOver([problem, { ...problem, line: 30 }])
    await flushPromises()

    expect(bar.text()).toContain('有 2 处错误')
    expect(bar.text()).toContain('billing.md 第 12 行：问题没有答案。')
    bar.unmount()
  })

  it('names no line where it is the folder as a whole', async () => {
    const bar = barOver([{ file: '.', line: 1, kind: 'no-questions', message: '知识文件夹里没有任何问题' }])
    await flushPromises()

    expect(bar.text()).toBe('机器人知识有问题：知识文件夹里没有任何问题。')
    bar.unmount()
  })

  it('is asked for again when the reader chooses another language', async () => {
    useHttpHooks({ language: currentLocale, signedOut: () => {} })
    new TestGateway().on('GET', /knowledge\/status$/, ({ headers }) =>
      answer([headers.get('Accept-Language') === 'en' ? { ...problem, message: 'the question has no answer' } : problem]),
    )
    const bar = mount(KnowledgeBar)
    await flushPromises()
    expect(bar.text()).toContain('问题没有答案')

    setLocale('en')
    await flushPromises()
    expect(bar.text()).toContain('billing.md line 12: the question has no answer.')
    bar.unmount()
  })

  it('takes no room where nothing is', async () => {
    const bar = barOver([])
    await flushPromises()

    expect(bar.find('[role=status]').exists()).toBe(false)
    bar.unmount()
  })
})
