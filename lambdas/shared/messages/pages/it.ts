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
  'post.title': 'Torna all’applicazione',
  'post.button': 'Continua',
  'error.title': 'Questo link non può essere usato',
  'error.lead': 'L’applicazione ha inviato una richiesta non valida o scaduta. Torni all’applicazione e riprovi.',
  'fault.title': 'Qualcosa è andato storto',
  'fault.lead': 'L’errore è nostro, non Suo. Riprovi tra un momento.',
  'error.reference': 'Se chiede assistenza, indichi questo riferimento:',
  'logout.title': 'Uscire?',
  'logout.lead': 'Verrà disconnesso da questo browser e dalle applicazioni aperte da qui.',
  'logout.button': 'Esci',
  'logged-out.title': 'È uscito',
  'logged-out.lead': 'Può chiudere questa finestra.',
};
