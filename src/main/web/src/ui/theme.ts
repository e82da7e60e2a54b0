import { ref } from 'vue'

export type Theme = 'light' | 'dark'

const REMEMBERED = 'guanjia.theme'

export const theme = ref<Theme>('light')

export function setTheme(next: Theme): void {
  theme.value = next
  document.documentElement.classList.toggle('dark', next === 'dark')
  try {
    localStorage.setItem(REMEMBERED, next)
  } catch {
    // lasts as long as the page then
  }
}

export function restoreTheme(): void {
  try {
    setTheme(localStorage.getItem(REMEMBERED) === 'dark' ? 'dark' : 'light')
  } catch {
    setTheme('light')
  }
}
