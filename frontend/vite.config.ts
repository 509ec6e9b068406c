import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { offline } from './offline.ts'

// In `npm run dev` the API is a console started with
// `mingcha serve --listen 127.0.0.1:7878`; open its #k=… fragment on Vite's port.
const console_ = process.env['MINGCHA_CONSOLE'] ?? 'http://127.0.0.1:7878'

export default defineConfig({
  plugins: [vue(), ...offline()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  server: { proxy: { '/api': { target: console_, ws: true, changeOrigin: true } } },
  build: {
    target: ['es2022', 'safari16'],
    chunkSizeWarningLimit: 700,
  },
  // The first page that a test opens is compiled then, which takes a busy machine its
  // time. Each file has a world of its own in a thread that has loaded the libraries.
  test: { environment: 'happy-dom', include: ['tests/**/*.test.ts'], pool: 'vmThreads', unstubGlobals: true, testTimeout: 60_000 },
})
