import type { PageMessages } from '../page-texts.ts';

export const it: PageMessages = {
  'cancel.title': 'Interrompere il cambio di indirizzo?',
  'cancel.lead':
    'Qualcuno che ha effettuato l’accesso al Suo account ha chiesto di spostarlo su un altro indirizzo e-mail. Se non è stato Lei, interrompa qui il cambio e poi modifichi la password.',
  'cancel.button': 'Interrompi il cambio',
  'cancelled.title': 'Il cambio è stato interrotto',
  'cancelled.lead':
    'Il Suo account mantiene questo indirizzo. Se non ha richiesto il cambio, scelga subito una nuova password.',
  'over.title': 'Questo link non funziona più',
  'over.lead':
    'Il cambio è stato interrotto, completato o è scaduto. Se non l’ha richiesto, reimposti la password e acceda.',
  'refused.title': 'Questa richiesta non è stata accettata',
  'refused.lead': 'Apra di nuovo il link contenuto nel messaggio.',
};
