import type { Translation } from '../../message.ts';
import type { factors as source } from './en.ts';

/** Sentences of mails about second factors. */
export const factors: Translation<typeof source> = {
  'factor.totp': '認証アプリ',
  'factor.passkey': 'パスキー',
  'factor.sms': 'SMS',
  'factor-notice.ignore': 'ご本人による操作であれば、お手続きは不要です。',
  'factor-notice.act':
    'お心当たりのない場合は、第三者がアカウントにアクセスしている可能性があります。ただちに新しいパスワードを設定し、第二要素をご確認ください。',
  'factor-added.subject': '【{brand}】第二要素が追加されました',
  'factor-added.preheader': 'ご本人による操作であれば、お手続きは不要です。',
  'factor-added.title': '第二要素が追加されました',
  'factor-added.lead':
    '{at, date, day} {at, time, clock}（UTC）に、{brand} アカウントに第二要素が追加されました：{factor}',
  'factor-removed.subject': '【{brand}】第二要素が削除されました',
  'factor-removed.preheader': 'ご本人による操作であれば、お手続きは不要です。',
  'factor-removed.title': '第二要素が削除されました',
  'factor-removed.lead':
    '{at, date, day} {at, time, clock}（UTC）に、{brand} アカウントから第二要素が削除されました：{factor}',
  'code-channel-changed.subject': '【{brand}】ログイン用コードの送信先が変更されました',
  'code-channel-changed.preheader': 'ご本人による操作であれば、お手続きは不要です。',
  'code-channel-changed.title': 'ログイン用コードの送信先が変更されました',
  'code-channel-changed.lead.mail':
    '{at, date, day} {at, time, clock}（UTC）に、{brand} アカウントのログイン用コードの送信先が、このメールアドレスに変更されました。',
  'code-channel-changed.lead.text':
    '{at, date, day} {at, time, clock}（UTC）に、{brand} アカウントのログイン用コードの送信先が、お使いの電話番号への SMS に変更されました。',
  'recovery-codes-made.subject': '【{brand}】新しいリカバリーコードが作成されました',
  'recovery-codes-made.preheader': 'ご本人による操作であれば、お手続きは不要です。',
  'recovery-codes-made.title': '新しいリカバリーコードが作成されました',
  'recovery-codes-made.lead':
    '{at, date, day} {at, time, clock}（UTC）に、{brand} アカウントの新しいリカバリーコードが作成されました。以前のコードは使えません。',
  'recovery-code-used.subject': '【{brand}】リカバリーコードが使用されました',
  'recovery-code-used.preheader': 'ご本人による操作であれば、お手続きは不要です。',
  'recovery-code-used.title': 'リカバリーコードが使用されました',
  'recovery-code-used.lead':
    '{at, date, day} {at, time, clock}（UTC）に、リカバリーコードを使って {brand} アカウントへのログインがありました。{left, plural, =0 {残っていません。} other {残り # 個です。}}',
};
