import type { Translation } from '../../message.ts';
import type { factors as source } from './en.ts';

/** Sentences of mails about second factors. */
export const factors: Translation<typeof source> = {
  'factor.totp': 'Application d’authentification',
  'factor.passkey': 'Clé d’accès',
  'factor.sms': 'SMS',
  'factor-notice.ignore': 'Si c’était vous, vous n’avez rien à faire.',
  'factor-notice.act':
    'Si ce n’était pas vous, une autre personne a peut-être accès à votre compte. Définissez sans attendre un nouveau mot de passe et vérifiez vos seconds facteurs.',
  'factor-added.subject': 'Un second facteur a été ajouté à votre compte {brand}',
  'factor-added.preheader': 'Si c’était vous, tout va bien.',
  'factor-added.title': 'Un second facteur a été ajouté',
  'factor-added.lead':
    'Le {at, date, day} à {at, time, clock} UTC, un second facteur a été ajouté à votre compte {brand}\u00a0: {factor}.',
  'factor-removed.subject': 'Un second facteur a été supprimé de votre compte {brand}',
  'factor-removed.preheader': 'Si c’était vous, tout va bien.',
  'factor-removed.title': 'Un second facteur a été supprimé',
  'factor-removed.lead':
    'Le {at, date, day} à {at, time, clock} UTC, un second facteur a été supprimé de votre compte {brand}\u00a0: {factor}.',
  'code-channel-changed.subject': 'Vos codes de connexion {brand} arrivent désormais autrement',
  'code-channel-changed.preheader': 'Si c’était vous, tout va bien.',
  'code-channel-changed.title': 'Vos codes de connexion arrivent autrement',
  'code-channel-changed.lead.mail':
    'Le {at, date, day} à {at, time, clock} UTC, il a été choisi d’envoyer les codes de connexion de votre compte {brand} par e-mail à cette adresse.',
  'code-channel-changed.lead.text':
    'Le {at, date, day} à {at, time, clock} UTC, il a été choisi d’envoyer les codes de connexion de votre compte {brand} par SMS sur votre téléphone.',
  'recovery-codes-made.subject': 'Nouveaux codes de secours pour votre compte {brand}',
  'recovery-codes-made.preheader': 'Si c’était vous, tout va bien.',
  'recovery-codes-made.title': 'De nouveaux codes de secours ont été créés',
  'recovery-codes-made.lead':
    'Le {at, date, day} à {at, time, clock} UTC, de nouveaux codes de secours ont été créés pour votre compte {brand}. Les anciens ne fonctionnent plus.',
  'recovery-code-used.subject': 'Un code de secours de votre compte {brand} a été utilisé',
  'recovery-code-used.preheader': 'Si c’était vous, tout va bien.',
  'recovery-code-used.title': 'Un code de secours a été utilisé',
  'recovery-code-used.lead':
    'Le {at, date, day} à {at, time, clock} UTC, quelqu’un s’est connecté à votre compte {brand} avec l’un de vos codes de secours. {left, plural, =0 {Il ne reste aucun code.} one {Il reste # code.} many {Il reste # codes.} other {Il reste # codes.}}',
};
