import { contract as account } from '../lambdas/account/contract.ts';
import { contract as accountHome } from '../lambdas/account-home/contract.ts';
import { contract as activity } from '../lambdas/activity/contract.ts';
import { contract as authenticators } from '../lambdas/authenticators/contract.ts';
import { contract as authorize } from '../lambdas/authorize/contract.ts';
import { contract as clientRegistration } from '../lambdas/client-registration/contract.ts';
import { contract as consent } from '../lambdas/consent/contract.ts';
import { contract as device } from '../lambdas/device/contract.ts';
import { contract as discovery } from '../lambdas/discovery/contract.ts';
import { contract as factorRecovery } from '../lambdas/factor-recovery/contract.ts';
import { contract as interaction } from '../lambdas/interaction/contract.ts';
import { contract as login } from '../lambdas/login/contract.ts';
import { contract as logout } from '../lambdas/logout/contract.ts';
import { contract as passkeyLogin } from '../lambdas/passkey-login/contract.ts';
import { contract as passkeys } from '../lambdas/passkeys/contract.ts';
import { contract as phone } from '../lambdas/phone/contract.ts';
import { contract as recovery } from '../lambdas/recovery/contract.ts';
import { contract as registration } from '../lambdas/registration/contract.ts';
import { contract as secondFactor } from '../lambdas/second-factor/contract.ts';
import { contract as sessions } from '../lambdas/sessions/contract.ts';
import type { Contract } from '../lambdas/shared/http/contract.ts';
import { contract as token } from '../lambdas/token/contract.ts';
import { contract as userinfo } from '../lambdas/userinfo/contract.ts';

/** The contract of each HTTP capability, by its name. A test holds contracts and routes to each other both ways. */
export const contracts: Readonly<Record<string, Contract>> = {
  registration,
  login,
  'second-factor': secondFactor,
  'passkey-login': passkeyLogin,
  passkeys,
  recovery,
  'factor-recovery': factorRecovery,
  authorize,
  interaction,
  'account-home': accountHome,
  device,
  logout,
  token,
  'client-registration': clientRegistration,
  userinfo,
  discovery,
  consent,
  account,
  authenticators,
  activity,
  phone,
  sessions,
};
