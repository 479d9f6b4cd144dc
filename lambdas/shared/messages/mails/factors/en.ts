/** Sentences of mails about second factors: the source. */
export const factors = {
  'factor.totp': 'Authenticator app',
  'factor.passkey': 'Passkey',
  'factor.sms': 'Text message',
  'factor-notice.ignore': 'If it was you, there is nothing you need to do.',
  'factor-notice.act':
    'If it was not you, someone else may have access to your account. Set a new password at once and check your second factors.',
  'factor-added.subject': 'A second factor was added to your {brand} account',
  'factor-added.preheader': 'If it was you, all is well.',
  'factor-added.title': 'A second factor was added',
  'factor-added.lead':
    'On {at, date, day} at {at, time, clock} UTC, a second factor was added to your {brand} account: {factor}.',
  'factor-removed.subject': 'A second factor was removed from your {brand} account',
  'factor-removed.preheader': 'If it was you, all is well.',
  'factor-removed.title': 'A second factor was removed',
  'factor-removed.lead':
    'On {at, date, day} at {at, time, clock} UTC, a second factor was removed from your {brand} account: {factor}.',
  'code-channel-changed.subject': 'Your {brand} sign-in codes now go another way',
  'code-channel-changed.preheader': 'If it was you, all is well.',
  'code-channel-changed.title': 'Your sign-in codes go another way',
  'code-channel-changed.lead.mail':
    'On {at, date, day} at {at, time, clock} UTC, it was chosen that sign-in codes for your {brand} account go to this address by email.',
  'code-channel-changed.lead.text':
    'On {at, date, day} at {at, time, clock} UTC, it was chosen that sign-in codes for your {brand} account go to your phone by text message.',
  'recovery-codes-made.subject': 'New recovery codes for your {brand} account',
  'recovery-codes-made.preheader': 'If it was you, all is well.',
  'recovery-codes-made.title': 'New recovery codes were made',
  'recovery-codes-made.lead':
    'On {at, date, day} at {at, time, clock} UTC, new recovery codes were made for your {brand} account. The old ones no longer work.',
  'recovery-code-used.subject': 'A recovery code of your {brand} account was used',
  'recovery-code-used.preheader': 'If it was you, all is well.',
  'recovery-code-used.title': 'A recovery code was used',
  'recovery-code-used.lead':
    'On {at, date, day} at {at, time, clock} UTC, someone signed in to your {brand} account with one of your recovery codes. {left, plural, =0 {No codes are left.} one {# code is left.} other {# codes are left.}}',
} as const;
