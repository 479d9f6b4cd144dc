import type { Translation } from '../../message.ts';
import type { factors as source } from './en.ts';

/** Sentences of mails about second factors. */
export const factors: Translation<typeof source> = {
  'factor.totp': 'تطبيق المصادقة',
  'factor.passkey': 'مفتاح المرور',
  'factor.sms': 'رسالة نصية',
  'factor-notice.ignore': 'إذا كنت أنت، فلا داعي لفعل أي شيء.',
  'factor-notice.act':
    'إذا لم تكن أنت، فقد يكون لدى شخص آخر إمكانية الوصول إلى حسابك. عيّن كلمة مرور جديدة فورًا وتحقق من عواملك الثانية.',
  'factor-added.subject': 'تمت إضافة عامل ثانٍ إلى حسابك لدى {brand}',
  'factor-added.preheader': 'إذا كنت أنت، فكل شيء على ما يُرام.',
  'factor-added.title': 'تمت إضافة عامل ثانٍ',
  'factor-added.lead':
    'بتاريخ {at, date, day} الساعة {at, time, clock} بالتوقيت العالمي UTC أُضيف عامل ثانٍ إلى حسابك لدى {brand}: {factor}.',
  'factor-removed.subject': 'تمت إزالة عامل ثانٍ من حسابك لدى {brand}',
  'factor-removed.preheader': 'إذا كنت أنت، فكل شيء على ما يُرام.',
  'factor-removed.title': 'تمت إزالة عامل ثانٍ',
  'factor-removed.lead':
    'بتاريخ {at, date, day} الساعة {at, time, clock} بالتوقيت العالمي UTC أُزيل عامل ثانٍ من حسابك لدى {brand}: {factor}.',
  'code-channel-changed.subject': 'تغيّرت طريقة وصول رموز تسجيل الدخول إلى {brand}',
  'code-channel-changed.preheader': 'إذا كنت أنت، فكل شيء على ما يُرام.',
  'code-channel-changed.title': 'تغيّرت طريقة وصول رموز تسجيل الدخول',
  'code-channel-changed.lead.mail':
    'بتاريخ {at, date, day} الساعة {at, time, clock} بالتوقيت العالمي UTC اختير إرسال رموز تسجيل الدخول إلى حسابك لدى {brand} بالبريد الإلكتروني إلى هذا العنوان.',
  'code-channel-changed.lead.text':
    'بتاريخ {at, date, day} الساعة {at, time, clock} بالتوقيت العالمي UTC اختير إرسال رموز تسجيل الدخول إلى حسابك لدى {brand} برسالة نصية إلى هاتفك.',
  'recovery-codes-made.subject': 'رموز استرداد جديدة لحسابك لدى {brand}',
  'recovery-codes-made.preheader': 'إذا كنت أنت، فكل شيء على ما يُرام.',
  'recovery-codes-made.title': 'تم إنشاء رموز استرداد جديدة',
  'recovery-codes-made.lead':
    'بتاريخ {at, date, day} الساعة {at, time, clock} بالتوقيت العالمي UTC أُنشئت رموز استرداد جديدة لحسابك لدى {brand}. لم تعد الرموز القديمة صالحة.',
  'recovery-code-used.subject': 'تم استخدام رمز استرداد لحسابك لدى {brand}',
  'recovery-code-used.preheader': 'إذا كنت أنت، فكل شيء على ما يُرام.',
  'recovery-code-used.title': 'تم استخدام رمز استرداد',
  'recovery-code-used.lead':
    'بتاريخ {at, date, day} الساعة {at, time, clock} بالتوقيت العالمي UTC سجّل أحدهم الدخول إلى حسابك لدى {brand} بأحد رموز الاسترداد. {left, plural, zero {لم يتبق أي رمز.} one {بقي رمز واحد.} two {بقي رمزان.} few {بقيت # رموز.} many {بقي # رمزًا.} other {بقي # رمز.}}',
};
