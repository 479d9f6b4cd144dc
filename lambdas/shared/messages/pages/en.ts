/** Sentences of hosted pages: the source. */
export const en = {
  'cancel.title': 'Stop the change of address?',
  'cancel.lead':
    'Someone signed in to your account asked to move it to another email address. If it was not you, stop it here, then change your password.',
  'cancel.button': 'Stop the change',
  'cancelled.title': 'The change is stopped',
  'cancelled.lead': 'Your account keeps this address. If you did not ask for the change, set a new password now.',
  'over.title': 'This link no longer works',
  'over.lead':
    'The change was stopped, completed, or has expired. If you did not ask for it, recover your password and sign in.',
  'refused.title': 'This request was not accepted',
  'refused.lead': 'Please open the link in the message again.',
  'post.title': 'Back to the application',
  'post.button': 'Continue',
  'error.title': 'This link cannot be used',
  'error.lead':
    'The application sent a request that is not valid, or it has expired. Go back to the application and try again.',
  'fault.title': 'Something went wrong',
  'fault.lead': 'The fault is ours, not yours. Please try again in a moment.',
  'error.reference': 'If you ask for help, name this reference:',
  'logout.title': 'Sign out?',
  'logout.lead': 'You will be signed out in this browser, and in the applications that you opened from here.',
  'logout.button': 'Sign out',
  'logged-out.title': 'You are signed out',
  'logged-out.lead': 'You can close this window.',
} as const;
