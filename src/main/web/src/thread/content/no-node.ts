/** Stands for Node's own `module` in the browser, where nobody asks for it. */
export function createRequire(): never {
  throw new Error('there is no Node here')
}
