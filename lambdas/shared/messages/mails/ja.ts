import type { Translation } from '../message.ts';
import type { en } from './en.ts';
import { factors } from './factors/ja.ts';

/** Japanese, です・ます. */
export const ja: Translation<typeof en> = {
  ...factors,
  greeting: 'お客様',
  'greeting.name': '{name} 様',
  'code.label': '確認コード',
  'code.minutes': 'このコードの有効期限は{minutes, plural, other {#}}分間で、1回のみ使用できます。',
  'code.hours': 'このコードの有効期限は{hours, plural, other {#}}時間で、1回のみ使用できます。',
  'code.private': '{brand} の担当者がこのコードをお尋ねすることはありません。誰にも教えないでください。',
  'footer.reason': 'このメールアドレスが {brand} で入力されたため、自動的にお送りしています。',
  'footer.account': 'アカウントの安全に関わる内容のため、{brand} より自動的にお送りしています。',
  'footer.contact': 'ご不明な点は {contact} までお問い合わせください。',

  'verify.subject': '【{brand}】メールアドレスの確認',
  'verify.preheader': '確認コードをお送りします。あと一歩で完了です。',
  'verify.title': 'メールアドレスの確認',
  'verify.lead': '{brand} へようこそ。アカウントの作成を完了するには、次のコードを入力してください。',
  'verify.ignore':
    'お心当たりのない場合は、このメールを破棄してください。コードが入力されないかぎり、アカウントは作成されません。',

  'already-registered.subject': '【{brand}】すでにアカウントをお持ちです',
  'already-registered.preheader': '変更はありません。いつもどおりログインできます。',
  'already-registered.title': 'すでにアカウントをお持ちです',
  'already-registered.lead':
    'お客様ご本人または他の方が、{brand} のアカウント用にこのメールアドレスを入力しました。このアドレスはすでに登録されているため、変更は行われていません。',
  'already-registered.act':
    'ご本人の場合は、いつもどおりログインしてください。パスワードをお忘れの場合は、ログイン画面の「パスワードを忘れた場合」をお選びください。',
  'already-registered.ignore':
    'お心当たりのない場合も、お手続きは不要です。アカウントは安全で、登録の有無は相手に知らされていません。',

  'sign-in-code.subject': '【{brand}】ログイン用コード',
  'sign-in-code.preheader': 'このメールのコードでログインできます。',
  'sign-in-code.title': '{brand} へのログイン',
  'sign-in-code.lead': 'ログインするには、次のコードを入力してください。',
  'sign-in-code.ignore':
    'お心当たりのない場合は、このメールを破棄してください。このメールを読める方以外は、コードでログインできません。',

  'sign-in-code.link':
    'または、手続きを始めたブラウザーでこのボタンをお使いください。そのブラウザーでのみ、1回だけ有効です。',
  'sign-in-code.button': 'サインイン',
  'text.code': '{code} は{brand}のサインインコードです。',
  'text.verify': '{code} は{brand}の番号確認コードです。',
  'text.recovery': '{brand}: アカウントの二段階認証の解除が申請されました。心当たりがない場合は停止してください: {url}',
  'recovery.subject': '【{brand}】パスワードの再設定',
  'recovery.preheader': 'このメールのコードで新しいパスワードを設定できます。',
  'recovery.title': '新しいパスワードの設定',
  'recovery.lead':
    '{brand} アカウントのパスワード再設定のお申し込みがありました。新しいパスワードを設定するには、次のコードを入力してください。',
  'recovery.ignore':
    'お心当たりのない場合は、このメールを破棄してください。現在のパスワードはそのままご利用いただけます。',

  'recovery-unknown.subject': '【{brand}】このアドレスのアカウントはありません',
  'recovery-unknown.preheader': '別のメールアドレスで登録されている可能性があります。',
  'recovery-unknown.title': 'このアドレスのアカウントはありません',
  'recovery-unknown.lead':
    'お客様ご本人または他の方から、このメールアドレスによる {brand} アカウントのパスワード再設定のお申し込みがありました。このアドレスで登録されたアカウントはありません。',
  'recovery-unknown.act':
    'ご本人の場合は、別のメールアドレスで登録されている可能性があります。そのアドレスでお試しいただくか、アカウントを作成してください。',
  'recovery-unknown.ignore': 'お心当たりのない場合、お手続きは不要です。',

  'factor-recovery.subject': '{brand}アカウントへの再アクセス',
  'factor-recovery.preheader': 'このコードで待機期間の開始または完了ができます。',
  'factor-recovery.title': '二段階認証なしでのサインイン',
  'factor-recovery.lead':
    '{brand}アカウントの二段階認証の手段をなくされたとの申請がありました。ご本人の場合は、このコードを入力して手続きを進めてください。',
  'factor-recovery.ignore':
    'お心当たりがない場合は、このメールを無視してください。コードがなければ何も変更されません。',
  'factor-recovery-waiting.subject': '{brand}アカウントの二段階認証が解除されようとしています',
  'factor-recovery-waiting.preheader': 'お心当たりがない場合は停止できます。',
  'factor-recovery-waiting.title': '二段階認証が解除されようとしています',
  'factor-recovery-waiting.lead':
    'あなたのメールを読める人から、{brand}アカウントの二段階認証の手段をすべて削除する申請がありました。{at, date, day} {at, time, clock}（UTC）以降、もう一度コードを入力すると削除できます。それまでは何も変わりません。',
  'factor-recovery-waiting.ignore':
    'ご本人の場合は、その日時以降にもう一度お手続きください。それまでに認証手段が見つかった場合は、それを使ってサインインすれば申請は停止します。',
  'factor-recovery-waiting.act':
    'お心当たりがない場合は、今すぐ停止し、メールボックスとアカウントのパスワードを変更してください。',
  'factor-recovery-waiting.button': '解除を停止する',
  'factor-recovery-stopped.subject': '{brand}の二段階認証の解除が停止されました',
  'factor-recovery-stopped.preheader': '何も変更されていません。',
  'factor-recovery-stopped.title': '解除は停止されました',
  'factor-recovery-stopped.lead':
    '{at, date, day} {at, time, clock}（UTC）に、{brand}アカウントの二段階認証の解除が停止されました。何も変更されていません。',
  'factor-recovery-stopped.ignore': 'ご本人の操作であれば、ほかに必要な手続きはありません。',
  'factor-recovery-stopped.act': 'お心当たりがない場合は、サインインページからもう一度お手続きください。',
  'factors-recovered.subject': '{brand}アカウントの二段階認証が解除されました',
  'factors-recovered.preheader': 'ご本人の操作であれば問題ありません。',
  'factors-recovered.title': '二段階認証が解除されました',
  'factors-recovered.lead':
    '{at, date, day} {at, time, clock}（UTC）に、{brand}アカウントの二段階認証の手段がすべて削除され、すべての端末からサインアウトしました。',
  'factors-recovered.ignore': 'ご本人の場合は、サインインして新しい認証手段を設定してください。',
  'factors-recovered.act':
    'お心当たりがない場合は、第三者がメールボックスにアクセスできる状態です。メールとアカウントのパスワードを直ちに変更してください。',
  'password-changed.subject': '【{brand}】パスワードが変更されました',
  'password-changed.preheader': 'ご本人による変更であれば、お手続きは不要です。',
  'password-changed.title': 'パスワードが変更されました',
  'password-changed.lead':
    '{at, date, day} {at, time, clock}（UTC）に、{brand} アカウントのパスワードが変更されました。他の端末はログアウトされています。',
  'password-changed.ignore': 'ご本人による変更であれば、お手続きは不要です。',
  'password-changed.act':
    'お心当たりのない場合は、第三者がアカウントにアクセスしている可能性があります。ただちにログイン画面の「パスワードを忘れた場合」から、新しいパスワードを設定してください。',

  'new-sign-in.subject': '{brand} アカウントへの新しいログイン',
  'new-sign-in.preheader': 'ご本人によるログインであれば、お手続きは不要です。',
  'new-sign-in.title': 'アカウントへの新しいログイン',
  'new-sign-in.lead': 'これまでに使用されたことのない端末または国から、{brand} アカウントへのログインがありました。',
  'new-sign-in.ignore': 'ご本人によるログインであれば、お手続きは不要です。',
  'new-sign-in.act':
    'お心当たりのない場合は、ボタンを押してください。すべての端末がログアウトされ、現在のパスワードは無効になり、新しいパスワードを設定していただきます。',
  'new-sign-in.button': '自分ではありません',

  'sign-in-stopped.subject': '{brand} アカウントへのログインを止めました',
  'sign-in-stopped.preheader': '最初の手順を通過した人がいます。',
  'sign-in-stopped.title': 'ログインを止めました',
  'sign-in-stopped.lead':
    '{brand} アカウントへのログインで、最初の手順を通過した人がいますが、その先には進めませんでした。',
  'sign-in-stopped.ignore': 'ご本人であれば、お手続きは不要です。もう一度お試しください。',
  'sign-in-stopped.act':
    'お心当たりのない場合は、パスワードを知られている可能性があります。ボタンを押してください。すべての端末がログアウトされ、現在のパスワードは無効になり、新しいパスワードを設定していただきます。',
  'sign-in-stopped.button': '自分ではありません',

  'sign-in.when': '日時: {at, date, day} {at, time, clock}（UTC）',
  'sign-in.device': '端末: {device}',
  'sign-in.place': '場所: {place}（ネットワークからの推定）',
  'device.both': '{system} の {browser}',
  'device.unknown': '不明',

  'email-change-old.subject': '【{brand}】メールアドレスの変更手続きについて',
  'email-change-old.preheader': 'お心当たりのない場合は、変更を取り消せます。',
  'email-change-old.title': 'メールアドレスの変更手続きが始まりました',
  'email-change-old.lead':
    '{at, date, day} {at, time, clock}（UTC）に、{brand} アカウントにログイン中の方から、メールアドレスを {address} に変更するお申し込みがありました。新しいアドレスが確認されるまでは、これまでどおり現在のアドレスでログインできます。',
  'email-change-old.ignore': 'ご本人によるお申し込みであれば、ここでのお手続きは不要です。',
  'email-change-old.act': 'お心当たりのない場合は、変更を取り消したうえで、新しいパスワードを設定してください。',
  'email-change-old.button': '変更を取り消す',

  'email-changed.subject': '【{brand}】メールアドレスが変更されました',
  'email-changed.preheader': 'ご本人による変更であれば、お手続きは不要です。',
  'email-changed.title': 'メールアドレスが変更されました',
  'email-changed.lead':
    '{at, date, day} {at, time, clock}（UTC）に、{brand} アカウントのメールアドレスが {address} に変更されました。これまでのアドレスではログインできません。',
  'email-changed.ignore': 'ご本人による変更であれば、お手続きは不要です。',
  'email-changed.act':
    'お心当たりのない場合は、第三者がアカウントにアクセスしている可能性があります。ただちにお問い合わせください。',

  'email-change-new.subject': '【{brand}】新しいメールアドレスの確認',
  'email-change-new.preheader': '確認コードをお送りします。',
  'email-change-new.title': '新しいメールアドレスの確認',
  'email-change-new.lead': 'このアドレスを今後 {brand} アカウントで使用するには、次のコードを入力してください。',
  'email-change-new.ignore':
    'お心当たりのない場合は、このメールを破棄してください。コードが入力されないかぎり、このアドレスは使用されません。',
};
