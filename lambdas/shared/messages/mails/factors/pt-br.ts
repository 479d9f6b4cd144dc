import type { Translation } from '../../message.ts';
import type { factors as source } from './en.ts';

/** Sentences of mails about second factors. */
export const factors: Translation<typeof source> = {
  'factor.totp': 'Aplicativo autenticador',
  'factor.passkey': 'Chave de acesso',
  'factor.sms': 'SMS',
  'factor-notice.ignore': 'Se foi você, não precisa fazer nada.',
  'factor-notice.act':
    'Se não foi você, outra pessoa pode ter acesso à sua conta. Defina uma nova senha agora mesmo e verifique seus segundos fatores.',
  'factor-added.subject': 'Um segundo fator foi adicionado à sua conta na {brand}',
  'factor-added.preheader': 'Se foi você, está tudo certo.',
  'factor-added.title': 'Um segundo fator foi adicionado',
  'factor-added.lead':
    'Em {at, date, day}, às {at, time, clock} UTC, um segundo fator foi adicionado à sua conta na {brand}: {factor}.',
  'factor-removed.subject': 'Um segundo fator foi removido da sua conta na {brand}',
  'factor-removed.preheader': 'Se foi você, está tudo certo.',
  'factor-removed.title': 'Um segundo fator foi removido',
  'factor-removed.lead':
    'Em {at, date, day}, às {at, time, clock} UTC, um segundo fator foi removido da sua conta na {brand}: {factor}.',
  'code-channel-changed.subject': 'Seus códigos para entrar na {brand} agora chegam por outro meio',
  'code-channel-changed.preheader': 'Se foi você, está tudo certo.',
  'code-channel-changed.title': 'Seus códigos chegam por outro meio',
  'code-channel-changed.lead.mail':
    'Em {at, date, day}, às {at, time, clock} UTC, foi escolhido que os códigos para entrar na sua conta na {brand} sejam enviados por e-mail para este endereço.',
  'code-channel-changed.lead.text':
    'Em {at, date, day}, às {at, time, clock} UTC, foi escolhido que os códigos para entrar na sua conta na {brand} sejam enviados por SMS para o seu telefone.',
  'recovery-codes-made.subject': 'Novos códigos de recuperação da sua conta na {brand}',
  'recovery-codes-made.preheader': 'Se foi você, está tudo certo.',
  'recovery-codes-made.title': 'Novos códigos de recuperação foram criados',
  'recovery-codes-made.lead':
    'Em {at, date, day}, às {at, time, clock} UTC, novos códigos de recuperação foram criados para a sua conta na {brand}. Os antigos não valem mais.',
  'recovery-code-used.subject': 'Um código de recuperação da sua conta na {brand} foi usado',
  'recovery-code-used.preheader': 'Se foi você, está tudo certo.',
  'recovery-code-used.title': 'Um código de recuperação foi usado',
  'recovery-code-used.lead':
    'Em {at, date, day}, às {at, time, clock} UTC, alguém entrou na sua conta na {brand} com um dos seus códigos de recuperação. {left, plural, =0 {Não resta nenhum código.} one {Resta # código.} many {Restam # códigos.} other {Restam # códigos.}}',
};
