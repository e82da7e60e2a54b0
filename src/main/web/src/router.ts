import { createRouter, createWebHistory } from 'vue-router'
import DeskPage from './desk/DeskPage.vue'

/**
 * One page so far. The open conversation is a query parameter, so any address of the desk is the
 * address `/` to the server, and signing in keeps it.
 */
export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'desk', component: DeskPage },
    { path: '/:elsewhere(.*)*', redirect: '/' },
  ],
})
