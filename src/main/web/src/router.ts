import { createRouter, createWebHistory } from 'vue-router'
import DeskPage from './desk/DeskPage.vue'

/**
 * The desk at `/`, where the open conversation is a query parameter, and the pages beside it. The
 * server answers every path of a page with the same file, and signing in keeps the address.
 */
export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'desk', component: DeskPage },
    { path: '/channels', name: 'channels', component: () => import('./channels/ChannelsPage.vue') },
    { path: '/:elsewhere(.*)*', redirect: '/' },
  ],
})
