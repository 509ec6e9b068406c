import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { takeToken } from '@/api/token'
import App from './App.vue'
import { i18n } from './i18n'
import { watchTyping } from './live/attention'
import { makeRouter } from './router'
import { guardInputMethod } from './shell/inputMethod'
import './styles/tokens.css'
import './styles/base.css'

guardInputMethod()
watchTyping()
takeToken()
createApp(App).use(createPinia()).use(i18n).use(makeRouter()).mount('#app')
