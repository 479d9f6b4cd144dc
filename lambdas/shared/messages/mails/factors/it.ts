import type { Translation } from '../../message.ts';
import type { factors as source } from './en.ts';

/** Sentences of mails about second factors. */
export const factors: Translation<typeof source> = {
  'factor.totp': 'App di autenticazione',
  'factor.passkey': 'Passkey',
  'factor.sms': 'SMS',
  'factor-notice.ignore': 'Se è stato Lei, non deve fare nulla.',
  'factor-notice.act':
    'Se non è stato Lei, qualcun altro potrebbe avere accesso al Suo account. Imposti subito una nuova password e controlli i Suoi secondi fattori.',
  'factor-added.subject': 'È stato aggiunto un secondo fattore al Suo account {brand}',
  'factor-added.preheader': 'Se è stato Lei, è tutto a posto.',
  'factor-added.title': 'È stato aggiunto un secondo fattore',
  'factor-added.lead':
    'In data {at, date, day} alle ore {at, time, clock} UTC è stato aggiunto un secondo fattore al Suo account {brand}: {factor}.',
  'factor-removed.subject': 'È stato rimosso un secondo fattore dal Suo account {brand}',
  'factor-removed.preheader': 'Se è stato Lei, è tutto a posto.',
  'factor-removed.title': 'È stato rimosso un secondo fattore',
  'factor-removed.lead':
    'In data {at, date, day} alle ore {at, time, clock} UTC è stato rimosso un secondo fattore dal Suo account {brand}: {factor}.',
  'code-channel-changed.subject': 'I Suoi codici di accesso a {brand} arrivano ora per un’altra via',
  'code-channel-changed.preheader': 'Se è stato Lei, è tutto a posto.',
  'code-channel-changed.title': 'I Suoi codici di accesso arrivano per un’altra via',
  'code-channel-changed.lead.mail':
    'In data {at, date, day} alle ore {at, time, clock} UTC è stato scelto di inviare i codici di accesso al Suo account {brand} per e-mail a questo indirizzo.',
  'code-channel-changed.lead.text':
    'In data {at, date, day} alle ore {at, time, clock} UTC è stato scelto di inviare i codici di accesso al Suo account {brand} per SMS al Suo telefono.',
  'recovery-codes-made.subject': 'Nuovi codici di recupero per il Suo account {brand}',
  'recovery-codes-made.preheader': 'Se è stato Lei, è tutto a posto.',
  'recovery-codes-made.title': 'Sono stati creati nuovi codici di recupero',
  'recovery-codes-made.lead':
    'In data {at, date, day} alle ore {at, time, clock} UTC sono stati creati nuovi codici di recupero per il Suo account {brand}. I precedenti non valgono più.',
  'recovery-code-used.subject': 'È stato usato un codice di recupero del Suo account {brand}',
  'recovery-code-used.preheader': 'Se è stato Lei, è tutto a posto.',
  'recovery-code-used.title': 'È stato usato un codice di recupero',
  'recovery-code-used.lead':
    'In data {at, date, day} alle ore {at, time, clock} UTC qualcuno ha effettuato l’accesso al Suo account {brand} con uno dei Suoi codici di recupero. {left, plural, =0 {Non resta alcun codice.} one {Resta # codice.} many {Restano # codici.} other {Restano # codici.}}',
};
