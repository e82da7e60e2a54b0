import { ref, watch } from 'vue'
import { t } from '@/i18n/i18n'

const REMEMBERED = 'guanjia.alerts'

interface Choice {
  sound: boolean
  desktop: boolean
}

const choice = ref<Choice>(remembered())

watch(choice, (next) => {
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify(next))
  } catch {
    // lasts as long as the page then
  }
})

/** How a new waiting customer makes itself heard, as the person at this desk chose. */
export const alerts = {
  choice,

  setSound(on: boolean): void {
    choice.value = { ...choice.value, sound: on }
    if (on) {
      chime()
    }
  },

  /** Asks the browser first; stays off when the person or the browser says no. */
  async setDesktop(on: boolean): Promise<boolean> {
    const allowed = on && 'Notification' in window && (await Notification.requestPermission()) === 'granted'
    choice.value = { ...choice.value, desktop: allowed }
    return allowed === on
  },

  /** Names nobody: a notification may show on a locked screen. */
  someoneWaits(waiting: number): void {
    if (choice.value.sound) {
      chime()
    }
    if (choice.value.desktop && document.visibilityState !== 'visible' && Notification.permission === 'granted') {
      new Notification(t('notice.title'), { body: t('notice.waiting', { n: waiting }), tag: 'guanjia-queue' })
    }
  },
}

let audio: AudioContext | undefined

/** Two soft notes, made here, so there is no sound file to load. */
function chime(): void {
  try {
    audio ??= new AudioContext()
    const start = audio.currentTime
    for (const [index, frequency] of [659.3, 880].entries()) {
      const tone = audio.createOscillator()
      const volume = audio.createGain()
      const at = start + index * 0.14
      tone.frequency.value = frequency
      volume.gain.setValueAtTime(0, at)
      volume.gain.linearRampToValueAtTime(0.12, at + 0.02)
      volume.gain.exponentialRampToValueAtTime(0.001, at + 0.4)
      tone.connect(volume).connect(audio.destination)
      tone.start(at)
      tone.stop(at + 0.42)
    }
  } catch {
    // no sound device, or the browser waits for a first click
  }
}

function remembered(): Choice {
  try {
    const stored = JSON.parse(localStorage.getItem(REMEMBERED) ?? '{}') as Partial<Choice>
    return { sound: stored.sound === true, desktop: stored.desktop === true }
  } catch {
    return { sound: false, desktop: false }
  }
}
