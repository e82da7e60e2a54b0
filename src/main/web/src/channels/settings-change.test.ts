import { describe, expect, it } from 'vitest'
import { Refusal } from '@/api/problem'
import { aWechat } from '@/testing/channels'
import { fieldProblems, movesAddress, settingsChange } from './settings-change'

const { fields } = aWechat()
const none = { secret: false, 'aes-key': false }

describe('what is sent of a form', () => {
  it('is only what differs, and an emptied field is unset', () => {
    const written = { 'app-id': ' wx2 ', secret: '', 'aes-key': '', mode: '' }
    expect(settingsChange(fields, { values: written, cleared: none }, { 'app-id': 'wx1', mode: 'safe' })).toEqual({ 'app-id': 'wx2', mode: null })
  })

  it('leaves a secret as it is until somebody writes or clears it', () => {
    const values = { 'app-id': 'wx1', secret: '', 'aes-key': '', mode: '' }
    expect(settingsChange(fields, { values, cleared: none }, { 'app-id': 'wx1' })).toEqual({})
    expect(settingsChange(fields, { values: { ...values, secret: 'new' }, cleared: { ...none, 'aes-key': true } }, { 'app-id': 'wx1' })).toEqual({
      secret: 'new', 'aes-key': null,
    })
  })
})

describe('where secrets go', () => {
  const change = (values: Record<string, string>) => settingsChange(fields, { values: { 'app-id': 'wx1', ...values }, cleared: none }, { 'app-id': 'wx1', 'api-base': 'https://old.example' })

  it('is another address when one is written or emptied, not when it is as before', () => {
    expect(movesAddress(fields, change({ 'api-base': 'https://new.example' }))).toBe(true)
    expect(movesAddress(fields, change({ 'api-base': '' }))).toBe(true)
    expect(movesAddress(fields, change({ 'api-base': 'https://old.example', 'app-id': 'wx2' }))).toBe(false)
  })
})

describe('what the server finds wrong', () => {
  it('stands at its field, and elsewhere above the buttons', () => {
    const refusal = new Refusal(422, 'invalid', '', null, [
      { field: 'name', message: '格式不正确' }, { field: 'settings.aes-key', message: 'aes-key must be 43 letters' }, { field: 'settings', message: 'odd' },
    ], null, {})
    expect(fieldProblems(refusal, fields, 'en')).toEqual({ name: '格式不正确', 'aes-key': 'aes-key must be 43 letters', '': 'odd' })
  })
})
