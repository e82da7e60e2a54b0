import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** Where the gateway answers while the console is being developed. */
const gateway = process.env.GUANJIA_API ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [vue()],
  resolve: {
    alias: {
      '@': fileURLToPath(new URL('./src', import.meta.url)),
      // silk-wasm asks Node for it, and only where it runs there.
      module: fileURLToPath(new URL('./src/thread/content/no-node.ts', import.meta.url)),
    },
  },
  define: {
    __VUE_OPTIONS_API__: 'true', // Element Plus still has components in that form
    __VUE_PROD_DEVTOOLS__: 'false',
  },
  build: {
    outDir: process.env.GUANJIA_WEB_OUT ?? 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy allows no data: addresses for scripts, styles and fonts.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'vue', test: /node_modules[\\/](@?vue|pinia)/, priority: 2 },
            { name: 'element', test: /node_modules[\\/](element-plus|@element-plus|@popperjs|@floating-ui|@vueuse|async-validator|dayjs|lodash)/, priority: 1 },
          ],
        },
      },
    },
  },
  // It shares the page's chunks, and the gateway knows it by its name.
  worker: { format: 'es' },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': { target: gateway, ws: true, changeOrigin: false } },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    css: false,
    restoreMocks: true,
  },
})
