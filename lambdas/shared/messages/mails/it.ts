import type { Translation } from '../message.ts';
import type { en } from './en.ts';
import { factors } from './factors/it.ts';

/** Italian, Lei. */
export const it: Translation<typeof en> = {
  ...factors,
  greeting: 'Buongiorno,',
  'greeting.name': 'Buongiorno {name},',
  'code.label': 'Il Suo codice',
  'code.minutes': 'È valido per {minutes, plural, one {# minuto} other {# minuti}} e può essere usato una sola volta.',
  'code.hours': 'È valido per {hours, plural, one {# ora} other {# ore}} e può essere usato una sola volta.',
  'code.private': 'Nessuno di {brand} Le chiederà mai questo codice. Non lo comunichi a nessuno.',
  'footer.reason':
    'Questo messaggio automatico Le è stato inviato da {brand} perché il Suo indirizzo è stato inserito nel servizio.',
  'footer.account':
    'Questo messaggio automatico Le è stato inviato da {brand} perché riguarda la sicurezza del Suo account.',
  'footer.contact': 'Ha domande? Scriva a {contact}.',

  'verify.subject': 'Confermi il Suo indirizzo email per {brand}',
  'verify.preheader': 'Ecco il Suo codice. Manca un solo passaggio.',
  'verify.title': 'Confermi il Suo indirizzo email',
  'verify.lead': 'Le diamo il benvenuto in {brand}. Inserisca questo codice per completare la creazione dell’account.',
  'verify.ignore':
    'Se non ha effettuato Lei la registrazione, può ignorare questo messaggio: senza il codice non viene creato alcun account.',

  'already-registered.subject': 'Ha già un account {brand}',
  'already-registered.preheader': 'Non è cambiato nulla. Può accedere come sempre.',
  'already-registered.title': 'Ha già un account',
  'already-registered.lead':
    'Qualcuno, forse Lei, ha inserito questo indirizzo email per un account {brand}. L’indirizzo appartiene già a un account, quindi non è cambiato nulla.',
  'already-registered.act':
    'Se è stato Lei, acceda come sempre. Se ha dimenticato la password, scelga «Password dimenticata» nella pagina di accesso.',
  'already-registered.ignore':
    'Se non è stato Lei, non deve fare nulla. Il Suo account è al sicuro e l’altra persona non è stata informata della sua esistenza.',

  'sign-in-code.subject': 'Il Suo codice di accesso a {brand}',
  'sign-in-code.preheader': 'Usi il codice in questo messaggio per accedere.',
  'sign-in-code.title': 'Accesso a {brand}',
  'sign-in-code.lead': 'Inserisca questo codice per accedere.',
  'sign-in-code.ignore':
    'Se non sta cercando di accedere, può ignorare questo messaggio. Solo chi lo legge può accedere con il codice.',

  'sign-in-code.link': 'Oppure usi questo pulsante nel browser in cui ha iniziato. Funziona una sola volta e solo lì.',
  'sign-in-code.button': 'Accedere',
  'text.code': '{code} è il Suo codice di accesso a {brand}. Non lo condivida.',
  'text.verify': '{code} è il Suo codice {brand} per confermare questo numero.',
  'text.recovery':
    '{brand}: qualcuno chiede di rimuovere i secondi fattori del Suo account. Se non è Lei, blocchi la richiesta: {url}',
  'recovery.subject': 'Reimposti la Sua password di {brand}',
  'recovery.preheader': 'Usi il codice in questo messaggio per scegliere una nuova password.',
  'recovery.title': 'Scelga una nuova password',
  'recovery.lead':
    'Qualcuno, probabilmente Lei, ha chiesto di reimpostare la password del Suo account {brand}. Inserisca questo codice per sceglierne una nuova.',
  'recovery.ignore': 'Se non è stato Lei, può ignorare questo messaggio: la password resta invariata.',

  'recovery-unknown.subject': 'Nessun account {brand} con questo indirizzo',
  'recovery-unknown.preheader': 'Forse ha usato un altro indirizzo per registrarsi.',
  'recovery-unknown.title': 'Nessun account con questo indirizzo',
  'recovery-unknown.lead':
    'Qualcuno, forse Lei, ha chiesto di reimpostare la password di un account {brand} con questo indirizzo email. Non esiste alcun account con questo indirizzo.',
  'recovery-unknown.act':
    'Se è stato Lei, è possibile che abbia usato un altro indirizzo per registrarsi. Provi con quello oppure crei un account.',
  'recovery-unknown.ignore': 'Se non è stato Lei, non deve fare nulla.',

  'factor-recovery.subject': 'Rientri nel Suo account {brand}',
  'factor-recovery.preheader': 'Il codice avvia o conclude il periodo di attesa.',
  'factor-recovery.title': 'Accedere senza il secondo fattore',
  'factor-recovery.lead':
    'Qualcuno, speriamo Lei, ha perso i secondi fattori del Suo account {brand}. Inserisca questo codice per continuare.',
  'factor-recovery.ignore': 'Se non è stato Lei, ignori questo messaggio: senza il codice non cambia nulla.',
  'factor-recovery-waiting.subject': 'I secondi fattori del Suo account {brand} stanno per essere rimossi',
  'factor-recovery-waiting.preheader': 'Se non è stato Lei, può impedirlo.',
  'factor-recovery-waiting.title': 'I Suoi secondi fattori stanno per essere rimossi',
  'factor-recovery-waiting.lead':
    'Qualcuno che può leggere la Sua posta ha chiesto di rimuovere tutti i secondi fattori del Suo account {brand}. Dal {at, date, day} alle {at, time, clock} UTC potrà farlo con un altro codice. Fino ad allora non cambia nulla.',
  'factor-recovery-waiting.ignore':
    'Se è stato Lei, torni in quel momento. Se prima ritrova il secondo fattore, acceda con quello: anche così la rimozione si ferma.',
  'factor-recovery-waiting.act':
    'Se non è stato Lei, la fermi subito e poi cambi le password della casella di posta e dell’account.',
  'factor-recovery-waiting.button': 'Fermare la rimozione',
  'factor-recovery-stopped.subject': 'La rimozione dei Suoi secondi fattori da {brand} è stata fermata',
  'factor-recovery-stopped.preheader': 'Non è cambiato nulla.',
  'factor-recovery-stopped.title': 'La rimozione è stata fermata',
  'factor-recovery-stopped.lead':
    'Il {at, date, day} alle {at, time, clock} UTC la rimozione dei secondi fattori del Suo account {brand} è stata fermata. Non è cambiato nulla.',
  'factor-recovery-stopped.ignore': 'Se è stato Lei, non deve fare altro.',
  'factor-recovery-stopped.act': 'Se non è stato Lei, ricominci dalla pagina di accesso.',
  'factors-recovered.subject': 'I secondi fattori del Suo account {brand} sono stati rimossi',
  'factors-recovered.preheader': 'Se è stato Lei, va tutto bene.',
  'factors-recovered.title': 'I Suoi secondi fattori sono stati rimossi',
  'factors-recovered.lead':
    'Il {at, date, day} alle {at, time, clock} UTC sono stati rimossi tutti i secondi fattori del Suo account {brand} e tutti i dispositivi sono stati disconnessi.',
  'factors-recovered.ignore': 'Se è stato Lei, acceda e configuri un nuovo secondo fattore.',
  'factors-recovered.act':
    'Se non è stato Lei, qualcun altro ha accesso alla Sua casella di posta. Cambi subito la password della casella e quella dell’account.',
  'password-changed.subject': 'La Sua password di {brand} è stata modificata',
  'password-changed.preheader': 'Se è stato Lei, è tutto a posto.',
  'password-changed.title': 'La Sua password è stata modificata',
  'password-changed.lead':
    'La password del Suo account {brand} è stata modificata in data {at, date, day} alle ore {at, time, clock} UTC. Gli altri dispositivi sono stati disconnessi.',
  'password-changed.ignore': 'Se è stato Lei, non deve fare nulla.',
  'password-changed.act':
    'Se non è stato Lei, qualcun altro potrebbe avere accesso al Suo account. Scelga subito «Password dimenticata» nella pagina di accesso e imposti una nuova password.',

  'new-sign-in.subject': 'Nuovo accesso al Suo account {brand}',
  'new-sign-in.preheader': 'Se è stato Lei, è tutto a posto.',
  'new-sign-in.title': 'Nuovo accesso al Suo account',
  'new-sign-in.lead':
    'Qualcuno ha effettuato l’accesso al Suo account {brand} da un dispositivo o da un paese che non conoscevamo ancora.',
  'new-sign-in.ignore': 'Se è stato Lei, non deve fare nulla.',
  'new-sign-in.act':
    'Se non è stato Lei, prema il pulsante: tutti vengono disconnessi dal Suo account, la password non funziona più e Lei ne sceglie una nuova.',
  'new-sign-in.button': 'Non sono stato io',

  'sign-in-stopped.subject': 'Abbiamo fermato un accesso al Suo account {brand}',
  'sign-in-stopped.preheader': 'Qualcuno ha superato il primo passaggio.',
  'sign-in-stopped.title': 'Abbiamo fermato un accesso',
  'sign-in-stopped.lead':
    'Qualcuno ha superato il primo passaggio dell’accesso al Suo account {brand}, ma non è andato oltre.',
  'sign-in-stopped.ignore': 'Se è stato Lei, non deve fare nulla. Può riprovare.',
  'sign-in-stopped.act':
    'Se non è stato Lei, qualcuno potrebbe conoscere la Sua password. Prema il pulsante: tutti vengono disconnessi dal Suo account, la password non funziona più e Lei ne sceglie una nuova.',
  'sign-in-stopped.button': 'Non sono stato io',

  'sign-in.when': 'Quando: {at, date, day}, ore {at, time, clock} UTC',
  'sign-in.device': 'Dispositivo: {device}',
  'sign-in.place': 'Dove: {place} (stimato dalla rete)',
  'device.both': '{browser} su {system}',
  'device.unknown': 'sconosciuto',

  'email-change-old.subject': 'L’indirizzo email del Suo account {brand} sta per cambiare',
  'email-change-old.preheader': 'Se non è stato Lei, può annullare la modifica.',
  'email-change-old.title': 'Il Suo indirizzo email sta per cambiare',
  'email-change-old.lead':
    'In data {at, date, day} alle ore {at, time, clock} UTC, qualcuno che aveva effettuato l’accesso al Suo account {brand} ha chiesto di cambiarne l’indirizzo email in {address}. Finché quell’indirizzo non viene confermato, continuerà ad accedere con quello attuale.',
  'email-change-old.ignore': 'Se è stato Lei, qui non deve fare nulla.',
  'email-change-old.act': 'Se non è stato Lei, annulli la modifica e poi imposti una nuova password.',
  'email-change-old.button': 'Annulla la modifica',

  'email-changed.subject': 'L’indirizzo email del Suo account {brand} è stato modificato',
  'email-changed.preheader': 'Se è stato Lei, è tutto a posto.',
  'email-changed.title': 'Il Suo indirizzo email è stato modificato',
  'email-changed.lead':
    'In data {at, date, day} alle ore {at, time, clock} UTC, l’indirizzo email del Suo account {brand} è stato modificato in {address}. Con quello precedente non può più accedere.',
  'email-changed.ignore': 'Se è stato Lei, non deve fare nulla.',
  'email-changed.act': 'Se non è stato Lei, qualcun altro potrebbe avere accesso al Suo account. Ci contatti subito.',

  'email-change-new.subject': 'Confermi il Suo nuovo indirizzo email per {brand}',
  'email-change-new.preheader': 'Ecco il Suo codice.',
  'email-change-new.title': 'Confermi il Suo nuovo indirizzo email',
  'email-change-new.lead':
    'Inserisca questo codice per usare d’ora in poi questo indirizzo con il Suo account {brand}.',
  'email-change-new.ignore':
    'Se non ha fatto Lei questa richiesta, può ignorare questo messaggio: senza il codice l’indirizzo non viene usato.',
};
