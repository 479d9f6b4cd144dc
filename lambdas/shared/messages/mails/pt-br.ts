import type { Translation } from '../message.ts';
import type { en } from './en.ts';
import { factors } from './factors/pt-br.ts';

/** Brazilian Portuguese, você. */
export const ptBr: Translation<typeof en> = {
  ...factors,
  greeting: 'Olá!',
  'greeting.name': 'Olá, {name}!',
  'code.label': 'Seu código',
  'code.minutes': 'Ele vale por {minutes, plural, one {# minuto} other {# minutos}} e só pode ser usado uma vez.',
  'code.hours': 'Ele vale por {hours, plural, one {# hora} other {# horas}} e só pode ser usado uma vez.',
  'code.private': 'Ninguém da {brand} vai pedir este código a você. Não o compartilhe com ninguém.',
  'footer.reason': 'Você recebeu esta mensagem automática da {brand} porque o seu endereço foi informado lá.',
  'footer.account':
    'Você recebeu esta mensagem automática da {brand} porque ela diz respeito à segurança da sua conta.',
  'footer.contact': 'Dúvidas? Escreva para {contact}.',

  'verify.subject': 'Confirme o seu endereço de e-mail na {brand}',
  'verify.preheader': 'Aqui está o seu código. Falta só um passo.',
  'verify.title': 'Confirme o seu endereço de e-mail',
  'verify.lead': 'Boas-vindas à {brand}. Digite este código para terminar de criar a sua conta.',
  'verify.ignore': 'Se você não se cadastrou, pode ignorar esta mensagem: sem o código, nenhuma conta é criada.',

  'already-registered.subject': 'Você já tem uma conta na {brand}',
  'already-registered.preheader': 'Nada mudou. Você pode entrar como sempre.',
  'already-registered.title': 'Você já tem uma conta',
  'already-registered.lead':
    'Alguém, talvez você, informou este endereço de e-mail para uma conta na {brand}. O endereço já pertence a uma conta, por isso nada mudou.',
  'already-registered.act':
    'Se foi você, entre como sempre. Se esqueceu a senha, escolha “Esqueci a senha” na página de entrada.',
  'already-registered.ignore':
    'Se não foi você, não precisa fazer nada. A sua conta está segura, e a outra pessoa não ficou sabendo que ela existe.',

  'sign-in-code.subject': 'Seu código para entrar na {brand}',
  'sign-in-code.preheader': 'Use o código desta mensagem para entrar.',
  'sign-in-code.title': 'Entrar na {brand}',
  'sign-in-code.lead': 'Digite este código para entrar.',
  'sign-in-code.ignore':
    'Se você não está tentando entrar, pode ignorar esta mensagem. Só quem a lê consegue entrar com o código.',

  'sign-in-code.link': 'Ou use este botão no navegador em que você começou. Ele funciona uma única vez e somente lá.',
  'sign-in-code.button': 'Entrar',
  'text.code': 'Use {code} para entrar em {brand}. Guarde somente para si.',
  'text.verify': 'Use {code} para confirmar este telefone em {brand}.',
  'text.recovery':
    '{brand}: pediram para retirar os segundos fatores da sua conta. Se o pedido for de outra pessoa, impeça aqui: {url}',
  'recovery.subject': 'Redefina a sua senha da {brand}',
  'recovery.preheader': 'Use o código desta mensagem para escolher uma nova senha.',
  'recovery.title': 'Escolha uma nova senha',
  'recovery.lead':
    'Alguém, provavelmente você, pediu para redefinir a senha da sua conta na {brand}. Digite este código para escolher uma nova.',
  'recovery.ignore': 'Se não foi você, pode ignorar esta mensagem: a sua senha continua a mesma.',

  'recovery-unknown.subject': 'Não há conta na {brand} com este endereço',
  'recovery-unknown.preheader': 'Talvez você tenha se cadastrado com outro endereço.',
  'recovery-unknown.title': 'Não há conta com este endereço',
  'recovery-unknown.lead':
    'Alguém, talvez você, pediu para redefinir a senha de uma conta na {brand} com este endereço de e-mail. Não há nenhuma conta com ele.',
  'recovery-unknown.act':
    'Se foi você, talvez tenha se cadastrado com outro endereço. Tente com ele ou crie uma conta.',
  'recovery-unknown.ignore': 'Se não foi você, não precisa fazer nada.',

  'factor-recovery.subject': 'Volte a entrar na sua conta da {brand}',
  'factor-recovery.preheader': 'O código desta mensagem inicia ou encerra a espera.',
  'factor-recovery.title': 'Entrar sem o segundo fator',
  'factor-recovery.lead':
    'Alguém, esperamos que você, perdeu os segundos fatores da sua conta da {brand}. Digite este código para continuar.',
  'factor-recovery.ignore': 'Se não foi você, ignore esta mensagem: sem o código, nada muda.',
  'factor-recovery-waiting.subject': 'Os segundos fatores da sua conta da {brand} vão ser removidos',
  'factor-recovery-waiting.preheader': 'Se não foi você, ainda dá para impedir.',
  'factor-recovery-waiting.title': 'Seus segundos fatores vão ser removidos',
  'factor-recovery-waiting.lead':
    'Alguém que consegue ler seus e-mails pediu para remover todos os segundos fatores da sua conta da {brand}. A partir de {at, date, day} às {at, time, clock} UTC, isso será possível com outro código. Até lá, nada muda.',
  'factor-recovery-waiting.ignore':
    'Se foi você, volte nessa data. Se encontrar seu segundo fator antes, entre com ele: isso também interrompe a remoção.',
  'factor-recovery-waiting.act':
    'Se não foi você, impeça agora e depois troque as senhas do seu e-mail e da sua conta.',
  'factor-recovery-waiting.button': 'Impedir a remoção',
  'factor-recovery-stopped.subject': 'A remoção dos seus segundos fatores na {brand} foi interrompida',
  'factor-recovery-stopped.preheader': 'Nada mudou.',
  'factor-recovery-stopped.title': 'A remoção foi interrompida',
  'factor-recovery-stopped.lead':
    'Em {at, date, day} às {at, time, clock} UTC, a remoção dos segundos fatores da sua conta da {brand} foi interrompida. Nada mudou.',
  'factor-recovery-stopped.ignore': 'Se foi você, não precisa fazer mais nada.',
  'factor-recovery-stopped.act': 'Se não foi você, comece de novo na página de entrada.',
  'factors-recovered.subject': 'Os segundos fatores da sua conta da {brand} foram removidos',
  'factors-recovered.preheader': 'Se foi você, está tudo certo.',
  'factors-recovered.title': 'Seus segundos fatores foram removidos',
  'factors-recovered.lead':
    'Em {at, date, day} às {at, time, clock} UTC, todos os segundos fatores da sua conta da {brand} foram removidos e todos os dispositivos foram desconectados.',
  'factors-recovered.ignore': 'Se foi você, entre e configure um novo segundo fator.',
  'factors-recovered.act':
    'Se não foi você, outra pessoa tem acesso ao seu e-mail. Troque imediatamente a senha do e-mail e a da sua conta.',
  'password-changed.subject': 'A sua senha da {brand} foi alterada',
  'password-changed.preheader': 'Se foi você, está tudo certo.',
  'password-changed.title': 'A sua senha foi alterada',
  'password-changed.lead':
    'A senha da sua conta na {brand} foi alterada em {at, date, day}, às {at, time, clock} UTC. Os outros dispositivos foram desconectados.',
  'password-changed.ignore': 'Se foi você, não precisa fazer nada.',
  'password-changed.act':
    'Se não foi você, outra pessoa pode ter acesso à sua conta. Escolha “Esqueci a senha” na página de entrada agora mesmo e defina uma nova senha.',

  'new-sign-in.subject': 'Novo acesso à sua conta na {brand}',
  'new-sign-in.preheader': 'Se foi você, está tudo certo.',
  'new-sign-in.title': 'Novo acesso à sua conta',
  'new-sign-in.lead':
    'Alguém entrou na sua conta na {brand} de um dispositivo ou de um país que ainda não conhecíamos.',
  'new-sign-in.ignore': 'Se foi você, não precisa fazer nada.',
  'new-sign-in.act':
    'Se não foi você, toque no botão: todos são desconectados da sua conta, a senha deixa de funcionar e você escolhe uma nova.',
  'new-sign-in.button': 'Não fui eu',

  'sign-in-stopped.subject': 'Interrompemos um acesso à sua conta na {brand}',
  'sign-in-stopped.preheader': 'Alguém passou da primeira etapa.',
  'sign-in-stopped.title': 'Interrompemos um acesso à sua conta',
  'sign-in-stopped.lead': 'Alguém passou da primeira etapa para entrar na sua conta na {brand}, mas não foi além dela.',
  'sign-in-stopped.ignore': 'Se foi você, não precisa fazer nada. Pode tentar de novo.',
  'sign-in-stopped.act':
    'Se não foi você, alguém pode saber a sua senha. Toque no botão: todos são desconectados da sua conta, a senha deixa de funcionar e você escolhe uma nova.',
  'sign-in-stopped.button': 'Não fui eu',

  'sign-in.when': 'Quando: {at, date, day}, às {at, time, clock} UTC',
  'sign-in.device': 'Dispositivo: {device}',
  'sign-in.place': 'Onde: {place} (estimado a partir da rede)',
  'device.both': '{browser} no {system}',
  'device.unknown': 'desconhecido',

  'email-change-old.subject': 'O endereço de e-mail da sua conta na {brand} vai mudar',
  'email-change-old.preheader': 'Se não foi você, é possível cancelar a alteração.',
  'email-change-old.title': 'O seu endereço de e-mail vai mudar',
  'email-change-old.lead':
    'Em {at, date, day}, às {at, time, clock} UTC, alguém que havia entrado na sua conta na {brand} pediu para alterar o endereço de e-mail para {address}. Até que esse endereço seja confirmado, você continua entrando com o atual.',
  'email-change-old.ignore': 'Se foi você, não precisa fazer nada aqui.',
  'email-change-old.act': 'Se não foi você, cancele a alteração e depois defina uma nova senha.',
  'email-change-old.button': 'Cancelar a alteração',

  'email-changed.subject': 'O endereço de e-mail da sua conta na {brand} foi alterado',
  'email-changed.preheader': 'Se foi você, está tudo certo.',
  'email-changed.title': 'O seu endereço de e-mail foi alterado',
  'email-changed.lead':
    'Em {at, date, day}, às {at, time, clock} UTC, o endereço de e-mail da sua conta na {brand} foi alterado para {address}. Não é mais possível entrar com o anterior.',
  'email-changed.ignore': 'Se foi você, não precisa fazer nada.',
  'email-changed.act':
    'Se não foi você, outra pessoa pode ter acesso à sua conta. Entre em contato conosco agora mesmo.',

  'email-change-new.subject': 'Confirme o seu novo endereço de e-mail na {brand}',
  'email-change-new.preheader': 'Aqui está o seu código.',
  'email-change-new.title': 'Confirme o seu novo endereço de e-mail',
  'email-change-new.lead': 'Digite este código para usar este endereço na sua conta na {brand} a partir de agora.',
  'email-change-new.ignore':
    'Se você não pediu isso, pode ignorar esta mensagem: sem o código, o endereço não será usado.',
};
