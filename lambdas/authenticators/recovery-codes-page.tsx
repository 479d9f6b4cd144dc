import { accountPage } from '../shared/pages/account-page.tsx';
import { PageForm, Submit } from '../shared/pages/form.tsx';
import type { PageContent, View } from '../shared/pages/view.ts';

/** How many recovery codes are left, and the button that makes a new set. */
export function recoveryCodesPage(view: View, left: number): PageContent {
  const { say } = view;
  return accountPage(view, {
    title: say('recovery_codes.title'),
    lead: say('recovery_codes.lead'),
    content: (
      <>
        <p>{say('recovery_codes.left', { left })}</p>
        <PageForm view={view} action="/account/security/recovery-codes">
          {left > 0 && <p class="hint">{say('recovery_codes.replaces')}</p>}
          <Submit>{say('recovery_codes.make')}</Submit>
        </PageForm>
      </>
    ),
  });
}

/** A new set, shown this once: to print, to copy, or to save as a file without a script. */
export function newCodesPage(view: View, codes: readonly string[]): PageContent {
  const { say, brand, link } = view;
  const text = [brand.name, say('recovery_codes.title'), '', ...codes, ''].join('\r\n');
  return accountPage(view, {
    title: say('recovery_codes.title'),
    lead: say('recovery_codes.save'),
    content: (
      <>
        <ul class="list codes" dir="ltr">
          {codes.map((code) => (
            <li>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <a
          class="button second"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download={`${brand.id}-recovery-codes.txt`}
        >
          {say('recovery_codes.download')}
        </a>
        <p class="after">
          <a class="button" id="done" href={link('/account/security')}>
            {say('recovery_codes.done')}
          </a>
        </p>
      </>
    ),
  });
}
