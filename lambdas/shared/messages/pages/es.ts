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
};
