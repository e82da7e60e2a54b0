import { describe, expect, it } from 'vitest'
import { customerName, initial } from './naming'

describe('a customer without a name', () => {
  it('is the end of their id, on the avatar too', () => {
    const name = customerName({ name: null, party: 'oABCD_customer-000000000000x7' })
    expect(name).toBe('oAB…000x7')
    expect(initial(name)).toBe('7')
  })

  it('has the middle of their phone number hidden', () => {
    const name = customerName({ name: null, party: '+8613900858473' })
    expect(name).toBe('+86139****8473')
    expect(initial(name)).toBe('3')
  })

  it('is called what colleagues call them once they do', () => {
    expect(initial(customerName({ name: ' 王芳 ', party: 'openid-1' }))).toBe('王')
  })
})
