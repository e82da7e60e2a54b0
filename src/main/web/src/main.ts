// Styles in the order in which they may override one another.
import './styles/tokens.css'
import './ui/element-styles'
import './styles/base.css'
import './styles/element.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { useHttpHooks } from './api/http'
import { currentLocale, setLocale } from './i18n/i18n'
import { router } from './router'
import { useSession } from './session/session'
import { restoreTheme } from './ui/theme'

restoreTheme()
setLocale(currentLocale())

const app = createApp(App).use(createPinia()).use(router)
useHttpHooks({ language: currentLocale, signedOut: () => useSession().expire() })
app.mount('#app')
