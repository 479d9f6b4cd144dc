import type { PageMessages } from '../page-texts.ts';

export const ja: PageMessages = {
  'cancel.title': 'アドレスの変更を中止しますか？',
  'cancel.lead':
    'お客様のアカウントにサインインしている方が、別のメールアドレスへの変更を申請しました。お心当たりがない場合は、ここで変更を中止し、その後パスワードを変更してください。',
  'cancel.button': '変更を中止する',
  'cancelled.title': '変更を中止しました',
  'cancelled.lead':
    'アカウントのアドレスはこのままです。変更を申請していない場合は、今すぐ新しいパスワードを設定してください。',
  'over.title': 'このリンクは無効になりました',
  'over.lead':
    '変更は中止されたか、完了したか、期限切れになっています。お心当たりがない場合は、パスワードを再設定してサインインしてください。',
  'refused.title': 'このリクエストは受け付けられませんでした',
  'refused.lead': 'メッセージのリンクをもう一度開いてください。',
};
