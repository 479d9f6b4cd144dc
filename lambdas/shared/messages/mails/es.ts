import type { Translation } from '../message.ts';
import type { en } from './en.ts';
import { factors } from './factors/es.ts';

/** Spanish, usted. */
export const es: Translation<typeof en> = {
  ...factors,
  greeting: 'Hola:',
  'greeting.name': 'Hola, {name}:',
  'code.label': 'Su código',
  'code.minutes': 'Es válido durante {minutes, plural, one {# minuto} other {# minutos}} y solo funciona una vez.',
  'code.hours': 'Es válido durante {hours, plural, one {# hora} other {# horas}} y solo funciona una vez.',
  'code.private': 'Nadie de {brand} le pedirá nunca este código. No lo comparta con nadie.',
  'footer.reason': '{brand} le ha enviado este mensaje automático porque alguien introdujo allí su dirección.',
  'footer.account': '{brand} le ha enviado este mensaje automático porque afecta a la seguridad de su cuenta.',
  'footer.contact': '¿Tiene alguna pregunta? Escriba a {contact}.',

  'verify.subject': 'Confirme su dirección de correo para {brand}',
  'verify.preheader': 'Aquí tiene su código. Solo falta un paso.',
  'verify.title': 'Confirme su dirección de correo',
  'verify.lead': 'Le damos la bienvenida a {brand}. Introduzca este código para terminar de crear su cuenta.',
  'verify.ignore': 'Si usted no se ha registrado, puede ignorar este mensaje: sin el código no se crea ninguna cuenta.',

  'already-registered.subject': 'Ya tiene una cuenta en {brand}',
  'already-registered.preheader': 'No ha cambiado nada. Puede iniciar sesión como siempre.',
  'already-registered.title': 'Ya tiene una cuenta',
  'already-registered.lead':
    'Alguien, quizá usted, ha introducido esta dirección de correo para una cuenta en {brand}. La dirección ya pertenece a una cuenta, así que no ha cambiado nada.',
  'already-registered.act':
    'Si ha sido usted, inicie sesión como siempre. Si ha olvidado su contraseña, elija «He olvidado mi contraseña» en la página de inicio de sesión.',
  'already-registered.ignore':
    'Si no ha sido usted, no tiene que hacer nada. Su cuenta está segura y la otra persona no ha sabido que existe.',

  'sign-in-code.subject': 'Su código de acceso a {brand}',
  'sign-in-code.preheader': 'Use el código de este mensaje para iniciar sesión.',
  'sign-in-code.title': 'Iniciar sesión en {brand}',
  'sign-in-code.lead': 'Introduzca este código para iniciar sesión.',
  'sign-in-code.ignore':
    'Si no está intentando iniciar sesión, puede ignorar este mensaje. Solo quien lo lee puede iniciar sesión con el código.',

  'sign-in-code.link': 'O use este botón en el navegador donde empezó. Funciona una sola vez y solo allí.',
  'sign-in-code.button': 'Iniciar sesión',
  'text.code': '{code} es su clave para entrar en {brand}. No la comparta.',
  'text.verify': '{code} es su clave de {brand} para confirmar este teléfono.',
  'text.recovery':
    '{brand}: alguien pide quitar los segundos factores de su cuenta. Si no es usted, impida el cambio: {url}',
  'recovery.subject': 'Restablezca su contraseña de {brand}',
  'recovery.preheader': 'Use el código de este mensaje para elegir una contraseña nueva.',
  'recovery.title': 'Elija una contraseña nueva',
  'recovery.lead':
    'Alguien, seguramente usted, ha pedido restablecer la contraseña de su cuenta de {brand}. Introduzca este código para elegir una nueva.',
  'recovery.ignore': 'Si no ha sido usted, puede ignorar este mensaje: su contraseña sigue siendo la misma.',

  'recovery-unknown.subject': 'No hay ninguna cuenta de {brand} con esta dirección',
  'recovery-unknown.preheader': 'Quizá se registró con otra dirección.',
  'recovery-unknown.title': 'No hay ninguna cuenta con esta dirección',
  'recovery-unknown.lead':
    'Alguien, quizá usted, ha pedido restablecer la contraseña de una cuenta de {brand} con esta dirección de correo. No hay ninguna cuenta con ella.',
  'recovery-unknown.act':
    'Si ha sido usted, es posible que se registrara con otra dirección. Pruebe con esa o cree una cuenta.',
  'recovery-unknown.ignore': 'Si no ha sido usted, no tiene que hacer nada.',

  'factor-recovery.subject': 'Recupere el acceso a su cuenta de {brand}',
  'factor-recovery.preheader': 'El código de este mensaje inicia o termina la espera.',
  'factor-recovery.title': 'Entrar sin el segundo factor',
  'factor-recovery.lead':
    'Alguien, esperamos que usted, ha perdido los segundos factores de su cuenta de {brand}. Introduzca este código para continuar.',
  'factor-recovery.ignore': 'Si no ha sido usted, ignore este mensaje: sin el código no cambia nada.',
  'factor-recovery-waiting.subject': 'Se van a quitar los segundos factores de su cuenta de {brand}',
  'factor-recovery-waiting.preheader': 'Si no ha sido usted, puede impedirlo.',
  'factor-recovery-waiting.title': 'Se van a quitar sus segundos factores',
  'factor-recovery-waiting.lead':
    'Alguien que puede leer su correo ha pedido quitar todos los segundos factores de su cuenta de {brand}. A partir del {at, date, day} a las {at, time, clock} UTC podrá hacerlo con otro código. Hasta entonces no cambia nada.',
  'factor-recovery-waiting.ignore':
    'Si ha sido usted, vuelva entonces. Si encuentra antes su segundo factor, inicie sesión con él: eso también detiene el proceso.',
  'factor-recovery-waiting.act':
    'Si no ha sido usted, impídalo ahora y después cambie las contraseñas de su correo y de su cuenta.',
  'factor-recovery-waiting.button': 'Impedirlo',
  'factor-recovery-stopped.subject': 'Sus segundos factores de {brand} se conservan',
  'factor-recovery-stopped.preheader': 'No ha cambiado nada.',
  'factor-recovery-stopped.title': 'La solicitud se ha detenido',
  'factor-recovery-stopped.lead':
    'El {at, date, day} a las {at, time, clock} UTC se detuvo la solicitud de quitar los segundos factores de su cuenta de {brand}. No ha cambiado nada.',
  'factor-recovery-stopped.ignore': 'Si ha sido usted, no tiene que hacer nada más.',
  'factor-recovery-stopped.act': 'Si no ha sido usted, empiece de nuevo en la página de inicio de sesión.',
  'factors-recovered.subject': 'Se han quitado los segundos factores de su cuenta de {brand}',
  'factors-recovered.preheader': 'Si ha sido usted, todo está en orden.',
  'factors-recovered.title': 'Se han quitado sus segundos factores',
  'factors-recovered.lead':
    'El {at, date, day} a las {at, time, clock} UTC se quitaron todos los segundos factores de su cuenta de {brand} y se cerró la sesión en todos los dispositivos.',
  'factors-recovered.ignore': 'Si ha sido usted, inicie sesión y configure un nuevo segundo factor.',
  'factors-recovered.act':
    'Si no ha sido usted, otra persona tiene acceso a su correo. Cambie de inmediato la contraseña del correo y la de su cuenta.',
  'password-changed.subject': 'Su contraseña de {brand} ha cambiado',
  'password-changed.preheader': 'Si ha sido usted, todo está en orden.',
  'password-changed.title': 'Su contraseña ha cambiado',
  'password-changed.lead':
    'La contraseña de su cuenta de {brand} se cambió el {at, date, day} a las {at, time, clock} UTC. Se ha cerrado la sesión en los demás dispositivos.',
  'password-changed.ignore': 'Si ha sido usted, no tiene que hacer nada.',
  'password-changed.act':
    'Si no ha sido usted, es posible que otra persona tenga acceso a su cuenta. Elija cuanto antes «He olvidado mi contraseña» en la página de inicio de sesión y establezca una contraseña nueva.',

  'new-sign-in.subject': 'Nuevo inicio de sesión en su cuenta de {brand}',
  'new-sign-in.preheader': 'Si ha sido usted, todo está en orden.',
  'new-sign-in.title': 'Nuevo inicio de sesión en su cuenta',
  'new-sign-in.lead':
    'Alguien ha iniciado sesión en su cuenta de {brand} desde un dispositivo o un país que aún no conocíamos.',
  'new-sign-in.ignore': 'Si ha sido usted, no tiene que hacer nada.',
  'new-sign-in.act':
    'Si no ha sido usted, pulse el botón: se cerrarán todas las sesiones de su cuenta, la contraseña dejará de servir y elegirá una nueva.',
  'new-sign-in.button': 'No he sido yo',

  'sign-in-stopped.subject': 'Hemos detenido un inicio de sesión en su cuenta de {brand}',
  'sign-in-stopped.preheader': 'Alguien ha superado el primer paso.',
  'sign-in-stopped.title': 'Hemos detenido un inicio de sesión',
  'sign-in-stopped.lead':
    'Alguien ha superado el primer paso para iniciar sesión en su cuenta de {brand}, pero no ha pasado de ahí.',
  'sign-in-stopped.ignore': 'Si ha sido usted, no tiene que hacer nada. Puede volver a intentarlo.',
  'sign-in-stopped.act':
    'Si no ha sido usted, es posible que alguien conozca su contraseña. Pulse el botón: se cerrarán todas las sesiones de su cuenta, la contraseña dejará de servir y elegirá una nueva.',
  'sign-in-stopped.button': 'No he sido yo',

  'sign-in.when': 'Cuándo: {at, date, day}, {at, time, clock} UTC',
  'sign-in.device': 'Dispositivo: {device}',
  'sign-in.place': 'Dónde: {place} (estimado a partir de la red)',
  'device.both': '{browser} en {system}',
  'device.unknown': 'desconocido',

  'email-change-old.subject': 'La dirección de correo de su cuenta de {brand} va a cambiar',
  'email-change-old.preheader': 'Si no ha sido usted, puede detener el cambio.',
  'email-change-old.title': 'Su dirección de correo va a cambiar',
  'email-change-old.lead':
    'El {at, date, day} a las {at, time, clock} UTC, alguien que había iniciado sesión en su cuenta de {brand} pidió cambiar su dirección de correo a {address}. Hasta que se confirme esa dirección, seguirá iniciando sesión con la actual.',
  'email-change-old.ignore': 'Si ha sido usted, aquí no tiene que hacer nada.',
  'email-change-old.act': 'Si no ha sido usted, detenga el cambio y después establezca una contraseña nueva.',
  'email-change-old.button': 'Detener el cambio',

  'email-changed.subject': 'La dirección de correo de su cuenta de {brand} ha cambiado',
  'email-changed.preheader': 'Si ha sido usted, todo está en orden.',
  'email-changed.title': 'Su dirección de correo ha cambiado',
  'email-changed.lead':
    'El {at, date, day} a las {at, time, clock} UTC, la dirección de correo de su cuenta de {brand} se cambió a {address}. Ya no puede iniciar sesión con la anterior.',
  'email-changed.ignore': 'Si ha sido usted, no tiene que hacer nada.',
  'email-changed.act':
    'Si no ha sido usted, es posible que otra persona tenga acceso a su cuenta. Póngase en contacto con nosotros cuanto antes.',

  'email-change-new.subject': 'Confirme su nueva dirección de correo para {brand}',
  'email-change-new.preheader': 'Aquí tiene su código.',
  'email-change-new.title': 'Confirme su nueva dirección de correo',
  'email-change-new.lead': 'Introduzca este código para usar a partir de ahora esta dirección en su cuenta de {brand}.',
  'email-change-new.ignore':
    'Si usted no lo ha pedido, puede ignorar este mensaje: sin el código, la dirección no se usará.',
};
