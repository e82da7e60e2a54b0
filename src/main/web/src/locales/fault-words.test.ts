import { describe, expect, it } from 'vitest'
import { faultWords } from './fault-words'

const chinese = (message: string) => faultWords(message, 'zh')

describe('what a channel says about a setting', () => {
  it.each([
    ['app-id must be set: 开发者ID(AppID), such as wx1234567890abcdef', '请填写，开发者ID(AppID)，如 wx1234567890abcdef。'],
    ['aes-key must be 43 letters and digits: EncodingAESKey', '须为 43 位字母或数字，EncodingAESKey。'],
    ['timeout must be a positive duration such as 5s', '请填写时长，如 5s。'],
    ['windows.message.messages must be at least 0', '不小于 0。'],
    ['windows.message.lifetime must be a positive duration such as 48h', '请填写时长，如 48h。'],
    ['pace.custom-send must be messages a second, above 0', '请填写每秒条数，须大于 0。'],
    ['answer-within must be a duration below 5s, such as 2s', '请填写短于 5s 的时长，如 2s。'],
    ['api-base must be an address such as https://m.api.weibo.com', '请填写地址，如 https://m.api.weibo.com。'],
    ["name must be letters, digits, '.', '_' or '-'; it stands in addresses", '只能用字母、数字、“.”、“_”和“-”，它会出现在地址里。'],
    ['callback-key must be 16 or more letters and digits, such as from "openssl rand -hex 16"', '至少 16 位字母或数字，可用 openssl rand -hex 16 生成。'],
    ['push-secret must be at least 32 characters where there is a webhook', '填写了推送地址时，至少 32 个字符。'],
    ['token-algorithm must be HS256, RS256 or ES256 where there is a key', '须为 HS256, RS256 或 ES256。'],
    ['msg-fmt must be 8 (UCS-2) or 15 (GBK)', '须为 8 (UCS-2) 或 15 (GBK)。'],
    ['secret must be set: Secret of the application', '请填写，应用的 Secret。'],
    ['token must be set: Token of 设置API接收', '请填写，设置API接收的 Token。'],
    [
      'secret must be set: Secret of the application that may use 微信客服',
      '请填写，可调用微信客服接口的应用的 Secret。',
    ],
    ['sign-name must be set: 短信签名, without 【】', '请填写，短信签名，不含 【】。'],
    ['src-id must be set: 接入号, up to 21 digits such as 1069012345', '请填写，接入号，最多 21 位数字，如 1069012345。'],
    ['window must be 1 to 1024: 滑动窗口, mostly 16', '须在 1 到 1024 之间，滑动窗口，一般为 16。'],
    ["token-issuer must be set: what stands as iss in your login's tokens", '请填写，即登录令牌中的 iss。'],
    ['uid must be digits, such as 1902538057', '须为数字，如 1902538057。'],
    [
      'callback-from must be networks such as 10.0.0.0/8, 192.168.1.7 or fd00::/8',
      '请填写 IP 或网段，如 10.0.0.0/8、192.168.1.7 或 fd00::/8。',
    ],
    ['text-limit must be 20 to 500 characters, with the signature', '20 到 500 个字符，含签名。'],
    ['callback-max-age must be a positive duration such as 5m', '请填写时长，如 5m。'],
    ['upload-size-per-day must be a size such as 200MB', '请填写大小，如 200MB。'],
    ['reference-bits must be 8 or 16', '须为 8 或 16。'],
    ['assemble-within must be longer than response-timeout', '须长于 response-timeout。'],
    ['rate must be submits a second, above 0: 流速', '请填写每秒条数，须大于 0，流速。'],
    ['fee-user-type must be 0 to 2: 计费用户类型, mostly 2', '须在 0 到 2 之间，计费用户类型，一般为 2。'],
    ['fee-code must be up to 6 characters: 资费代码', '最多 6 个字符，资费代码。'],
    ['sign-name must be up to 30 characters: 短信签名, without 【】', '最多 30 个字符，短信签名，不含 【】。'],
    ['origins must be such as https://www.bank.example, without a path', '如 https://www.bank.example，不带路径。'],
  ])('is Chinese in the Chinese form: %s', (message, words) => {
    expect(chinese(message)).toBe(words)
  })

  it('is shown as it came where nobody has put it into Chinese, after a word that something is wrong', () => {
    expect(chinese('answer must be whatever the moon allows')).toBe('填写有误（answer must be whatever the moon allows）')
  })

  it('stays as it is where it is Chinese already, and in the English form', () => {
    expect(chinese('格式不正确')).toBe('格式不正确')
    expect(faultWords('uid must be digits', 'en')).toBe('uid must be digits')
  })
})
