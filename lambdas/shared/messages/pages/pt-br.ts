import type { PageMessages } from '../page-texts.ts';

export const ptBr: PageMessages = {
  'cancel.title': 'Interromper a troca de endereço?',
  'cancel.lead':
    'Alguém conectado à sua conta pediu para transferi-la para outro endereço de e-mail. Se não foi você, interrompa aqui e depois troque sua senha.',
  'cancel.button': 'Interromper a troca',
  'cancelled.title': 'A troca foi interrompida',
  'cancelled.lead': 'Sua conta continua com este endereço. Se você não pediu a troca, defina uma nova senha agora.',
  'over.title': 'Este link não funciona mais',
  'over.lead':
    'A troca foi interrompida, concluída ou expirou. Se você não a pediu, redefina sua senha e entre na conta.',
  'refused.title': 'Esta solicitação não foi aceita',
  'refused.lead': 'Abra novamente o link da mensagem.',
  'post.title': 'Voltar ao aplicativo',
  'post.button': 'Continuar',
  'error.title': 'Este link não pode ser usado',
  'error.lead': 'O aplicativo enviou uma solicitação inválida ou que expirou. Volte ao aplicativo e tente novamente.',
  'fault.title': 'Algo deu errado',
  'fault.lead': 'A falha é nossa, não sua. Tente novamente em instantes.',
  'error.reference': 'Se pedir ajuda, informe esta referência:',
  'logout.title': 'Sair?',
  'logout.lead': 'Você sairá da conta neste navegador e nos aplicativos que abriu a partir daqui.',
  'logout.button': 'Sair',
  'logged-out.title': 'Você saiu',
  'logged-out.lead': 'Você pode fechar esta janela.',
};
