import type { Translation } from '../message.ts';
import type { en } from './en.ts';
import { factors } from './factors/ar.ts';

/** Modern Standard Arabic; all six plural forms. */
export const ar: Translation<typeof en> = {
  ...factors,
  greeting: 'مرحبًا،',
  'greeting.name': 'مرحبًا {name}،',
  'code.label': 'الرمز الخاص بك',
  'code.minutes':
    'الرمز صالح لمدة {minutes, plural, zero {# دقيقة} one {دقيقة واحدة} two {دقيقتين} few {# دقائق} many {# دقيقة} other {# دقيقة}} ويُستخدم مرة واحدة فقط.',
  'code.hours':
    'الرمز صالح لمدة {hours, plural, zero {# ساعة} one {ساعة واحدة} two {ساعتين} few {# ساعات} many {# ساعة} other {# ساعة}} ويُستخدم مرة واحدة فقط.',
  'code.private': 'لن يطلب منك أي شخص من {brand} هذا الرمز أبدًا. يُرجى عدم مشاركته مع أحد.',
  'footer.reason': 'وصلتك هذه الرسالة التلقائية من {brand} لأن عنوان بريدك أُدخل هناك.',
  'footer.account': 'وصلتك هذه الرسالة التلقائية من {brand} لأنها تتعلق بأمان حسابك.',
  'footer.contact': 'هل لديك أسئلة؟ راسلنا على {contact}.',

  'verify.subject': 'تأكيد عنوان بريدك الإلكتروني لدى {brand}',
  'verify.preheader': 'إليك الرمز. لم يتبقَّ سوى خطوة واحدة.',
  'verify.title': 'تأكيد عنوان بريدك الإلكتروني',
  'verify.lead': 'أهلًا بك في {brand}. أدخل هذا الرمز لإكمال إنشاء حسابك.',
  'verify.ignore': 'إذا لم تطلب إنشاء حساب، فيمكنك تجاهل هذه الرسالة: لن يُنشأ أي حساب من دون الرمز.',

  'already-registered.subject': 'لديك حساب بالفعل لدى {brand}',
  'already-registered.preheader': 'لم يتغيّر شيء. يمكنك تسجيل الدخول كالمعتاد.',
  'already-registered.title': 'لديك حساب بالفعل',
  'already-registered.lead':
    'أدخل شخص ما، وربما أنت، عنوان البريد الإلكتروني هذا لاستخدامه في حساب لدى {brand}. العنوان مرتبط بحساب بالفعل، لذلك لم يتغيّر شيء.',
  'already-registered.act':
    'إذا كنت أنت من فعل ذلك، فسجّل الدخول كالمعتاد. وإذا نسيت كلمة المرور، فاختر «نسيت كلمة المرور» في صفحة تسجيل الدخول.',
  'already-registered.ignore': 'إذا لم تكن أنت، فلا داعي لفعل أي شيء. حسابك آمن، ولم يُبلَّغ الشخص الآخر بوجوده.',

  'sign-in-code.subject': 'رمز تسجيل الدخول إلى {brand}',
  'sign-in-code.preheader': 'استخدم الرمز الوارد في هذه الرسالة لتسجيل الدخول.',
  'sign-in-code.title': 'تسجيل الدخول إلى {brand}',
  'sign-in-code.lead': 'أدخل هذا الرمز لتسجيل الدخول.',
  'sign-in-code.ignore':
    'إذا لم تكن تحاول تسجيل الدخول، فيمكنك تجاهل هذه الرسالة. لا يمكن لأحد تسجيل الدخول بهذا الرمز سوى من يقرؤها.',

  'sign-in-code.link': 'أو استخدم هذا الزر في المتصفح الذي بدأت فيه. يعمل مرة واحدة، وهناك فقط.',
  'sign-in-code.button': 'تسجيل الدخول',
  'text.code': '{code} رمز دخولك إلى {brand}.',
  'text.verify': '{code} رمز تأكيد رقمك لدى {brand}.',
  'text.recovery': '{brand}: طُلبت إزالة وسائل التحقق الإضافية من حسابك. إذا لم تكن أنت فأوقف ذلك: {url}',
  'recovery.subject': 'إعادة تعيين كلمة المرور لدى {brand}',
  'recovery.preheader': 'استخدم الرمز الوارد في هذه الرسالة لاختيار كلمة مرور جديدة.',
  'recovery.title': 'اختيار كلمة مرور جديدة',
  'recovery.lead':
    'طلب شخص ما، ونرجو أن يكون أنت، إعادة تعيين كلمة مرور حسابك لدى {brand}. أدخل هذا الرمز لاختيار كلمة مرور جديدة.',
  'recovery.ignore': 'إذا لم تكن أنت، فيمكنك تجاهل هذه الرسالة: ستبقى كلمة المرور كما هي.',

  'recovery-unknown.subject': 'لا يوجد حساب لدى {brand} بهذا العنوان',
  'recovery-unknown.preheader': 'ربما أنشأت حسابك بعنوان آخر.',
  'recovery-unknown.title': 'لا يوجد حساب بهذا العنوان',
  'recovery-unknown.lead':
    'طلب شخص ما، وربما أنت، إعادة تعيين كلمة مرور حساب لدى {brand} بعنوان البريد الإلكتروني هذا. لا يوجد أي حساب بهذا العنوان.',
  'recovery-unknown.act': 'إذا كنت أنت، فربما أنشأت حسابك بعنوان آخر. جرّب ذلك العنوان أو أنشئ حسابًا جديدًا.',
  'recovery-unknown.ignore': 'إذا لم تكن أنت، فلا داعي لفعل أي شيء.',

  'factor-recovery.subject': 'استعادة الدخول إلى حسابك لدى {brand}',
  'factor-recovery.preheader': 'الرمز الوارد يبدأ مدة الانتظار أو يُنهيها.',
  'factor-recovery.title': 'تسجيل الدخول من دون وسيلة التحقق الإضافية',
  'factor-recovery.lead':
    'فقد شخص ما، ونرجو أن يكون أنت، وسائل التحقق الإضافية لحسابك لدى {brand}. أدخل هذا الرمز للمتابعة.',
  'factor-recovery.ignore': 'إذا لم تكن أنت، فتجاهل هذه الرسالة: لن يتغيّر شيء من دون الرمز.',
  'factor-recovery-waiting.subject': 'ستُزال وسائل التحقق الإضافية من حسابك لدى {brand}',
  'factor-recovery-waiting.preheader': 'إذا لم تكن أنت، فيمكنك إيقاف ذلك.',
  'factor-recovery-waiting.title': 'ستُزال وسائل التحقق الإضافية',
  'factor-recovery-waiting.lead':
    'طلب شخص يستطيع قراءة بريدك إزالة جميع وسائل التحقق الإضافية من حسابك لدى {brand}. ابتداءً من {at, date, day} الساعة {at, time, clock} بالتوقيت العالمي UTC يصبح ذلك ممكنًا برمز آخر. وحتى ذلك الحين لا يتغيّر شيء.',
  'factor-recovery-waiting.ignore':
    'إذا كنت أنت، فعُد في ذلك الوقت. وإذا وجدت وسيلة التحقق قبل ذلك، فسجّل الدخول بها: هذا يوقف الإزالة أيضًا.',
  'factor-recovery-waiting.act': 'إذا لم تكن أنت، فأوقف الإزالة الآن ثم غيّر كلمتي مرور بريدك وحسابك.',
  'factor-recovery-waiting.button': 'إيقاف الإزالة',
  'factor-recovery-stopped.subject': 'تم إيقاف إزالة وسائل التحقق لدى {brand}',
  'factor-recovery-stopped.preheader': 'لم يتغيّر شيء.',
  'factor-recovery-stopped.title': 'تم إيقاف الإزالة',
  'factor-recovery-stopped.lead':
    'بتاريخ {at, date, day} الساعة {at, time, clock} بالتوقيت العالمي UTC تم إيقاف إزالة وسائل التحقق الإضافية من حسابك لدى {brand}. لم يتغيّر شيء.',
  'factor-recovery-stopped.ignore': 'إذا كنت أنت، فلا داعي لفعل أي شيء آخر.',
  'factor-recovery-stopped.act': 'إذا لم تكن أنت، فابدأ من جديد في صفحة تسجيل الدخول.',
  'factors-recovered.subject': 'أُزيلت وسائل التحقق الإضافية من حسابك لدى {brand}',
  'factors-recovered.preheader': 'إذا كنت أنت، فكل شيء على ما يُرام.',
  'factors-recovered.title': 'أُزيلت وسائل التحقق الإضافية',
  'factors-recovered.lead':
    'بتاريخ {at, date, day} الساعة {at, time, clock} بالتوقيت العالمي UTC أُزيلت جميع وسائل التحقق الإضافية من حسابك لدى {brand} وتم تسجيل الخروج من جميع الأجهزة.',
  'factors-recovered.ignore': 'إذا كنت أنت، فسجّل الدخول وأضف وسيلة تحقق جديدة.',
  'factors-recovered.act':
    'إذا لم تكن أنت، فإن شخصًا آخر يستطيع الوصول إلى بريدك. غيّر فورًا كلمة مرور البريد وكلمة مرور حسابك.',
  'password-changed.subject': 'تم تغيير كلمة المرور لدى {brand}',
  'password-changed.preheader': 'إذا كنت أنت من غيّرها، فكل شيء على ما يُرام.',
  'password-changed.title': 'تم تغيير كلمة المرور',
  'password-changed.lead':
    'تم تغيير كلمة مرور حسابك لدى {brand} بتاريخ {at, date, day} الساعة {at, time, clock} بالتوقيت العالمي UTC. وتم تسجيل الخروج من الأجهزة الأخرى.',
  'password-changed.ignore': 'إذا كنت أنت من غيّرها، فلا داعي لفعل أي شيء.',
  'password-changed.act':
    'إذا لم تكن أنت، فقد يكون لدى شخص آخر إمكانية الوصول إلى حسابك. اختر فورًا «نسيت كلمة المرور» في صفحة تسجيل الدخول وعيّن كلمة مرور جديدة.',

  'new-sign-in.subject': 'تسجيل دخول جديد إلى حسابك لدى {brand}',
  'new-sign-in.preheader': 'إذا كنت أنت، فكل شيء على ما يُرام.',
  'new-sign-in.title': 'تسجيل دخول جديد إلى حسابك',
  'new-sign-in.lead': 'سجّل شخص ما الدخول إلى حسابك لدى {brand} من جهاز أو بلد لم نعرفه من قبل.',
  'new-sign-in.ignore': 'إذا كنت أنت، فلا داعي لفعل أي شيء.',
  'new-sign-in.act':
    'إذا لم تكن أنت، فاضغط على الزر: سيتم تسجيل خروج الجميع من حسابك، وتتوقف كلمة المرور عن العمل، ثم تختار كلمة مرور جديدة.',
  'new-sign-in.button': 'لم أكن أنا',

  'sign-in-stopped.subject': 'أوقفنا تسجيل دخول إلى حسابك لدى {brand}',
  'sign-in-stopped.preheader': 'تجاوز شخص ما الخطوة الأولى.',
  'sign-in-stopped.title': 'أوقفنا تسجيل دخول إلى حسابك',
  'sign-in-stopped.lead':
    'تجاوز شخص ما الخطوة الأولى لتسجيل الدخول إلى حسابك لدى {brand}، لكنه لم يصل إلى أبعد من ذلك.',
  'sign-in-stopped.ignore': 'إذا كنت أنت، فلا داعي لفعل أي شيء. يمكنك المحاولة مرة أخرى.',
  'sign-in-stopped.act':
    'إذا لم تكن أنت، فقد يكون هناك من يعرف كلمة مرورك. اضغط على الزر: سيتم تسجيل خروج الجميع من حسابك، وتتوقف كلمة المرور عن العمل، ثم تختار كلمة مرور جديدة.',
  'sign-in-stopped.button': 'لم أكن أنا',

  'sign-in.when': 'الوقت: {at, date, day}، الساعة {at, time, clock} بالتوقيت العالمي UTC',
  'sign-in.device': 'الجهاز: {device}',
  'sign-in.place': 'المكان: {place} (مقدَّر من الشبكة)',
  'device.both': '{browser} على {system}',
  'device.unknown': 'غير معروف',

  'email-change-old.subject': 'طلب تغيير عنوان البريد الإلكتروني لحسابك لدى {brand}',
  'email-change-old.preheader': 'إذا لم تكن أنت، فيمكنك إيقاف التغيير.',
  'email-change-old.title': 'طلب تغيير عنوان بريدك الإلكتروني',
  'email-change-old.lead':
    'بتاريخ {at, date, day} الساعة {at, time, clock} بالتوقيت العالمي UTC، طلب شخص مسجَّل الدخول إلى حسابك لدى {brand} تغيير عنوان البريد الإلكتروني إلى {address}. إلى أن يتم تأكيد ذلك العنوان، يستمر تسجيل دخولك بالعنوان الحالي.',
  'email-change-old.ignore': 'إذا كنت أنت، فلا داعي لفعل أي شيء هنا.',
  'email-change-old.act': 'إذا لم تكن أنت، فأوقف التغيير ثم عيّن كلمة مرور جديدة.',
  'email-change-old.button': 'إيقاف التغيير',

  'email-changed.subject': 'تم تغيير عنوان البريد الإلكتروني لحسابك لدى {brand}',
  'email-changed.preheader': 'إذا كنت أنت من غيّره، فكل شيء على ما يُرام.',
  'email-changed.title': 'تم تغيير عنوان بريدك الإلكتروني',
  'email-changed.lead':
    'بتاريخ {at, date, day} الساعة {at, time, clock} بالتوقيت العالمي UTC، تم تغيير عنوان البريد الإلكتروني لحسابك لدى {brand} إلى {address}. لم يعد بإمكانك تسجيل الدخول بالعنوان السابق.',
  'email-changed.ignore': 'إذا كنت أنت من غيّره، فلا داعي لفعل أي شيء.',
  'email-changed.act': 'إذا لم تكن أنت، فقد يكون لدى شخص آخر إمكانية الوصول إلى حسابك. يُرجى التواصل معنا فورًا.',

  'email-change-new.subject': 'تأكيد عنوان بريدك الإلكتروني الجديد لدى {brand}',
  'email-change-new.preheader': 'إليك الرمز.',
  'email-change-new.title': 'تأكيد عنوان بريدك الإلكتروني الجديد',
  'email-change-new.lead': 'أدخل هذا الرمز لاستخدام هذا العنوان في حسابك لدى {brand} من الآن فصاعدًا.',
  'email-change-new.ignore': 'إذا لم تطلب ذلك، فيمكنك تجاهل هذه الرسالة: لن يُستخدم العنوان من دون الرمز.',
};
