/** The address if it leads to a web page; what else a customer may have sent (javascript:, file:) is no link. */
export function webAddress(address: string | null | undefined): string | null {
  try {
    const url = new URL(address ?? '')
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null
  } catch {
    return null
  }
}

/** A picture or file on our own server. Nothing is ever loaded from a customer's address. */
export function ownAddress(address: string | null | undefined): string | null {
  return address?.startsWith('/') && !address.startsWith('//') ? address : null
}
