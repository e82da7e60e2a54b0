/** `82 KB`, `1.4 MB`. */
export function sizeWords(bytes: number): string {
  if (bytes < 1_024) {
    return `${bytes} B`
  }
  if (bytes < 1_024 * 1_024) {
    return `${Math.round(bytes / 1_024)} KB`
  }
  return `${(bytes / 1_024 / 1_024).toFixed(1)} MB`
}
