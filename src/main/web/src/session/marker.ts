const NAME = 'guanjia_signed_in'

/**
 * A sign that this browser has a session, as the session's own cookie cannot be read. It lives as
 * long as that one and proves nothing: the server alone knows whether the session is good.
 */
export const marker = {
  isSet: (): boolean => document.cookie.split('; ').includes(`${NAME}=1`),
  set(): void {
    document.cookie = `${NAME}=1; path=/; SameSite=Lax`
  },
  remove(): void {
    document.cookie = `${NAME}=; path=/; SameSite=Lax; max-age=0`
  },
}
