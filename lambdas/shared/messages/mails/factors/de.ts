import type { Translation } from '../../message.ts';
import type { factors as source } from './en.ts';

/** Sentences of mails about second factors. */
export const factors: Translation<typeof source> = {
  'factor.totp': 'Authenticator-App',
  'factor.passkey': 'Passkey',
  'factor.sms': 'SMS',
  'factor-notice.ignore': 'Falls Sie es waren, brauchen Sie nichts zu tun.',
  'factor-notice.act':
    'Falls Sie es nicht waren, hat möglicherweise jemand anderes Zugriff auf Ihr Konto. Legen Sie sofort ein neues Passwort fest und prüfen Sie Ihre zweiten Faktoren.',
  'factor-added.subject': 'Ihrem Konto bei {brand} wurde ein zweiter Faktor hinzugefügt',
  'factor-added.preheader': 'Falls Sie es waren, ist alles in Ordnung.',
  'factor-added.title': 'Ein zweiter Faktor wurde hinzugefügt',
  'factor-added.lead':
    'Am {at, date, day} um {at, time, clock} Uhr (UTC) wurde Ihrem Konto bei {brand} ein zweiter Faktor hinzugefügt: {factor}.',
  'factor-removed.subject': 'Von Ihrem Konto bei {brand} wurde ein zweiter Faktor entfernt',
  'factor-removed.preheader': 'Falls Sie es waren, ist alles in Ordnung.',
  'factor-removed.title': 'Ein zweiter Faktor wurde entfernt',
  'factor-removed.lead':
    'Am {at, date, day} um {at, time, clock} Uhr (UTC) wurde von Ihrem Konto bei {brand} ein zweiter Faktor entfernt: {factor}.',
  'code-channel-changed.subject': 'Ihre Anmeldecodes für {brand} kommen jetzt auf anderem Weg',
  'code-channel-changed.preheader': 'Falls Sie es waren, ist alles in Ordnung.',
  'code-channel-changed.title': 'Ihre Anmeldecodes kommen auf anderem Weg',
  'code-channel-changed.lead.mail':
    'Am {at, date, day} um {at, time, clock} Uhr (UTC) wurde eingestellt, dass Anmeldecodes für Ihr Konto bei {brand} per E-Mail an diese Adresse gehen.',
  'code-channel-changed.lead.text':
    'Am {at, date, day} um {at, time, clock} Uhr (UTC) wurde eingestellt, dass Anmeldecodes für Ihr Konto bei {brand} per SMS an Ihr Telefon gehen.',
  'recovery-codes-made.subject': 'Neue Wiederherstellungscodes für Ihr Konto bei {brand}',
  'recovery-codes-made.preheader': 'Falls Sie es waren, ist alles in Ordnung.',
  'recovery-codes-made.title': 'Neue Wiederherstellungscodes wurden erstellt',
  'recovery-codes-made.lead':
    'Am {at, date, day} um {at, time, clock} Uhr (UTC) wurden für Ihr Konto bei {brand} neue Wiederherstellungscodes erstellt. Die alten gelten nicht mehr.',
  'recovery-code-used.subject': 'Ein Wiederherstellungscode Ihres Kontos bei {brand} wurde verwendet',
  'recovery-code-used.preheader': 'Falls Sie es waren, ist alles in Ordnung.',
  'recovery-code-used.title': 'Ein Wiederherstellungscode wurde verwendet',
  'recovery-code-used.lead':
    'Am {at, date, day} um {at, time, clock} Uhr (UTC) hat sich jemand mit einem Ihrer Wiederherstellungscodes bei {brand} angemeldet. {left, plural, =0 {Kein Code ist übrig.} one {# Code ist übrig.} other {# Codes sind übrig.}}',
};
