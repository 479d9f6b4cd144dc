import { capability as account } from '../lambdas/account/capability.ts';
import { capability as accountHome } from '../lambdas/account-home/capability.ts';
import { capability as activity } from '../lambdas/activity/capability.ts';
import { capability as authenticators } from '../lambdas/authenticators/capability.ts';
import { capability as authorize } from '../lambdas/authorize/capability.ts';
import { capability as backChannelLogout } from '../lambdas/back-channel-logout/capability.ts';
import { capability as clientRegistration } from '../lambdas/client-registration/capability.ts';
import { capability as consent } from '../lambdas/consent/capability.ts';
import { capability as device } from '../lambdas/device/capability.ts';
import { capability as discovery } from '../lambdas/discovery/capability.ts';
import { capability as factorRecovery } from '../lambdas/factor-recovery/capability.ts';
import { capability as interaction } from '../lambdas/interaction/capability.ts';
import { capability as keyRotation } from '../lambdas/key-rotation/capability.ts';
import { capability as login } from '../lambdas/login/capability.ts';
import { capability as logout } from '../lambdas/logout/capability.ts';
import { capability as mailFeedback } from '../lambdas/mail-feedback/capability.ts';
import { capability as mailer } from '../lambdas/mailer/capability.ts';
import { capability as passkeyLogin } from '../lambdas/passkey-login/capability.ts';
import { capability as passkeys } from '../lambdas/passkeys/capability.ts';
import { capability as phone } from '../lambdas/phone/capability.ts';
import { capability as publisher } from '../lambdas/publisher/capability.ts';
import { capability as recovery } from '../lambdas/recovery/capability.ts';
import { capability as recoveryReminder } from '../lambdas/recovery-reminder/capability.ts';
import { capability as registration } from '../lambdas/registration/capability.ts';
import { capability as riskProfile } from '../lambdas/risk-profile/capability.ts';
import { capability as secondFactor } from '../lambdas/second-factor/capability.ts';
import { capability as sessions } from '../lambdas/sessions/capability.ts';
import type { Capability } from '../lambdas/shared/domain/capability.ts';
import { capability as textFeedback } from '../lambdas/text-feedback/capability.ts';
import { capability as token } from '../lambdas/token/capability.ts';
import { capability as userinfo } from '../lambdas/userinfo/capability.ts';

/** Every capability: one folder of `lambdas/`, one function, one role. A test holds the list to the folders. */
export const capabilities: readonly Capability[] = [
  registration,
  login,
  secondFactor,
  passkeyLogin,
  passkeys,
  recovery,
  factorRecovery,
  authorize,
  interaction,
  accountHome,
  device,
  logout,
  token,
  clientRegistration,
  userinfo,
  discovery,
  consent,
  account,
  authenticators,
  phone,
  sessions,
  mailer,
  publisher,
  backChannelLogout,
  riskProfile,
  activity,
  mailFeedback,
  textFeedback,
  keyRotation,
  recoveryReminder,
];
