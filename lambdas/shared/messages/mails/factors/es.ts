import type { Translation } from '../../message.ts';
import type { factors as source } from './en.ts';

/** Sentences of mails about second factors. */
export const factors: Translation<typeof source> = {
  'factor.totp': 'Aplicación de autenticación',
  'factor.passkey': 'Llave de acceso',
  'factor.sms': 'SMS',
  'factor-notice.ignore': 'Si ha sido usted, no tiene que hacer nada.',
  'factor-notice.act':
    'Si no ha sido usted, es posible que otra persona tenga acceso a su cuenta. Establezca cuanto antes una contraseña nueva y revise sus segundos factores.',
  'factor-added.subject': 'Se ha añadido un segundo factor a su cuenta de {brand}',
  'factor-added.preheader': 'Si ha sido usted, todo está en orden.',
  'factor-added.title': 'Se ha añadido un segundo factor',
  'factor-added.lead':
    'El {at, date, day} a las {at, time, clock} UTC se añadió un segundo factor a su cuenta de {brand}: {factor}.',
  'factor-removed.subject': 'Se ha quitado un segundo factor de su cuenta de {brand}',
  'factor-removed.preheader': 'Si ha sido usted, todo está en orden.',
  'factor-removed.title': 'Se ha quitado un segundo factor',
  'factor-removed.lead':
    'El {at, date, day} a las {at, time, clock} UTC se quitó un segundo factor de su cuenta de {brand}: {factor}.',
  'code-channel-changed.subject': 'Sus códigos de acceso a {brand} llegan ahora por otra vía',
  'code-channel-changed.preheader': 'Si ha sido usted, todo está en orden.',
  'code-channel-changed.title': 'Sus códigos de acceso llegan por otra vía',
  'code-channel-changed.lead.mail':
    'El {at, date, day} a las {at, time, clock} UTC se eligió que los códigos de acceso a su cuenta de {brand} se envíen por correo electrónico a esta dirección.',
  'code-channel-changed.lead.text':
    'El {at, date, day} a las {at, time, clock} UTC se eligió que los códigos de acceso a su cuenta de {brand} se envíen por SMS a su teléfono.',
  'recovery-codes-made.subject': 'Nuevos códigos de recuperación de su cuenta de {brand}',
  'recovery-codes-made.preheader': 'Si ha sido usted, todo está en orden.',
  'recovery-codes-made.title': 'Se han creado códigos de recuperación nuevos',
  'recovery-codes-made.lead':
    'El {at, date, day} a las {at, time, clock} UTC se crearon códigos de recuperación nuevos para su cuenta de {brand}. Los anteriores ya no sirven.',
  'recovery-code-used.subject': 'Se ha usado un código de recuperación de su cuenta de {brand}',
  'recovery-code-used.preheader': 'Si ha sido usted, todo está en orden.',
  'recovery-code-used.title': 'Se ha usado un código de recuperación',
  'recovery-code-used.lead':
    'El {at, date, day} a las {at, time, clock} UTC alguien inició sesión en su cuenta de {brand} con uno de sus códigos de recuperación. {left, plural, =0 {No queda ningún código.} one {Queda # código.} many {Quedan # códigos.} other {Quedan # códigos.}}',
};
