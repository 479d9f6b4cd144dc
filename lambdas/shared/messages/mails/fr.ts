import type { Translation } from '../message.ts';
import type { en } from './en.ts';
import { factors } from './factors/fr.ts';

/** French, vous; non-breaking spaces before double punctuation and inside guillemets. */
export const fr: Translation<typeof en> = {
  ...factors,
  greeting: 'Bonjour,',
  'greeting.name': 'Bonjour {name},',
  'code.label': 'Votre code',
  'code.minutes': 'Il est valable {minutes, plural, one {# minute} other {# minutes}} et ne fonctionne qu’une fois.',
  'code.hours': 'Il est valable {hours, plural, one {# heure} other {# heures}} et ne fonctionne qu’une fois.',
  'code.private': 'Personne chez {brand} ne vous demandera jamais ce code. Ne le communiquez à personne.',
  'footer.reason': 'Ce message automatique vous a été envoyé par {brand} parce que votre adresse y a été saisie.',
  'footer.account':
    'Ce message automatique vous a été envoyé par {brand} parce qu’il concerne la sécurité de votre compte.',
  'footer.contact': 'Une question\u00a0? Écrivez à {contact}.',

  'verify.subject': 'Confirmez votre adresse e-mail pour {brand}',
  'verify.preheader': 'Voici votre code. Il ne reste qu’une étape.',
  'verify.title': 'Confirmez votre adresse e-mail',
  'verify.lead': 'Bienvenue chez {brand}. Saisissez ce code pour terminer la création de votre compte.',
  'verify.ignore':
    'Si vous ne vous êtes pas inscrit(e), vous pouvez ignorer ce message\u00a0: sans le code, aucun compte n’est créé.',

  'already-registered.subject': 'Vous avez déjà un compte chez {brand}',
  'already-registered.preheader': 'Rien n’a changé. Vous pouvez vous connecter comme d’habitude.',
  'already-registered.title': 'Vous avez déjà un compte',
  'already-registered.lead':
    'Quelqu’un, peut-être vous, a saisi cette adresse e-mail pour un compte chez {brand}. Elle est déjà associée à un compte\u00a0: rien n’a donc changé.',
  'already-registered.act':
    'Si c’était vous, connectez-vous comme d’habitude. Si vous avez oublié votre mot de passe, choisissez «\u00a0Mot de passe oublié\u00a0» sur la page de connexion.',
  'already-registered.ignore':
    'Si ce n’était pas vous, vous n’avez rien à faire. Votre compte est en sécurité, et l’autre personne n’a pas été informée de son existence.',

  'sign-in-code.subject': 'Votre code de connexion pour {brand}',
  'sign-in-code.preheader': 'Utilisez le code de ce message pour vous connecter.',
  'sign-in-code.title': 'Connexion à {brand}',
  'sign-in-code.lead': 'Saisissez ce code pour vous connecter.',
  'sign-in-code.ignore':
    'Si vous n’êtes pas en train de vous connecter, vous pouvez ignorer ce message. Seule la personne qui le lit peut se connecter avec ce code.',

  'sign-in-code.link':
    'Ou utilisez ce bouton, dans le navigateur où vous avez commencé. Il fonctionne une seule fois, et là seulement.',
  'sign-in-code.button': 'Se connecter',
  'text.code': '{code} est votre code de connexion {brand}. Ne le partagez pas.',
  'text.verify': '{code} est votre code {brand} pour confirmer ce numéro.',
  'text.recovery':
    '{brand}\u00a0: retrait des seconds facteurs de votre compte demandé. Si ce n’est pas vous, arrêtez-le\u00a0: {url}',
  'recovery.subject': 'Réinitialisez votre mot de passe {brand}',
  'recovery.preheader': 'Utilisez le code de ce message pour choisir un nouveau mot de passe.',
  'recovery.title': 'Choisissez un nouveau mot de passe',
  'recovery.lead':
    'Quelqu’un, vous sans doute, a demandé à réinitialiser le mot de passe de votre compte {brand}. Saisissez ce code pour en choisir un nouveau.',
  'recovery.ignore': 'Si ce n’était pas vous, vous pouvez ignorer ce message\u00a0: votre mot de passe reste inchangé.',

  'recovery-unknown.subject': 'Aucun compte {brand} avec cette adresse',
  'recovery-unknown.preheader': 'Vous vous êtes peut-être inscrit(e) avec une autre adresse.',
  'recovery-unknown.title': 'Aucun compte avec cette adresse',
  'recovery-unknown.lead':
    'Quelqu’un, peut-être vous, a demandé à réinitialiser le mot de passe d’un compte {brand} associé à cette adresse e-mail. Il n’existe aucun compte avec cette adresse.',
  'recovery-unknown.act':
    'Si c’était vous, vous vous êtes peut-être inscrit(e) avec une autre adresse. Essayez avec celle-ci ou créez un compte.',
  'recovery-unknown.ignore': 'Si ce n’était pas vous, vous n’avez rien à faire.',

  'factor-recovery.subject': 'Retrouvez l’accès à votre compte {brand}',
  'factor-recovery.preheader': 'Le code ci-joint ouvre ou clôt le délai d’attente.',
  'factor-recovery.title': 'Se connecter sans second facteur',
  'factor-recovery.lead':
    'Quelqu’un, vous-même nous l’espérons, a perdu les seconds facteurs de votre compte {brand}. Saisissez ce code pour continuer.',
  'factor-recovery.ignore': 'Si ce n’était pas vous, ignorez ce message\u00a0: sans le code, rien ne change.',
  'factor-recovery-waiting.subject': 'Les seconds facteurs de votre compte {brand} vont être retirés',
  'factor-recovery-waiting.preheader': 'Si ce n’était pas vous, vous pouvez l’arrêter.',
  'factor-recovery-waiting.title': 'Vos seconds facteurs vont être retirés',
  'factor-recovery-waiting.lead':
    'Quelqu’un qui peut lire vos e-mails a demandé le retrait de tous les seconds facteurs de votre compte {brand}. À partir du {at, date, day} à {at, time, clock} (UTC), un nouveau code le permettra. D’ici là, rien ne change.',
  'factor-recovery-waiting.ignore':
    'Si c’était vous, revenez à ce moment-là. Si vous retrouvez votre second facteur avant, connectez-vous simplement avec\u00a0: cela arrête aussi le retrait.',
  'factor-recovery-waiting.act':
    'Si ce n’était pas vous, arrêtez-le maintenant, puis changez les mots de passe de votre messagerie et de votre compte.',
  'factor-recovery-waiting.button': 'Arrêter le retrait',
  'factor-recovery-stopped.subject': 'Le retrait de vos seconds facteurs chez {brand} a été arrêté',
  'factor-recovery-stopped.preheader': 'Rien n’a changé.',
  'factor-recovery-stopped.title': 'Le retrait a été arrêté',
  'factor-recovery-stopped.lead':
    'Le {at, date, day} à {at, time, clock} (UTC), le retrait des seconds facteurs de votre compte {brand} a été arrêté. Rien n’a changé.',
  'factor-recovery-stopped.ignore': 'Si c’était vous, il n’y a rien d’autre à faire.',
  'factor-recovery-stopped.act': 'Si ce n’était pas vous, recommencez depuis la page de connexion.',
  'factors-recovered.subject': 'Les seconds facteurs de votre compte {brand} ont été retirés',
  'factors-recovered.preheader': 'Si c’était vous, tout va bien.',
  'factors-recovered.title': 'Vos seconds facteurs ont été retirés',
  'factors-recovered.lead':
    'Le {at, date, day} à {at, time, clock} (UTC), tous les seconds facteurs de votre compte {brand} ont été retirés et tous les appareils déconnectés.',
  'factors-recovered.ignore': 'Si c’était vous, connectez-vous et configurez un nouveau second facteur.',
  'factors-recovered.act':
    'Si ce n’était pas vous, quelqu’un d’autre a accès à votre messagerie. Changez immédiatement son mot de passe et celui de votre compte.',
  'password-changed.subject': 'Votre mot de passe {brand} a été modifié',
  'password-changed.preheader': 'Si c’était vous, tout va bien.',
  'password-changed.title': 'Votre mot de passe a été modifié',
  'password-changed.lead':
    'Le mot de passe de votre compte {brand} a été modifié le {at, date, day} à {at, time, clock} UTC. Les autres appareils ont été déconnectés.',
  'password-changed.ignore': 'Si c’était vous, vous n’avez rien à faire.',
  'password-changed.act':
    'Si ce n’était pas vous, une autre personne a peut-être accès à votre compte. Choisissez sans attendre «\u00a0Mot de passe oublié\u00a0» sur la page de connexion et définissez un nouveau mot de passe.',

  'new-sign-in.subject': 'Nouvelle connexion à votre compte {brand}',
  'new-sign-in.preheader': 'Si c’était vous, tout va bien.',
  'new-sign-in.title': 'Nouvelle connexion à votre compte',
  'new-sign-in.lead':
    'Quelqu’un s’est connecté à votre compte {brand} depuis un appareil ou un pays que nous ne connaissions pas encore.',
  'new-sign-in.ignore': 'Si c’était vous, vous n’avez rien à faire.',
  'new-sign-in.act':
    'Si ce n’était pas vous, appuyez sur le bouton\u00a0: tout le monde est déconnecté de votre compte, le mot de passe ne fonctionne plus et vous en choisissez un nouveau.',
  'new-sign-in.button': 'Ce n’était pas moi',

  'sign-in-stopped.subject': 'Nous avons arrêté une connexion à votre compte {brand}',
  'sign-in-stopped.preheader': 'Quelqu’un a passé la première étape.',
  'sign-in-stopped.title': 'Nous avons arrêté une connexion',
  'sign-in-stopped.lead':
    'Quelqu’un a passé la première étape de la connexion à votre compte {brand}, mais n’est pas allé plus loin.',
  'sign-in-stopped.ignore': 'Si c’était vous, vous n’avez rien à faire. Vous pouvez réessayer.',
  'sign-in-stopped.act':
    'Si ce n’était pas vous, quelqu’un connaît peut-être votre mot de passe. Appuyez sur le bouton\u00a0: tout le monde est déconnecté de votre compte, le mot de passe ne fonctionne plus et vous en choisissez un nouveau.',
  'sign-in-stopped.button': 'Ce n’était pas moi',

  'sign-in.when': 'Quand\u00a0: le {at, date, day} à {at, time, clock} UTC',
  'sign-in.device': 'Appareil\u00a0: {device}',
  'sign-in.place': 'Où\u00a0: {place}, d’après le réseau',
  'device.both': '{browser} sur {system}',
  'device.unknown': 'inconnu',

  'email-change-old.subject': 'L’adresse e-mail de votre compte {brand} va être modifiée',
  'email-change-old.preheader': 'Si ce n’était pas vous, vous pouvez annuler la modification.',
  'email-change-old.title': 'Votre adresse e-mail va être modifiée',
  'email-change-old.lead':
    'Le {at, date, day} à {at, time, clock} UTC, une personne connectée à votre compte {brand} a demandé à remplacer son adresse e-mail par {address}. Tant que cette adresse n’est pas confirmée, vous vous connectez avec l’adresse actuelle.',
  'email-change-old.ignore': 'Si c’était vous, vous n’avez rien à faire ici.',
  'email-change-old.act': 'Si ce n’était pas vous, annulez la modification, puis définissez un nouveau mot de passe.',
  'email-change-old.button': 'Annuler la modification',

  'email-changed.subject': 'L’adresse e-mail de votre compte {brand} a été modifiée',
  'email-changed.preheader': 'Si c’était vous, tout va bien.',
  'email-changed.title': 'Votre adresse e-mail a été modifiée',
  'email-changed.lead':
    'Le {at, date, day} à {at, time, clock} UTC, l’adresse e-mail de votre compte {brand} a été remplacée par {address}. Vous ne pouvez plus vous connecter avec l’ancienne.',
  'email-changed.ignore': 'Si c’était vous, vous n’avez rien à faire.',
  'email-changed.act':
    'Si ce n’était pas vous, une autre personne a peut-être accès à votre compte. Contactez-nous sans attendre.',

  'email-change-new.subject': 'Confirmez votre nouvelle adresse e-mail pour {brand}',
  'email-change-new.preheader': 'Voici votre code.',
  'email-change-new.title': 'Confirmez votre nouvelle adresse e-mail',
  'email-change-new.lead': 'Saisissez ce code pour utiliser désormais cette adresse avec votre compte {brand}.',
  'email-change-new.ignore':
    'Si vous n’avez rien demandé, vous pouvez ignorer ce message\u00a0: sans le code, l’adresse n’est pas utilisée.',
};
