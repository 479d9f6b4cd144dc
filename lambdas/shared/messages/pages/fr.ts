import type { PageMessages } from '../page-texts.ts';

export const fr: PageMessages = {
  'cancel.title': 'Arrêter le changement d’adresse ?',
  'cancel.lead':
    'Une personne connectée à votre compte a demandé à le rattacher à une autre adresse e-mail. Si ce n’était pas vous, arrêtez ce changement ici, puis changez votre mot de passe.',
  'cancel.button': 'Arrêter le changement',
  'cancelled.title': 'Le changement est arrêté',
  'cancelled.lead':
    'Votre compte conserve cette adresse. Si vous n’avez pas demandé ce changement, choisissez dès maintenant un nouveau mot de passe.',
  'over.title': 'Ce lien ne fonctionne plus',
  'over.lead':
    'Le changement a été arrêté, effectué ou a expiré. Si vous ne l’avez pas demandé, réinitialisez votre mot de passe et connectez-vous.',
  'refused.title': 'Cette demande n’a pas été acceptée',
  'refused.lead': 'Veuillez ouvrir à nouveau le lien du message.',
  'post.title': 'Retour à l’application',
  'post.button': 'Continuer',
  'error.title': 'Ce lien ne peut pas être utilisé',
  'error.lead':
    'L’application a envoyé une demande non valide, ou celle-ci a expiré. Revenez à l’application et réessayez.',
  'fault.title': 'Une erreur s’est produite',
  'fault.lead': 'L’erreur vient de nous, pas de vous. Veuillez réessayer dans un instant.',
  'error.reference': 'Si vous demandez de l’aide, indiquez cette référence :',
  'logout.title': 'Se déconnecter ?',
  'logout.lead': 'Vous serez déconnecté de ce navigateur et des applications que vous avez ouvertes d’ici.',
  'logout.button': 'Se déconnecter',
  'logged-out.title': 'Vous êtes déconnecté',
  'logged-out.lead': 'Vous pouvez fermer cette fenêtre.',
};
