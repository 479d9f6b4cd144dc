import type { PageMessages } from '../page-texts.ts';

export const es: PageMessages = {
  'cancel.title': '¿Detener el cambio de dirección?',
  'cancel.lead':
    'Alguien con la sesión iniciada en su cuenta ha pedido cambiarla a otra dirección de correo. Si no ha sido usted, deténgalo aquí y después cambie su contraseña.',
  'cancel.button': 'Detener el cambio',
  'cancelled.title': 'El cambio se ha detenido',
  'cancelled.lead': 'Su cuenta conserva esta dirección. Si usted no pidió el cambio, elija ahora una contraseña nueva.',
  'over.title': 'Este enlace ya no funciona',
  'over.lead':
    'El cambio se detuvo, se completó o ha caducado. Si usted no lo pidió, restablezca su contraseña e inicie sesión.',
  'refused.title': 'Esta solicitud no se ha aceptado',
  'refused.lead': 'Vuelva a abrir el enlace del mensaje.',
  'post.title': 'Volver a la aplicación',
  'post.button': 'Continuar',
  'error.title': 'Este enlace no se puede usar',
  'error.lead':
    'La aplicación envió una solicitud no válida o que ha caducado. Vuelva a la aplicación e inténtelo de nuevo.',
  'fault.title': 'Algo ha salido mal',
  'fault.lead': 'El fallo es nuestro, no suyo. Vuelva a intentarlo en un momento.',
  'error.reference': 'Si pide ayuda, indique esta referencia:',
  'logout.title': '¿Cerrar sesión?',
  'logout.lead': 'Se cerrará su sesión en este navegador y en las aplicaciones que abrió desde aquí.',
  'logout.button': 'Cerrar sesión',
  'logged-out.title': 'Ha cerrado la sesión',
  'logged-out.lead': 'Puede cerrar esta ventana.',
};
