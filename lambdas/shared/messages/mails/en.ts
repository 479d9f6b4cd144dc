import { factors } from './factors/en.ts';

/**
 * Sentences of mails: the source. `day` and `clock` are formats of `format-message.ts`, both in UTC.
 * Nothing here names what a stranger typed: whoever asks for a mail to somebody else's address chooses no word of it.
 */
export const en = {
  ...factors,
  greeting: 'Hello,',
  'greeting.name': 'Hello {name},',
  'code.label': 'Your code',
  'code.minutes': 'It is valid for {minutes, plural, one {# minute} other {# minutes}} and works once.',
  'code.hours': 'It is valid for {hours, plural, one {# hour} other {# hours}} and works once.',
  'code.private': 'Nobody at {brand} will ever ask you for this code. Please do not share it with anyone.',
  'footer.reason': 'This automatic message was sent to you by {brand} because your address was entered there.',
  'footer.account':
    'This automatic message was sent to you by {brand} because it concerns the security of your account.',
  'footer.contact': 'Questions? Write to {contact}.',

  'verify.subject': 'Confirm your email address for {brand}',
  'verify.preheader': 'Your code is inside. One step is left.',
  'verify.title': 'Confirm your email address',
  'verify.lead': 'Welcome to {brand}. Enter this code to finish creating your account.',
  'verify.ignore': 'If you did not sign up, you can ignore this message: without the code, no account is created.',

  'already-registered.subject': 'You already have an account with {brand}',
  'already-registered.preheader': 'Nothing has changed. You can sign in as usual.',
  'already-registered.title': 'You already have an account',
  'already-registered.lead':
    'Someone, perhaps you, entered this email address to use it for an account with {brand}. It already belongs to an account, so nothing has changed.',
  'already-registered.act':
    'If it was you, sign in as usual. If you have forgotten your password, choose “Forgot password” on the sign-in page.',
  'already-registered.ignore':
    'If it was not you, there is nothing you need to do. Your account is safe, and the other person was not told that it exists.',

  'sign-in-code.subject': 'Your sign-in code for {brand}',
  'sign-in-code.preheader': 'Use the code inside to sign in.',
  'sign-in-code.title': 'Sign in to {brand}',
  'sign-in-code.lead': 'Enter this code to sign in.',
  'sign-in-code.ignore':
    'If you are not trying to sign in, you can ignore this message. Nobody can sign in with it but the person who reads it.',

  'sign-in-code.link': 'Or use this button, in the browser where you began. It works once, and only there.',
  'sign-in-code.button': 'Sign in',
  'text.code': '{code} is your {brand} sign-in code. Do not share it.',
  'text.verify': '{code} is your {brand} code to confirm this number.',
  'text.recovery':
    '{brand}: someone asked to remove the second factors of your account. If it was not you, stop it: {url}',
  'recovery.subject': 'Reset your {brand} password',
  'recovery.preheader': 'Use the code inside to choose a new password.',
  'recovery.title': 'Choose a new password',
  'recovery.lead':
    'Someone, hopefully you, asked to reset the password of your {brand} account. Enter this code to choose a new one.',
  'recovery.ignore': 'If it was not you, you can ignore this message: your password stays as it is.',

  'recovery-unknown.subject': 'There is no {brand} account with this address',
  'recovery-unknown.preheader': 'Perhaps you signed up with another address.',
  'recovery-unknown.title': 'No account with this address',
  'recovery-unknown.lead':
    'Someone, perhaps you, asked to reset the password of a {brand} account with this email address. There is no account with it.',
  'recovery-unknown.act':
    'If it was you, you may have signed up with another address. Try that one, or create an account.',
  'recovery-unknown.ignore': 'If it was not you, there is nothing you need to do.',

  'factor-recovery.subject': 'Get back into your {brand} account',
  'factor-recovery.preheader': 'The code inside begins or ends the waiting time.',
  'factor-recovery.title': 'Sign in without your second factor',
  'factor-recovery.lead':
    'Someone, hopefully you, has lost the second factors of your {brand} account. Enter this code to go on.',
  'factor-recovery.ignore': 'If it was not you, ignore this message: without the code, nothing changes.',
  'factor-recovery-waiting.subject': 'The second factors of your {brand} account are about to be removed',
  'factor-recovery-waiting.preheader': 'If it was not you, you can stop it.',
  'factor-recovery-waiting.title': 'Your second factors are about to be removed',
  'factor-recovery-waiting.lead':
    'Someone who can read your email asked to remove all second factors of your {brand} account. From {at, date, day} at {at, time, clock} UTC on, they can do so with another code. Until then nothing changes.',
  'factor-recovery-waiting.ignore':
    'If it was you, come back then. If you find your second factor earlier, just sign in with it: that stops the removal too.',
  'factor-recovery-waiting.act':
    'If it was not you, stop it now and then set new passwords for your mailbox and your account.',
  'factor-recovery-waiting.button': 'Stop the removal',
  'factor-recovery-stopped.subject': 'The removal of your second factors at {brand} was stopped',
  'factor-recovery-stopped.preheader': 'Nothing has changed.',
  'factor-recovery-stopped.title': 'The removal was stopped',
  'factor-recovery-stopped.lead':
    'On {at, date, day} at {at, time, clock} UTC, the removal of the second factors of your {brand} account was stopped. Nothing has changed.',
  'factor-recovery-stopped.ignore': 'If it was you, there is nothing more to do.',
  'factor-recovery-stopped.act': 'If it was not you, begin again on the sign-in page.',
  'factors-recovered.subject': 'The second factors of your {brand} account were removed',
  'factors-recovered.preheader': 'If it was you, all is well.',
  'factors-recovered.title': 'Your second factors were removed',
  'factors-recovered.lead':
    'On {at, date, day} at {at, time, clock} UTC, all second factors of your {brand} account were removed and every device was signed out.',
  'factors-recovered.ignore': 'If it was you, sign in and set up a new second factor.',
  'factors-recovered.act':
    'If it was not you, someone else has access to your mailbox. Set new passwords for it and for your account at once.',
  'password-changed.subject': 'Your {brand} password was changed',
  'password-changed.preheader': 'If it was you, all is well.',
  'password-changed.title': 'Your password was changed',
  'password-changed.lead':
    'The password of your {brand} account was changed on {at, date, day} at {at, time, clock} UTC. Other devices have been signed out.',
  'password-changed.ignore': 'If it was you, there is nothing you need to do.',
  'password-changed.act':
    'If it was not you, someone else may have access to your account. Choose “Forgot password” on the sign-in page at once and set a new password.',

  'new-sign-in.subject': 'New sign-in to your {brand} account',
  'new-sign-in.preheader': 'If it was you, all is well.',
  'new-sign-in.title': 'New sign-in to your account',
  'new-sign-in.lead':
    'Someone signed in to your {brand} account from a device or a country that we had not seen before.',
  'new-sign-in.ignore': 'If it was you, there is nothing you need to do.',
  'new-sign-in.act':
    'If it was not you, press the button: everyone is signed out of your account, its password stops working, and you choose a new one.',
  'new-sign-in.button': 'This wasn’t me',

  'sign-in-stopped.subject': 'We stopped a sign-in to your {brand} account',
  'sign-in-stopped.preheader': 'Someone got past the first step.',
  'sign-in-stopped.title': 'We stopped a sign-in to your account',
  'sign-in-stopped.lead': 'Someone got past the first step of signing in to your {brand} account, but not any further.',
  'sign-in-stopped.ignore': 'If it was you, there is nothing you need to do. You can try again.',
  'sign-in-stopped.act':
    'If it was not you, someone may know your password. Press the button: everyone is signed out of your account, its password stops working, and you choose a new one.',
  'sign-in-stopped.button': 'This wasn’t me',

  'sign-in.when': 'When: {at, date, day}, {at, time, clock} UTC',
  'sign-in.device': 'Device: {device}',
  'sign-in.place': 'Where: {place}, estimated from the network',
  'device.both': '{browser} on {system}',
  'device.unknown': 'unknown',

  'email-change-old.subject': 'The email address of your {brand} account is about to change',
  'email-change-old.preheader': 'If it was not you, you can stop it.',
  'email-change-old.title': 'Your email address is about to change',
  'email-change-old.lead':
    'On {at, date, day} at {at, time, clock} UTC, someone who was signed in to your {brand} account asked to change its email address to {address}. Until that address is confirmed, you sign in with this one as before.',
  'email-change-old.ignore': 'If it was you, there is nothing you need to do here.',
  'email-change-old.act': 'If it was not you, stop the change and then set a new password.',
  'email-change-old.button': 'Stop the change',

  'email-changed.subject': 'The email address of your {brand} account was changed',
  'email-changed.preheader': 'If it was you, all is well.',
  'email-changed.title': 'Your email address was changed',
  'email-changed.lead':
    'On {at, date, day} at {at, time, clock} UTC, the email address of your {brand} account was changed to {address}. You can no longer sign in with this one.',
  'email-changed.ignore': 'If it was you, there is nothing you need to do.',
  'email-changed.act': 'If it was not you, someone else may have access to your account. Please contact us at once.',

  'email-change-new.subject': 'Confirm your new email address for {brand}',
  'email-change-new.preheader': 'Your code is inside.',
  'email-change-new.title': 'Confirm your new email address',
  'email-change-new.lead': 'Enter this code to use this address for your {brand} account from now on.',
  'email-change-new.ignore':
    'If you did not ask for this, you can ignore this message: without the code, the address is not used.',
} as const;
