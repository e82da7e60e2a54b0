/**
 * What a channel says about a setting, in the reader's language.
 *
 * A channel knows its settings and speaks English, `app-id must be set: 开发者ID(AppID), such as wx…`, which is also
 * what stands in the log. It has few ways to say it, so they are put into Chinese by clause; what is none of them is shown as
 * it came, after a word that something is wrong.
 */
export function faultWords(message: string, locale: string): string {
  const said = /^[a-z][a-z0-9.*-]*(?:\[\d+])? must (?:be|hold) (.+)$/s.exec(message)?.[1]
  if (locale !== 'zh' || said === undefined) {
    return message
  }
  const clauses = said.replace("letters, digits, '.', '_' or '-'", NAME_LETTERS).split(/: |, (?!\d|[A-Z0-9]+ or )|; /)
  const words = clauses.map(clauseWords)
  return words.includes(null) ? `填写有误（${message}）` : `${words.join('，')}。`
}

const NAME_LETTERS = 'name letters'

type Rule = readonly [RegExp, string]

const RULES: readonly Rule[] = [
  [/^set$/, '请填写'],
  [/^set (?:where|when) (.+)$/, '在 $1 时请填写'],
  [/^(?:a positive duration|a duration|a length of time) such as (\S+)$/, '请填写时长，如 $1'],
  [/^a duration below (\S+)$/, '请填写短于 $1 的时长'],
  [/^longer than ([a-z-]+)$/, '须长于 $1'],
  [/^(?:an address|the address) such as (\S+)$/, '请填写地址，如 $1'],
  [/^the address of a picture$/, '请填写图片地址'],
  [/^such as (\S+) and (\S+)$/, '格式如 $1 和 $2'],
  [/^such as from "?([^"]+)"?$/, '可用 $1 生成'],
  [/^such as (.+)$/, '如 $1'],
  [/^(?:or (\S+) such as) (\S+)$/, '或填写 $1，如 $2'],
  [/^without a path$/, '不带路径'],
  [/^without (\S+)$/, '不含 $1'],
  [/^mostly (\S+)$/, '一般为 $1'],
  [/^at least (\d+) characters where there is a webhook$/, '填写了推送地址时，至少 $1 个字符'],
  [/^(?:at least (\d+)|(\d+) or more) characters$/, '至少 $1$2 个字符'],
  [/^(?:at least (\d+)|(\d+) or more) letters and digits$/, '至少 $1$2 位字母或数字'],
  [/^at least (\d+) bytes(?: for (\S+))?$/, '至少 $1 字节'],
  [/^at least (\d+)$/, '不小于 $1'],
  [/^(\d+) letters and digits$/, '须为 $1 位字母或数字'],
  [/^up to (\d+) digits such as (\S+)$/, '最多 $1 位数字，如 $2'],
  [/^up to (\d+) digits$/, '最多 $1 位数字'],
  [/^up to (\d+) characters$/, '最多 $1 个字符'],
  [/^(\d+) to (\d+) characters$/, '$1 到 $2 个字符'],
  [/^(\d+) to (\d+) long$/, '长度 $1 到 $2'],
  [/^(\d+) to (\d+)$/, '须在 $1 到 $2 之间'],
  [/^with the signature$/, '含签名'],
  [/^a size such as (\S+)$/, '请填写大小，如 $1'],
  [/^networks such as (\S+), (\S+) or (\S+)$/, '请填写 IP 或网段，如 $1、$2 或 $3'],
  [/^digits$/, '须为数字'],
  [/^(?:messages|submits) a second$/, '请填写每秒条数'],
  [/^above (\d+)$/, '须大于 $1'],
  [/^name letters$/, '只能用字母、数字、“.”、“_”和“-”'],
  [/^it stands in .+$/, '它会出现在地址里'],
  [/^a public key as PEM that fits token-algorithm$/, '须为 PEM 格式的公钥，与签名算法相符'],
  [/^what your login signs its tokens with$/, '即登录系统给令牌签名用的密钥'],
  [/^what stands as (\w+) in your login's tokens$/, '即登录令牌中的 $1'],
  [/^the name of text-template's variable$/, '请填写该模板的变量名'],
  [/^(\S+(?: \(\S+\))?(?:, \S+)*) or (\S+(?: \(\S+\))?)(?: where there is a key)?$/, '须为 $1 或 $2'],
  [/^(\w+) of the application$/, '应用的 $1'],
  [/^(\w+) of the application that may use (.+)$/, '可调用$2接口的应用的 $1'],
  [/^([^ ]+) of ([^a-z].*)$/, '$2的 $1'],
  // The platform's own term.
  [/^([A-Z][\w ()]*|[^a-z].*)$/s, '$1'],
]

/** Null for what nobody has put into Chinese. */
function clauseWords(clause: string): string | null {
  const rule = RULES.find(([pattern]) => pattern.test(clause))
  return rule === undefined ? null : clause.replace(rule[0], rule[1])
}
