import type { Translation } from '../message.ts';
import type { en } from './en.ts';
import { factors } from './factors/de.ts';

/** German, Sie. */
export const de: Translation<typeof en> = {
  ...factors,
  greeting: 'Guten Tag,',
  'greeting.name': 'Guten Tag, {name},',
  'code.label': 'Ihr Code',
  'code.minutes': 'Er gilt {minutes, plural, one {# Minute} other {# Minuten}} lang und nur einmal.',
  'code.hours': 'Er gilt {hours, plural, one {# Stunde} other {# Stunden}} lang und nur einmal.',
  'code.private': 'Niemand bei {brand} wird Sie je nach diesem Code fragen. Bitte geben Sie ihn nicht weiter.',
  'footer.reason':
    'Diese automatische Nachricht haben Sie von {brand} erhalten, weil Ihre Adresse dort eingegeben wurde.',
  'footer.account':
    'Diese automatische Nachricht haben Sie von {brand} erhalten, weil sie die Sicherheit Ihres Kontos betrifft.',
  'footer.contact': 'Fragen? Schreiben Sie an {contact}.',

  'verify.subject': 'Bestätigen Sie Ihre E-Mail-Adresse für {brand}',
  'verify.preheader': 'Ihr Code ist da. Nur noch ein Schritt.',
  'verify.title': 'Bestätigen Sie Ihre E-Mail-Adresse',
  'verify.lead': 'Willkommen bei {brand}. Geben Sie diesen Code ein, um Ihr Konto fertig anzulegen.',
  'verify.ignore':
    'Falls Sie sich nicht registriert haben, können Sie diese Nachricht ignorieren: Ohne den Code wird kein Konto angelegt.',

  'already-registered.subject': 'Sie haben bereits ein Konto bei {brand}',
  'already-registered.preheader': 'Es hat sich nichts geändert. Sie können sich wie gewohnt anmelden.',
  'already-registered.title': 'Sie haben bereits ein Konto',
  'already-registered.lead':
    'Jemand, vielleicht Sie selbst, hat diese E-Mail-Adresse für ein Konto bei {brand} eingegeben. Sie gehört bereits zu einem Konto, daher hat sich nichts geändert.',
  'already-registered.act':
    'Falls Sie es waren, melden Sie sich wie gewohnt an. Wenn Sie Ihr Passwort vergessen haben, wählen Sie auf der Anmeldeseite „Passwort vergessen“.',
  'already-registered.ignore':
    'Falls Sie es nicht waren, brauchen Sie nichts zu tun. Ihr Konto ist sicher, und die andere Person hat nicht erfahren, dass es existiert.',

  'sign-in-code.subject': 'Ihr Anmeldecode für {brand}',
  'sign-in-code.preheader': 'Mit dem Code in dieser Nachricht melden Sie sich an.',
  'sign-in-code.title': 'Anmelden bei {brand}',
  'sign-in-code.lead': 'Geben Sie diesen Code ein, um sich anzumelden.',
  'sign-in-code.ignore':
    'Falls Sie sich gerade nicht anmelden, können Sie diese Nachricht ignorieren. Nur wer sie liest, kann sich mit dem Code anmelden.',

  'sign-in-code.link':
    'Oder verwenden Sie diese Schaltfläche in dem Browser, in dem Sie begonnen haben. Sie funktioniert einmal und nur dort.',
  'sign-in-code.button': 'Anmelden',
  'text.code': '{code} ist Ihr Anmeldecode für {brand}. Geben Sie ihn nicht weiter.',
  'text.verify': '{code} ist Ihr Code von {brand}, um diese Nummer zu bestätigen.',
  'text.recovery':
    '{brand}: Jemand will die zweiten Faktoren Ihres Kontos entfernen lassen. Waren Sie das nicht, stoppen Sie es: {url}',
  'recovery.subject': 'Setzen Sie Ihr Passwort für {brand} zurück',
  'recovery.preheader': 'Mit dem Code in dieser Nachricht wählen Sie ein neues Passwort.',
  'recovery.title': 'Wählen Sie ein neues Passwort',
  'recovery.lead':
    'Jemand, hoffentlich Sie selbst, möchte das Passwort Ihres Kontos bei {brand} zurücksetzen. Geben Sie diesen Code ein, um ein neues zu wählen.',
  'recovery.ignore':
    'Falls Sie es nicht waren, können Sie diese Nachricht ignorieren: Ihr Passwort bleibt, wie es ist.',

  'recovery-unknown.subject': 'Zu dieser Adresse gibt es kein Konto bei {brand}',
  'recovery-unknown.preheader': 'Vielleicht haben Sie sich mit einer anderen Adresse registriert.',
  'recovery-unknown.title': 'Kein Konto mit dieser Adresse',
  'recovery-unknown.lead':
    'Jemand, vielleicht Sie selbst, wollte das Passwort eines Kontos bei {brand} mit dieser E-Mail-Adresse zurücksetzen. Zu dieser Adresse gibt es kein Konto.',
  'recovery-unknown.act':
    'Falls Sie es waren, haben Sie sich vielleicht mit einer anderen Adresse registriert. Versuchen Sie es mit dieser, oder legen Sie ein Konto an.',
  'recovery-unknown.ignore': 'Falls Sie es nicht waren, brauchen Sie nichts zu tun.',

  'factor-recovery.subject': 'Zurück in Ihr Konto bei {brand}',
  'factor-recovery.preheader': 'Der Code beginnt oder beendet die Wartezeit.',
  'factor-recovery.title': 'Anmelden ohne zweiten Faktor',
  'factor-recovery.lead':
    'Jemand, hoffentlich Sie selbst, hat die zweiten Faktoren Ihres Kontos bei {brand} verloren. Geben Sie diesen Code ein, um fortzufahren.',
  'factor-recovery.ignore':
    'Wenn Sie es nicht waren, ignorieren Sie diese Nachricht: Ohne den Code ändert sich nichts.',
  'factor-recovery-waiting.subject': 'Die zweiten Faktoren Ihres Kontos bei {brand} sollen entfernt werden',
  'factor-recovery-waiting.preheader': 'Wenn Sie es nicht waren, können Sie es stoppen.',
  'factor-recovery-waiting.title': 'Ihre zweiten Faktoren sollen entfernt werden',
  'factor-recovery-waiting.lead':
    'Jemand, der Ihre E-Mails lesen kann, möchte alle zweiten Faktoren Ihres Kontos bei {brand} entfernen. Ab dem {at, date, day} um {at, time, clock} Uhr (UTC) ist das mit einem weiteren Code möglich. Bis dahin ändert sich nichts.',
  'factor-recovery-waiting.ignore':
    'Wenn Sie es waren, kommen Sie dann wieder. Finden Sie Ihren zweiten Faktor vorher, melden Sie sich einfach damit an: Auch das stoppt die Entfernung.',
  'factor-recovery-waiting.act':
    'Wenn Sie es nicht waren, stoppen Sie es jetzt und setzen Sie dann neue Passwörter für Ihr Postfach und Ihr Konto.',
  'factor-recovery-waiting.button': 'Entfernung stoppen',
  'factor-recovery-stopped.subject': 'Die Entfernung Ihrer zweiten Faktoren bei {brand} wurde gestoppt',
  'factor-recovery-stopped.preheader': 'Es hat sich nichts geändert.',
  'factor-recovery-stopped.title': 'Die Entfernung wurde gestoppt',
  'factor-recovery-stopped.lead':
    'Am {at, date, day} um {at, time, clock} Uhr (UTC) wurde die Entfernung der zweiten Faktoren Ihres Kontos bei {brand} gestoppt. Es hat sich nichts geändert.',
  'factor-recovery-stopped.ignore': 'Wenn Sie es waren, ist nichts weiter zu tun.',
  'factor-recovery-stopped.act': 'Wenn Sie es nicht waren, beginnen Sie auf der Anmeldeseite noch einmal.',
  'factors-recovered.subject': 'Die zweiten Faktoren Ihres Kontos bei {brand} wurden entfernt',
  'factors-recovered.preheader': 'Wenn Sie es waren, ist alles in Ordnung.',
  'factors-recovered.title': 'Ihre zweiten Faktoren wurden entfernt',
  'factors-recovered.lead':
    'Am {at, date, day} um {at, time, clock} Uhr (UTC) wurden alle zweiten Faktoren Ihres Kontos bei {brand} entfernt und alle Geräte abgemeldet.',
  'factors-recovered.ignore': 'Wenn Sie es waren, melden Sie sich an und richten Sie einen neuen zweiten Faktor ein.',
  'factors-recovered.act':
    'Wenn Sie es nicht waren, hat jemand anderes Zugriff auf Ihr Postfach. Setzen Sie sofort neue Passwörter für das Postfach und für Ihr Konto.',
  'password-changed.subject': 'Ihr Passwort bei {brand} wurde geändert',
  'password-changed.preheader': 'Falls Sie es waren, ist alles in Ordnung.',
  'password-changed.title': 'Ihr Passwort wurde geändert',
  'password-changed.lead':
    'Das Passwort Ihres Kontos bei {brand} wurde am {at, date, day} um {at, time, clock} Uhr (UTC) geändert. Andere Geräte wurden abgemeldet.',
  'password-changed.ignore': 'Falls Sie es waren, brauchen Sie nichts zu tun.',
  'password-changed.act':
    'Falls Sie es nicht waren, hat möglicherweise jemand anderes Zugriff auf Ihr Konto. Wählen Sie auf der Anmeldeseite sofort „Passwort vergessen“ und legen Sie ein neues Passwort fest.',

  'new-sign-in.subject': 'Neue Anmeldung bei Ihrem Konto bei {brand}',
  'new-sign-in.preheader': 'Falls Sie es waren, ist alles in Ordnung.',
  'new-sign-in.title': 'Neue Anmeldung bei Ihrem Konto',
  'new-sign-in.lead':
    'Jemand hat sich bei Ihrem Konto bei {brand} mit einem Gerät oder aus einem Land angemeldet, das wir noch nicht kannten.',
  'new-sign-in.ignore': 'Falls Sie es waren, brauchen Sie nichts zu tun.',
  'new-sign-in.act':
    'Falls Sie es nicht waren, drücken Sie auf die Schaltfläche: Alle werden von Ihrem Konto abgemeldet, das Passwort gilt nicht mehr, und Sie legen ein neues fest.',
  'new-sign-in.button': 'Das war ich nicht',

  'sign-in-stopped.subject': 'Wir haben eine Anmeldung bei Ihrem Konto bei {brand} gestoppt',
  'sign-in-stopped.preheader': 'Jemand kam über den ersten Schritt hinaus.',
  'sign-in-stopped.title': 'Wir haben eine Anmeldung gestoppt',
  'sign-in-stopped.lead':
    'Jemand hat bei der Anmeldung bei Ihrem Konto bei {brand} den ersten Schritt geschafft, kam aber nicht weiter.',
  'sign-in-stopped.ignore': 'Falls Sie es waren, brauchen Sie nichts zu tun. Sie können es noch einmal versuchen.',
  'sign-in-stopped.act':
    'Falls Sie es nicht waren, kennt möglicherweise jemand Ihr Passwort. Drücken Sie auf die Schaltfläche: Alle werden von Ihrem Konto abgemeldet, das Passwort gilt nicht mehr, und Sie legen ein neues fest.',
  'sign-in-stopped.button': 'Das war ich nicht',

  'sign-in.when': 'Wann: {at, date, day}, {at, time, clock} Uhr (UTC)',
  'sign-in.device': 'Gerät: {device}',
  'sign-in.place': 'Wo: {place} (aus dem Netz geschätzt)',
  'device.both': '{browser} auf {system}',
  'device.unknown': 'unbekannt',

  'email-change-old.subject': 'Die E-Mail-Adresse Ihres Kontos bei {brand} soll geändert werden',
  'email-change-old.preheader': 'Falls Sie es nicht waren, können Sie die Änderung stoppen.',
  'email-change-old.title': 'Ihre E-Mail-Adresse soll geändert werden',
  'email-change-old.lead':
    'Am {at, date, day} um {at, time, clock} Uhr (UTC) hat jemand, der in Ihrem Konto bei {brand} angemeldet war, als neue E-Mail-Adresse {address} eingetragen. Bis diese Adresse bestätigt ist, melden Sie sich wie bisher mit der alten an.',
  'email-change-old.ignore': 'Falls Sie es waren, brauchen Sie hier nichts zu tun.',
  'email-change-old.act':
    'Falls Sie es nicht waren, stoppen Sie die Änderung und legen Sie danach ein neues Passwort fest.',
  'email-change-old.button': 'Änderung stoppen',

  'email-changed.subject': 'Die E-Mail-Adresse Ihres Kontos bei {brand} wurde geändert',
  'email-changed.preheader': 'Falls Sie es waren, ist alles in Ordnung.',
  'email-changed.title': 'Ihre E-Mail-Adresse wurde geändert',
  'email-changed.lead':
    'Am {at, date, day} um {at, time, clock} Uhr (UTC) wurde die E-Mail-Adresse Ihres Kontos bei {brand} in {address} geändert. Mit der bisherigen können Sie sich nicht mehr anmelden.',
  'email-changed.ignore': 'Falls Sie es waren, brauchen Sie nichts zu tun.',
  'email-changed.act':
    'Falls Sie es nicht waren, hat möglicherweise jemand anderes Zugriff auf Ihr Konto. Bitte wenden Sie sich sofort an uns.',

  'email-change-new.subject': 'Bestätigen Sie Ihre neue E-Mail-Adresse für {brand}',
  'email-change-new.preheader': 'Ihr Code ist da.',
  'email-change-new.title': 'Bestätigen Sie Ihre neue E-Mail-Adresse',
  'email-change-new.lead':
    'Geben Sie diesen Code ein, um diese Adresse künftig für Ihr Konto bei {brand} zu verwenden.',
  'email-change-new.ignore':
    'Falls Sie das nicht angefordert haben, können Sie diese Nachricht ignorieren: Ohne den Code wird die Adresse nicht verwendet.',
};
