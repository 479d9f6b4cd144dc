import type { PageMessages } from '../page-texts.ts';

export const de: PageMessages = {
  'cancel.title': 'Adressänderung stoppen?',
  'cancel.lead':
    'Jemand, der in Ihrem Konto angemeldet ist, möchte es auf eine andere E-Mail-Adresse umstellen. Wenn Sie das nicht waren, stoppen Sie die Änderung hier und ändern Sie danach Ihr Passwort.',
  'cancel.button': 'Änderung stoppen',
  'cancelled.title': 'Die Änderung ist gestoppt',
  'cancelled.lead':
    'Ihr Konto behält diese Adresse. Wenn Sie die Änderung nicht veranlasst haben, legen Sie jetzt ein neues Passwort fest.',
  'over.title': 'Dieser Link funktioniert nicht mehr',
  'over.lead':
    'Die Änderung wurde gestoppt, abgeschlossen oder ist abgelaufen. Wenn Sie sie nicht veranlasst haben, setzen Sie Ihr Passwort zurück und melden Sie sich an.',
  'refused.title': 'Diese Anfrage wurde nicht angenommen',
  'refused.lead': 'Bitte öffnen Sie den Link in der Nachricht noch einmal.',
  'post.title': 'Zurück zur Anwendung',
  'post.button': 'Weiter',
  'error.title': 'Dieser Link kann nicht verwendet werden',
  'error.lead':
    'Die Anwendung hat eine ungültige Anfrage gesendet, oder sie ist abgelaufen. Kehren Sie zur Anwendung zurück und versuchen Sie es erneut.',
  'fault.title': 'Etwas ist schiefgegangen',
  'fault.lead': 'Der Fehler liegt bei uns, nicht bei Ihnen. Bitte versuchen Sie es gleich noch einmal.',
  'error.reference': 'Wenn Sie um Hilfe bitten, nennen Sie diese Referenz:',
  'logout.title': 'Abmelden?',
  'logout.lead': 'Sie werden in diesem Browser und in den Anwendungen abgemeldet, die Sie von hier aus geöffnet haben.',
  'logout.button': 'Abmelden',
  'logged-out.title': 'Sie sind abgemeldet',
  'logged-out.lead': 'Sie können dieses Fenster schließen.',
};
